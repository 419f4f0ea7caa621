using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Probity.Storage;

/// <summary>
/// Compares two sets of rows that come in different orders, in no memory: the sum of a keyed hash of each. The key is drawn at random, so
/// nobody can choose rows whose sums agree.
/// </summary>
/// <param name="key">16 bytes.</param>
internal sealed class RowSums(ReadOnlySpan<byte> key)
{
    readonly ulong _k0 = BinaryPrimitives.ReadUInt64LittleEndian(key), _k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);

    public RowSums() : this(RandomNumberGenerator.GetBytes(16))
    {
    }

    /// <summary>What a row adds to the sum, modulo 2^128.</summary>
    public UInt128 Of(long index, Guid stream, long version)
    {
        Span<ulong> row = stackalloc ulong[4];
        row[0] = (ulong)index;
        row[1] = (ulong)version;
        stream.TryWriteBytes(MemoryMarshal.AsBytes(row[2..]));
        return Hash(row);
    }

    /// <summary>
    /// SipHash-2-4 with 128 bits (Aumasson and Bernstein 2012, and the authors' reference code), a pseudorandom function that was made for
    /// short inputs, of four words.
    /// </summary>
    internal UInt128 Hash(ReadOnlySpan<ulong> words)
    {
        var v0 = _k0 ^ 0x736f6d6570736575;
        var v1 = _k1 ^ 0x646f72616e646f6d ^ 0xee;
        var v2 = _k0 ^ 0x6c7967656e657261;
        var v3 = _k1 ^ 0x7465646279746573;
        foreach (var word in words) Take(word, ref v0, ref v1, ref v2, ref v3);
        Take((ulong)words.Length * sizeof(ulong) << 56, ref v0, ref v1, ref v2, ref v3);
        v2 ^= 0xee;
        for (var i = 0; i < 4; i++) Round(ref v0, ref v1, ref v2, ref v3);
        var low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        for (var i = 0; i < 4; i++) Round(ref v0, ref v1, ref v2, ref v3);
        return new UInt128(v0 ^ v1 ^ v2 ^ v3, low);
    }

    static void Take(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
