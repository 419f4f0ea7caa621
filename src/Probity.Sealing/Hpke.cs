using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;
using ChaCha20Poly1305 = System.Security.Cryptography.ChaCha20Poly1305;

namespace Probity.Sealing;

/// <summary>
/// Hybrid public key encryption in base mode, one message a key (RFC 9180 §6.1): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.
/// No library that is served for .NET has it; this is held to the vectors of the RFC's appendix A.2.
/// </summary>
internal static class Hpke
{
    /// <summary>How much longer a sealed message is than what it holds: the ephemeral key and the tag.</summary>
    public const int Overhead = KeySize + TagSize;

    internal const int KeySize = 32;
    const int TagSize = 16;
    const int NonceSize = 12;
    const byte BaseMode = 0;

    static readonly byte[] KemSuite = [.. "KEM"u8, 0x00, 0x20];
    static readonly byte[] Suite = [.. "HPKE"u8, 0x00, 0x20, 0x00, 0x01, 0x00, 0x03];

    /// <summary>Seals for the holder of a key.</summary>
    /// <param name="recipient">The public key, 32 bytes.</param>
    /// <param name="info">What the message belongs to; whoever opens it has to say the same.</param>
    /// <param name="text">What is sealed.</param>
    /// <returns>The ephemeral public key, then the ciphertext.</returns>
    /// <exception cref="FormatException">The key is none that anybody can hold the other half of.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> text)
    {
        using var ephemeral = new Key(KeyAgreementAlgorithm.X25519);
        return Seal(ephemeral, recipient, info, [], text);
    }

    internal static byte[] Seal(Key ephemeral, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> text)
    {
        var message = new byte[text.Length + Overhead];
        ephemeral.PublicKey.Export(KeyBlobFormat.RawPublicKey).CopyTo(message, 0);
        Span<byte> key = stackalloc byte[KeySize], nonce = stackalloc byte[NonceSize];
        if (!TrySchedule(ephemeral, recipient, message.AsSpan(0, KeySize), recipient, info, key, nonce))
            throw new FormatException("A public key of a recipient is none of X25519.");
        using var cipher = new ChaCha20Poly1305(key);
        cipher.Encrypt(nonce, text, message.AsSpan(KeySize, text.Length), message.AsSpan(KeySize + text.Length), aad);
        CryptographicOperations.ZeroMemory(key);
        return message;
    }

    /// <summary>Opens what was sealed for a key; null where it was not, or with other information.</summary>
    public static byte[]? Open(Key recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> message) => Open(recipient, info, [], message);

    internal static byte[]? Open(Key recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> aad, ReadOnlySpan<byte> message)
    {
        if (message.Length < Overhead) return null;
        Span<byte> key = stackalloc byte[KeySize], nonce = stackalloc byte[NonceSize];
        var own = recipient.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        if (!TrySchedule(recipient, message[..KeySize], message[..KeySize], own, info, key, nonce)) return null;
        var text = new byte[message.Length - Overhead];
        try
        {
            using var cipher = new ChaCha20Poly1305(key);
            cipher.Decrypt(nonce, message.Slice(KeySize, text.Length), message[^TagSize..], text, aad);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Encap or Decap (§4.1), then the key schedule (§5.1) for the first message.</summary>
    static bool TrySchedule(
        Key own, ReadOnlySpan<byte> other, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> info, Span<byte> key, Span<byte> nonce)
    {
        if (!PublicKey.TryImport(KeyAgreementAlgorithm.X25519, other, KeyBlobFormat.RawPublicKey, out var theirs) || theirs is null) return false;
        using var agreed = KeyAgreementAlgorithm.X25519.Agree(own, theirs, new SharedSecretCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        if (agreed is null) return false;
        var agreement = agreed.Export(SharedSecretBlobFormat.RawSharedSecret);
        Span<byte> prk = stackalloc byte[KeySize], shared = stackalloc byte[KeySize], secret = stackalloc byte[KeySize];
        Extract(KemSuite, [], "eae_prk"u8, agreement, prk);
        Expand(KemSuite, prk, "shared_secret"u8, [.. ephemeral, .. recipient], shared);

        Span<byte> context = stackalloc byte[1 + KeySize + KeySize];
        context[0] = BaseMode;
        Extract(Suite, [], "psk_id_hash"u8, [], context.Slice(1, KeySize));
        Extract(Suite, [], "info_hash"u8, info, context[(1 + KeySize)..]);
        Extract(Suite, shared, "secret"u8, [], secret);
        Expand(Suite, secret, "key"u8, context, key);
        Expand(Suite, secret, "base_nonce"u8, context, nonce);
        CryptographicOperations.ZeroMemory(agreement);
        CryptographicOperations.ZeroMemory(shared);
        CryptographicOperations.ZeroMemory(secret);
        return true;
    }

    static void Extract(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> material, Span<byte> prk) =>
        HKDF.Extract(HashAlgorithmName.SHA256, (byte[])[.. "HPKE-v1"u8, .. suite, .. label, .. material], salt, prk);

    static void Expand(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info, Span<byte> output)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)output.Length);
        HKDF.Expand(HashAlgorithmName.SHA256, prk, output, (byte[])[.. length, .. "HPKE-v1"u8, .. suite, .. label, .. info]);
    }
}
