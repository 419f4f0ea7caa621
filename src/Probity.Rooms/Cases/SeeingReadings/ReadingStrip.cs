namespace Probity.Cases.SeeingReadings;

/// <summary>One reading in the picture: where it stands from the left, 0 to 1, and how often it was read there.</summary>
public sealed record StripMark(double At, bool Glass, int Times);

/// <summary>The readings of one person, as a row of the picture.</summary>
public sealed record StripRow(string Who, IReadOnlyList<StripMark> Marks);

/// <summary>
/// The readings over time as a picture: a row for each person, a mark for each stretch of time in which they read. Openings without being
/// assigned have a shape of their own.
/// </summary>
public sealed record ReadingStrip(IReadOnlyList<StripRow> Rows, DateTimeOffset From, DateTimeOffset To, int Left)
{
    /// <summary>More rows than this nobody reads: those who read most are shown, and the page says how many are left out.</summary>
    public const int MostRows = 12;

    /// <summary>Marks that would lie on each other are one.</summary>
    const int Stretches = 120;

    internal static ReadingStrip Draw(IReadOnlyList<(string Who, DateTimeOffset At, string? Right)> readings, DateTimeOffset opened, DateTimeOffset now)
    {
        var from = readings.Count > 0 ? readings.Min(r => r.At) : opened;
        var to = readings.Count > 0 ? readings.Max(r => r.At) : now;
        var span = Math.Max(1, (to - from).Ticks);
        var rows = readings.GroupBy(r => r.Who)
            .OrderByDescending(g => g.Any(r => r.Right == "brokenGlass")).ThenByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.CurrentCulture)
            .Select(g => new StripRow(g.Key, [.. g
                .GroupBy(r => ((int)((r.At - from).Ticks * (Stretches - 1) / span), r.Right == "brokenGlass"))
                .OrderBy(m => m.Key.Item1)
                .Select(m => new StripMark(m.Key.Item1 / (double)(Stretches - 1), m.Key.Item2, m.Count()))]))
            .ToList();
        return new ReadingStrip([.. rows.Take(MostRows)], from, to, Math.Max(0, rows.Count - MostRows));
    }
}
