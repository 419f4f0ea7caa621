using System.Runtime.CompilerServices;

namespace Probity.Lens.Conformance;

/// <summary>
/// Finds, for one thread, how the procedure can follow an event from a marking. Of the steps before the event only those are
/// looked at that the event may need: in each marking the enabled ones of a stubborn set around the event's steps. Any other can
/// as well come after the event, and does so in the search for the alignment. So most interleavings of parallel work are
/// never looked at, and no cheaper alignment is lost.
/// </summary>
/// <remarks>
/// Of any run before the event, take the first step that is in the stubborn set. It can be moved to the front, where it is looked
/// at. If there is none, the event's own step can be moved to the front, which is looked at too; the run then follows the event,
/// at the same cost and to the same marking. The same argument lets one of two ways go where one step of the procedure leads from
/// the cheaper one's end to the other's.
/// </remarks>
internal sealed class SyncSearch
{
    readonly AlignmentProblem _problem;
    readonly MarkingGraph _graph;
    readonly int[] _labels;
    readonly StubbornSets _stubborn;
    readonly ulong[][] _stepsOf;
    readonly KnownRuns _known;
    readonly int _maxMarkings;
    readonly bool _isWhole;
    readonly CostQueue _queue = new();
    readonly List<(int Marking, int Parent, int Transition)> _reached = [];
    readonly List<(int Node, SyncStep Sync)> _found = [];
    readonly List<int> _beyond = [];
    readonly List<int> _touched = [];
    readonly int[] _tokens;
    readonly ulong[] _looked;
    int[] _costs = [];

    /// <param name="problem">What is aligned.</param>
    /// <param name="graph">Its marking graph, whole or this thread's own.</param>
    /// <param name="known">What is known of this graph.</param>
    /// <param name="maxMarkings">How many markings one search may look at.</param>
    public SyncSearch(AlignmentProblem problem, MarkingGraph graph, KnownRuns known, int maxMarkings)
    {
        (_problem, _graph, _labels, _stubborn, _stepsOf) = (problem, graph, problem.Labels, problem.Stubborn, problem.StepsOf);
        (_known, _maxMarkings, _isWhole) = (known, maxMarkings, problem.Graph is not null);
        _tokens = new int[problem.Net.Places.Count];
        _looked = new ulong[_stubborn.Width];
    }

    /// <summary>All ways with at most so many visible steps before the event; null if they are too many to be looked at.</summary>
    /// <exception cref="GraphFullException">The limit of markings is passed.</exception>
    public SyncRuns? From(int marking, int label, int moves)
    {
        var known = _known[marking, label];
        if (known.Moves >= moves) return known;
        if (moves >= known.TooMany) return null;
        var found = Search(marking, label, moves);
        _known[marking, label] = found ?? known with { TooMany = moves };
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    SyncRuns? Search(int start, int label, int moves)
    {
        var limit = (long)(moves + 1) * AlignmentCost.Move;
        var (looked, last) = (0, 0);
        _queue.Clear(0);
        _reached.Clear();
        _found.Clear();
        _beyond.Clear();
        Reach(start, 0, -1, -1);
        while (_queue.TryTake(out var cost, out var node))
        {
            var at = _reached[node].Marking;
            if (_costs[at] != cost) continue; // Reached cheaper, or done.
            _costs[at] = ~cost; // Done.
            last = cost;
            if (looked++ == _maxMarkings)
            {
                Forget();
                return null;
            }

            var set = Stubborn(at, label);
            if (_isWhole)
            {
                foreach (var (transition, target) in _graph.StepsFrom(at))
                    if (StubbornSets.Has(set, transition)) Take(node, cost, transition, target, label, limit);
            }
            else
            {
                for (var t = StubbornSets.Next(set, 0); t >= 0; t = StubbornSets.Next(set, t + 1))
                    if (_graph.After(at, t) is >= 0 and var target) Take(node, cost, t, target, label, limit);
            }
        }

        var whole = _beyond.TrueForAll(m => m < _costs.Length && _costs[m] < 0);
        Forget();
        return new SyncRuns(whole ? int.MaxValue : moves, whole ? last / AlignmentCost.Move : int.MaxValue, int.MaxValue, Needed());
    }

    /// <summary>The marking that a step leads to, or -1. A whole graph is shared between threads and only looked up.</summary>
    public int After(int marking, int transition)
    {
        if (!_isWhole) return _graph.After(marking, transition);
        foreach (var step in _graph.StepsFrom(marking))
            if (step.Transition == transition) return step.Target;
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Take(int node, int cost, int transition, int target, int label, long limit)
    {
        if (_labels[transition] == label) _found.Add((node, new SyncStep([], cost, transition, target)));
        var longer = cost + _problem.Price(transition);
        if (longer < limit) Reach(target, longer, node, transition);
        else _beyond.Add(target);
    }

    /// <summary>The steps that have to be looked at in a marking on the way to an event; valid until the next call.</summary>
    public ReadOnlySpan<ulong> Stubborn(int marking, int label)
    {
        _graph.CopyTokens(marking, _tokens);
        _stepsOf[label].CopyTo(_looked.AsSpan());
        _stubborn.Close(_looked, _tokens);
        return _looked;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Reach(int marking, int cost, int parent, int transition)
    {
        if (marking >= _costs.Length) Enlarge();
        ref var best = ref _costs[marking];
        if (best <= cost) return; // As good, or done.
        if (best == AlignmentCost.Never) _touched.Add(marking);
        best = cost;
        _queue.Add(cost, _reached.Count);
        _reached.Add((marking, parent, transition));
    }

    /// <summary>The ways that were found, without those that others make needless.</summary>
    SyncStep[] Needed()
    {
        var first = new List<(int Node, SyncStep Sync)>();
        foreach (var way in _found)
        {
            // By rising cost: the first way to a marking is the cheapest.
            if (way.Sync.Target >= _costs.Length) Enlarge();
            ref var best = ref _costs[way.Sync.Target];
            if (best != AlignmentCost.Never) continue;
            best = way.Sync.Cost;
            _touched.Add(way.Sync.Target);
            first.Add(way);
        }

        if (first.Count > 1) Strike(first);
        SyncStep[] kept = [.. first.Where(w => _costs[w.Sync.Target] >= 0).Select(w => w.Sync with { Run = RunTo(w.Node) })];
        Forget();
        return kept;
    }

    void Strike(List<(int Node, SyncStep Sync)> ways)
    {
        foreach (var (_, sync) in ways)
        {
            if (_isWhole)
            {
                foreach (var (transition, target) in _graph.StepsFrom(sync.Target)) Strike(sync.Cost + _problem.Price(transition), target);
            }
            else
            {
                // Only those of the ways count, and they are known: others would make the graph grow.
                for (var t = 0; t < _labels.Length; t++)
                    if (_graph.KnownAfter(sync.Target, t) is >= 0 and var target) Strike(sync.Cost + _problem.Price(t), target);
            }
        }
    }

    void Strike(int cost, int target)
    {
        if (target >= _costs.Length) return;
        ref var other = ref _costs[target];
        if (other is not AlignmentCost.Never and >= 0 && cost <= other) other = ~other;
    }

    int[] RunTo(int node)
    {
        var run = new List<int>();
        for (; _reached[node].Parent >= 0; node = _reached[node].Parent) run.Add(_reached[node].Transition);
        run.Reverse();
        return [.. run];
    }

    void Enlarge()
    {
        var known = _costs.Length;
        Array.Resize(ref _costs, Math.Max(_graph.Count, known * 2));
        Array.Fill(_costs, AlignmentCost.Never, known, _costs.Length - known);
    }

    void Forget()
    {
        foreach (var marking in _touched) _costs[marking] = AlignmentCost.Never;
        _touched.Clear();
    }
}
