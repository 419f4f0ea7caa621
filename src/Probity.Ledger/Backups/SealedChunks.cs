using System.Buffers.Binary;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>
/// A stream in encrypted chunks: XChaCha20-Poly1305 over <see cref="Size"/> bytes each, the last one shorter or as long. Nonce: 15 zeros, the chunk's number
/// (8 bytes, big-endian), and 1 for the last, 0 for any other; so no chunk can be changed, moved, doubled or left out, and no end cut
/// off. (The STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015.) A key serves one stream.
/// </summary>
internal static class SealedChunks
{
    /// <summary>Bytes of plain text in a chunk.</summary>
    public const int Size = 64 * 1024;

    /// <summary>Bytes of a full chunk in the file.</summary>
    public const int SealedSize = Size + 16;

    public static AeadAlgorithm Cipher => AeadAlgorithm.XChaCha20Poly1305;

    public static byte[] Nonce(long chunk, bool last)
    {
        var nonce = new byte[24];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(15), chunk);
        nonce[23] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}
