using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>
/// How large the branches are that a join waits for: how many steps can lead to its place other than by the join itself. What
/// lies before the split counts for each branch alike.
/// </summary>
internal sealed class BranchSizes
{
    /// <summary>Steps that are looked at for all joins, some 50 ms; later joins keep the order in which they were drawn.</summary>
    const int Budget = 5_000_000;

    readonly PetriNet _net;
    readonly List<int>[] _givers;
    readonly int[] _stepSeen;
    readonly int[] _placeSeen;
    readonly Stack<int> _open = new();
    int _round;
    int _looked;

    public BranchSizes(PetriNet net)
    {
        _net = net;
        _givers = [.. Enumerable.Range(0, net.Places.Count).Select(_ => new List<int>())];
        for (var t = 0; t < net.Labels.Count; t++)
            foreach (var arc in net.OutputsOf(t)) _givers[arc.Place].Add(t);
        _stepSeen = new int[net.Labels.Count];
        _placeSeen = new int[net.Places.Count];
    }

    /// <summary>A step's inputs, those of the largest branches first.</summary>
    public Arc[] Sort(int join)
    {
        var inputs = _net.InputsOf(join).ToArray();
        return inputs.Length < 2 || _looked > Budget ? inputs : [.. inputs.OrderByDescending(arc => Count(arc.Place, join))];
    }

    int Count(int place, int join)
    {
        var count = 0;
        _stepSeen[join] = _placeSeen[place] = ++_round;
        _open.Push(place);
        while (_open.TryPop(out var at))
        {
            foreach (var step in _givers[at])
            {
                if (_stepSeen[step] == _round) continue;
                _stepSeen[step] = _round;
                count++;
                foreach (var arc in _net.InputsOf(step))
                {
                    if (_placeSeen[arc.Place] == _round) continue;
                    _placeSeen[arc.Place] = _round;
                    _open.Push(arc.Place);
                }
            }
        }

        _looked += count;
        return count;
    }
}
