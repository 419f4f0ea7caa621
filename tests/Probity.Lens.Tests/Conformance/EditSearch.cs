using Probity.Lens.Procedures;

namespace Probity.Lens.Tests.Conformance;

/// <summary>
/// Another definition of the same cost, with no product of net and trace: of all words that complete runs of the net show,
/// the least edit distance from the trace, plus the silent steps of the run. Words are listed by rising length.
/// </summary>
internal static class EditSearch
{
    /// <summary>The cost; -1 if more than so many pairs of a word and a marking are to be looked at, or no word is found.</summary>
    public static int Cost(PetriNet net, string[] trace, int limit)
    {
        var final = string.Join(' ', net.Final.ToArray());
        var best = int.MaxValue;
        var seen = 0;
        var words = new Dictionary<string, Dictionary<string, (int[] Marking, int Silent)>>(StringComparer.Ordinal) { [""] = [] };
        if (!Close(net, [(net.Initial.ToArray(), 0)], words[""], limit, ref seen)) return -1;
        // A word that is longer by n events has at least n of them too many.
        for (var length = 0; words.Count > 0 && (best == int.MaxValue || 10_000 * (length - trace.Length) < best); length++)
        {
            var next = new Dictionary<string, List<(int[], int)>>(StringComparer.Ordinal);
            foreach (var (word, markings) in words)
            {
                if (markings.TryGetValue(final, out var complete))
                    best = Math.Min(best, complete.Silent + (10_000 * Distance(word.Split('|', StringSplitOptions.RemoveEmptyEntries), trace)));
                foreach (var (marking, silent) in markings.Values)
                {
                    for (var t = 0; t < net.Labels.Count; t++)
                    {
                        if (net.Labels[t] is not { } label || Fire(net, t, marking) is not { } after) continue;
                        if (!next.TryGetValue(word + "|" + label, out var list)) next[word + "|" + label] = list = [];
                        list.Add((after, silent));
                    }
                }
            }

            words = [];
            foreach (var (word, list) in next)
                if (!Close(net, list, words[word] = [], limit, ref seen)) return -1;
        }

        return best == int.MaxValue ? -1 : best;
    }

    static bool Close(PetriNet net, List<(int[] Marking, int Silent)> from, Dictionary<string, (int[] Marking, int Silent)> found, int limit, ref int seen)
    {
        var queue = new PriorityQueue<int[], int>(from.Select(x => (x.Marking, x.Silent)));
        while (queue.TryDequeue(out var marking, out var silent))
        {
            if (!found.TryAdd(string.Join(' ', marking), (marking, silent))) continue;
            if (++seen > limit) return false;
            for (var t = 0; t < net.Labels.Count; t++)
                if (net.Labels[t] is null && Fire(net, t, marking) is { } after) queue.Enqueue(after, silent + 1);
        }

        return true;
    }

    static int Distance(string[] word, string[] trace)
    {
        var row = Enumerable.Range(0, trace.Length + 1).ToArray();
        foreach (var letter in word)
        {
            var diagonal = row[0]++;
            for (var i = 1; i <= trace.Length; i++)
            {
                var same = letter == trace[i - 1] ? diagonal : int.MaxValue;
                diagonal = row[i];
                row[i] = Math.Min(same, 1 + Math.Min(row[i - 1], row[i]));
            }
        }

        return row[trace.Length];
    }

    static int[]? Fire(PetriNet net, int transition, int[] marking)
    {
        var after = marking.ToArray();
        foreach (var arc in net.InputsOf(transition))
            if ((after[arc.Place] -= arc.Weight) < 0) return null;
        foreach (var arc in net.OutputsOf(transition)) after[arc.Place] += arc.Weight;
        return after;
    }
}
