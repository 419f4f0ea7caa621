using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Probity.Shared.Drawing;

/// <summary>
/// The seeds of draws, from one secret of the node. Chain n ends in s_N = HKDF-SHA256(secret, info "probity draw chain n", or another series' name and n),
/// each seed before is the SHA-256 of the next, and s_0 is the commitment. Place k reveals s_k, which tells nothing of
/// those after it and is checked by hashing back to the commitment.
/// </summary>
internal sealed class DrawSeeds
{
    /// <summary>The places of a chain: some years of a unit's cases, and a check in a few milliseconds.</summary>
    public const int Length = 16_384;

    /// <summary>The next chain is committed to when no more places than this are left.</summary>
    public const int RenewAt = 1_024;

    const int SecretSize = 32;

    const string OfCases = "probity draw chain";

    // Between two of these a walk hashes from the one above: whoever makes hundreds of draws would else hash each chain to its end for each.
    const int Stride = 128;

    readonly byte[] _secret;
    readonly string _series;
    readonly ConcurrentDictionary<int, byte[][]> _milestones = new();

    DrawSeeds(byte[] secret, string series) => (_secret, _series) = (secret, series);

    /// <summary>The seeds of a secret of 32 random bytes; the host keeps it with the node's other keys.</summary>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public static DrawSeeds FromSecret(ReadOnlySpan<byte> secret) => secret.Length == SecretSize
        ? new DrawSeeds(secret.ToArray(), OfCases)
        : throw new ArgumentException($"The secret of draws has {SecretSize} bytes, not {secret.Length}.", nameof(secret));

    /// <summary>Chains of their own from the same secret, for draws of another kind: a seed of one tells nothing of the other's.</summary>
    public DrawSeeds Of(string series) => new(_secret, series);

    /// <summary>What chain <paramref name="chain"/> (from 1) commits to, lower-case hexadecimal.</summary>
    public string Commitment(int chain) => Convert.ToHexStringLower(Milestones(chain)[0]);

    /// <summary>The seed of a place, from 1.</summary>
    public byte[] Seed(int chain, long place)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(place, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(place, Length);
        return Walk(chain, place);
    }

    /// <summary>Whether a commitment on the record is of this secret.</summary>
    public bool Knows(int chain, string commitment) =>
        string.Equals(Commitment(chain), commitment, StringComparison.Ordinal);

    byte[] Walk(int chain, long place)
    {
        var above = (place + Stride - 1) / Stride;
        var seed = Milestones(chain)[above].ToArray();
        for (var i = above * Stride; i > place; i--) SHA256.HashData(seed, seed);
        return seed;
    }

    // The seeds of places 0, 128, 256 and so on to the end of the chain.
    byte[][] Milestones(int chain) => _milestones.GetOrAdd(chain, n =>
    {
        var milestones = new byte[Length / Stride + 1][];
        var info = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_series} {n}"));
        var seed = HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, Draw.SeedSize, info: info);
        for (var i = Length; ; i--)
        {
            if (i % Stride == 0) milestones[i / Stride] = seed.ToArray();
            if (i == 0) return milestones;
            SHA256.HashData(seed, seed);
        }
    });
}
