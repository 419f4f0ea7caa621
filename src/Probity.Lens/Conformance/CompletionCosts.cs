using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Probity.Lens.Conformance;

/// <summary>
/// Lower bounds on what it costs to complete a case, from backward searches over the whole marking graph, shared by all
/// variants. Both are consistent, and they add up because one counts steps of the procedure and the other events:
/// <list type="bullet">
/// <item>the cheapest way to the final marking when steps whose activity the trace has anywhere are free;</item>
/// <item>a move for each event still to come whose activity can never happen again from the marking.</item>
/// </list>
/// </summary>
internal sealed class CompletionCosts
{
    readonly int[] _labels;
    readonly int _final;
    readonly int _markings;
    readonly int[] _predecessorStart;
    readonly Step[] _predecessors; // Target holds the marking that the step leaves.
    readonly int[] _possible;
    readonly ulong[] _possibleSets;
    readonly ConcurrentDictionary<LabelSet, Lazy<int[]>> _bySet = new();

    /// <param name="graph">A graph explored whole.</param>
    /// <param name="labels">The label number of each transition, -1 for silent ones.</param>
    public CompletionCosts(MarkingGraph graph, int[] labels)
    {
        _labels = labels;
        _final = graph.Final;
        _markings = graph.Count;
        (_predecessorStart, _predecessors) = Reverse(graph);
        var possible = FindPossible(graph);
        _possibleSets = [.. possible.Distinct()];
        var numbers = _possibleSets.Select((set, i) => (set, i)).ToDictionary(x => x.set, x => x.i);
        _possible = [.. possible.Select(set => numbers[set])];
    }

    /// <summary>How many different sets <see cref="PossibleFrom"/> answers.</summary>
    public int PossibleSets => _possibleSets.Length;

    /// <summary>
    /// The labels that can still happen from a marking, one bit for each of the first 63; the last bit stands for all
    /// further labels and is always set. Few sets differ, so each has a number.
    /// </summary>
    public ulong PossibleFrom(int marking, out int number) => _possibleSets[number = _possible[marking]];

    /// <summary>For each marking the cheapest cost to the final one when the given labels cost nothing.</summary>
    public int[] To(LabelSet free) =>
        _bySet.GetOrAdd(free, static (set, self) => new Lazy<int[]>(() => self.Search(set)), this).Value;

    // Hot from the first call on, as in the marking graph.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int[] Search(LabelSet free)
    {
        var costs = new int[_markings];
        Array.Fill(costs, AlignmentCost.Never);
        var stepCosts = new int[_labels.Length];
        for (var t = 0; t < stepCosts.Length; t++)
            stepCosts[t] = _labels[t] < 0 ? AlignmentCost.Silent : free.Contains(_labels[t]) ? 0 : AlignmentCost.Move;
        if (_final < 0) return costs;
        var queue = new CostQueue();
        queue.Clear(0);
        queue.Add(0, _final);
        costs[_final] = 0;
        while (queue.TryTake(out var cost, out var marking))
        {
            if (cost > costs[marking]) continue;
            if (cost > AlignmentCost.Ceiling) throw new BadInputException("the procedure needs more than 50,000 steps to be complete; is it one procedure?");
            for (var i = _predecessorStart[marking]; i < _predecessorStart[marking + 1]; i++)
            {
                var (transition, from) = _predecessors[i];
                var longer = cost + stepCosts[transition];
                if (longer >= costs[from]) continue;
                costs[from] = longer;
                queue.Add(longer, from);
            }
        }

        return costs;
    }

    ulong[] FindPossible(MarkingGraph graph)
    {
        var possible = new ulong[_markings];
        var queue = new Queue<int>();
        for (var m = 0; m < _markings; m++)
        {
            possible[m] = LabelSet.Overflow;
            foreach (var step in graph.StepsFrom(m))
                if (_labels[step.Transition] >= 0) possible[m] |= LabelSet.BitOf(_labels[step.Transition]);
            queue.Enqueue(m);
        }

        while (queue.TryDequeue(out var m))
        {
            for (var i = _predecessorStart[m]; i < _predecessorStart[m + 1]; i++)
            {
                var from = _predecessors[i].Target;
                var more = possible[from] | possible[m];
                if (more == possible[from]) continue;
                possible[from] = more;
                queue.Enqueue(from);
            }
        }

        return possible;
    }

    static (int[] Starts, Step[] Steps) Reverse(MarkingGraph graph)
    {
        var starts = new int[graph.Count + 2];
        for (var m = 0; m < graph.Count; m++)
            foreach (var step in graph.StepsFrom(m)) starts[step.Target + 2]++;
        for (var m = 2; m < starts.Length; m++) starts[m] += starts[m - 1];
        var steps = new Step[graph.StepCount];
        for (var m = 0; m < graph.Count; m++)
            foreach (var step in graph.StepsFrom(m)) steps[starts[step.Target + 1]++] = new Step(step.Transition, m);
        return (starts, steps);
    }
}
