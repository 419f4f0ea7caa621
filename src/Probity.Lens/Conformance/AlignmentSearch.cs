namespace Probity.Lens.Conformance;

/// <summary>
/// Finds an optimal alignment of one trace at a time: A* over pairs of a marking and a position in the trace, the
/// synchronous product of van der Aalst, Adriansyah and van Dongen (Adriansyah, Aligning Observed and Modeled Behavior,
/// 2014). Each thread has its own; what it reuses between traces is memory only, so answers do not depend on the order.
/// </summary>
internal sealed class AlignmentSearch(AlignmentProblem problem, MarkingGraph graph, int stateLimit)
{
    readonly CostQueue _queue = new();
    int[][] _impossible = [];
    int[] _slots = new int[1 << 12];
    State[] _states = new State[1 << 10];
    int _count;
    int _visited;
    int _level;
    int _later;
    int[] _trace = [];
    int[]? _bounds;
    Potential? _potential;
    long[] _toCome = [];

    /// <summary>Whether the last search looked everywhere and found nothing: the final marking cannot be reached.</summary>
    public bool Exhausted { get; private set; }

    /// <summary>An optimal alignment, or null if there is none within the limit of states.</summary>
    /// <param name="trace">The label number of each event, -1 for activities that the procedure does not have.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="GraphFullException">The limit of markings is passed.</exception>
    public Alignment? Find(int[] trace, CancellationToken cancellation)
    {
        Begin(trace);
        while (_queue.TryTake(out var total, out var item))
        {
            _level = total / AlignmentCost.Move;
            var again = item < 0;
            var index = again ? ~item : item;
            ref var state = ref _states[index];
            if (!again && (state.Closed || total != state.Total)) continue;
            state.Closed = true;
            if ((++_visited & 4095) == 0) cancellation.ThrowIfCancellationRequested();
            if (state.Marking == graph.Final && state.Position == trace.Length) return Trace(index);
            if (_count > stateLimit) return null;
            Expand(index, state.Marking, state.Position, state.Cost);
        }

        Exhausted = true;
        return null;
    }

    // Most steps out of a state cost a move more than the best alignment will. Those are left until the search gets so
    // far, and the state is then expanded again for them (partial expansion: Yoshizumi, Miura and Ishida 2000).
    void Expand(int index, int marking, int position, int cost)
    {
        _later = AlignmentCost.Never;
        var label = position < _trace.Length ? _trace[position] : -1;
        if (position < _trace.Length)
            Reach(marking, position + 1, cost + AlignmentCost.Move, index, new AlignmentStep(position, -1));
        foreach (var (transition, target) in graph.StepsFrom(marking))
        {
            var own = problem.Labels[transition];
            var price = own < 0 ? AlignmentCost.Silent : AlignmentCost.Move;
            if (own >= 0 && own == label)
                Reach(target, position + 1, cost, index, new AlignmentStep(position, transition));
            Reach(target, position, cost + price, index, new AlignmentStep(-1, transition));
        }

        if (_later < AlignmentCost.Never) _queue.Add(_later, ~index);
    }

    void Reach(int marking, int position, int cost, int parent, AlignmentStep step)
    {
        var bound = Bound(marking, position);
        if (bound == AlignmentCost.Never) return;
        var total = cost + bound;
        var level = total / AlignmentCost.Move;
        if (level > _level) _later = Math.Min(_later, total);
        if (level != _level) return; // Below: reached when the state was expanded before.
        var index = IndexOf(marking, position);
        ref var state = ref _states[index];
        if (state.Cost <= cost) return;
        state.Cost = cost;
        state.Total = total;
        state.Parent = parent;
        state.Step = step;
        _queue.Add(total, index);
    }

    int Bound(int marking, int position)
    {
        if (_bounds is null) return _potential!.Bound(graph.Tokens(marking), _toCome[position]);
        var model = _bounds[marking];
        if (model == AlignmentCost.Never) return model;
        var possible = problem.Costs!.PossibleFrom(marking, out var number);
        var counts = _impossible[number];
        if (counts.Length == 0) _impossible[number] = counts = CountImpossible(new LabelSet(possible));
        return model + (counts[position] * AlignmentCost.Move);
    }

    /// <summary>For each position how many events from there on cannot happen.</summary>
    int[] CountImpossible(LabelSet possible)
    {
        var counts = new int[_trace.Length + 1];
        for (var i = _trace.Length - 1; i >= 0; i--)
            counts[i] = counts[i + 1] + (_trace[i] < 0 || !possible.Contains(_trace[i]) ? 1 : 0);
        return counts;
    }

    void Begin(int[] trace)
    {
        _trace = trace;
        _bounds = problem.BoundsFor(trace);
        if (_bounds is null)
        {
            _potential = problem.PotentialFor(trace) ?? throw AlignmentProblem.Unreachable();
            _toCome = _potential.ToCome(trace);
        }
        else
        {
            if (_impossible.Length == 0) _impossible = new int[problem.Costs!.PossibleSets][];
            Array.Fill(_impossible, []);
        }

        Array.Clear(_slots);
        _count = 0;
        _visited = 0;
        Exhausted = false;
        var least = Bound(MarkingGraph.Initial, 0);
        _level = least / AlignmentCost.Move;
        _queue.Clear(least == AlignmentCost.Never ? 0 : least);
        Reach(MarkingGraph.Initial, 0, 0, -1, new AlignmentStep(-1, -1));
    }

    int IndexOf(int marking, int position)
    {
        var mask = _slots.Length - 1;
        var slot = Hash(marking, position) & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            ref var state = ref _states[_slots[slot] - 1];
            if (state.Marking == marking && state.Position == position) return _slots[slot] - 1;
        }

        if (_count == _states.Length) Array.Resize(ref _states, _count * 2);
        _states[_count] = new State { Marking = marking, Position = position, Cost = int.MaxValue };
        _slots[slot] = ++_count;
        if (_count * 2 > _slots.Length) Rehash();
        return _count - 1;
    }

    void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var i = 0; i < _count; i++)
        {
            var slot = Hash(_states[i].Marking, _states[i].Position) & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = i + 1;
        }
    }

    static int Hash(int marking, int position) =>
        (int)(((uint)marking * 0x9E3779B97F4A7C15UL + (uint)position * 0xC2B2AE3D27D4EB4FUL) >> 35);

    Alignment Trace(int index)
    {
        var cost = _states[index].Cost;
        var steps = new List<AlignmentStep>();
        for (; _states[index].Parent >= 0; index = _states[index].Parent) steps.Add(_states[index].Step);
        steps.Reverse();
        return new Alignment(cost, steps);
    }

    struct State
    {
        public int Marking;
        public int Position;
        public int Cost;
        public int Total;
        public int Parent;
        public AlignmentStep Step;
        public bool Closed;
    }
}
