using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Probity.Storage;

/// <summary>
/// Compares two sets of rows that come in different orders, in no memory: the sum of a hash of each, keyed at random so that
/// nobody can choose rows whose sums agree.
/// </summary>
internal sealed class RowSums
{
    readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>What a row adds to the sum, modulo 2^128.</summary>
    public UInt128 Of(long index, Guid stream, long version)
    {
        Span<byte> bytes = stackalloc byte[64];
        _key.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[32..], index);
        BinaryPrimitives.WriteInt64BigEndian(bytes[40..], version);
        stream.TryWriteBytes(bytes[48..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
