using System.Globalization;
using Microsoft.Extensions.Localization;
using Probity.Shared;

namespace Probity.Procedures.Checking;

/// <summary>The forms of time that a page offers for a table's column, each by an example.</summary>
internal static class TimeChoices
{
    /// <summary>ISO 8601, or a cell that the workbook itself says is a date.</summary>
    public const string Iso = "iso";

    static readonly string[] Days = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "yyyy/M/d", "d/M/yy", "M/d/yyyy", "M/d/yy"];
    static readonly string[] Known = [.. Days.SelectMany(day => (string[])[day, $"{day} H:mm", $"{day} H:mm:ss"])];

    // Past noon and past the twelfth, so that an example shows which number is what.
    static readonly DateTime Example = new(2026, 3, 27, 14, 5, 9, DateTimeKind.Utc);

    /// <summary>The choices, with the form that was found first where it is none of the usual ones.</summary>
    public static IReadOnlyList<Choice> All(string? found, IStringLocalizer<CheckingText> text) =>
    [
        new Choice(Iso, text["Form.Iso"]),
        .. Forms(found).Select(form => new Choice(form, text[form.StartsWith('M') ? "Form.MonthFirst" : "Form.Example", Example.ToString(form, CultureInfo.InvariantCulture)])),
    ];

    /// <summary>The form that was chosen, as a reader takes it; null for ISO 8601.</summary>
    public static string? Of(string chosen, string? found) => Forms(found).FirstOrDefault(form => form == chosen);

    static string[] Forms(string? found) => found is null || Known.Contains(found) ? Known : [found, .. Known];
}
