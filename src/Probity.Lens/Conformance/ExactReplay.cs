using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>
/// Token replay that misses no silent path. The counting is that of Rozinat and van der Aalst (Conformance checking of
/// processes based on monitoring real behavior, 2008); where theirs and others' guess at silent transitions, this follows
/// all of them at once, as a finite automaton with silent moves is run.
/// </summary>
/// <remarks>
/// Kept are all markings that the events so far can have led to with as few tokens lacking as were unavoidable, each with
/// all that silent transitions reach from it. An event fires every transition of its name that is enabled in any of them.
/// Where none is, the one that lacks fewest tokens is given them, and the replay goes on from there alone. At the end the
/// marking nearest to the final one counts, by tokens lacking and left over. An activity that the procedure does not have
/// lacks one token and leaves one, as a transition between two places of its own would.
/// So no token is lacking or left if and only if a run of the procedure shows exactly the trace: if its optimal
/// alignment has no move but silent and synchronous ones.
/// </remarks>
internal sealed class ExactReplay
{
    /// <summary>Once a token is lacking the case does not fit whatever follows, and only the nearest markings are kept.</summary>
    const int NearestKept = 1_000;

    /// <summary>Markings visited for one log: a few seconds. Whatever comes later is not decided.</summary>
    const long MaxVisits = 1_000_000;

    static readonly Frontier Undecided = new([], 0, 0);

    readonly PetriNet _net;
    readonly int _maxMarkings;
    readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    readonly List<List<int>> _transitions = [];
    readonly int[] _labelOf;
    readonly (int In, int Out)[] _weights;
    MarkingGraph _graph;
    int[] _seen = new int[1024];
    int _round;
    long _visits;

    public ExactReplay(PetriNet net, int maxMarkings)
    {
        _net = net;
        _maxMarkings = maxMarkings;
        _graph = new MarkingGraph(net, maxMarkings);
        _labelOf = [.. net.Labels.Select(NumberOf)];
        _weights = [.. Enumerable.Range(0, net.Labels.Count).Select(t => (Sum(net.InputsOf(t)), Sum(net.OutputsOf(t))))];
        for (var t = 0; t < _labelOf.Length; t++)
            if (_labelOf[t] >= 0) _transitions[_labelOf[t]].Add(t);
    }

    /// <summary>The tokens of each trace; null where a limit left open whether it fits.</summary>
    public ReplayCounts?[] ReplayAll(IReadOnlyList<string[]> traces, CancellationToken cancellation)
    {
        var found = new ReplayCounts?[traces.Count];
        Follow(traces, (i, path) => found[i] = path[^1] == Undecided ? null : Finish(path[^1]), cancellation);
        return found;
    }

    /// <summary>For each trace how many activities can come next after each of its beginnings, the whole included; null where a limit left that open.</summary>
    public int[]?[] PossibleAfter(IReadOnlyList<string[]> traces, CancellationToken cancellation)
    {
        var found = new int[]?[traces.Count];
        Follow(traces, (i, path) => found[i] = path[^1] == Undecided ? null : [.. path.Select(CountPossible)], cancellation);
        return found;
    }

    int CountPossible(Frontier frontier)
    {
        if (frontier.Possible < 0)
        {
            var labels = new HashSet<int>();
            foreach (var reached in frontier.Markings)
                foreach (var step in _graph.StepsFrom(reached.Marking)) labels.Add(_labelOf[step.Transition]);
            labels.Remove(-1);
            frontier.Possible = labels.Count;
        }

        return frontier.Possible;
    }

    // Tells for each trace what its beginnings, from none of its events to all of them, can have led to.
    void Follow(IReadOnlyList<string[]> traces, Action<int, List<Frontier>> tell, CancellationToken cancellation)
    {
        var events = traces.Select(t => t.Select(a => _labels.GetValueOrDefault(a, -1)).ToArray()).ToList();
        // In the order of a dictionary, so that what traces begin with is followed once.
        var order = Enumerable.Range(0, traces.Count).OrderBy(i => events[i], Comparer<int[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)));
        var (path, last) = (new List<Frontier>(), Array.Empty<int>());
        foreach (var i in order)
        {
            var trace = events[i];
            var shared = Math.Min(path.Count, trace.AsSpan().CommonPrefixLength(last) + 1);
            path.RemoveRange(shared, path.Count - shared);
            last = trace;
            if (TryFollow(trace, path, cancellation)) tell(i, path);
        }
    }

    /// <summary>Lengthens the path to the whole trace; false, with nothing kept, where the limit of markings is passed.</summary>
    bool TryFollow(int[] trace, List<Frontier> path, CancellationToken cancellation)
    {
        while (true)
        {
            var fresh = path.Count == 0;
            try
            {
                if (fresh) path.Add(Begin());
                while (path.Count <= trace.Length)
                {
                    cancellation.ThrowIfCancellationRequested();
                    path.Add(Next(path[^1], trace[path.Count - 1]));
                }

                return true;
            }
            catch (GraphFullException)
            {
                // Earlier traces may have filled the graph; what a trace gets must not depend on them.
                var begun = path.Count > 0;
                path.Clear();
                _graph = new MarkingGraph(_net, _maxMarkings);
                if (!fresh) continue;
                if (!begun) path.Add(Undecided); // No trace will get further.
                return false;
            }
        }
    }

    Frontier Begin() => Close([new Reached(MarkingGraph.Initial, Sum(_net.Initial), 0)], 0, 0);

    Frontier Next(Frontier before, int label)
    {
        if (before == Undecided || _visits > MaxVisits) return Undecided;
        if (label < 0) return before with { Unknown = before.Unknown + 1 };
        _round++;
        var next = new List<Reached>();
        foreach (var (marking, produced, consumed) in before.Markings)
        {
            foreach (var (transition, target) in _graph.StepsFrom(marking))
                if (_labelOf[transition] == label && IsNew(target)) next.Add(After(transition, target, produced, consumed));
        }

        return next.Count > 0 ? Close(next, before.Missing, before.Unknown) : Force(before, label);
    }

    Frontier Force(Frontier before, int label)
    {
        var (least, best, chosen) = (int.MaxValue, before.Markings[0], -1);
        foreach (var reached in before.Markings)
        {
            var tokens = _graph.Tokens(reached.Marking);
            foreach (var transition in _transitions[label])
            {
                var lacking = 0;
                foreach (var arc in _net.InputsOf(transition)) lacking += Math.Max(0, arc.Weight - tokens[arc.Place]);
                if (lacking < least) (least, best, chosen) = (lacking, reached, transition);
            }
        }

        var marking = _graph.Tokens(best.Marking).ToArray();
        foreach (var arc in _net.InputsOf(chosen)) marking[arc.Place] = Math.Max(marking[arc.Place], arc.Weight);
        _net.Fire(chosen, marking);
        return Close([After(chosen, _graph.NumberOf(marking), best.Produced, best.Consumed)], before.Missing + least, before.Unknown);
    }

    /// <summary>Adds all that silent transitions reach, nearest first.</summary>
    Frontier Close(List<Reached> markings, long missing, int unknown)
    {
        _round++;
        foreach (var reached in markings) IsNew(reached.Marking);
        for (var i = 0; i < markings.Count; i++)
        {
            if (missing + unknown > 0 && markings.Count >= NearestKept) break;
            if (++_visits > MaxVisits) return Undecided;
            var (marking, produced, consumed) = markings[i];
            foreach (var (transition, target) in _graph.StepsFrom(marking))
                if (_labelOf[transition] < 0 && IsNew(target)) markings.Add(After(transition, target, produced, consumed));
        }

        return new Frontier(markings, missing, unknown);
    }

    ReplayCounts Finish(Frontier frontier)
    {
        var final = _net.Final;
        var (best, lacking, left) = (frontier.Markings[0], long.MaxValue / 2, 0L);
        foreach (var reached in frontier.Markings)
        {
            var tokens = _graph.Tokens(reached.Marking);
            var (less, more) = (0L, 0L);
            for (var p = 0; p < final.Length; p++)
            {
                less += Math.Max(0, final[p] - tokens[p]);
                more += Math.Max(0, tokens[p] - final[p]);
            }

            if (less + more < lacking + left) (best, lacking, left) = (reached, less, more);
        }

        var (missing, remaining) = (frontier.Missing + frontier.Unknown + lacking, frontier.Unknown + left);
        return new ReplayCounts
        {
            Produced = best.Produced + frontier.Unknown,
            Consumed = best.Consumed + frontier.Unknown + Sum(final),
            Missing = missing,
            Remaining = remaining,
            Fits = missing == 0 && remaining == 0,
        };
    }

    Reached After(int transition, int target, long produced, long consumed) =>
        new(target, produced + _weights[transition].Out, consumed + _weights[transition].In);

    bool IsNew(int marking)
    {
        if (marking >= _seen.Length) Array.Resize(ref _seen, Math.Max(_seen.Length * 2, marking + 1));
        if (_seen[marking] == _round) return false;
        _seen[marking] = _round;
        return true;
    }

    int NumberOf(string? label)
    {
        if (label is null) return -1;
        if (_labels.TryGetValue(label, out var number)) return number;
        _labels[label] = number = _labels.Count;
        _transitions.Add([]);
        return number;
    }

    static int Sum(ReadOnlySpan<Arc> arcs)
    {
        var sum = 0;
        foreach (var arc in arcs) sum += arc.Weight;
        return sum;
    }

    static long Sum(ReadOnlySpan<int> tokens)
    {
        var sum = 0L;
        foreach (var count in tokens) sum += count;
        return sum;
    }

    /// <summary>A marking and the tokens made and used on the first way found to it.</summary>
    readonly record struct Reached(int Marking, long Produced, long Consumed);

    /// <summary>All that the events so far can have led to.</summary>
    sealed record Frontier(List<Reached> Markings, long Missing, int Unknown)
    {
        /// <summary>How many activities can come next, once counted.</summary>
        public int Possible { get; set; } = -1;
    }
}
