using System.Runtime.InteropServices;

namespace Probity.Ledger.Formats;

/// <summary>A SHA-256 hash: 32 bytes held by value, so that rows of hashes lie in memory as tiles lie on disk.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Hash
{
    /// <summary>The length of a hash in bytes.</summary>
    public const int Size = 32;

    readonly ulong a, b, c, d;

    /// <summary>Copies a hash from bytes.</summary>
    /// <exception cref="FormatException">There are not exactly 32 of them.</exception>
    public Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new FormatException($"A hash has {Size} bytes, not {bytes.Length}.");
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        (a, b, c, d) = (words[0], words[1], words[2], words[3]);
    }

    /// <summary>Reads the standard, padded base64 that checkpoints and proofs carry.</summary>
    /// <exception cref="FormatException">It is not the base64 of 32 bytes.</exception>
    public static Hash FromBase64(ReadOnlySpan<char> text) => new(StrictBase64.Decode(text));

    /// <summary>Views a row of hashes, one after the other, without copying it.</summary>
    /// <exception cref="FormatException">The length is no multiple of 32.</exception>
    public static ReadOnlySpan<Hash> Row(ReadOnlySpan<byte> bytes) => bytes.Length % Size == 0
        ? MemoryMarshal.Cast<byte, Hash>(bytes)
        : throw new FormatException($"A row of hashes has a multiple of {Size} bytes, not {bytes.Length}.");

    /// <summary>Views the bytes of a row of hashes, without copying it.</summary>
    public static ReadOnlySpan<byte> Bytes(ReadOnlySpan<Hash> row) => MemoryMarshal.AsBytes(row);

    /// <summary>Copies the hash into the first 32 bytes of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>The 32 bytes, copied.</summary>
    public byte[] ToArray() => MemoryMarshal.AsBytes(new ReadOnlySpan<Hash>(in this)).ToArray();

    /// <summary>Standard, padded base64.</summary>
    public override string ToString() => Convert.ToBase64String(MemoryMarshal.AsBytes(new ReadOnlySpan<Hash>(in this)));
}
