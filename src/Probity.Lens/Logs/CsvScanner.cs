using System.Buffers;

namespace Probity.Lens.Logs;

/// <summary>Cuts CSV into records and fields, record by record, allocating nothing for either.</summary>
/// <param name="window">The text, from the first record on.</param>
/// <param name="delimiter">What parts fields; null to go by the first record.</param>
/// <param name="firstLine">The line on which it begins.</param>
internal sealed class CsvScanner(ByteWindow window, char? delimiter, long firstLine = 1) : ITable
{
    readonly List<(int Start, int End, bool Escaped)> _fields = [];
    SearchValues<byte> _stops = SearchValues.Create(""u8);
    byte _delimiter;
    byte[] _decoded = [];
    int _length;
    int _lines;
    long _line = firstLine;

    /// <summary>The number of fields in the record at hand.</summary>
    public int Count => _fields.Count;

    /// <summary>A field without its quotes, right until the next call.</summary>
    public ReadOnlySpan<byte> Field(int number)
    {
        var (start, end, escaped) = _fields[number];
        var raw = window.Data[start..end];
        if (!escaped) return raw;
        if (_decoded.Length < raw.Length) _decoded = new byte[Math.Max(256, raw.Length)];
        var written = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            _decoded[written++] = raw[at];
            if (raw[at] == '"') at++;
        }

        return _decoded.AsSpan(0, written);
    }

    /// <summary>Goes to the next record; false at the end.</summary>
    public bool Read()
    {
        window.Advance(_length);
        _line += _lines;
        _length = _lines = 0;
        if (_delimiter == 0) ChooseDelimiter();
        while (true)
        {
            var complete = Scan(window.Data, ended: false);
            if (complete) return true;
            if (window.Grow()) continue;
            return !window.Data.IsEmpty && Scan(window.Data, ended: true);
        }
    }

    /// <summary>CSV has only texts.</summary>
    public bool IsNumber(int number) => false;

    /// <inheritdoc/>
    public long Line => _line;

    /// <inheritdoc/>
    public string Place => $"line {_line}";

    /// <summary>The error at the record at hand.</summary>
    public BadInputException Fault(string what) => new($"{window.Name}: {Place}: {what}.");

    /// <inheritdoc/>
    public BadInputException Fault(int number, string what) => Fault(what);

    /// <summary>CSV has only texts.</summary>
    public bool TryTime(int number, out long micros)
    {
        micros = 0;
        return false;
    }

    /// <inheritdoc/>
    public string? NoTime(int number) => null;

    bool Scan(ReadOnlySpan<byte> data, bool ended)
    {
        _fields.Clear();
        _lines = 0;
        for (var at = 0; ;)
        {
            var escaped = false;
            int start = at, end;
            if (at < data.Length && data[at] == '"')
            {
                if ((end = Quoted(data, ++start, ref escaped)) < 0)
                    return ended ? throw Fault("a quote that is never closed") : false;
                at = end + 1;
            }
            else
            {
                var stop = data[at..].IndexOfAny(_stops);
                if (stop < 0 && !ended) return false;
                at = end = stop < 0 ? data.Length : at + stop;
            }

            if (_fields.Count == 4096) throw Fault("more than 4,096 fields");
            _fields.Add((start, end, escaped));
            if (at == data.Length)
            {
                _length = at;
                return ended;
            }

            if (data[at] == _delimiter)
            {
                at++;
                continue;
            }

            if (data[at] is not ((byte)'\r' or (byte)'\n')) throw Fault("a quote in the middle of a field; quote the whole field and double the quotes in it");
            if (data[at] == '\r' && at + 1 == data.Length && !ended) return false;
            _length = at + (data[at] == '\r' && at + 1 < data.Length && data[at + 1] == '\n' ? 2 : 1);
            _lines++;
            return true;
        }
    }

    /// <summary>The position of the quote that closes the field that begins at <paramref name="start"/>, or -1.</summary>
    int Quoted(ReadOnlySpan<byte> data, int start, ref bool escaped)
    {
        for (var at = start; ;)
        {
            var quote = data[at..].IndexOf((byte)'"');
            if (quote < 0) return -1;
            _lines += data.Slice(at, quote).Count((byte)'\n');
            at += quote;
            if (at + 1 == data.Length || data[at + 1] != '"') return at;
            escaped = true;
            at += 2;
        }
    }

    void ChooseDelimiter()
    {
        if (delimiter is { } given)
        {
            if (given is '"' or '\r' or '\n' or '\0' || !char.IsAscii(given))
                throw new BadInputException("The delimiter must be one ASCII character other than a quote or a line break.");
            _delimiter = (byte)given;
        }
        else
        {
            while (window.Data.IndexOf((byte)'\n') < 0 && window.Grow()) { }
            var end = window.Data.IndexOfAny("\r\n"u8);
            var header = end < 0 ? window.Data : window.Data[..end];
            _delimiter = (byte)',';
            foreach (var candidate in ",;\t|"u8)
            {
                if (header.Count(candidate) > header.Count(_delimiter)) _delimiter = candidate;
            }
        }

        _stops = SearchValues.Create([_delimiter, (byte)'\r', (byte)'\n', (byte)'"']);
    }
}
