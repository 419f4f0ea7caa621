using System.Globalization;
using System.Text;
using NSec.Cryptography;

namespace Probity.Ledger;

/// <summary>
/// What a backup says in clear: <c>probity.backup/v1</c>, <c>origin NAME</c>, <c>made TIME</c> (RFC 3339, UTC), <c>for KEY</c> (whose private half opens it) and
/// <c>with KEY</c> (the maker's, used once), each with a line feed, and an empty line. The key of the file is HKDF-SHA256 of the X25519
/// secret of the two, with both keys as salt and this head as info: a changed head opens nothing.
/// </summary>
internal sealed record BackupHead(string Origin, DateTimeOffset Made, BackupKey For, BackupKey With)
{
    public const string Magic = "probity.backup/v1";

    const int Longest = 4_096;
    const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    byte[] Bytes => Encoding.UTF8.GetBytes($"{Magic}\norigin {Origin}\nmade {Made.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}\nfor {For}\nwith {With}\n\n");

    /// <summary>Writes a new head; what follows it is encrypted with the key that comes back.</summary>
    public static Key Write(Stream stream, string origin, DateTimeOffset made, BackupKey recipient)
    {
        using var once = Key.Create(KeyAgreementAlgorithm.X25519);
        var head = new BackupHead(origin, made, recipient, new BackupKey(once.PublicKey));
        stream.Write(head.Bytes);
        return head.Agree(once, recipient);
    }

    /// <summary>Reads a head, and no byte further.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static BackupHead Read(Stream stream)
    {
        var bytes = new List<byte>();
        while (bytes.Count < Longest && !(bytes.Count > 1 && bytes[^1] == '\n' && bytes[^2] == '\n') && stream.ReadByte() is >= 0 and var next) bytes.Add((byte)next);
        try
        {
            if (Encoding.UTF8.GetString([.. bytes]).Split('\n') is [Magic, var origin, var made, var key, var with, "", ""]
                && origin.StartsWith("origin ", StringComparison.Ordinal) && made.StartsWith("made ", StringComparison.Ordinal)
                && key.StartsWith("for ", StringComparison.Ordinal) && with.StartsWith("with ", StringComparison.Ordinal)
                && DateTimeOffset.TryParseExact(made[5..], Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                var head = new BackupHead(origin[7..], time, BackupKey.Parse(key[4..]), BackupKey.Parse(with[5..]));
                // One spelling: the head is what the key is derived from.
                if (head.Bytes.AsSpan().SequenceEqual(bytes.ToArray())) return head;
            }
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new InvalidDataException("this is no backup of a ledger: name a file that 'probity backup' wrote");
    }

    /// <summary>The key of the file.</summary>
    /// <exception cref="InvalidDataException">The backup is for another key.</exception>
    public Key Open(BackupPrivateKey key) => key.Public.Bytes.AsSpan().SequenceEqual(For.Bytes) ? Agree(key.Private, With)
        : throw new InvalidDataException($"it was made for {For}, and the private key given is that of {key.Public}");

    Key Agree(Key mine, BackupKey other)
    {
        using var secret = KeyAgreementAlgorithm.X25519.Agree(mine, other.Public)
            ?? throw new InvalidDataException("one of its keys agrees on nothing: the file was changed");
        return KeyDerivationAlgorithm.HkdfSha256.DeriveKey(secret, [.. With.Bytes, .. For.Bytes], Bytes, AeadAlgorithm.XChaCha20Poly1305);
    }
}
