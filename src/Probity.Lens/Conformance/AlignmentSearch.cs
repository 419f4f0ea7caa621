namespace Probity.Lens.Conformance;

/// <summary>
/// Finds an optimal alignment of one trace at a time: A* over pairs of a marking and a position in the trace, the
/// synchronous product of van der Aalst, Adriansyah and van Dongen (Adriansyah, Aligning Observed and Modeled Behavior,
/// 2014). Each thread has its own; what it reuses between traces is memory only, so answers do not depend on the order.
/// </summary>
internal sealed class AlignmentSearch(AlignmentProblem problem, MarkingGraph graph, int stateLimit)
{
    readonly CostQueue _queue = new();
    readonly Dictionary<ulong, int[]> _impossible = [];
    int[] _slots = new int[1 << 12];
    State[] _states = new State[1 << 10];
    int _count;
    int _visited;
    int[] _trace = [];
    int[][]? _bounds;
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
        Reach(MarkingGraph.Initial, 0, 0, -1, new AlignmentStep(-1, -1));
        while (_queue.TryTake(out var total, out var index))
        {
            ref var state = ref _states[index];
            if (state.Closed || total != state.Total) continue;
            state.Closed = true;
            if ((++_visited & 4095) == 0) cancellation.ThrowIfCancellationRequested();
            if (state.Marking == graph.Final && state.Position == trace.Length) return Trace(index);
            if (_count > stateLimit) return null;
            Expand(index, state.Marking, state.Position, state.Cost);
        }

        Exhausted = true;
        return null;
    }

    void Expand(int index, int marking, int position, int cost)
    {
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
    }

    void Reach(int marking, int position, int cost, int parent, AlignmentStep step)
    {
        var index = IndexOf(marking, position);
        ref var state = ref _states[index];
        if (state.Dead || state.Cost <= cost) return;
        if (state.Bound < 0)
        {
            state.Bound = Bound(marking, position);
            if (state.Bound == AlignmentCost.Never)
            {
                state.Dead = true;
                return;
            }
        }

        state.Cost = cost;
        state.Total = cost + state.Bound;
        state.Parent = parent;
        state.Step = step;
        _queue.Add(state.Total, index);
    }

    int Bound(int marking, int position)
    {
        if (_bounds is null) return _potential!.Bound(graph.Tokens(marking), _toCome[position]);
        var model = _bounds[position][marking];
        if (model == AlignmentCost.Never) return model;
        var possible = problem.Costs!.Possible[marking];
        if (!_impossible.TryGetValue(possible, out var counts))
        {
            counts = new int[_trace.Length + 1];
            var set = new LabelSet(possible);
            for (var i = _trace.Length - 1; i >= 0; i--)
                counts[i] = counts[i + 1] + (_trace[i] < 0 || !set.Contains(_trace[i]) ? 1 : 0);
            _impossible[possible] = counts;
        }

        return model + counts[position] * AlignmentCost.Move;
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

        _impossible.Clear();
        Array.Clear(_slots);
        _count = 0;
        _visited = 0;
        Exhausted = false;
        var least = Bound(MarkingGraph.Initial, 0);
        _queue.Clear(least == AlignmentCost.Never ? 0 : least);
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
        _states[_count] = new State { Marking = marking, Position = position, Cost = int.MaxValue, Bound = -1 };
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
        public int Bound;
        public int Total;
        public int Parent;
        public AlignmentStep Step;
        public bool Closed;

        /// <summary>The final marking cannot be reached from here.</summary>
        public bool Dead;
    }
}
