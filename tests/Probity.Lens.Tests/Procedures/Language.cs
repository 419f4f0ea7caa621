using Probity.Lens.Procedures;

namespace Probity.Lens.Tests.Procedures;

/// <summary>All complete traces of a net up to a length, by following every step from every marking.</summary>
internal static class Language
{
    const int MaxMarkings = 200_000;

    /// <summary>The traces, activities joined by blanks, in order.</summary>
    public static SortedSet<string> Of(PetriNet net, int length)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var final = Name(net.Final);
        var here = new Dictionary<string, Dictionary<string, int[]>>(StringComparer.Ordinal) { [""] = Closure(net, [net.Initial.ToArray()]) };
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

            here = next.ToDictionary(x => x.Key, x => Closure(net, x.Value), StringComparer.Ordinal);
        }

        return found;
    }

    static Dictionary<string, int[]> Closure(PetriNet net, List<int[]> markings)
    {
        var found = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var open = new Queue<int[]>(markings);
        while (open.TryDequeue(out var marking))
        {
            if (!found.TryAdd(Name(marking), marking)) continue;
            Assert.True(found.Count < MaxMarkings, "The net has too many markings.");
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
