using System.Buffers.Binary;
using System.Text.Unicode;

namespace Probity.Lens.Objects.Sqlite;

/// <summary>What SQLite stores a value as.</summary>
internal enum SqliteKind : byte { Null, Integer, Real, Text, Blob }

/// <summary>One row in SQLite's record format (sqlite.org/fileformat2.html, section 2.1): the values' kinds first, then the values.</summary>
/// <param name="pages">The database, for its encoding and for messages.</param>
internal sealed class SqliteRecord(SqlitePages pages)
{
    const int MostColumns = 32_767;

    readonly List<(SqliteKind Kind, int Start, int Length)> _values = [];
    byte[] _payload = [];
    byte[] _text = [];

    public int Count => _values.Count;

    /// <summary>Takes a record apart.</summary>
    /// <param name="payload">Its bytes; they are used until the next call.</param>
    /// <param name="length">How many of them count.</param>
    /// <param name="place">The table and the row, for messages.</param>
    public void Load(byte[] payload, int length, string place)
    {
        _payload = payload;
        _values.Clear();
        var record = payload.AsSpan(0, length);
        if (!TryVarint(record, 0, out var headerSize, out var at) || headerSize < at || headerSize > length) throw Damaged(place);
        long body = headerSize;
        while (at < headerSize)
        {
            if (!TryVarint(record[..(int)headerSize], at, out var type, out var used) || _values.Count == MostColumns) throw Damaged(place);
            at += used;
            var (kind, size) = Of(type);
            if (size < 0 || body + size > length) throw Damaged(place);
            _values.Add((kind, type is 8 or 9 ? (int)type - 10 : (int)body, (int)size));
            body += size;
        }
    }

    /// <summary>What a column holds; columns that were added after the row was written hold nothing.</summary>
    public SqliteKind KindOf(int column) => column < _values.Count ? _values[column].Kind : SqliteKind.Null;

    public long Integer(int column)
    {
        var (_, start, length) = _values[column];
        // The integers 0 and 1 have no bytes.
        if (length == 0) return start + 2;
        var value = (long)(sbyte)_payload[start];
        for (var i = 1; i < length; i++) value = (value << 8) | _payload[start + i];
        return value;
    }

    public double Real(int column) => BinaryPrimitives.ReadDoubleBigEndian(_payload.AsSpan(_values[column].Start));

    /// <summary>The text of a column as UTF-8, right until the next call; false where it is no text of its encoding.</summary>
    public bool TryText(int column, out ReadOnlySpan<byte> text)
    {
        var (_, start, length) = _values[column];
        var bytes = _payload.AsSpan(start, length);
        text = bytes;
        if (pages.Encoding == 1) return Utf8.IsValid(bytes);
        if (length % 2 != 0) return false;
        if (_text.Length < length * 2) _text = new byte[Math.Max(256, length * 2)];
        var chars = new char[length / 2];
        for (var i = 0; i < chars.Length; i++)
            chars[i] = (char)(pages.Encoding == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[(i * 2)..]));
        if (Utf8.FromUtf16(chars, _text, out _, out var written, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done) return false;
        text = _text.AsSpan(0, written);
        return true;
    }

    /// <summary>Reads a varint: seven bits a byte, high ones first, at most nine bytes of which the last gives eight.</summary>
    public static bool TryVarint(ReadOnlySpan<byte> bytes, int at, out long value, out int used)
    {
        value = 0;
        for (used = 0; used < 9 && at + used < bytes.Length;)
        {
            var b = bytes[at + used++];
            if (used == 9)
            {
                value = (value << 8) | b;
                return true;
            }

            value = (value << 7) | (uint)(b & 0x7F);
            if (b < 0x80) return true;
        }

        return false;
    }

    static (SqliteKind Kind, long Size) Of(long type) => type switch
    {
        0 => (SqliteKind.Null, 0),
        >= 1 and <= 4 => (SqliteKind.Integer, type),
        5 => (SqliteKind.Integer, 6),
        6 => (SqliteKind.Integer, 8),
        7 => (SqliteKind.Real, 8),
        8 or 9 => (SqliteKind.Integer, 0),
        >= 12 => (type % 2 == 0 ? SqliteKind.Blob : SqliteKind.Text, (type - 12) / 2),
        _ => (SqliteKind.Null, -1),
    };

    BadInputException Damaged(string place) => pages.Fault($"{place} has a record that is damaged");
}
