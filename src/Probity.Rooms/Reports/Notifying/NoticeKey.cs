using System.Text;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Probity.Reports.Notifying;

/// <summary>
/// An OpenPGP public key of version 4 (RFC 4880) with a subkey that encrypts: bound by the key's own signature, neither revoked nor expired. Its signatures are checked; that the key is
/// really the person's says the session in which they brought it.
/// </summary>
internal sealed class NoticeKey
{
    /// <summary>The longest input, armoured or not, in bytes.</summary>
    public const int Longest = 64 * 1024;

    const string Begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----", End = "-----END PGP PUBLIC KEY BLOCK-----";

    // Each signature costs arithmetic with numbers that others chose.
    const int MostSubkeys = 32, MostSignatures = 64, FewestBits = 2048, MostBits = 8192, EncryptsFlags = 0x04 | 0x08;

    readonly PgpPublicKey _subkey;

    NoticeKey(PgpPublicKeyRing ring, PgpPublicKey subkey, DateTimeOffset? expires)
    {
        (_subkey, Expires) = (subkey, expires);
        (Bytes, Fingerprint) = (ring.GetEncoded(), Convert.ToHexString(ring.GetPublicKey().GetFingerprint()));
    }

    /// <summary>The whole key in its binary form.</summary>
    public byte[] Bytes { get; }

    /// <summary>40 hexadecimal digits.</summary>
    public string Fingerprint { get; }

    /// <summary>From when on it encrypts no more; null where it does not say so.</summary>
    public DateTimeOffset? Expires { get; }

    /// <summary>Reads a key as people export it: one armoured block and nothing that is secret. Null where it is no usable key.</summary>
    public static NoticeKey? ReadArmoured(string text, DateTimeOffset now)
    {
        var block = text.Trim();
        if (block.Length > Longest || !Ascii.IsValid(block) || !block.StartsWith(Begin, StringComparison.Ordinal) || !block.EndsWith(End, StringComparison.Ordinal)
            || block.IndexOf("-----BEGIN", 1, StringComparison.Ordinal) >= 0)
            return null;
        return Guarded(() =>
        {
            using var armour = new ArmoredInputStream(new MemoryStream(Encoding.ASCII.GetBytes(block)));
            using var bytes = new MemoryStream();
            armour.CopyTo(bytes);
            return Judge(bytes.ToArray(), now);
        });
    }

    /// <summary>Reads a key in its binary form, as the record holds it. Null where it is no usable key, or none any more.</summary>
    public static NoticeKey? Read(byte[] bytes, DateTimeOffset now) => bytes.Length > Longest ? null : Guarded(() => Judge(bytes, now));

    // The library answers broken bytes with whatever its innards throw.
    static NoticeKey? Guarded(Func<NoticeKey?> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return null;
        }
    }

    static NoticeKey? Judge(byte[] bytes, DateTimeOffset now)
    {
        var packets = new PgpObjectFactory(bytes);
        if (packets.NextPgpObject() is not PgpPublicKeyRing ring || packets.NextPgpObject() is not null) return null;
        var (primary, keys) = (ring.GetPublicKey(), ring.GetPublicKeys().ToList());
        if (primary is not { IsMasterKey: true, Version: 4 } || keys.Count > MostSubkeys || keys.Sum(k => k.GetSignatures().Count()) > MostSignatures || !Fits(primary)) return null;
        // A revocation is believed unproved: who brings one with their key wants no mail to it.
        if (primary.GetSignaturesOfType(PgpSignature.KeyRevocation).Any()) return null;
        var own = primary.GetUserIds().SelectMany(id => primary.GetSignaturesForId(id).Where(s => s.IsCertification() && Verifies(s, primary, c => c.VerifyCertification(id, primary))))
            .Concat(primary.GetSignaturesOfType(PgpSignature.DirectKey).Where(s => Verifies(s, primary, c => c.VerifyCertification(primary))));
        if (Newest(own, now) is not { } self) return null;
        var ends = EndOf(primary, self);
        if (ends <= now) return null;
        foreach (var subkey in keys.Where(k => k is { IsMasterKey: false, Version: 4 }).OrderByDescending(k => k.CreationTime))
        {
            if (!Encrypts(subkey) || !Fits(subkey) || subkey.GetSignaturesOfType(PgpSignature.SubkeyRevocation).Any()) continue;
            var bindings = subkey.GetSignaturesOfType(PgpSignature.SubkeyBinding).Where(s => Verifies(s, primary, c => c.VerifyCertification(primary, subkey)));
            if (Newest(bindings, now) is not { } binding || (binding.GetHashedSubPackets().GetKeyFlags() & EncryptsFlags) == 0) continue;
            var subEnds = EndOf(subkey, binding);
            if (subEnds <= now || Utc(subkey.CreationTime) > now.AddDays(1)) continue;
            var key = new NoticeKey(ring, subkey, ends is null || subEnds < ends ? subEnds ?? ends : ends);
            // A point that is on no curve shows only when it is used.
            key.Encrypt("x"u8);
            return key;
        }

        return null;
    }

    static bool Verifies(PgpSignature signature, PgpPublicKey primary, Func<PgpSignature, bool> check)
    {
        if (signature.KeyId != primary.KeyId || signature.HashAlgorithm == HashAlgorithmTag.MD5) return false;
        signature.InitVerify(primary);
        return check(signature);
    }

    static PgpSignature? Newest(IEnumerable<PgpSignature> signatures, DateTimeOffset now) => signatures
        .Where(s => Utc(s.CreationTime) <= now.AddDays(1) && (s.GetHashedSubPackets().GetSignatureExpirationTime() is var seconds && (seconds <= 0 || Utc(s.CreationTime).AddSeconds(seconds) > now)))
        .MaxBy(s => s.CreationTime);

    static DateTimeOffset? EndOf(PgpPublicKey key, PgpSignature says) =>
        says.GetHashedSubPackets().GetKeyExpirationTime() is > 0 and var seconds ? Utc(key.CreationTime).AddSeconds(seconds) : null;

    static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    static bool Encrypts(PgpPublicKey key) => key.Algorithm is PublicKeyAlgorithmTag.RsaGeneral or PublicKeyAlgorithmTag.RsaEncrypt or PublicKeyAlgorithmTag.ECDH;

    static bool Fits(PgpPublicKey key) => key.Algorithm is PublicKeyAlgorithmTag.ECDH or PublicKeyAlgorithmTag.ECDsa or PublicKeyAlgorithmTag.EdDsa_Legacy
        || (key.BitStrength is >= FewestBits and <= MostBits && (key.GetKey() is not RsaKeyParameters rsa || rsa.Exponent.BitLength <= 64));

    /// <summary>An armoured OpenPGP message that only the holder of the key reads. Its length follows from the key and from the length of <paramref name="plain"/> alone.</summary>
    public string Encrypt(ReadOnlySpan<byte> plain)
    {
        using var literal = new MemoryStream();
        // No name and no time: what is in clear inside of a message is nobody's either. No compression, for its length tells of the text.
        using (var packet = new PgpLiteralDataGenerator().Open(literal, PgpLiteralDataGenerator.Binary, "", plain.Length, DateTime.UnixEpoch)) packet.Write(plain);
        using var message = new MemoryStream();
        using (var armour = new ArmoredOutputStream(message, addVersionHeader: false))
        {
            var encrypted = new PgpEncryptedDataGenerator(SymmetricKeyAlgorithmTag.Aes256, withIntegrityPacket: true, new SecureRandom());
            encrypted.AddMethod(_subkey);
            using var packet = encrypted.Open(armour, literal.Length);
            literal.WriteTo(packet);
        }

        return Encoding.ASCII.GetString(message.ToArray()).ReplaceLineEndings("\r\n");
    }
}
