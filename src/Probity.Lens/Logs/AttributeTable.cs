using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs;

/// <summary>
/// Collects the attributes that somebody asked for, of events or of cases: a text is kept once however often it stands
/// there, and a value costs nine bytes.
/// </summary>
internal sealed class AttributeTable
{
    readonly byte[][] _keys;
    readonly Growing[] _columns;

    /// <exception cref="BadInputException">More names than <see cref="LogLimits.WantedAttributes"/>.</exception>
    public AttributeTable(IReadOnlyList<string> names)
    {
        if (names.Count > LogLimits.WantedAttributes)
            throw new BadInputException($"{names.Count} attributes of the log are asked for; ask for {LogLimits.WantedAttributes} at most.");
        Names = [.. names.Distinct(StringComparer.Ordinal)];
        _keys = [.. Names.Select(Encoding.UTF8.GetBytes)];
        _columns = [.. Names.Select(name => new Growing(name))];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of the attribute with this key, or -1 where nobody asked for it.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < _keys.Length; i++)
            if (key.SequenceEqual(_keys[i])) return i;
        return -1;
    }

    public bool Has(int column, int row) => _columns[column].Has(row);

    public void SetText(int column, int row, ReadOnlySpan<byte> text) => _columns[column].Set(row, AttributeKind.Text, _columns[column].Texts.Intern(text));

    /// <summary>Whether the row has this very text.</summary>
    public bool IsText(int column, int row, ReadOnlySpan<byte> text) => _columns[column].Bits(row) == _columns[column].Texts.Intern(text);

    /// <summary>Sets a value as a XES tag of this name types it; false where the value is none of that type.</summary>
    public bool TrySet(int column, int row, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> value)
    {
        if (tag.SequenceEqual("int"u8) || tag.SequenceEqual("float"u8))
        {
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
            // Not a number is how some exporters write that there is none.
            if (!double.IsNaN(number)) _columns[column].Set(row, AttributeKind.Number, BitConverter.DoubleToInt64Bits(number));
            return true;
        }

        if (tag.SequenceEqual("date"u8))
        {
            if (!IsoTime.TryParse(value.Trim(" "u8), out var time)) return false;
            _columns[column].Set(row, AttributeKind.Time, time);
            return true;
        }

        if (tag.SequenceEqual("boolean"u8))
        {
            var isTrue = value.SequenceEqual("true"u8) || value.SequenceEqual("1"u8);
            if (!isTrue && !value.SequenceEqual("false"u8) && !value.SequenceEqual("0"u8)) return false;
            SetText(column, row, isTrue ? "true"u8 : "false"u8);
            return true;
        }

        SetText(column, row, value);
        return true;
    }

    /// <summary>Takes back what a row was given.</summary>
    public void Clear(int row)
    {
        foreach (var column in _columns)
            if (column.Has(row)) column.Set(row, AttributeKind.Missing, 0);
    }

    /// <summary>The columns by name, their rows in a new order where one is given.</summary>
    public Dictionary<string, AttributeColumn> Take(int[]? order, int rows)
    {
        var taken = new Dictionary<string, AttributeColumn>(StringComparer.Ordinal);
        for (var i = 0; i < _columns.Length; i++) taken[Names[i]] = _columns[i].Take(order, rows);
        return taken;
    }

    sealed class Growing(string name)
    {
        AttributeKind[] _kinds = [];
        long[] _bits = [];

        public NameTable Texts { get; } = new($"'{LogText.Show(name)}'", LogLimits.Names);

        public bool Has(int row) => row < _kinds.Length && _kinds[row] != AttributeKind.Missing;

        public long Bits(int row) => _bits[row];

        public void Set(int row, AttributeKind kind, long bits)
        {
            if (row >= _kinds.Length)
            {
                var size = Math.Max(256, checked(row + 1 + (row / 2)));
                Array.Resize(ref _kinds, size);
                Array.Resize(ref _bits, size);
            }

            _kinds[row] = kind;
            _bits[row] = bits;
        }

        public AttributeColumn Take(int[]? order, int rows)
        {
            if (_kinds.Length < rows)
            {
                Array.Resize(ref _kinds, rows);
                Array.Resize(ref _bits, rows);
            }

            return order is null
                ? new AttributeColumn(_kinds, _bits, Texts.Names)
                : new AttributeColumn(Array.ConvertAll(order, e => _kinds[e]), Array.ConvertAll(order, e => _bits[e]), Texts.Names);
        }
    }
}
