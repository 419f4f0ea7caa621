using System.Runtime.InteropServices;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>
/// XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) by libsodium, which NSec brings. NSec itself keeps each key in guarded pages of its own:
/// eight system calls for a key, too many for a log that has one for every matter.
/// </summary>
internal static class PayloadCipher
{
    public const int KeySize = 32;
    public const int NonceSize = 24;
    public const int TagSize = 16;

    // NSec prepares libsodium before it first uses it, and so do we.
    static readonly AeadAlgorithm Prepared = AeadAlgorithm.XChaCha20Poly1305;

    /// <summary>Encrypts; the ciphertext is <see cref="TagSize"/> bytes longer than the text.</summary>
    public static void Encrypt(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> text, Span<byte> ciphertext)
    {
        Require(key, nonce, ciphertext.Length == text.Length + TagSize);
        var code = crypto_aead_xchacha20poly1305_ietf_encrypt(
            ref First(ciphertext), out _, in First(text), (ulong)text.Length, in First(associatedData), (ulong)associatedData.Length, 0, in First(nonce), in First(key));
        if (code != 0) throw new InvalidOperationException("libsodium did not encrypt.");
    }

    /// <summary>Decrypts; false where the ciphertext is not one of this key, nonce and associated data, and the text is then zeros.</summary>
    public static bool TryDecrypt(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext, Span<byte> text)
    {
        Require(key, nonce, ciphertext.Length == text.Length + TagSize);
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            ref First(text), out _, 0, in First(ciphertext), (ulong)ciphertext.Length, in First(associatedData), (ulong)associatedData.Length, in First(nonce), in First(key)) == 0;
    }

    // What libsodium reads and writes, it reads and writes at these lengths, whatever lies there.
    static void Require(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, bool fits)
    {
        if (Prepared is null || key.Length != KeySize || nonce.Length != NonceSize || !fits) throw new ArgumentException("A key, nonce or ciphertext does not have its length.");
    }

    static ref byte First(Span<byte> bytes) => ref MemoryMarshal.GetReference(bytes);

    static ref readonly byte First(ReadOnlySpan<byte> bytes) => ref MemoryMarshal.GetReference(bytes);

#pragma warning disable IDE1006 // The names are libsodium's.
    [DllImport("libsodium", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    static extern int crypto_aead_xchacha20poly1305_ietf_encrypt(
        ref byte c, out ulong clen, ref readonly byte m, ulong mlen, ref readonly byte ad, ulong adlen, nint nsec, ref readonly byte npub, ref readonly byte k);

    [DllImport("libsodium", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    static extern int crypto_aead_xchacha20poly1305_ietf_decrypt(
        ref byte m, out ulong mlen, nint nsec, ref readonly byte c, ulong clen, ref readonly byte ad, ulong adlen, ref readonly byte npub, ref readonly byte k);
#pragma warning restore IDE1006
}
