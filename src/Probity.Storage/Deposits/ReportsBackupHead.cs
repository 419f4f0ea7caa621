using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Probity.Ledger;

namespace Probity.Storage.Deposits;

/// <summary>
/// What a backup of sealed reports says in clear: <c>probity.reports-backup/v1</c>, <c>origin NAME</c>, <c>made TIME</c>, <c>expires TIME</c> (RFC 3339, UTC), <c>key BASE64</c> (the key of the file, drawn
/// for it, sealed under the wrapping key together with the lines before), each with a line feed, and an empty line.
/// </summary>
internal sealed record ReportsBackupHead(string Origin, DateTimeOffset Made, DateTimeOffset Expires, ReadOnlyMemory<byte> SealedKey)
{
    public const string Magic = "probity.reports-backup/v1";

    const int Longest = 4_096;
    const int KeySize = 32;
    const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    byte[] About => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Magic}\norigin {Origin}\nmade {Made.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}\nexpires {Expires.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}\n"));

    byte[] Bytes => [.. About, .. Encoding.UTF8.GetBytes($"key {Convert.ToBase64String(SealedKey.Span)}\n\n")];

    /// <summary>Writes a new head with a new key.</summary>
    public static ReportsBackupHead Write(Stream stream, string origin, DateTimeOffset made, DateTimeOffset expires, WrappingKey wrapping)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        var head = new ReportsBackupHead(origin, made, expires, default);
        head = head with { SealedKey = wrapping.Seal(head.About, key) };
        CryptographicOperations.ZeroMemory(key);
        stream.Write(head.Bytes);
        return head;
    }

    /// <summary>Reads a head, and no byte further.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static ReportsBackupHead Read(Stream stream)
    {
        var bytes = new List<byte>();
        while (bytes.Count < Longest && !(bytes.Count > 1 && bytes[^1] == '\n' && bytes[^2] == '\n') && stream.ReadByte() is >= 0 and var next) bytes.Add((byte)next);
        try
        {
            if (Encoding.UTF8.GetString([.. bytes]).Split('\n') is [Magic, var origin, var made, var expires, var key, "", ""]
                && After(origin, "origin ") is { } name && After(key, "key ") is { } sealedKey && TimeIn(made, "made ") is { } madeAt && TimeIn(expires, "expires ") is { } until)
            {
                var head = new ReportsBackupHead(name, madeAt, until, Convert.FromBase64String(sealedKey));
                // One spelling: the lines are what the key is sealed with.
                if (head.Bytes.AsSpan().SequenceEqual(bytes.ToArray())) return head;
            }
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new InvalidDataException("this is no backup of sealed reports: name a file that 'probity reports backup' wrote");
    }

    /// <summary>The key of the file.</summary>
    /// <exception cref="InvalidDataException">The head was changed, or another wrapping key made it.</exception>
    public Key Open(WrappingKey wrapping)
    {
        var key = wrapping.Open(About, SealedKey.Span);
        if (key is not { Length: KeySize }) throw new InvalidDataException("it was changed, or made under another wrapping key: after a rotation only newer backups can be restored");
        var opened = Key.Import(SealedChunks.Cipher, key, KeyBlobFormat.RawSymmetricKey);
        CryptographicOperations.ZeroMemory(key);
        return opened;
    }

    static string? After(string line, string name) => line.StartsWith(name, StringComparison.Ordinal) ? line[name.Length..] : null;

    static DateTimeOffset? TimeIn(string line, string name) =>
        After(line, name) is { } text && DateTimeOffset.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
