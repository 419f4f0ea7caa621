using Probity.Lens.Logs;

namespace Probity.Lens.Discovery;

/// <summary>How long it took from one activity to the one right after it.</summary>
/// <param name="From">The earlier activity, as a number into <see cref="EventLog.Activities"/>.</param>
/// <param name="To">The later activity.</param>
/// <param name="Count">How often.</param>
/// <param name="Median">Half took no longer (the lower of the two in the middle).</param>
/// <param name="Ninetieth">Nine in ten took no longer (nearest rank).</param>
/// <param name="Total">All of them together: where most time goes, a case waits longest.</param>
public readonly record struct Wait(int From, int To, int Count, TimeSpan Median, TimeSpan Ninetieth, TimeSpan Total);

/// <summary>
/// The times between what follows what. A log with one event for an activity does not say when work on it began, so a wait holds
/// the work of the later activity too.
/// </summary>
public static class Waiting
{
    /// <summary>Each pair that occurs, by falling total; pairs of equal total stand ordinal by their names.</summary>
    public static IReadOnlyList<Wait> Of(EventLog log)
    {
        var spans = new Dictionary<(int From, int To), List<long>>();
        for (var c = 0; c < log.Cases.Count; c++)
        {
            var path = log.ActivitiesOf(c);
            var times = log.TimesOf(c);
            for (var i = 1; i < path.Length; i++)
            {
                if (!spans.TryGetValue((path[i - 1], path[i]), out var list)) spans[(path[i - 1], path[i])] = list = [];
                list.Add(times[i] - times[i - 1]);
            }
        }

        return [.. spans.Select(s => Summed(s.Key, s.Value))
            .OrderByDescending(w => w.Total)
            .ThenBy(w => log.Activities[w.From], StringComparer.Ordinal).ThenBy(w => log.Activities[w.To], StringComparer.Ordinal)];
    }

    static Wait Summed((int From, int To) pair, List<long> spans)
    {
        spans.Sort();
        var total = Int128.Zero;
        foreach (var span in spans) total += span;
        return new Wait(
            pair.From, pair.To, spans.Count, Span(spans[(spans.Count - 1) / 2]), Span(spans[Rank(spans.Count)]),
            Span((long)Int128.Min(total, long.MaxValue / TimeSpan.TicksPerMicrosecond)));
    }

    static int Rank(int count) => (int)(((9L * count) + 9) / 10) - 1;

    static TimeSpan Span(long micros) => new(micros * TimeSpan.TicksPerMicrosecond);
}
