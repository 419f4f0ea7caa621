using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Probity.Ledger.Formats;

/// <summary>What a key signs, and how: the signature type of C2SP signed-note that its ID is computed with.</summary>
public enum SignatureType : byte
{
    /// <summary>Ed25519 over the note's text: how a log signs its checkpoints.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over the checkpoint and a time: cosignature/v1.</summary>
    CosignatureEd25519 = 0x04,

    /// <summary>ML-DSA-44 over the tree and a time: subtree/v1. Recognised; checked where the platform can.</summary>
    CosignatureMlDsa44 = 0x06,
}

/// <summary>
/// A name and the public key behind it, written as a C2SP vkey: <c>name+hex8(id)+base64(type ‖ key)</c>. Signatures are
/// matched to it by name and ID.
/// </summary>
public sealed record VerifierKey
{
    const int MaxLength = 4096;

    /// <summary>Names a public key.</summary>
    /// <exception cref="FormatException">The name is not one that a note can carry, or the key has the wrong length.</exception>
    public VerifierKey(string name, SignatureType type, ReadOnlyMemory<byte> publicKey)
    {
        if (!IsName(name)) throw new FormatException("A key's name is not empty and holds no white space and no '+'.");
        if (publicKey.Length != LengthOf(type)) throw new FormatException($"A key of type {type} does not have {publicKey.Length} bytes.");
        (Name, Type, PublicKey, Id) = (name, type, publicKey.ToArray(), IdOf(name, type, publicKey.Span));
    }

    /// <summary>The name that stands before each signature.</summary>
    public string Name { get; }

    /// <summary>What the key signs.</summary>
    public SignatureType Type { get; }

    /// <summary>The key as its algorithm writes it: 32 bytes for Ed25519, 1,312 for ML-DSA-44.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>SHA-256(name ‖ 0x0A ‖ type ‖ key), its first four bytes: enough to find the key, not to trust it.</summary>
    public uint Id { get; }

    /// <summary>Reads a vkey.</summary>
    /// <exception cref="FormatException">It is malformed, its ID is not that of its key, or its type is unknown.</exception>
    public static VerifierKey Parse(string vkey)
    {
        ArgumentNullException.ThrowIfNull(vkey);
        // The base64 may itself hold '+'.
        if (vkey.Length > MaxLength || vkey.Split('+', 3) is not [var name, var id, var key])
            throw new FormatException("A verifier key has the form name+id+key.");
        if (StrictBase64.Decode(key) is not [var type, .. var publicKey])
            throw new FormatException("A verifier key holds no key.");
        var parsed = new VerifierKey(name, (SignatureType)type, publicKey);
        return id == Hex(parsed.Id) ? parsed : throw new FormatException("A verifier key's ID is not that of its key.");
    }

    /// <summary>Whether a message was signed with the secret half of this key, by plain Ed25519 over its bytes.</summary>
    /// <exception cref="InvalidOperationException">The key makes cosignatures, which are over more than the message.</exception>
    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (Type != SignatureType.Ed25519) throw new InvalidOperationException($"{Name} makes cosignatures, not plain signatures.");
        return NSec.Cryptography.PublicKey.TryImport(NSec.Cryptography.SignatureAlgorithm.Ed25519, PublicKey.Span, NSec.Cryptography.KeyBlobFormat.RawPublicKey, out var key)
            && NSec.Cryptography.SignatureAlgorithm.Ed25519.Verify(key!, message, signature);
    }

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{Hex(Id)}+{Convert.ToBase64String([(byte)Type, .. PublicKey.Span])}";

    /// <summary>Whether both name the same key: name, type and key are equal.</summary>
    public bool Equals(VerifierKey? other) =>
        other is not null && Name == other.Name && Type == other.Type && PublicKey.Span.SequenceEqual(other.PublicKey.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Id);

    /// <summary>The rule for names of C2SP signed-note; control characters could not stand in a note at all.</summary>
    internal static bool IsName(string name) =>
        name.Length > 0 && !name.Any(c => c == '+' || c < ' ' || char.IsWhiteSpace(c)) && SignedNote.IsUnicode(name);

    internal static string Hex(uint id) => id.ToString("x8", CultureInfo.InvariantCulture);

    internal static uint IdOf(string name, SignatureType type, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey]));

    static int LengthOf(SignatureType type) => type switch
    {
        SignatureType.Ed25519 or SignatureType.CosignatureEd25519 => 32,
        SignatureType.CosignatureMlDsa44 => 1312,
        _ => throw new FormatException($"Signature type {(byte)type} is unknown."),
    };
}
