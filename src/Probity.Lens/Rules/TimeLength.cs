using System.Globalization;

namespace Probity.Lens.Rules;

/// <summary>
/// A length of time: whole days and a rest. They are kept apart because a day of the calendar has 23 or 25 hours where
/// clocks are changed.
/// </summary>
/// <param name="Days">Whole days.</param>
/// <param name="Micros">What comes on top, in microseconds.</param>
public readonly record struct TimeLength(int Days, long Micros)
{
    /// <summary>The most days that a length may have: three thousand years.</summary>
    public const int MostDays = 1_100_000;

    const long Second = 1_000_000;
    const long Day = 86_400 * Second;

    /// <summary>The length with a day as 24 hours, in microseconds.</summary>
    public long Total => (Days * Day) + Micros;

    /// <summary>
    /// Reads <c>90d</c>, <c>2w</c>, <c>8h</c>, <c>15m</c>, <c>30s</c>, or those of ISO 8601 that have one length only:
    /// <c>P2W</c>, <c>P90D</c>, <c>P1DT8H30M</c>. Months and years have not, and are none.
    /// </summary>
    public static bool TryParse(string text, out TimeLength length)
    {
        length = default;
        var iso = text.StartsWith('P');
        var at = iso ? 1 : 0;
        if (at == text.Length) return false;
        var inTime = false;
        long days = 0, micros = 0;
        var last = 0;
        while (at < text.Length)
        {
            if (iso && text[at] == 'T' && !inTime)
            {
                inTime = true;
                if (++at == text.Length) return false;
            }

            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at == start || at - start > 9 || at == text.Length) return false;
            var number = long.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
            // Each unit once, and the larger first.
            var rank = (iso, inTime, text[at]) switch
            {
                (false, _, 'w') or (true, false, 'W') => 1,
                (false, _, 'd') or (true, false, 'D') => 2,
                (false, _, 'h') or (true, true, 'H') => 3,
                (false, _, 'm') or (true, true, 'M') => 4,
                (false, _, 's') or (true, true, 'S') => 5,
                _ => 0,
            };
            if (rank <= last) return false;
            last = rank;
            at++;
            if (rank <= 2) days += number * (rank == 1 ? 7 : 1);
            else micros += number * Second * (rank == 3 ? 3600 : rank == 4 ? 60 : 1);
        }

        if (days > MostDays || micros > MostDays * Day) return false;
        length = new TimeLength((int)days, micros);
        return true;
    }
}
