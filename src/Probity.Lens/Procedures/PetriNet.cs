using System.Runtime.CompilerServices;

namespace Probity.Lens.Procedures;

/// <summary>
/// A place/transition net with weighted arcs, some of whose transitions carry the name of an activity and the rest are
/// silent: the one form in which every procedure, whatever language it was written in, is checked.
/// </summary>
/// <remarks>
/// Arcs stand in two compressed rows (input and output) by transition, so firing touches a few neighbouring ints.
/// </remarks>
public sealed class PetriNet
{
    readonly int[] _inputStart;
    readonly int[] _outputStart;
    readonly Arc[] _inputs;
    readonly Arc[] _outputs;
    readonly int[] _initial;
    readonly int[] _final;

    internal PetriNet(string kind, IReadOnlyList<string> places, IReadOnlyList<string> transitions, IReadOnlyList<string?> labels,
        IReadOnlyList<Arc>[] inputs, IReadOnlyList<Arc>[] outputs, int[] initial, int[] final)
    {
        Kind = kind;
        Places = places;
        Transitions = transitions;
        Labels = labels;
        (_inputStart, _inputs) = Compress(inputs);
        (_outputStart, _outputs) = Compress(outputs);
        _initial = initial;
        _final = final;
    }

    /// <summary>The language it was read from: <c>pnml</c>, <c>bpmn</c> or <c>table</c>.</summary>
    public string Kind { get; }

    /// <summary>What a reader of the findings should know about how the file was read: what it was taken to mean, and what was left out.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>The rules that the procedure carries, for <see cref="Rules.RuleFile.Drawn"/>.</summary>
    public IReadOnlyList<RuleNote> RuleNotes { get; private set; } = [];

    /// <summary>Writes the procedure as BPMN 2.0 with its picture and its rules; null where it was not read from a table.</summary>
    public Action<Stream>? WriteBpmn { get; private set; }

    /// <summary>The places' names (ids of the file they were read from).</summary>
    public IReadOnlyList<string> Places { get; }

    /// <summary>The transitions' names (ids of the file they were read from).</summary>
    public IReadOnlyList<string> Transitions { get; }

    /// <summary>For each transition the activity it stands for, or null for a silent one. Two may have the same name.</summary>
    public IReadOnlyList<string?> Labels { get; }

    /// <summary>Tokens in each place at the start.</summary>
    public ReadOnlySpan<int> Initial => _initial;

    /// <summary>Tokens in each place when the procedure is complete: exactly these.</summary>
    public ReadOnlySpan<int> Final => _final;

    /// <summary>Keeps the rules that the procedure carries, and how it is drawn.</summary>
    internal PetriNet With(IReadOnlyList<RuleNote> rules, Action<Stream>? writeBpmn = null)
    {
        RuleNotes = rules;
        WriteBpmn = writeBpmn;
        return this;
    }

    /// <summary>The places that a transition takes tokens from, each once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<Arc> InputsOf(int transition) => Row(_inputStart, _inputs, transition);

    /// <summary>The places that a transition puts tokens into, each once.</summary>
    internal ReadOnlySpan<Arc> OutputsOf(int transition) => Row(_outputStart, _outputs, transition);

    /// <summary>Whether a transition may fire in a marking (tokens by place).</summary>
    // Asked for every transition of every marking: inlined, it is fast before the runtime has warmed up too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsEnabled(int transition, ReadOnlySpan<int> marking)
    {
        foreach (var arc in InputsOf(transition))
            if (marking[arc.Place] < arc.Weight) return false;
        return true;
    }

    /// <summary>Fires an enabled transition in place.</summary>
    /// <exception cref="OverflowException">A place would hold more than 2^31 − 1 tokens.</exception>
    internal void Fire(int transition, Span<int> marking)
    {
        foreach (var arc in InputsOf(transition)) marking[arc.Place] -= arc.Weight;
        foreach (var arc in OutputsOf(transition)) marking[arc.Place] = checked(marking[arc.Place] + arc.Weight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ReadOnlySpan<Arc> Row(int[] starts, Arc[] arcs, int row) => arcs.AsSpan(starts[row], starts[row + 1] - starts[row]);

    // Arcs given twice between the same nodes add up, as in every net format.
    static (int[] Starts, Arc[] Arcs) Compress(IReadOnlyList<Arc>[] rows)
    {
        var starts = new int[rows.Length + 1];
        var arcs = new List<Arc>();
        for (var t = 0; t < rows.Length; t++)
        {
            foreach (var place in rows[t].GroupBy(a => a.Place).OrderBy(g => g.Key))
                arcs.Add(new Arc(place.Key, place.Sum(a => a.Weight)));
            starts[t + 1] = arcs.Count;
        }

        return (starts, [.. arcs]);
    }
}

/// <summary>One end of a transition: a place and how many tokens move.</summary>
internal readonly record struct Arc(int Place, int Weight);
