namespace Probity.Lens.Logs;

/// <summary>What an attribute of an event or a case can be.</summary>
public enum AttributeKind : byte
{
    /// <summary>There is no value.</summary>
    Missing,

    /// <summary>Text; a XES boolean is the text <c>true</c> or <c>false</c>, and every field of a CSV file is text.</summary>
    Text,

    /// <summary>A number, whole or not, as a <see cref="double"/>.</summary>
    Number,

    /// <summary>A moment, in microseconds since 1970-01-01 UTC.</summary>
    Time,
}

/// <summary>The values of one attribute, a row for each event of the log or for each case.</summary>
public sealed class AttributeColumn
{
    readonly AttributeKind[] _kinds;
    readonly long[] _bits;
    readonly IReadOnlyList<string> _texts;

    internal AttributeColumn(AttributeKind[] kinds, long[] bits, IReadOnlyList<string> texts)
    {
        _kinds = kinds;
        _bits = bits;
        _texts = texts;
    }

    /// <summary>Whether any row has a value.</summary>
    public bool HasAny => Array.Exists(_kinds, k => k != AttributeKind.Missing);

    /// <summary>What the value of a row is.</summary>
    public AttributeKind KindOf(int row) => row < _kinds.Length ? _kinds[row] : AttributeKind.Missing;

    /// <summary>The text of a row of that kind.</summary>
    public string TextOf(int row) => _texts[(int)_bits[row]];

    /// <summary>The number of a row of that kind.</summary>
    public double NumberOf(int row) => BitConverter.Int64BitsToDouble(_bits[row]);

    /// <summary>The moment of a row of that kind, in microseconds since 1970-01-01 UTC.</summary>
    public long TimeOf(int row) => _bits[row];
}
