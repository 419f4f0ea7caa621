namespace Probity.Lens.Conformance;

/// <summary>A set of a net's labels by number. Nets rarely have more than 63; all further labels share one bit.</summary>
/// <param name="Bits">One bit a label.</param>
internal readonly record struct LabelSet(ulong Bits)
{
    /// <summary>Stands for every label past the 63rd.</summary>
    public const ulong Overflow = 1UL << 63;

    public static ulong BitOf(int label) => 1UL << Math.Min(label, 63);

    public bool Contains(int label) => (Bits & BitOf(label)) != 0;

    public LabelSet With(int label) => new(Bits | BitOf(label));
}
