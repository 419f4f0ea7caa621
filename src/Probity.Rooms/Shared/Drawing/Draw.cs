using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Probity.Shared.Drawing;

/// <summary>
/// The rule of a draw, for whoever draws and whoever checks: which of the eligible the seed of a place names.
/// </summary>
/// <remarks>
/// Nobody can aim a draw. The chain of seeds is committed to on the record before its first place is taken; a place is
/// fixed by the order of the record; a case has one request a seat. So whoever asks chooses nothing that the result depends
/// on but how many are eligible, and that is a fact of the register. Who holds the secret could foresee a draw, not alter it.
/// </remarks>
internal static class Draw
{
    /// <summary>The bytes of a seed.</summary>
    public const int SeedSize = 32;

    /// <summary>
    /// Who is drawn: <c>eligible[i]</c>, with i the first of the numbers v mod n, where v is the first 8 bytes (big-endian) of
    /// HMAC-SHA256(seed, "probity draw 1" ‖ place as u64 ‖ n as u32 ‖ attempt as u32), attempt 0, 1, …, that is below the
    /// largest multiple of n that is at most 2^64: so each has the same chance exactly.
    /// </summary>
    public static int IndexOf(ReadOnlySpan<byte> seed, long place, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var prefix = "probity draw 1"u8;
        Span<byte> message = stackalloc byte[prefix.Length + 16];
        Span<byte> mac = stackalloc byte[32];
        prefix.CopyTo(message);
        BinaryPrimitives.WriteUInt64BigEndian(message[prefix.Length..], (ulong)place);
        BinaryPrimitives.WriteUInt32BigEndian(message[(prefix.Length + 8)..], (uint)count);
        var n = (ulong)count;
        var last = ulong.MaxValue - (ulong.MaxValue % n + 1) % n;
        for (var attempt = 0u; ; attempt++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(message[(prefix.Length + 12)..], attempt);
            HMACSHA256.HashData(seed, message, mac);
            var value = BinaryPrimitives.ReadUInt64BigEndian(mac);
            if (value <= last) return (int)(value % n);
        }
    }

    /// <summary>
    /// Several who are drawn, as places in the pool: each is drawn by <see cref="IndexOf"/> from those that are left in their order, so that n is one less each time.
    /// </summary>
    public static IReadOnlyList<int> IndexesOf(ReadOnlySpan<byte> seed, long place, int count, int take)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(take, count);
        var (left, drawn) = (Enumerable.Range(0, count).ToList(), new List<int>(take));
        while (drawn.Count < take)
        {
            var at = IndexOf(seed, place, left.Count);
            drawn.Add(left[at]);
            left.RemoveAt(at);
        }

        return drawn;
    }

    /// <summary>Whether a seed is the one that the commitment promised for a place: SHA-256, place times, gives the commitment.</summary>
    public static bool Opens(ReadOnlySpan<byte> seed, long place, string commitment)
    {
        if (seed.Length != SeedSize || place < 1 || place > int.MaxValue) return false;
        Span<byte> hash = stackalloc byte[SeedSize];
        seed.CopyTo(hash);
        for (var i = 0L; i < place; i++) SHA256.HashData(hash, hash);
        return string.Equals(Convert.ToHexStringLower(hash), commitment, StringComparison.Ordinal);
    }

    /// <summary>
    /// Draws again from what the record shows. Null where the seed is not the one that was committed to, or the eligible are
    /// not in order: then the draw on the record is not to be trusted.
    /// </summary>
    /// <param name="eligible">Everybody who could be drawn, sorted by id.</param>
    /// <param name="commitment">The chain's commitment, lower-case hexadecimal.</param>
    /// <param name="place">The place in the chain, from 1.</param>
    /// <param name="seed">The revealed seed, lower-case hexadecimal.</param>
    public static Guid? Recompute(IReadOnlyList<Guid> eligible, string commitment, long place, string seed) => Recompute(eligible, 1, commitment, place, seed)?[0];

    /// <summary>The same where several are drawn with one seed.</summary>
    /// <param name="eligible">Everybody who could be drawn, sorted by id.</param>
    /// <param name="take">How many are drawn.</param>
    /// <param name="commitment">The chain's commitment, lower-case hexadecimal.</param>
    /// <param name="place">The place in the chain, from 1.</param>
    /// <param name="seed">The revealed seed, lower-case hexadecimal.</param>
    public static IReadOnlyList<Guid>? Recompute(IReadOnlyList<Guid> eligible, int take, string commitment, long place, string seed)
    {
        if (take < 1 || take > eligible.Count || seed.Length != 2 * SeedSize || !seed.All(char.IsAsciiHexDigit)) return null;
        for (var i = 1; i < eligible.Count; i++)
        {
            if (eligible[i - 1].CompareTo(eligible[i]) >= 0) return null;
        }

        var bytes = Convert.FromHexString(seed);
        return Opens(bytes, place, commitment) ? [.. IndexesOf(bytes, place, eligible.Count, take).Select(at => eligible[at])] : null;
    }
}
