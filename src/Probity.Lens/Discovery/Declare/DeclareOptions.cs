namespace Probity.Lens.Discovery;

/// <summary>What <see cref="DeclareMiner"/> looks for.</summary>
public sealed record DeclareOptions
{
    /// <summary>
    /// The least <see cref="Constraint.Support"/>, 0 to 1. An activity that occurs in a smaller share of the cases is not looked
    /// at, not even as what must not come.
    /// </summary>
    public double Support { get; init; } = 0.1;

    /// <summary>The least <see cref="Constraint.Confidence"/>, 0 to 1. With 1 no case of the log breaks what is found.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>
    /// Whether constraints stay that follow from others that stay. What is left out breaks in no case in which nothing that stays
    /// breaks.
    /// </summary>
    public bool All { get; init; }
}
