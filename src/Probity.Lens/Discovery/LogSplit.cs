namespace Probity.Lens.Discovery;

/// <summary>The parts of a log that belong to the parts of a cut. Events that fit into no part, where a cut passes over noise, are left out.</summary>
internal static class LogSplit
{
    public static IReadOnlyList<SubLog> Of(SubLog log, Cut cut)
    {
        var parts = Enumerable.Range(0, cut.Parts).Select(_ => new List<(int[] Trace, long Count)>()).ToArray();
        foreach (var (trace, count) in log.Traces)
        {
            switch (cut.Kind)
            {
                case TreeOperator.Choice:
                    var most = MostEvents(trace, cut);
                    parts[most].Add((Array.FindAll(trace, a => cut.Part[a] == most), count));
                    break;
                case TreeOperator.Sequence:
                    var bounds = Bounds(trace, cut);
                    for (var p = 0; p < cut.Parts; p++)
                        parts[p].Add((Array.FindAll(trace[bounds[p]..bounds[p + 1]], a => cut.Part[a] == p), count));
                    break;
                case TreeOperator.Parallel:
                    for (var p = 0; p < cut.Parts; p++) parts[p].Add((Array.FindAll(trace, a => cut.Part[a] == p), count));
                    break;
                default:
                    Rounds(trace, count, cut, parts);
                    break;
            }
        }

        return [.. parts.Select(log.With)];
    }

    static int MostEvents(int[] trace, Cut cut)
    {
        var events = new int[cut.Parts];
        foreach (var a in trace) events[cut.Part[a]]++;
        return Array.IndexOf(events, events.Max());
    }

    // Where each part begins: so that as few events as possible stand in a part that is not theirs.
    static int[] Bounds(int[] trace, Cut cut)
    {
        var (length, parts) = (trace.Length, cut.Parts);
        // foreign[i] for the part at hand: the fewest misplaced events among the first i, with parts up to it.
        var (fewest, next) = (new int[length + 1], new int[length + 1]);
        var from = new int[parts, length + 1];
        for (var i = 1; i <= length; i++) fewest[i] = fewest[i - 1] + (cut.Part[trace[i - 1]] == 0 ? 0 : 1);
        for (var p = 1; p < parts; p++)
        {
            next[0] = fewest[0];
            from[p, 0] = 0;
            for (var i = 1; i <= length; i++)
            {
                var stays = next[i - 1] + (cut.Part[trace[i - 1]] == p ? 0 : 1);
                (next[i], from[p, i]) = fewest[i] <= stays ? (fewest[i], i) : (stays, from[p, i - 1]);
            }

            (fewest, next) = (next, fewest);
        }

        var bounds = new int[parts + 1];
        bounds[parts] = length;
        for (var p = parts - 1; p > 0; p--) bounds[p] = from[p, bounds[p + 1]];
        return bounds;
    }

    // The first part and the others take turns; where two others meet, or a trace begins or ends with one, the first part was empty.
    static void Rounds(int[] trace, long count, Cut cut, List<(int[] Trace, long Count)>[] parts)
    {
        var start = 0;
        for (var i = 1; i <= trace.Length; i++)
        {
            if (i < trace.Length && cut.Part[trace[i]] == cut.Part[trace[i - 1]]) continue;
            var part = cut.Part[trace[start]];
            parts[part].Add((trace[start..i], count));
            if (part != 0 && start == 0) parts[0].Add(([], count));
            if (part != 0 && (i == trace.Length || cut.Part[trace[i]] != 0)) parts[0].Add(([], count));
            start = i;
        }
    }
}
