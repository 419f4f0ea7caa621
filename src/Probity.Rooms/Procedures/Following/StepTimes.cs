using Probity.Lens.Discovery;

namespace Probity.Procedures.Following;

/// <summary>How long a step came after the one before it, and how often later than its version allows.</summary>
internal sealed record StepTime(string From, string To, int Count, TimeSpan Median, TimeSpan Ninetieth, TimeSpan? Limit, int Late);

/// <summary>Times between steps, over all versions; limits by the version that each case began under.</summary>
internal static class StepTimes
{
    /// <summary>Each pair of steps that follow each other in closed cases, where most time goes first.</summary>
    public static IReadOnlyList<StepTime> Between(Judgement found) =>
        [.. Waiting.Of(found.Log).Select(w => new StepTime(found.Log.Activities[w.From], found.Log.Activities[w.To], w.Count, w.Median, w.Ninetieth, null, 0))];

    /// <summary>Each step that a version gives a time: from the nearest step that the drawing puts right before it, how long it took.</summary>
    public static IReadOnlyList<StepTime> Limited(Judgement found)
    {
        var spans = Each(found).GroupBy(s => (s.To, s.Limit), s => s.Span);
        return [.. spans.Select(s => Summed(s.Key.To, s.Key.Limit, [.. s])).OrderByDescending(s => s.Late).ThenBy(s => s.To, StringComparer.Ordinal)];
    }

    /// <summary>Every time that such a step took, with its case and when it was.</summary>
    public static IEnumerable<(CaseTrace Case, string To, TimeSpan Limit, TimeSpan Span, DateTimeOffset At)> Each(Judgement found)
    {
        foreach (var version in found.Versions)
        {
            // A step may be drawn more than once: its shortest limit counts, after any of the steps that any of them follows.
            foreach (var group in version.Drawing.Steps.Where(s => s.Duties.Within is not null).GroupBy(s => s.Name, StringComparer.Ordinal))
            {
                var limit = group.Min(s => s.Duties.Within!.Value);
                var before = group.SelectMany(s => s.After).ToHashSet(StringComparer.Ordinal);
                foreach (var trace in version.Cases)
                {
                    foreach (var (span, at) in Spans(trace.Steps, group.Key, before)) yield return (trace, group.Key, limit, span, at);
                }
            }
        }
    }

    static IEnumerable<(TimeSpan Span, DateTimeOffset At)> Spans(IReadOnlyList<CaseStep> steps, string to, HashSet<string> before)
    {
        for (var at = 1; at < steps.Count; at++)
        {
            if (steps[at].Activity != to) continue;
            for (var from = at - 1; from >= 0; from--)
            {
                if (!before.Contains(steps[from].Activity)) continue;
                yield return (steps[at].When - steps[from].When, steps[at].When);
                break;
            }
        }
    }

    static StepTime Summed(string to, TimeSpan limit, List<TimeSpan> spans)
    {
        spans.Sort();
        return new StepTime("", to, spans.Count, spans[(spans.Count - 1) / 2], spans[(int)(((9L * spans.Count) + 9) / 10) - 1], limit, spans.Count(s => s > limit));
    }
}
