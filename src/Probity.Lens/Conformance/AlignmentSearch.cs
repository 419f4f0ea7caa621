using System.Runtime.CompilerServices;

namespace Probity.Lens.Conformance;

/// <summary>
/// Finds an optimal alignment of one trace at a time: A* over pairs of a marking and a position in the trace, the
/// synchronous product of van der Aalst, Adriansyah and van Dongen (Adriansyah, Aligning Observed and Modeled Behavior,
/// 2014). It goes from event to event, by the runs of the procedure's own that an event may need (<see cref="SyncSearch"/>), and
/// step by step only where those are too many. Each thread has its own; what it reuses between traces is memory only, so
/// answers do not depend on the order.
/// </summary>
internal sealed class AlignmentSearch(AlignmentProblem problem, MarkingGraph graph, ConformanceOptions options)
{
    readonly CostQueue _queue = new();
    readonly SyncSearch _syncs = new(problem, graph, problem.Graph is null ? new KnownRuns() : problem.Known, options.MaxRunMarkings);
    readonly int[]? _rest = problem.Costs?.To(default);
    readonly EndRuns? _ends = problem.Graph is null ? new EndRuns(problem, graph, options.MaxStates) : null;
    int[][] _impossible = [];
    int[] _slots = new int[1 << 12];
    State[] _states = new State[1 << 10];
    int _count;
    int _visited;
    int _now;
    int _level;
    int _done;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Alignment? Find(int[] trace, CancellationToken cancellation)
    {
        Begin(trace);
        while (_queue.TryTake(out var total, out var item))
        {
            (_now, _level) = (total, total / AlignmentCost.Move);
            var again = item < 0;
            var index = again ? ~item : item;
            ref var state = ref _states[index];
            if (!again && (state.Closed || total != state.Total)) continue;
            state.Closed = true;
            _done = state.Done;
            if ((++_visited & 63) == 0) cancellation.ThrowIfCancellationRequested();
            if (state.Position == trace.Length)
            {
                if (_ends is null) return Trace(index, cancellation);
                if (_ends.CostFrom(state.Marking, cancellation) is not { } rest) return null;
                if (rest == AlignmentCost.Never) continue;
                if (state.Cost + rest <= total) return Trace(index, cancellation);
                state.Closed = false;
                state.Total = state.Cost + rest;
                _queue.Add(state.Total, index);
                continue;
            }

            if (_count > options.MaxStates) return null;
            Expand(index, state.Marking, state.Position, state.Cost);
        }

        Exhausted = true;
        return null;
    }

    // Hot from the first call on, as all of the search: compiled at full speed at once.
    // Most steps out of a state cost a move more than the best alignment will. Those are left until the search gets so
    // far, and the state is then expanded again for them (partial expansion: Yoshizumi, Miura and Ishida 2000).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Expand(int index, int marking, int position, int cost)
    {
        _later = AlignmentCost.Never;
        _states[index].Done = _level;
        Reach(marking, position + 1, cost + AlignmentCost.Move, index, new AlignmentStep(position, -1));
        // What the procedure does not have can only be passed over; its own steps can as well come after.
        if (_trace[position] >= 0) Follow(index, marking, position, cost, _trace[position]);
        if (_later < AlignmentCost.Never) _queue.Add(_later, ~index);
    }

    void Follow(int index, int marking, int position, int cost, int label)
    {
        // What a run may cost without the total leaving the level.
        var allowed = ((_level + 1) * AlignmentCost.Move) - 1 - cost;
        var moves = allowed / AlignmentCost.Move;
        if (_syncs.From(marking, label, moves) is not { } runs)
        {
            // None of the single steps has been taken yet if runs have led from here so far.
            ref var state = ref _states[index];
            if (!state.IsStepwise) _done = -1;
            state.IsStepwise = true;
            Step(index, marking, position, cost, label);
            return;
        }

        // More may be known, from other traces. Which of several best alignments is found must not depend on it.
        if (moves < runs.All) _later = Math.Min(_later, cost + ((moves + 1) * AlignmentCost.Move));
        foreach (var sync in runs.Syncs)
        {
            if (sync.Cost > allowed) return;
            Reach(sync.Target, position + 1, cost + sync.Cost, index, new AlignmentStep(position, sync.Transition));
        }
    }

    void Step(int index, int marking, int position, int cost, int label)
    {
        var set = _syncs.Stubborn(marking, label);
        for (var t = StubbornSets.Next(set, 0); t >= 0; t = StubbornSets.Next(set, t + 1))
        {
            if (_syncs.After(marking, t) is not (>= 0 and var target)) continue;
            if (problem.Labels[t] == label) Reach(target, position + 1, cost, index, new AlignmentStep(position, t));
            Reach(target, position, cost + problem.Price(t), index, new AlignmentStep(-1, t));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Reach(int marking, int position, int cost, int parent, AlignmentStep step)
    {
        var bound = Bound(marking, position);
        if (bound == AlignmentCost.Never) return;
        var total = cost + bound;
        if (total / AlignmentCost.Move <= _done) return; // Reached when the state was expanded before.
        // No complete alignment is cheaper than what the search has come to.
        total = Math.Max(total, _now);
        if (total / AlignmentCost.Move > _level)
        {
            _later = Math.Min(_later, total);
            return;
        }

        var index = IndexOf(marking, position);
        ref var state = ref _states[index];
        if (state.Cost <= cost) return;
        state.Cost = cost;
        state.Total = total;
        state.Parent = parent;
        state.Step = step;
        state.Closed = false;
        state.Done = -1;
        _queue.Add(total, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Bound(int marking, int position)
    {
        if (_bounds is null) return _potential!.Bound(graph.Tokens(marking), _toCome[position]);
        if (position == _trace.Length) return _rest![marking];
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
        (_now, _level, _done) = (0, least / AlignmentCost.Move, -1);
        _queue.Clear(least == AlignmentCost.Never ? 0 : least);
        Reach(MarkingGraph.Initial, 0, 0, -1, new AlignmentStep(-1, -1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Hash(int marking, int position) =>
        (int)(((uint)marking * 0x9E3779B97F4A7C15UL + (uint)position * 0xC2B2AE3D27D4EB4FUL) >> 35);

    Alignment Trace(int index, CancellationToken cancellation)
    {
        var marking = _states[index].Marking;
        var cost = _states[index].Cost + (_rest is null ? _ends!.CostFrom(marking, cancellation)!.Value : _rest[marking]);
        var steps = new List<AlignmentStep>();
        if (_ends is null) AddRest(marking, steps);
        else steps.AddRange(_ends.RunFrom(marking, cancellation).Reverse().Select(t => new AlignmentStep(-1, t)));
        for (; _states[index].Parent >= 0; index = _states[index].Parent)
        {
            steps.Add(_states[index].Step);
            AddRun(_states[index], steps);
        }

        steps.Reverse();
        return new Alignment(cost, steps);
    }

    /// <summary>The cheapest run from a marking to the end, last step first.</summary>
    void AddRest(int marking, List<AlignmentStep> steps)
    {
        var run = new List<AlignmentStep>();
        while (marking != graph.Final)
        {
            var next = NextOfRest(marking);
            run.Add(new AlignmentStep(-1, next.Transition));
            marking = next.Target;
        }

        run.Reverse();
        steps.AddRange(run);
    }

    Step NextOfRest(int marking)
    {
        foreach (var step in graph.StepsFrom(marking))
            if (problem.Price(step.Transition) + (long)_rest![step.Target] == _rest[marking]) return step;
        throw new InvalidOperationException("A marking's cost to the end is no step's.");
    }

    /// <summary>The run of the procedure's own that led up to a state's event, last step first.</summary>
    void AddRun(State state, List<AlignmentStep> steps)
    {
        var before = _states[state.Parent];
        var cost = state.Cost - before.Cost;
        if (state.Step.Position < 0 || state.Step.Transition < 0 || cost == 0) return;
        var runs = _syncs.From(before.Marking, _trace[state.Step.Position], cost / AlignmentCost.Move)!;
        var sync = Array.Find(runs.Syncs, s => s.Target == state.Marking && s.Cost == cost);
        for (var i = sync.Run.Length - 1; i >= 0; i--) steps.Add(new AlignmentStep(-1, sync.Run[i]));
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

        /// <summary>The level up to which what follows has been reached, at this cost; -1 for none.</summary>
        public int Done;

        /// <summary>Runs to its event were too many: it is left by single steps.</summary>
        public bool IsStepwise;
    }
}
