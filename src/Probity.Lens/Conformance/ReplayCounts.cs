using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>Tokens that replaying a trace made, used, lacked and left.</summary>
internal record struct ReplayCounts
{
    public long Produced;
    public long Consumed;
    public long Missing;
    public long Remaining;

    /// <summary>No token was lacking on the way and none was left.</summary>
    public bool Fits;

    /// <summary>The tokens of an alignment without deviation: none is lacking and none left.</summary>
    public static ReplayCounts Of(Alignment alignment, PetriNet net)
    {
        // The first tokens count as made, and those of the final marking as used.
        var counts = new ReplayCounts { Fits = true };
        foreach (var tokens in net.Initial) counts.Produced += tokens;
        foreach (var tokens in net.Final) counts.Consumed += tokens;
        foreach (var step in alignment.Steps)
        {
            foreach (var arc in net.OutputsOf(step.Transition)) counts.Produced += arc.Weight;
            foreach (var arc in net.InputsOf(step.Transition)) counts.Consumed += arc.Weight;
        }

        return counts;
    }
}
