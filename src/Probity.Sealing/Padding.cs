using System.Buffers.Binary;
using System.Numerics;

namespace Probity.Sealing;

/// <summary>Sizes tell: texts are filled up to one of a few lengths, files so that their length tells no more than its magnitude.</summary>
public static class Padding
{
    const int Prefix = sizeof(int);

    /// <summary>The text behind its length, filled with zeros up to the smallest of the steps that holds it.</summary>
    /// <param name="text">What is filled up.</param>
    /// <param name="steps">The lengths there are, in bytes, the shortest first.</param>
    /// <exception cref="ArgumentException">It is longer than the last step holds.</exception>
    public static byte[] Fill(ReadOnlySpan<byte> text, ReadOnlySpan<int> steps)
    {
        foreach (var step in steps)
        {
            if (text.Length + Prefix > step) continue;
            var filled = new byte[step];
            BinaryPrimitives.WriteInt32BigEndian(filled, text.Length);
            text.CopyTo(filled.AsSpan(Prefix));
            return filled;
        }

        throw new ArgumentException($"A text of {text.Length} bytes is longer than what is sealed at once.", nameof(text));
    }

    /// <summary>The text that was filled up; null where it is none.</summary>
    public static byte[]? Strip(ReadOnlySpan<byte> filled)
    {
        if (filled.Length < Prefix) return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(filled);
        return length < 0 || length > filled.Length - Prefix || filled[(Prefix + length)..].ContainsAnyExcept((byte)0) ? null : filled.Slice(Prefix, length).ToArray();
    }

    /// <summary>
    /// The length that a file of so many bytes is filled up to: Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019, §4.3),
    /// at most 12 % more, which tells of a length L no more than log log L bits; 64 KiB at least.
    /// </summary>
    public static long OfFile(long length)
    {
        const long least = 64 << 10;
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length <= least) return least;
        var exponent = BitOperations.Log2((ulong)length);
        var bits = BitOperations.Log2((uint)exponent) + 1;
        var mask = (1L << (exponent - bits)) - 1;
        return (length + mask) & ~mask;
    }
}
