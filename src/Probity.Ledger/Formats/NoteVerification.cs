using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Probity.Ledger.Formats;

/// <summary>Checks one signature by one key, for each type that a key can have.</summary>
static class NoteVerification
{
    /// <summary>A key of an algorithm that is missing here is treated as one that is not known: its signatures never count.</summary>
    public static bool CanVerify(VerifierKey key) => key.Type != SignatureType.CosignatureMlDsa44 || MLDsa.IsSupported;

    public static bool IsGenuine(VerifierKey key, string text, ReadOnlySpan<byte> signature)
    {
        if (key.Type == SignatureType.Ed25519) return Ed25519(key, Encoding.UTF8.GetBytes(text), signature);
        if (!Cosignature.TryRead(signature, out var seconds, out var rest)) return false;
        return key.Type == SignatureType.CosignatureEd25519
            ? Ed25519(key, Cosignature.Ed25519Message(seconds, text), rest)
            : MlDsa44(key, seconds, text, rest);
    }

    static bool Ed25519(VerifierKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == Cosignature.Ed25519Length
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, key.PublicKey.Span, KeyBlobFormat.RawPublicKey, out var publicKey)
        && SignatureAlgorithm.Ed25519.Verify(publicKey!, message, signature);

    static bool MlDsa44(VerifierKey key, long seconds, string text, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Cosignature.MlDsa44Length || !Checkpoint.TryParse(text, out var checkpoint)) return false;
        if (Cosignature.MlDsaMessage(key.Name, seconds, checkpoint) is not { } message) return false;
        using var publicKey = MLDsa.ImportMLDsaPublicKey(MLDsaAlgorithm.MLDsa44, key.PublicKey.Span);
        return publicKey.VerifyData(message, signature);
    }
}
