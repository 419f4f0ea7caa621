using System.Text;
using NSec.Cryptography;

namespace Probity.Ledger.Formats;

/// <summary>
/// An Ed25519 key that signs notes, or cosigns checkpoints, under a name. Its text form is that of Go's note package:
/// <c>PRIVATE+KEY+name+hex8(id)+base64(type ‖ seed)</c>.
/// </summary>
public sealed class SignerKey : IDisposable
{
    const string Prefix = "PRIVATE+KEY+";
    const int MaxLength = 4096;

    static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    readonly Key key;

    SignerKey(string name, SignatureType type, Key key)
    {
        this.key = key;
        Verifier = new VerifierKey(name, type, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>What others verify its signatures with.</summary>
    public VerifierKey Verifier { get; }

    /// <summary>Makes a new key from the system's randomness.</summary>
    /// <param name="name">The log's origin, or the witness's name.</param>
    /// <param name="type">What it signs: notes or cosignatures, by Ed25519.</param>
    /// <exception cref="FormatException">The name is not one that a note can carry.</exception>
    public static SignerKey Generate(string name, SignatureType type = SignatureType.Ed25519)
    {
        RequireEd25519(type);
        return new SignerKey(name, type, Key.Create(SignatureAlgorithm.Ed25519, Exportable));
    }

    /// <summary>The key that a seed of 32 bytes gives, under a name, where the seed is kept elsewhere.</summary>
    /// <exception cref="FormatException">The name is not one that a note can carry, or the seed has another length.</exception>
    public static SignerKey FromSeed(string name, ReadOnlySpan<byte> seed) => seed.Length == 32
        ? new SignerKey(name, SignatureType.Ed25519, Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable))
        : throw new FormatException("A seed has 32 bytes.");

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is malformed, its ID is not that of its key, or its type is not Ed25519.</exception>
    public static SignerKey Parse(string skey)
    {
        ArgumentNullException.ThrowIfNull(skey);
        if (skey.Length > MaxLength || !skey.StartsWith(Prefix, StringComparison.Ordinal)
            || skey[Prefix.Length..].Split('+', 3) is not [var name, var id, var base64])
            throw new FormatException("A signer key has the form PRIVATE+KEY+name+id+key.");
        if (StrictBase64.Decode(base64) is not [var type, .. { Length: 32 } seed])
            throw new FormatException("A signer key holds a type and a seed of 32 bytes.");
        RequireEd25519((SignatureType)type);
        var parsed = new SignerKey(name, (SignatureType)type,
            Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable));
        return id == VerifierKey.Hex(parsed.Verifier.Id)
            ? parsed
            : throw new FormatException("A signer key's ID is not that of its key.");
    }

    /// <summary>The text form: the secret itself, in clear. Only for where the key is kept.</summary>
    public string Export()
    {
        byte[] seed = [(byte)Verifier.Type, .. key.Export(KeyBlobFormat.RawPrivateKey)];
        return $"{Prefix}{Verifier.Name}+{VerifierKey.Hex(Verifier.Id)}+{Convert.ToBase64String(seed)}";
    }

    /// <summary>Signs a note's text.</summary>
    /// <exception cref="InvalidOperationException">The key makes cosignatures, which need a time.</exception>
    public NoteSignature Sign(string text)
    {
        if (Verifier.Type != SignatureType.Ed25519)
            throw new InvalidOperationException($"{Verifier.Name} makes cosignatures, not plain signatures.");
        return Line(SignatureAlgorithm.Ed25519.Sign(key, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>
    /// Cosigns a checkpoint at a time. To sign is to claim that the log was seen to only grow up to here.
    /// </summary>
    /// <exception cref="InvalidOperationException">The key makes plain signatures.</exception>
    /// <exception cref="FormatException">The text is no checkpoint.</exception>
    public NoteSignature Cosign(string checkpoint, DateTimeOffset time)
    {
        if (Verifier.Type != SignatureType.CosignatureEd25519)
            throw new InvalidOperationException($"{Verifier.Name} makes plain signatures, not cosignatures.");
        Checkpoint.Parse(checkpoint);
        var seconds = time.ToUnixTimeSeconds();
        ArgumentOutOfRangeException.ThrowIfNegative(seconds, nameof(time));
        return Line(Cosignature.Join(seconds, SignatureAlgorithm.Ed25519.Sign(key, Cosignature.Ed25519Message(seconds, checkpoint))));
    }

    /// <summary>The public half: the secret is never printed by accident.</summary>
    public override string ToString() => Verifier.ToString();

    /// <summary>Wipes the secret from memory.</summary>
    public void Dispose() => key.Dispose();

    NoteSignature Line(byte[] signature) => new(Verifier.Name, Verifier.Id, signature);

    static void RequireEd25519(SignatureType type)
    {
        if (type is not (SignatureType.Ed25519 or SignatureType.CosignatureEd25519))
            throw new FormatException($"Keys of type {type} do not sign here.");
    }
}
