using Probity.Lens.Logs;

namespace Probity.Lens.Discovery;

/// <summary>
/// How work changed from one period to the next. A case belongs to the period of its first event; a case without events to none. Each
/// period is compared with the one before it that has cases, by shares of cases and not of events, since the events of one case are not
/// independent; all tests together are corrected for their number (Benjamini and Hochberg, Journal of the Royal Statistical Society B 57, 1995).
/// A change says where to look: a new instruction changes work just as a new habit does.
/// </summary>
/// <param name="Periods">The periods that have cases, in order.</param>
/// <param name="Changes">What changed, by period, the largest difference of shares first; durations before shares.</param>
/// <param name="Tests">How many tests were made.</param>
public sealed record Drift(IReadOnlyList<DriftSpan> Periods, IReadOnlyList<DriftChange> Changes, int Tests)
{
    /// <summary>The share of false alarms among the changes that is put up with.</summary>
    public const double FalseDiscoveries = 0.05;

    /// <summary>Compares the periods of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="period">Which periods.</param>
    /// <param name="zone">Whose calendar; null for UTC.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static Drift Of(EventLog log, DriftPeriod period, TimeZoneInfo? zone = null, CancellationToken cancellation = default)
    {
        var calendar = new PeriodCalendar(period, zone ?? TimeZoneInfo.Utc);
        var counts = PeriodCounts.Of(log, calendar, cancellation);
        var spans = Spans(counts, calendar, LastEvent(log));
        var tested = new List<DriftChange>();
        for (var i = 1; i < counts.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            // What may be unfinished looks short, and lacks what comes late.
            if (!spans[i].IsOpen) Test(log, counts, i, tested);
        }

        return new Drift(spans, Significant(tested), tested.Count);
    }

    static void Test(EventLog log, List<PeriodCounts> counts, int to, List<DriftChange> tested)
    {
        var (one, other) = (counts[to - 1], counts[to]);
        if (DriftTests.Lengths(one.Durations, other.Durations) is { } p)
            tested.Add(new DriftChange(DriftKind.Duration, to - 1, to, [], one.Median / 1e6, other.Median / 1e6, p, 1));
        foreach (var variant in one.Variants.Keys.Union(other.Variants.Keys)) Add(DriftKind.Path, one.Variants.GetValueOrDefault(variant), other.Variants.GetValueOrDefault(variant), log.Variants[variant].Activities);
        foreach (var (from, next) in one.Steps.Keys.Union(other.Steps.Keys)) Add(DriftKind.Step, one.Steps.GetValueOrDefault((from, next)), other.Steps.GetValueOrDefault((from, next)), [from, next]);

        void Add(DriftKind kind, int before, int after, IReadOnlyList<int> activities)
        {
            if (DriftTests.Shares(before, one.Cases, after, other.Cases) is { } probability)
                tested.Add(new DriftChange(kind, to - 1, to, activities, (double)before / one.Cases, (double)after / other.Cases, probability, 1));
        }
    }

    static List<DriftChange> Significant(List<DriftChange> tested)
    {
        var order = tested.OrderBy(c => c.Probability).ToList();
        var least = 1.0;
        var found = new List<DriftChange>();
        for (var rank = order.Count; rank >= 1; rank--)
        {
            least = Math.Min(least, order[rank - 1].Probability * order.Count / rank);
            if (least <= FalseDiscoveries) found.Add(order[rank - 1] with { Adjusted = least });
        }

        return [.. found.OrderBy(c => c.To).ThenBy(c => c.Kind == DriftKind.Duration ? 0 : 1)
            .ThenByDescending(c => Math.Abs(c.After - c.Before)).ThenBy(c => c.Kind).ThenBy(c => c.Activities, Comparer<IReadOnlyList<int>>.Create(ComparePaths))];
    }

    static int ComparePaths(IReadOnlyList<int> x, IReadOnlyList<int> y)
    {
        for (var i = 0; i < Math.Min(x.Count, y.Count); i++)
            if (x[i] != y[i]) return x[i].CompareTo(y[i]);
        return x.Count.CompareTo(y.Count);
    }

    static List<DriftSpan> Spans(List<PeriodCounts> counts, PeriodCalendar calendar, long lastEvent)
    {
        var half = new List<long>();
        var all = counts.Sum(c => c.Cases);
        foreach (var count in counts)
        {
            half.AddRange(count.Durations);
            if (half.Count * 2L >= all) break;
        }

        half.Sort();
        var usual = half.Count == 0 ? 0 : half[(int)(((9L * half.Count) + 9) / 10) - 1];
        return [.. counts.Select(c =>
        {
            var end = calendar.Begin(c.Number + 1);
            return new DriftSpan(
                calendar.NameOf(c.Number), calendar.Begin(c.Number), end, c.Cases, c.Events, TimeSpan.FromTicks(c.Median * TimeSpan.TicksPerMicrosecond),
                (Int128)((end - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond) + usual > lastEvent);
        })];
    }

    static long LastEvent(EventLog log)
    {
        var last = long.MinValue;
        foreach (var time in log.TimeColumn.AsSpan(0, log.EventCount)) last = Math.Max(last, time);
        return last;
    }
}
