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

    /// <summary>What all chains may take, in ints, and each its share of the tables: some 200 MB.</summary>
    const long MaxKept = 20_000_000, Share = 16;

    /// <summary>Pairs of places that may be looked up at once, and for one trace: some seconds.</summary>
    const long MaxAtOnce = 5_000_000, MaxPairs = 200_000_000;

    readonly PetriNet _net;
    readonly int[] _byName;
    readonly List<int>[] _leaving;
    readonly Dictionary<int, int[]>?[] _paths;
    readonly CancellationToken _cancellation;
    long _kept;
    long _pairs;

    public SilentPaths(PetriNet net, CancellationToken cancellation)
    {
        (_net, _cancellation) = (net, cancellation);
        _byName = [.. Enumerable.Range(0, net.Places.Count).OrderBy(p => net.Places[p], StringComparer.Ordinal)];
        _leaving = [.. net.Places.Select(_ => new List<int>())];
        _paths = new Dictionary<int, int[]>?[net.Places.Count];
        for (var t = 0; t < net.Labels.Count; t++)
        {
            if (net.Labels[t] is not null) continue;
            foreach (var arc in net.InputsOf(t)) _leaving[arc.Place].Add(t);
        }
    }

    /// <summary>Begins with another trace.</summary>
    public void Begin() => _pairs = 0;

    /// <summary>The chains from any marked place to any of the wanted ones: shortest first, then by the places' names.</summary>
    /// <exception cref="PathsFullException">They are more than a limit allows.</exception>
    public List<int[]> Between(int[] marking, Func<int, bool> wanted)
    {
        _cancellation.ThrowIfCancellationRequested();
        var found = new List<int[]>();
        var starts = _byName.Where(p => marking[p] > 0).ToList();
        var ends = _byName.Where(wanted).ToList();
        var pairs = (long)starts.Count * ends.Count;
        if (pairs > MaxAtOnce || (_pairs += pairs) > MaxPairs) throw new PathsFullException();
        foreach (var from in starts)
        {
            var paths = _paths[from] ??= From(from);
            foreach (var to in ends)
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
            _cancellation.ThrowIfCancellationRequested();
            int[] sofar = place == start ? [] : paths[place];
            if (sofar.Length > MaxLength) continue;
            foreach (var t in _leaving[place])
            {
                foreach (var (next, _) in _net.OutputsOf(t))
                {
                    if (paths.ContainsKey(next)) continue;
                    if ((_kept += sofar.Length + Share) > MaxKept) throw new PathsFullException();
                    paths.Add(next, [.. sofar, t]);
                    if (next != start) queue.Enqueue(next);
                }
            }
        }

        return paths;
    }
}

/// <summary>A net has more chains of silent steps than memory or time is given for.</summary>
internal sealed class PathsFullException : Exception;
