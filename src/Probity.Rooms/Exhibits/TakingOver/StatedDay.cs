using System.Globalization;

namespace Probity.Exhibits.TakingOver;

/// <summary>How a text was read as a day.</summary>
internal enum DayReading { Clear, Either, Unclear }

/// <summary>Reads days as registers write them: ISO 8601, or day, month and year in numbers. 03/04/2019 may be two days: it is told, not guessed.</summary>
internal static class StatedDay
{
    /// <param name="text">What is written.</param>
    /// <param name="order">Which comes first, where it was said.</param>
    /// <param name="day">The day; where it may be two, the one with the day first.</param>
    /// <param name="other">The other one.</param>
    public static DayReading Read(string text, DayOrder order, out DateOnly day, out DateOnly other)
    {
        other = default;
        // A time of day behind it says nothing more of the day.
        var head = text.Trim();
        var end = head.IndexOfAny([' ', 'T', '\u00A0']);
        if (end > 0) head = head[..end];
        if (DateOnly.TryParseExact(head, ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return DayReading.Clear;
        var isDayFirst = DateOnly.TryParseExact(head, ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
        var isMonthFirst = DateOnly.TryParseExact(head, ["M/d/yyyy", "M-d-yyyy", "M.d.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out other);
        if (order == DayOrder.MonthFirst)
        {
            day = other;
            return isMonthFirst ? DayReading.Clear : DayReading.Unclear;
        }

        if (order == DayOrder.DayFirst) return isDayFirst ? DayReading.Clear : DayReading.Unclear;
        if (isDayFirst && isMonthFirst && day != other) return DayReading.Either;
        if (!isDayFirst) day = other;
        return isDayFirst || isMonthFirst ? DayReading.Clear : DayReading.Unclear;
    }
}
