using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>
/// For each pair of places the shortest chain of silent transitions that leads from one to the other, looking at the
/// net's shape only: what else a transition of the chain needs is left for the replay to find out.
/// </summary>
internal sealed class SilentPaths
{
    /// <summary>Longer chains are not followed, as in the tools that figures are compared with.</summary>
    const int MaxLength = 50;

    readonly PetriNet _net;
    readonly int[] _byName;
    readonly List<int>[] _leaving;
    readonly Dictionary<int, int[]>?[] _paths;

    public SilentPaths(PetriNet net)
    {
        _net = net;
        _byName = [.. Enumerable.Range(0, net.Places.Count).OrderBy(p => net.Places[p], StringComparer.Ordinal)];
        _leaving = [.. net.Places.Select(_ => new List<int>())];
        _paths = new Dictionary<int, int[]>?[net.Places.Count];
        for (var t = 0; t < net.Labels.Count; t++)
        {
            if (net.Labels[t] is not null) continue;
            foreach (var arc in net.InputsOf(t)) _leaving[arc.Place].Add(t);
        }

    }

    /// <summary>The chains from any marked place to any of the wanted ones: shortest first, then by the places' names.</summary>
    public List<int[]> Between(int[] marking, Func<int, bool> wanted)
    {
        var found = new List<int[]>();
        foreach (var from in _byName.Where(p => marking[p] > 0))
        {
            var paths = _paths[from] ??= From(from);
            foreach (var to in _byName.Where(wanted))
                if (paths.TryGetValue(to, out var path)) found.Add(path);
        }

        return [.. found.OrderBy(path => path.Length)];
    }

    // Breadth first, transitions in the file's order, so that of equally short chains always the same one is taken.
    Dictionary<int, int[]> From(int start)
    {
        var paths = new Dictionary<int, int[]>();
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var place))
        {
            int[] sofar = place == start ? [] : paths[place];
            if (sofar.Length > MaxLength) continue;
            foreach (var t in _leaving[place])
            {
                foreach (var (next, _) in _net.OutputsOf(t))
                {
                    if (paths.TryAdd(next, [.. sofar, t]) && next != start) queue.Enqueue(next);
                }
            }
        }

        return paths;
    }
}
