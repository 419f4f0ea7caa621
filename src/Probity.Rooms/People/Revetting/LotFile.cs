using Probity.Shared.Drawing;

namespace Probity.People.Revetting;

/// <summary>A draw with all that anyone needs to draw again, as programs and the page read it.</summary>
/// <param name="Period">The quarter.</param>
/// <param name="Rule">How it is drawn.</param>
/// <param name="Pool">Who could be drawn, sorted by id.</param>
/// <param name="Count">How many are.</param>
/// <param name="Commitment">The commitment of the chain.</param>
/// <param name="Place">The place in the chain.</param>
/// <param name="Seed">The seed; null until it is drawn.</param>
/// <param name="Drawn">Who was drawn, in order.</param>
/// <param name="Recomputed">Who is drawn when it is drawn again now; null until it is drawn, and where the seed is not what was committed to.</param>
/// <param name="CommittedIndex">The entry of the commitment.</param>
/// <param name="FixedIndex">The entry of the pool.</param>
/// <param name="DrawnIndex">The entry of the draw.</param>
internal sealed record LotFile(
    string Period, string Rule, IReadOnlyList<Guid> Pool, int Count, string Commitment, long Place, string? Seed, IReadOnlyList<Guid> Drawn, IReadOnlyList<Guid>? Recomputed,
    long CommittedIndex, long FixedIndex, long? DrawnIndex)
{
    const string How =
        "SHA-256 applied 'place' times to the seed gives the commitment. v = the first 8 bytes, big-endian, of "
        + "HMAC-SHA256(seed, \"probity draw 1\" || u64be place || u32be n || u32be attempt), n = how many are left in the pool; "
        + "attempt = 0, 1, ... until v is below the largest multiple of n that is at most 2^64; drawn is left[v mod n], counted from 0, and taken out; again until 'count' are drawn.";

    /// <summary>Whether drawing again gives the same people.</summary>
    public bool IsRight => Recomputed is { } again && again.SequenceEqual(Drawn);

    public static LotFile Of(Lot lot, Lots lots)
    {
        var chain = lots.ChainOf(lot.Chain)!;
        return new LotFile(
            lot.Period, How, lot.Pool, lot.Count, chain.Commitment, lot.Place, lot.Seed, [.. lot.Drawn.Select(d => d.Person)],
            lot.Seed is { } seed ? Draw.Recompute(lot.Pool, lot.Count, chain.Commitment, lot.Place, seed) : null, chain.Index, lot.FixedIndex, lot.DrawnIndex);
    }
}
