using System.Globalization;

namespace Probity.Lens.Logs;

/// <summary>The forms in which people write times, beside ISO 8601, as <see cref="LogReaderOptions.TimeFormat"/> takes them.</summary>
internal static class TimeForms
{
    static readonly string[] Dates = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "M/d/yyyy", "M-d-yyyy", "yyyy/M/d", "d/M/yy", "M/d/yy", "d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy"];
    static readonly string[] Clocks = [" H:mm", " H:mm:ss", "", " h:mm tt", " h:mm:ss tt", ", H:mm", ", H:mm:ss", " H:mm:ss.FFF"];

    /// <summary>The first form that fits all of some texts, days before months; null where none does.</summary>
    public static string? Of(IReadOnlyCollection<string> texts) => texts.Count == 0 ? null
        : Dates.SelectMany(date => Clocks.Select(clock => date + clock)).FirstOrDefault(form => texts.All(text => DateTimeOffset.TryParseExact(
            text, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out _)));
}
