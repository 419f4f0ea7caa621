using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>
/// A lower bound on the cost to complete that is a weighted sum of tokens and of events still to come, for nets too
/// large to explore whole. The weights are an optimal solution of the dual of the marking equation that alignments are
/// commonly bounded by (Adriansyah 2014, §7.4), solved once for a trace instead of once for each state (potential
/// heuristics: Pommerening, Helmert, Röger and Seipp, From non-negative to general operator cost partitioning, 2015).
/// </summary>
/// <remarks>
/// The bound is consistent when no step lowers it by more than its cost. That is checked in whole numbers, so an
/// error of floating point can make it useless, never wrong.
/// </remarks>
internal sealed class Potential
{
    /// <summary>Weights are whole numbers of this part: it has the small divisors that vertices of such programs have.</summary>
    const long Parts = 840;

    const double Largest = 1e9;

    /// <summary>Larger programs than this (16 MB) are not tried: pivoting them would take longer than the search they help.</summary>
    const long MaxCells = 2_000_000;

    readonly PetriNet _net;
    readonly int[] _labels;
    readonly long[] _places;
    readonly long[] _events;

    Potential(PetriNet net, int[] labels, long[] places, long[] events) =>
        (_net, _labels, _places, _events) = (net, labels, places, events);

    /// <summary>The program for traces like these, solved: those of single traces are then solved in a few steps. Null where there is none to be had.</summary>
    /// <param name="net">The net.</param>
    /// <param name="labels">The label number of each transition, -1 for silent ones.</param>
    /// <param name="counts">How often each label occurs on average.</param>
    public static LinearProgram? Common(PetriNet net, int[] labels, double[] counts)
    {
        var rows = (2L * labels.Length) + counts.Length;
        if (rows * (rows + (2L * (net.Places.Count + counts.Length))) > MaxCells) return null;
        var program = Program(net, labels, counts);
        program.Solve();
        return program;
    }

    /// <summary>The best weights for a trace's start; null if they prove that the final marking cannot be reached at all.</summary>
    /// <param name="net">The net.</param>
    /// <param name="labels">The label number of each transition, -1 for silent ones.</param>
    /// <param name="counts">How often each label occurs in the trace.</param>
    /// <param name="common">The program for traces like it.</param>
    public static Potential? For(PetriNet net, int[] labels, int[] counts, LinearProgram? common)
    {
        if (common is null) return Nothing(net, labels, counts.Length);
        var variables = net.Places.Count + counts.Length;
        var (values, isRay) = new LinearProgram(common, Profit(net, [.. counts.Select(c => (double)c)])).Solve();
        var weights = new long[variables];
        for (var v = 0; v < variables; v++)
        {
            var value = values[2 * v] - values[(2 * v) + 1];
            if (!(Math.Abs(value) < Largest)) return Nothing(net, labels, counts.Length);
            weights[v] = (long)Math.Round(value * Parts);
        }

        var found = new Potential(net, labels, weights[..net.Places.Count], weights[net.Places.Count..]);
        if (isRay) return found.ProvesUnreachable() ? null : Nothing(net, labels, counts.Length);
        return found.IsConsistent(counts) ? found : Nothing(net, labels, counts.Length);
    }

    /// <summary>The weight of the events from each position of a trace to its end.</summary>
    public long[] ToCome(int[] trace)
    {
        var sums = new long[trace.Length + 1];
        for (var i = trace.Length - 1; i >= 0; i--)
            sums[i] = sums[i + 1] + (trace[i] < 0 ? AlignmentCost.Move * Parts : _events[trace[i]]);
        return sums;
    }

    /// <summary>The bound for a marking and the weight of the events still to come.</summary>
    public int Bound(ReadOnlySpan<int> marking, long toCome)
    {
        Int128 sum = toCome;
        for (var p = 0; p < _places.Length; p++) sum += (Int128)_places[p] * (_net.Final[p] - marking[p]);
        // Costs are whole, so a bound may be rounded up.
        return sum <= 0 ? 0 : (int)Int128.Min((sum + Parts - 1) / Parts, AlignmentCost.Ceiling);
    }

    static Potential Nothing(PetriNet net, int[] labels, int labelCount) =>
        new(net, labels, new long[net.Places.Count], new long[labelCount]);

    // Variables: a weight for each place and label, each as the difference of two columns since it may be negative.
    static LinearProgram Program(PetriNet net, int[] labels, double[] counts)
    {
        var places = net.Places.Count;
        var width = places + counts.Length;
        var rows = new List<double[]>();
        var bounds = new List<double>();
        for (var t = 0; t < labels.Length; t++)
        {
            var row = new double[2 * width];
            foreach (var arc in net.OutputsOf(t)) Put(row, arc.Place, arc.Weight);
            foreach (var arc in net.InputsOf(t)) Put(row, arc.Place, -arc.Weight);
            rows.Add(row);
            bounds.Add(labels[t] < 0 ? AlignmentCost.Silent : AlignmentCost.Move);
            if (labels[t] < 0) continue;
            var together = (double[])row.Clone();
            Put(together, places + labels[t], 1);
            rows.Add(together);
            bounds.Add(0);
        }

        for (var label = 0; label < counts.Length; label++)
        {
            var row = new double[2 * width];
            Put(row, places + label, 1);
            rows.Add(row);
            bounds.Add(AlignmentCost.Move);
        }

        return new LinearProgram(rows, [.. bounds], Profit(net, counts));
    }

    static double[] Profit(PetriNet net, double[] counts)
    {
        var profit = new double[2 * (net.Places.Count + counts.Length)];
        for (var p = 0; p < net.Places.Count; p++) Put(profit, p, net.Final[p] - net.Initial[p]);
        for (var label = 0; label < counts.Length; label++) Put(profit, net.Places.Count + label, counts[label]);
        return profit;
    }

    static void Put(double[] row, int variable, double value)
    {
        row[2 * variable] += value;
        row[(2 * variable) + 1] -= value;
    }

    bool IsConsistent(int[] counts)
    {
        for (var t = 0; t < _labels.Length; t++)
        {
            var label = _labels[t];
            if (Gain(t) > (label < 0 ? AlignmentCost.Silent : AlignmentCost.Move) * Parts) return false;
            if (label >= 0 && counts[label] > 0 && Gain(t) + _events[label] > 0) return false;
        }

        return _events.All(weight => weight <= AlignmentCost.Move * Parts);
    }

    // No step raises the weight of tokens, and the final marking weighs more than the initial one.
    bool ProvesUnreachable()
    {
        var climb = 0L;
        for (var p = 0; p < _places.Length; p++) climb += _places[p] * (_net.Final[p] - _net.Initial[p]);
        return climb > 0 && Enumerable.Range(0, _labels.Length).All(t => Gain(t) <= 0);
    }

    long Gain(int transition)
    {
        var gain = 0L;
        foreach (var arc in _net.OutputsOf(transition)) gain += _places[arc.Place] * arc.Weight;
        foreach (var arc in _net.InputsOf(transition)) gain -= _places[arc.Place] * arc.Weight;
        return gain;
    }
}
