using System.Collections.Concurrent;
using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>A net made ready for many searches: labels by number, its marking graph, and bounds over it where it is explored whole.</summary>
internal sealed class AlignmentProblem
{
    /// <summary>Tables of bounds may take this many ints (256 MB); past it coarser bounds are used.</summary>
    const long TableBudget = 64L << 20;

    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Potential?> _potentials = new(StringComparer.Ordinal);
    readonly Detail _detail;

    /// <exception cref="BadInputException">It is proven that the final marking cannot be reached.</exception>
    public AlignmentProblem(PetriNet net, IEnumerable<IReadOnlyList<string>> traces, int wholeMarkings, CancellationToken cancellation)
    {
        Net = net;
        Labels = [.. net.Labels.Select(l => l is null ? -1 : NumberOf(l))];
        var graph = new MarkingGraph(net, wholeMarkings);
        if (!graph.TryExploreAll(cancellation))
        {
            if (PotentialFor([]) is null) throw Unreachable();
            return;
        }

        if (graph.Final < 0) throw Unreachable();
        Graph = graph;
        Costs = new CompletionCosts(graph, Labels);
        _detail = ChooseDetail(traces.Select(Encode), graph.Count);
    }

    enum Detail { None, Whole, Suffix }

    public PetriNet Net { get; }

    /// <summary>The label number of each transition, -1 for silent ones.</summary>
    public int[] Labels { get; }

    /// <summary>The whole graph, or null where it is too large.</summary>
    public MarkingGraph? Graph { get; }

    public CompletionCosts? Costs { get; }

    /// <summary>A trace by label numbers, -1 for what the procedure does not have.</summary>
    public int[] Encode(IReadOnlyList<string> trace) => [.. trace.Select(a => _numbers.GetValueOrDefault(a, -1))];

    /// <summary>For each position of a trace (and its end) the table of bounds to use; null where the graph is not whole.</summary>
    public int[][]? BoundsFor(int[] trace)
    {
        if (Costs is null) return null;
        var bounds = new int[trace.Length + 1][];
        var sets = SuffixSets(trace);
        for (var i = 0; i <= trace.Length; i++)
            bounds[i] = Costs.To(_detail switch { Detail.Suffix => sets[i], Detail.Whole => sets[0], _ => new LabelSet(~0UL) });
        return bounds;
    }

    /// <summary>The bound to use for a trace over a net that is not explored whole; null if no run can be complete.</summary>
    public Potential? PotentialFor(int[] trace)
    {
        var counts = new int[_numbers.Count];
        foreach (var label in trace)
            if (label >= 0) counts[label]++;
        return _potentials.GetOrAdd(string.Join(',', counts), _ => Potential.For(Net, Labels, counts));
    }

    public static BadInputException Unreachable() => new(
        "the procedure can never be complete: its final marking cannot be reached; check its joins and its end.");

    static LabelSet[] SuffixSets(int[] trace)
    {
        var sets = new LabelSet[trace.Length + 1];
        for (var i = trace.Length - 1; i >= 0; i--)
            sets[i] = trace[i] < 0 ? sets[i + 1] : sets[i + 1].With(trace[i]);
        return sets;
    }

    static Detail ChooseDetail(IEnumerable<int[]> traces, int markings)
    {
        var suffix = new HashSet<LabelSet>();
        var whole = new HashSet<LabelSet>();
        foreach (var trace in traces)
        {
            var sets = SuffixSets(trace);
            whole.Add(sets[0]);
            foreach (var set in sets) suffix.Add(set);
        }

        return (long)suffix.Count * markings <= TableBudget ? Detail.Suffix
            : (long)whole.Count * markings <= TableBudget ? Detail.Whole
            : Detail.None;
    }

    int NumberOf(string label)
    {
        if (!_numbers.TryGetValue(label, out var number)) _numbers[label] = number = _numbers.Count;
        return number;
    }
}
