namespace Probity.Ledger;

/// <summary>Times as the record writes them: microseconds since 1970-01-01 UTC, which a DateTimeOffset holds exactly.</summary>
internal static class Microseconds
{
    static readonly long Least = Of(DateTimeOffset.MinValue);
    static readonly long Most = Of(DateTimeOffset.MaxValue);

    /// <summary>The microsecond that <paramref name="time"/> falls into.</summary>
    public static long Of(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return Math.DivRem(ticks, TimeSpan.TicksPerMicrosecond, out var rest) - (rest < 0 ? 1 : 0);
    }

    public static bool TryToTime(long value, out DateTimeOffset time)
    {
        time = default;
        if (value < Least || value > Most) return false;
        time = ToTime(value);
        return true;
    }

    public static DateTimeOffset ToTime(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);
}
