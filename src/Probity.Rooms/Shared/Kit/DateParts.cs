using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Probity.Shared.Kit;

/// <summary>A day as typed into three boxes.</summary>
public readonly record struct DateParts(string? Day, string? Month, string? Year)
{
    /// <summary>True when nothing was typed.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Day) && string.IsNullOrWhiteSpace(Month) && string.IsNullOrWhiteSpace(Year);

    /// <summary>The day, or null when there is no such day. Years have four digits.</summary>
    public DateOnly? ToDay() =>
        Number(Day) is { } day && Number(Month) is { } month && Number(Year) is >= 1900 and <= 9999 and { } year
        && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    /// <summary>The boxes of the date field called <paramref name="name"/>.</summary>
    public static DateParts From(IFormCollection form, string name) =>
        new(form[$"{name}-day"], form[$"{name}-month"], form[$"{name}-year"]);

    /// <summary>The boxes that show <paramref name="day"/>.</summary>
    public static DateParts Of(DateOnly day) => new(Show(day.Day), Show(day.Month), Show(day.Year));

    static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);

    static int? Number(string? typed) => int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
