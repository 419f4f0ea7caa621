namespace Probity.Lens.Rules;

/// <summary>
/// Counts lengths of time from a moment. With a zone, a day is a day of its calendar: a term of 90 days that begins at
/// midnight ends at midnight, whatever was done to the clocks in between. Without one, a day has 24 hours.
/// </summary>
internal sealed class Calendar(TimeZoneInfo? zone)
{
    public TimeZoneInfo? Zone => zone;

    /// <summary>The moment so long after another one, or before it.</summary>
    public long Add(long micros, TimeLength length, int sign = 1)
    {
        if (zone is null || length.Days == 0) return micros + (sign * length.Total);
        var ticks = (micros * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return micros + (sign * length.Total);
        var there = ticks + zone.GetUtcOffset(new DateTime(ticks, DateTimeKind.Utc)).Ticks + (sign * length.Days * TimeSpan.TicksPerDay);
        // What no calendar of the framework shows has no zone either.
        if (there < 0 || there > DateTime.MaxValue.Ticks) return micros + (sign * length.Total);
        var utc = there - zone.GetUtcOffset(new DateTime(there, DateTimeKind.Unspecified)).Ticks;
        return ((utc - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond) + (sign * length.Micros);
    }

    /// <summary>The number of the day there.</summary>
    public long DayOf(long micros)
    {
        var ticks = Math.Clamp((micros * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks, 0, DateTime.MaxValue.Ticks);
        return (ticks + (zone?.GetUtcOffset(new DateTime(ticks, DateTimeKind.Utc)).Ticks ?? 0)) / TimeSpan.TicksPerDay;
    }

    /// <summary>The moment as people there write it: the day, and the hour unless it is midnight.</summary>
    public string Write(long micros)
    {
        var ticks = Math.Clamp((micros * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks, 0, DateTime.MaxValue.Ticks);
        var offset = zone is null ? 0 : zone.GetUtcOffset(new DateTime(ticks, DateTimeKind.Utc)).Ticks;
        var there = new DateTime(Math.Clamp(ticks + offset, 0, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);
        return there.ToString(there.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    }
}
