using System.Globalization;

namespace Probity.Lens.Logs.Sheets;

/// <summary>Moments as spreadsheets count them: in days, with the time as a fraction (ECMA-376 part 1, 18.17.4.1).</summary>
internal static class SerialDate
{
    /// <summary>The day after 9999-12-31, in the count from 1900.</summary>
    const double End = 2_958_466;

    /// <summary>
    /// The moment in microseconds since 1970-01-01 UTC. In the count from 1900 the day 60 is a 29 February that never was, kept from Lotus 1-2-3;
    /// the days before it lie one later than the rest would have them. Rounded to milliseconds, as finer the fraction is only noise.
    /// </summary>
    public static bool TryMicros(double serial, bool from1904, out long micros)
    {
        micros = 0;
        // Below one there is no date, only a time of day.
        if (!(serial >= 1)) return false;
        if (from1904) serial += 1462;
        else if (serial < 60) serial++;
        else if (serial < 61) return false;
        if (serial >= End) return false;
        var milliseconds = (long)Math.Round((serial - 25_569) * 86_400_000);
        micros = milliseconds * 1000;
        return micros <= (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>The same as text: a date, or a date and a time; a time of day where there is no date.</summary>
    public static bool TryFormat(double serial, bool from1904, Span<byte> target, out int written)
    {
        if (TryMicros(serial, from1904, out var micros))
        {
            var moment = DateTime.UnixEpoch.AddMicroseconds(micros);
            var form = moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : moment.Millisecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.fff";
            return moment.TryFormat(target, out written, form, CultureInfo.InvariantCulture);
        }

        written = 0;
        return serial is >= 0 and < 1
            && TimeSpan.FromMilliseconds(Math.Min(Math.Round(serial * 86_400_000), 86_399_999)).TryFormat(target, out written, "hh\\:mm\\:ss", CultureInfo.InvariantCulture);
    }
}
