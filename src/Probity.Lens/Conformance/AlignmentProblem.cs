using System.Collections.Concurrent;
using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>A net made ready for many searches: labels by number, its marking graph, and bounds over it where it is explored whole.</summary>
internal sealed class AlignmentProblem
{
    /// <summary>Steps that may be looked at for tables of bounds, some 20 ms; past it one table serves all traces.</summary>
    const long TableBudget = 2L << 20;

    static readonly LabelSet Everything = new(~0UL);

    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Potential?> _potentials = new(StringComparer.Ordinal);
    readonly LinearProgram? _common;
    readonly bool _coarse;

    /// <exception cref="BadInputException">It is proven that the final marking cannot be reached.</exception>
    public AlignmentProblem(PetriNet net, IEnumerable<IReadOnlyList<string>> traces, int wholeMarkings, CancellationToken cancellation)
    {
        Net = net;
        Labels = [.. net.Labels.Select(l => l is null ? -1 : NumberOf(l))];
        Stubborn = new StubbornSets(net);
        StepsOf = [.. _numbers.Select(_ => new ulong[Stubborn.Width])];
        for (var t = 0; t < Labels.Length; t++)
            if (Labels[t] >= 0) StubbornSets.Add(StepsOf[Labels[t]], t);
        var graph = new MarkingGraph(net, wholeMarkings);
        if (!graph.TryExploreAll(cancellation))
        {
            _common = Potential.Common(net, Labels, Average(traces));
            if (PotentialFor([]) is null) throw Unreachable();
            return;
        }

        if (graph.Final < 0) throw Unreachable();
        Graph = graph;
        Costs = new CompletionCosts(graph, Labels);
        _coarse = (long)traces.Select(t => SetOf(Encode(t))).Distinct().Count() * graph.StepCount > TableBudget;
    }

    public PetriNet Net { get; }

    /// <summary>The label number of each transition, -1 for silent ones.</summary>
    public int[] Labels { get; }

    /// <summary>The whole graph, or null where it is too large.</summary>
    public MarkingGraph? Graph { get; }

    public CompletionCosts? Costs { get; }

    /// <summary>What is known of the runs in the whole graph.</summary>
    public KnownRuns Known { get; } = new();

    public StubbornSets Stubborn { get; }

    /// <summary>For each label the set of its steps, a bit a step.</summary>
    public ulong[][] StepsOf { get; }

    /// <summary>What a step costs that the log does not show.</summary>
    public int Price(int transition) => Labels[transition] < 0 ? AlignmentCost.Silent : AlignmentCost.Move;

    /// <summary>A trace by label numbers, -1 for what the procedure does not have.</summary>
    public int[] Encode(IReadOnlyList<string> trace) => [.. trace.Select(a => _numbers.GetValueOrDefault(a, -1))];

    /// <summary>
    /// The table of bounds to use for a trace; null where the graph is not whole. One for the trace's set of labels: sets
    /// that shrink along the trace bound better, and making so many tables costs more than the states they save.
    /// </summary>
    public int[]? BoundsFor(int[] trace) => Costs?.To(_coarse ? Everything : SetOf(trace));

    /// <summary>The bound to use for a trace over a net that is not explored whole; null if no run can be complete.</summary>
    public Potential? PotentialFor(int[] trace)
    {
        var counts = new int[_numbers.Count];
        foreach (var label in trace)
            if (label >= 0) counts[label]++;
        return _potentials.GetOrAdd(string.Join(',', counts), _ => Potential.For(Net, Labels, counts, _common));
    }

    public static BadInputException Unreachable() => new(
        "the procedure can never be complete: its final marking cannot be reached; check its joins and its end.");

    double[] Average(IEnumerable<IReadOnlyList<string>> traces)
    {
        var counts = new double[_numbers.Count];
        var number = 0;
        foreach (var trace in traces)
        {
            number++;
            foreach (var label in Encode(trace))
                if (label >= 0) counts[label]++;
        }

        return [.. counts.Select(c => c / Math.Max(1, number))];
    }

    static LabelSet SetOf(int[] trace)
    {
        var set = default(LabelSet);
        foreach (var label in trace)
            if (label >= 0) set = set.With(label);
        return set;
    }

    int NumberOf(string label)
    {
        if (!_numbers.TryGetValue(label, out var number)) _numbers[label] = number = _numbers.Count;
        return number;
    }
}
