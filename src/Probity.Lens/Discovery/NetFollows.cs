using Probity.Lens.Procedures;

namespace Probity.Lens.Discovery;

/// <summary>
/// Which step of a procedure hands on to which: a token that the one puts down can be what the other takes up, over silent steps in between. Steps that run
/// beside each other have no arrow between them, as they would have in what a log shows.
/// </summary>
internal sealed class NetFollows
{
    readonly PetriNet _net;
    readonly List<string> _names = [];
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly List<int>[] _takers;

    public NetFollows(PetriNet net)
    {
        _net = net;
        _takers = [.. net.Places.Select(_ => new List<int>())];
        for (var t = 0; t < net.Labels.Count; t++)
        {
            foreach (var arc in net.InputsOf(t)) _takers[arc.Place].Add(t);
            if (net.Labels[t] is not { } label || _numbers.ContainsKey(label)) continue;
            _numbers[label] = _names.Count;
            _names.Add(label);
        }
    }

    /// <summary>Gives the names of the steps, which of them can be first and last (1 or 0 each), and what hands on to what.</summary>
    public T Read<T>(Func<IReadOnlyList<string>, int[], int[], IReadOnlyList<Follows>, T> make)
    {
        var (starts, ends) = (new int[_names.Count], new int[_names.Count]);
        var edges = new HashSet<(int From, int To)>();
        foreach (var to in After(Enumerable.Range(0, _net.Places.Count).Where(p => _net.Initial[p] > 0), out _)) starts[to] = 1;
        for (var t = 0; t < _net.Labels.Count; t++)
        {
            if (_net.Labels[t] is not { } label) continue;
            var from = _numbers[label];
            var after = After(Places(t), out var ended);
            foreach (var to in after) edges.Add((from, to));
            if (ended) ends[from] = 1;
        }

        return make(_names, starts, ends, [.. edges.OrderBy(e => _names[e.From], StringComparer.Ordinal).ThenBy(e => _names[e.To], StringComparer.Ordinal).Select(e => new Follows(e.From, e.To, 1))]);
    }

    List<int> Places(int transition)
    {
        var places = new List<int>();
        foreach (var arc in _net.OutputsOf(transition)) places.Add(arc.Place);
        return places;
    }

    HashSet<int> After(IEnumerable<int> places, out bool ended)
    {
        var found = new HashSet<int>();
        var open = new Queue<int>(places);
        var seen = new HashSet<int>(open);
        ended = false;
        while (open.TryDequeue(out var place))
        {
            ended |= _net.Final[place] > 0;
            foreach (var taker in _takers[place])
            {
                if (_net.Labels[taker] is { } label)
                {
                    found.Add(_numbers[label]);
                    continue;
                }

                foreach (var arc in _net.OutputsOf(taker))
                    if (seen.Add(arc.Place)) open.Enqueue(arc.Place);
            }
        }

        return found;
    }
}
