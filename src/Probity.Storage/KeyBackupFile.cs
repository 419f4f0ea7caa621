using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Probity.Ledger;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>
/// A backup of keys: a head in clear and the rows of <c>keys.db</c> as they lie there, sealed together under the wrapping key, so that
/// neither can be changed. Head: <c>probity.keys-backup/v1</c>, <c>origin NAME</c>, <c>made TIME</c>, <c>expires TIME</c> (RFC 3339, UTC), each
/// with a line feed, and an empty line. Then nonce ‖ ciphertext of the rows: compartment (16 bytes), version (4, big-endian), 0 for a
/// tombstone, or 1 and the wrapped key (72).
/// </summary>
internal sealed record KeyBackupFile(string Origin, DateTimeOffset Made, DateTimeOffset Expires, IReadOnlyList<WrappedKey> Keys)
{
    public const string Magic = "probity.keys-backup/v1";

    /// <summary>The most bytes of a file: some millions of keys.</summary>
    public const int Longest = 512 * 1024 * 1024;

    const int LongestHead = 2_048;
    const int Wrapped = 72;
    const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public void Write(Stream stream, WrappingKey wrapping)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Magic}\norigin {Origin}\nmade {Made.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}\nexpires {Expires.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)}\n\n"));
        using var rows = new MemoryStream();
        Span<byte> place = stackalloc byte[20];
        foreach (var key in Keys)
        {
            key.Compartment.Value.TryWriteBytes(place, bigEndian: true, out _);
            BinaryPrimitives.WriteInt32BigEndian(place[16..], key.Version);
            rows.Write(place);
            rows.WriteByte(key.Wrapped is null ? (byte)0 : (byte)1);
            if (key.Wrapped is { } wrapped) rows.Write(wrapped.Span);
        }

        stream.Write(head);
        stream.Write(wrapping.Seal(head, rows.GetBuffer().AsSpan(0, (int)rows.Length)));
    }

    /// <summary>Reads a backup.</summary>
    /// <exception cref="InvalidDataException">It is none, it was changed, or another wrapping key made it.</exception>
    public static KeyBackupFile Read(ReadOnlySpan<byte> bytes, WrappingKey wrapping)
    {
        var end = bytes[..Math.Min(bytes.Length, LongestHead)].IndexOf("\n\n"u8);
        if (end < 0 || Encoding.UTF8.GetString(bytes[..end]).Split('\n') is not [Magic, var origin, var made, var expires]
            || !origin.StartsWith("origin ", StringComparison.Ordinal) || ParseTime(made, "made ") is not { } madeAt
            || ParseTime(expires, "expires ") is not { } until)
            throw new InvalidDataException("this is no backup of keys: name a file that 'probity keys backup' wrote");
        var head = bytes[..(end + 2)];
        var rows = wrapping.Open(head, bytes[(end + 2)..])
            ?? throw new InvalidDataException("the backup was changed, or made under another wrapping key: after a rotation only newer backups can be restored");
        return new KeyBackupFile(origin["origin ".Length..], madeAt, until, ParseRows(rows));
    }

    static DateTimeOffset? ParseTime(string line, string name) => line.StartsWith(name, StringComparison.Ordinal)
        && DateTimeOffset.TryParseExact(line[name.Length..], Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    static List<WrappedKey> ParseRows(ReadOnlySpan<byte> rows)
    {
        var keys = new List<WrappedKey>();
        while (rows.Length > 0)
        {
            var length = rows.Length < 21 ? int.MaxValue : rows[20] switch { 0 => 21, 1 => 21 + Wrapped, _ => int.MaxValue };
            if (rows.Length < length) throw new InvalidDataException("the backup's rows are damaged: use another one");
            var wrapped = SqliteBytes.OrNull(length > 21 ? rows.Slice(21, Wrapped).ToArray() : null);
            keys.Add(new WrappedKey(new CompartmentId(new Guid(rows[..16], bigEndian: true)), BinaryPrimitives.ReadInt32BigEndian(rows[16..]), wrapped));
            rows = rows[length..];
        }

        return keys;
    }
}
