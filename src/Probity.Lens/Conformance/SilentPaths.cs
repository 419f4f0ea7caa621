using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>
/// For each pair of places the shortest chain of silent transitions that leads from one to the other, looking at the
/// net's shape only: what else a transition of the chain needs is left for the replay to find out.
/// </summary>
internal sealed class SilentPaths
{
    readonly PetriNet _net;
    readonly int[] _byName;
    readonly int[]?[][] _paths;

    public SilentPaths(PetriNet net)
    {
        _net = net;
        _byName = [.. Enumerable.Range(0, net.Places.Count).OrderBy(p => net.Places[p], StringComparer.Ordinal)];
        var leaving = new List<int>[net.Places.Count];
        for (var p = 0; p < leaving.Length; p++) leaving[p] = [];
        for (var t = 0; t < net.Labels.Count; t++)
        {
            if (net.Labels[t] is not null) continue;
            foreach (var arc in net.InputsOf(t)) leaving[arc.Place].Add(t);
        }

        _paths = [.. Enumerable.Range(0, net.Places.Count).Select(p => From(p, leaving))];
    }

    /// <summary>The chains from any marked place to any of the wanted ones: shortest first, then by the places' names.</summary>
    public List<int[]> Between(int[] marking, Func<int, bool> wanted)
    {
        var found = new List<int[]>();
        foreach (var from in _byName.Where(p => marking[p] > 0))
        {
            foreach (var to in _byName.Where(wanted))
                if (_paths[from][to] is { } path) found.Add(path);
        }

        return [.. found.OrderBy(path => path.Length)];
    }

    // Breadth first, transitions in the file's order, so that of equally short chains always the same one is taken.
    int[]?[] From(int start, List<int>[] leaving)
    {
        var paths = new int[]?[_net.Places.Count];
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var place))
        {
            int[] sofar = place == start ? [] : paths[place]!;
            foreach (var t in leaving[place])
            {
                foreach (var (next, _) in _net.OutputsOf(t))
                {
                    if (paths[next] is not null) continue;
                    paths[next] = [.. sofar, t];
                    if (next != start) queue.Enqueue(next);
                }
            }
        }

        return paths;
    }
}
