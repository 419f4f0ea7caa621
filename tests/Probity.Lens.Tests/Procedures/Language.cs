using Probity.Lens.Procedures;

namespace Probity.Lens.Tests.Procedures;

/// <summary>All complete traces of a net up to a length, by following every step from every marking.</summary>
internal static class Language
{
    /// <summary>The traces, activities joined by blanks, in order.</summary>
    public static SortedSet<string> Of(PetriNet net, int length)
    {
        var found = TryOf(net, length, int.MaxValue);
        Assert.NotNull(found);
        return found;
    }

    /// <summary>The same; null if more than so many markings would have to be looked at.</summary>
    public static SortedSet<string>? TryOf(PetriNet net, int length, int most)
    {
        var looked = 0;
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var final = Name(net.Final);
        var here = new Dictionary<string, Dictionary<string, int[]>>(StringComparer.Ordinal) { [""] = Closure(net, [net.Initial.ToArray()], most, ref looked) };
        for (var n = 0; n <= length; n++)
        {
            var next = new Dictionary<string, List<int[]>>(StringComparer.Ordinal);
            foreach (var (trace, markings) in here)
            {
                if (markings.ContainsKey(final)) found.Add(trace);
                foreach (var marking in markings.Values)
                {
                    for (var t = 0; t < net.Labels.Count; t++)
                    {
                        if (net.Labels[t] is not { } label || Fire(net, t, marking) is not { } after) continue;
                        var longer = trace.Length == 0 ? label : trace + " " + label;
                        if (!next.TryGetValue(longer, out var list)) next[longer] = list = [];
                        list.Add(after);
                    }
                }
            }

            here = [];
            foreach (var (trace, markings) in next) here[trace] = Closure(net, markings, most, ref looked);
            if (looked > most) return null;
        }

        return found;
    }

    static Dictionary<string, int[]> Closure(PetriNet net, List<int[]> markings, int most, ref int looked)
    {
        var found = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var open = new Queue<int[]>(markings);
        while (open.TryDequeue(out var marking))
        {
            if (!found.TryAdd(Name(marking), marking)) continue;
            if (++looked > most) break;
            for (var t = 0; t < net.Labels.Count; t++)
                if (net.Labels[t] is null && Fire(net, t, marking) is { } after) open.Enqueue(after);
        }

        return found;
    }

    static int[]? Fire(PetriNet net, int transition, int[] marking)
    {
        var after = marking.ToArray();
        foreach (var arc in net.InputsOf(transition))
            if ((after[arc.Place] -= arc.Weight) < 0) return null;
        foreach (var arc in net.OutputsOf(transition)) after[arc.Place] += arc.Weight;
        return after;
    }

    static string Name(ReadOnlySpan<int> marking) => string.Join(' ', marking.ToArray());
}
