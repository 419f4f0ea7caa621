using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Probity.Sealing;

/// <summary>
/// A file sealed as it streams by, in chunks of 64 KiB under XChaCha20-Poly1305: STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its
/// Nonce-Reuse Misuse-Resistance", 2015), so that no chunk can be left out, moved or cut off. It is filled up with zeros to <see cref="Padding.OfFile"/>.
/// </summary>
public static class SealedFile
{
    /// <summary>Bytes of a chunk before it is sealed.</summary>
    public const int Chunk = 64 << 10;

    const int TagSize = 16;
    const int PrefixSize = 15;
    const int NonceSize = 24;

    /// <summary>The sealed length of a file of so many bytes.</summary>
    public static long SizeOf(long length)
    {
        var padded = Padding.OfFile(length);
        return PrefixSize + padded + (padded + Chunk - 1) / Chunk * TagSize;
    }

    /// <summary>Seals what a stream gives, without ever holding more than a chunk.</summary>
    /// <param name="source">What is read to its end.</param>
    /// <param name="target">What the sealed bytes are written to.</param>
    /// <param name="key">32 bytes that seal nothing else.</param>
    /// <param name="longest">The most bytes that are taken.</param>
    /// <param name="progress">Told how many bytes were taken so far.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>How many bytes there were; null where there were more than <paramref name="longest"/>: what was written then is of no use.</returns>
    public static async Task<long?> SealAsync(Stream source, Stream target, byte[] key, long longest, Action<long>? progress, CancellationToken ct)
    {
        using var cipher = Key.Import(AeadAlgorithm.XChaCha20Poly1305, key, KeyBlobFormat.RawSymmetricKey);
        var nonce = new byte[NonceSize];
        RandomNumberGenerator.Fill(nonce.AsSpan(0, PrefixSize));
        await target.WriteAsync(nonce.AsMemory(0, PrefixSize), ct);
        var (text, next, box) = (new byte[Chunk], new byte[Chunk], new byte[Chunk + TagSize]);
        var filled = await source.ReadAtLeastAsync(text, Chunk, throwOnEndOfStream: false, ct);
        long length = filled, place = 0, padded = -1;
        while (true)
        {
            // One chunk is read ahead: only at its end is it known how long the file is, and so how many zeros follow.
            var ahead = 0;
            if (padded < 0)
            {
                if (filled == Chunk) ahead = await source.ReadAtLeastAsync(next, Chunk, throwOnEndOfStream: false, ct);
                length += ahead;
                if (length > longest) return null;
                if (ahead == 0) padded = Padding.OfFile(length);
                progress?.Invoke(length);
            }

            var count = padded < 0 ? Chunk : (int)Math.Min(Chunk, padded - place);
            Mark(nonce, place / Chunk, place + count == padded);
            AeadAlgorithm.XChaCha20Poly1305.Encrypt(cipher, nonce, [], text.AsSpan(0, count), box.AsSpan(0, count + TagSize));
            await target.WriteAsync(box.AsMemory(0, count + TagSize), ct);
            place += count;
            if (place == padded) break;
            (text, next, filled) = (next, text, ahead);
            Array.Clear(text, filled, text.Length - filled);
        }

        CryptographicOperations.ZeroMemory(next);
        CryptographicOperations.ZeroMemory(text);
        return length;
    }

    /// <summary>Opens a sealed file as a stream of its bytes.</summary>
    /// <exception cref="InvalidDataException">It is not what was sealed with this key.</exception>
    public static async Task OpenAsync(Stream source, Stream target, ReadOnlyMemory<byte> key, long length, CancellationToken ct)
    {
        using var cipher = Key.Import(AeadAlgorithm.XChaCha20Poly1305, key.Span, KeyBlobFormat.RawSymmetricKey);
        var nonce = new byte[NonceSize];
        var (box, text) = (new byte[Chunk + TagSize], new byte[Chunk]);
        if (await source.ReadAtLeastAsync(nonce.AsMemory(0, PrefixSize), PrefixSize, throwOnEndOfStream: false, ct) < PrefixSize) throw Damaged();
        var padded = Padding.OfFile(length);
        for (long place = 0; place < padded;)
        {
            var count = (int)Math.Min(Chunk, padded - place);
            if (await source.ReadAtLeastAsync(box.AsMemory(0, count + TagSize), count + TagSize, throwOnEndOfStream: false, ct) < count + TagSize) throw Damaged();
            Mark(nonce, place / Chunk, place + count == padded);
            if (!AeadAlgorithm.XChaCha20Poly1305.Decrypt(cipher, nonce, [], box.AsSpan(0, count + TagSize), text.AsSpan(0, count))) throw Damaged();
            if (place < length) await target.WriteAsync(text.AsMemory(0, (int)Math.Min(count, length - place)), ct);
            place += count;
        }

        CryptographicOperations.ZeroMemory(text);
    }

    // The prefix, the number of the chunk, and whether it is the last.
    static void Mark(byte[] nonce, long chunk, bool isLast)
    {
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(PrefixSize), chunk);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }

    static InvalidDataException Damaged() => new("The sealed file is not what was sealed: it was changed or cut off.");
}
