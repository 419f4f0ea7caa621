namespace Probity.Lens.Logs;

/// <summary>
/// ISO 8601 date-times as XES and CSV logs write them, straight from bytes to microseconds since 1970-01-01 UTC:
/// <c>2006-07-24</c>, <c>2006-07-24T00:00:00.000+02:00</c>, <c>20060724T000000Z</c>; a space for the T; a comma for the
/// point; offsets as +hh, +hhmm, +hh:mm. No offset means UTC. In UTC it lies in the years 1 to 9999. Fractions beyond a microsecond are cut.
/// </summary>
internal static class IsoTime
{
    const long Second = 1_000_000;

    // An offset can lead out of the years 1 to 9999, which no calendar of the framework shows.
    static readonly long Earliest = (DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
    static readonly long Latest = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static bool TryParse(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var at = 0;
        if (!Digits(text, ref at, 4, out var year)) return false;
        var dashed = Skip(text, ref at, (byte)'-');
        if (!Digits(text, ref at, 2, out var month) || (dashed && !Skip(text, ref at, (byte)'-'))) return false;
        if (!Digits(text, ref at, 2, out var day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        micros = (new DateTime(year, month, day).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
        if (at == text.Length) return true;
        if (!Skip(text, ref at, (byte)'T') && !Skip(text, ref at, (byte)' ') && !Skip(text, ref at, (byte)'t')) return false;
        return Clock(text, ref at, ref micros) && Offset(text, ref at, ref micros) && at == text.Length && micros >= Earliest && micros <= Latest;
    }

    static bool Clock(ReadOnlySpan<byte> text, ref int at, ref long micros)
    {
        if (!Digits(text, ref at, 2, out var hour) || hour > 24) return false;
        var colons = Skip(text, ref at, (byte)':');
        if (!Digits(text, ref at, 2, out var minute) || minute > 59) return false;
        int second = 0, fraction = 0;
        if (colons ? Skip(text, ref at, (byte)':') : at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            // A leap second counts as the second after it: clocks in Unix time have no other place for it.
            if (!Digits(text, ref at, 2, out second) || second > 60) return false;
            if ((Skip(text, ref at, (byte)'.') || Skip(text, ref at, (byte)',')) && !Fraction(text, ref at, out fraction)) return false;
        }

        if (hour == 24 && (minute | second | fraction) != 0) return false;
        micros += (((hour * 60L) + minute) * 60 + second) * Second + fraction;
        return true;
    }

    static bool Fraction(ReadOnlySpan<byte> text, ref int at, out int fraction)
    {
        fraction = 0;
        var start = at;
        for (var scale = 100_000; at < text.Length && char.IsAsciiDigit((char)text[at]); at++, scale /= 10)
            fraction += (text[at] - '0') * scale;
        return at > start;
    }

    static bool Offset(ReadOnlySpan<byte> text, ref int at, ref long micros)
    {
        if (at == text.Length || Skip(text, ref at, (byte)'Z') || Skip(text, ref at, (byte)'z')) return true;
        var sign = Skip(text, ref at, (byte)'+') ? 1 : Skip(text, ref at, (byte)'-') ? -1 : 0;
        if (sign == 0 || !Digits(text, ref at, 2, out var hours) || hours > 18) return false;
        var minutes = 0;
        if (at < text.Length)
        {
            Skip(text, ref at, (byte)':');
            if (!Digits(text, ref at, 2, out minutes) || minutes > 59) return false;
        }

        micros -= sign * ((hours * 60L) + minutes) * 60 * Second;
        return true;
    }

    static bool Skip(ReadOnlySpan<byte> text, ref int at, byte wanted)
    {
        if (at >= text.Length || text[at] != wanted) return false;
        at++;
        return true;
    }

    static bool Digits(ReadOnlySpan<byte> text, ref int at, int count, out int value)
    {
        value = 0;
        if (at + count > text.Length) return false;
        for (var end = at + count; at < end; at++)
        {
            var digit = text[at] - '0';
            if ((uint)digit > 9) return false;
            value = (value * 10) + digit;
        }

        return true;
    }
}
