using System.Runtime.CompilerServices;

namespace Probity.Lens.Conformance;

/// <summary>
/// The cheapest run from a marking to the final one, in a net too large to be explored whole: A* that looks, in each marking, at
/// the enabled steps of one stubborn set. Some place has to gain or lose a token before the end; of any run to the end, the
/// first step that is in the set around the steps that can do so may as well come first. One thread's; what is found stays known.
/// </summary>
internal sealed class EndRuns
{
    const int Unknown = -1;

    readonly AlignmentProblem _problem;
    readonly MarkingGraph _graph;
    readonly Potential _potential;
    readonly int _maxLooked;
    readonly CostQueue _queue = new();
    readonly Dictionary<int, IReadOnlyList<int>> _runs = [];
    readonly List<int> _touched = [];
    readonly int[] _tokens;
    readonly ulong[] _set;
    readonly ulong[] _best;
    int[] _rest = [];
    int[] _costs = [];
    Step[] _before = []; // Target holds the marking that the step leaves.
    bool _useKnown;

    /// <param name="problem">What is aligned.</param>
    /// <param name="graph">This thread's marking graph.</param>
    /// <param name="maxLooked">How many markings one search may look at.</param>
    /// <exception cref="BadInputException">It is proven that the final marking cannot be reached.</exception>
    public EndRuns(AlignmentProblem problem, MarkingGraph graph, int maxLooked)
    {
        (_problem, _graph, _maxLooked) = (problem, graph, maxLooked);
        _potential = problem.PotentialFor([]) ?? throw AlignmentProblem.Unreachable();
        _tokens = new int[problem.Net.Places.Count];
        _set = new ulong[problem.Stubborn.Width];
        _best = new ulong[problem.Stubborn.Width];
    }

    /// <summary>What it costs to be complete from a marking, <see cref="AlignmentCost.Never"/> where that is impossible; null if the limit ended the search.</summary>
    /// <exception cref="GraphFullException">The limit of markings is passed.</exception>
    public int? CostFrom(int marking, CancellationToken cancellation)
    {
        Enlarge();
        if (_rest[marking] != Unknown) return _rest[marking];
        _useKnown = true;
        return Search(marking, cancellation) is { } end ? Learn(marking, end) : null;
    }

    /// <summary>The steps of a cheapest run from a marking that has one: always the same, whatever else is known.</summary>
    /// <exception cref="GraphFullException">The limit of markings is passed.</exception>
    public IReadOnlyList<int> RunFrom(int marking, CancellationToken cancellation)
    {
        if (_runs.TryGetValue(marking, out var run)) return run;
        _useKnown = false;
        var at = Search(marking, cancellation) ?? throw new GraphFullException();
        var steps = new List<int>();
        for (; at != marking; at = _before[at].Target) steps.Add(_before[at].Transition);
        steps.Reverse();
        Forget();
        return _runs[marking] = steps;
    }

    /// <summary>Where a cheapest run ends, at the final marking or at one whose rest is known; -1 if there is none, null if the limit ended the search.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int? Search(int start, CancellationToken cancellation)
    {
        _queue.Clear(Bound(start));
        Reach(start, 0, new Step(-1, -1));
        var looked = 0;
        while (_queue.TryTake(out _, out var marking))
        {
            var cost = _costs[marking];
            if (cost < 0) continue; // Done.
            if (marking == _graph.Final || (_useKnown && _rest[marking] >= 0)) return marking;
            if (looked++ == _maxLooked)
            {
                Forget();
                return null;
            }

            if ((looked & 4095) == 0) cancellation.ThrowIfCancellationRequested();
            _costs[marking] = ~cost;
            Choose(marking);
            for (var t = StubbornSets.Next(_best, 0); t >= 0; t = StubbornSets.Next(_best, t + 1))
                if (_graph.After(marking, t) is >= 0 and var target) Reach(target, cost + _problem.Price(t), new Step(t, marking));
        }

        return -1;
    }

    void Reach(int marking, int cost, Step before)
    {
        Enlarge();
        var bound = Bound(marking);
        if (bound == AlignmentCost.Never) return;
        ref var best = ref _costs[marking];
        if (best <= cost) return; // As good, or done.
        if (cost + bound > AlignmentCost.Ceiling) return;
        if (best == AlignmentCost.Never) _touched.Add(marking);
        best = cost;
        _before[marking] = before;
        _queue.Add(cost + bound, marking);
    }

    int Bound(int marking) => _useKnown && _rest[marking] != Unknown ? _rest[marking] : _potential.Bound(_graph.Tokens(marking), 0);

    /// <summary>Keeps what the way that was found says of each marking on it.</summary>
    int Learn(int start, int end)
    {
        if (end < 0)
        {
            foreach (var marking in _touched) _rest[marking] = AlignmentCost.Never;
            Forget();
            return AlignmentCost.Never;
        }

        if (end == _graph.Final) _rest[end] = 0;
        for (var marking = end; marking != start;)
        {
            var (transition, from) = _before[marking];
            _rest[from] = _rest[marking] + _problem.Price(transition);
            marking = from;
        }

        Forget();
        return _rest[start];
    }

    /// <summary>Of the stubborn sets around what has to change in a marking, one with few enabled steps.</summary>
    void Choose(int marking)
    {
        _graph.CopyTokens(marking, _tokens);
        var final = _problem.Net.Final;
        var fewest = int.MaxValue;
        for (var place = 0; place < _tokens.Length && fewest > 1; place++)
        {
            if (_tokens[place] == final[place]) continue;
            (_tokens[place] > final[place] ? _problem.Stubborn.TakersOf(place) : _problem.Stubborn.GiversOf(place)).CopyTo(_set);
            _problem.Stubborn.Close(_set, _tokens);
            var enabled = 0;
            for (var t = StubbornSets.Next(_set, 0); t >= 0; t = StubbornSets.Next(_set, t + 1))
                if (_problem.Net.IsEnabled(t, _tokens)) enabled++;
            if (enabled >= fewest) continue;
            fewest = enabled;
            _set.CopyTo(_best.AsSpan());
        }
    }

    void Enlarge()
    {
        var known = _rest.Length;
        if (_graph.Count <= known) return;
        var size = Math.Max(_graph.Count, known * 2);
        Array.Resize(ref _rest, size);
        Array.Resize(ref _costs, size);
        Array.Resize(ref _before, size);
        Array.Fill(_rest, Unknown, known, size - known);
        Array.Fill(_costs, AlignmentCost.Never, known, size - known);
    }

    void Forget()
    {
        foreach (var marking in _touched) _costs[marking] = AlignmentCost.Never;
        _touched.Clear();
    }
}
