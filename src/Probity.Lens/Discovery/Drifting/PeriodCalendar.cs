using System.Globalization;

namespace Probity.Lens.Discovery;

/// <summary>Numbers the periods of a calendar from the year 0 on.</summary>
internal sealed class PeriodCalendar(DriftPeriod period, TimeZoneInfo zone)
{
    readonly int _months = period switch { DriftPeriod.Month => 1, DriftPeriod.Quarter => 3, _ => 12 };

    /// <summary>The period that a moment lies in.</summary>
    public long NumberOf(long micros)
    {
        var utc = Math.Clamp((micros * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks, 0, DateTime.MaxValue.Ticks);
        var there = new DateTime(Math.Clamp(utc + zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks, 0, DateTime.MaxValue.Ticks));
        return ((12 * there.Year) + there.Month - 1) / _months;
    }

    /// <summary>When a period begins, UTC; what is past the calendar begins at its end.</summary>
    public DateTime Begin(long number)
    {
        var months = number * _months;
        if (months >= 12 * 10_000) return DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
        var there = new DateTime((int)(months / 12), (int)(months % 12) + 1, 1);
        return new DateTime(Math.Clamp(there.Ticks - zone.GetUtcOffset(there).Ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
    }

    public string NameOf(long number)
    {
        var (year, month) = (number * _months / 12, (number * _months % 12) + 1);
        return period switch
        {
            DriftPeriod.Month => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}"),
            DriftPeriod.Quarter => string.Create(CultureInfo.InvariantCulture, $"{year:0000} Q{((month - 1) / 3) + 1}"),
            _ => year.ToString("0000", CultureInfo.InvariantCulture),
        };
    }
}
