using System.Security.Cryptography;

namespace Probity.Ledger.Formats;

/// <summary>
/// SHA-256 (FIPS 180-4) by one object for each thread. A call that makes a context and drops it takes a third longer for the few hundred
/// bytes that a record has.
/// </summary>
internal static class Sha256
{
    [ThreadStatic]
    static IncrementalHash? _own;

    /// <summary>Writes the 32 bytes of a hash.</summary>
    public static void Hash(ReadOnlySpan<byte> bytes, Span<byte> into)
    {
        var hash = _own ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes);
        hash.GetHashAndReset(into);
    }

    /// <summary>Writes the 32 bytes of the hash of two texts, one behind the other.</summary>
    public static void Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> into)
    {
        var hash = _own ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(first);
        hash.AppendData(second);
        hash.GetHashAndReset(into);
    }
}
