using System.Globalization;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>The values of attributes, those of a row together; of one attribute in the order of time.</summary>
internal sealed class ObjectValues
{
    readonly int[] _starts;
    readonly int[] _attributes;
    readonly AttributeKind[] _kinds;
    readonly long[] _bits;
    readonly long[] _times;
    readonly IReadOnlyList<string> _names;
    readonly IReadOnlyList<string> _texts;

    public ObjectValues(int[] starts, int[] attributes, AttributeKind[] kinds, long[] bits, long[] times, IReadOnlyList<string> names, IReadOnlyList<string> texts)
    {
        (_starts, _attributes, _kinds, _bits, _times) = (starts, attributes, kinds, bits, times);
        (_names, _texts) = (names, texts);
    }

    public int Count => _starts[^1];

    /// <summary>The number of an attribute; -1 where no row has it.</summary>
    public int Find(string name)
    {
        for (var i = 0; i < _names.Count; i++)
            if (_names[i] == name) return i;
        return -1;
    }

    /// <summary>The values of one attribute of a row, as positions: from <c>First</c> up to, without, <c>End</c>.</summary>
    public (int First, int End) Of(int row, int attribute)
    {
        var first = _starts[row];
        while (first < _starts[row + 1] && _attributes[first] != attribute) first++;
        var end = first;
        while (end < _starts[row + 1] && _attributes[end] == attribute) end++;
        return (first, end);
    }

    /// <summary>When a value was recorded, in microseconds since 1970-01-01 UTC; 0 for those of events.</summary>
    public long TimeAt(int position) => _times[position];

    /// <summary>The number at a position; null where the value is none.</summary>
    public double? NumberAt(int position) => _kinds[position] switch
    {
        AttributeKind.Number => BitConverter.Int64BitsToDouble(_bits[position]),
        AttributeKind.Text when double.TryParse(_texts[(int)_bits[position]], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>The value at a position for people to read.</summary>
    public string Show(int position) => _kinds[position] switch
    {
        AttributeKind.Number => BitConverter.Int64BitsToDouble(_bits[position]).ToString(CultureInfo.InvariantCulture),
        AttributeKind.Time => DateTime.UnixEpoch.AddTicks(_bits[position] * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => _texts[(int)_bits[position]],
    };

    /// <summary>One attribute as a column over chosen rows; of several values in a row the last one.</summary>
    public AttributeColumn Column(string name, ReadOnlySpan<int> rows)
    {
        var (kinds, bits) = (new AttributeKind[rows.Length], new long[rows.Length]);
        if (Find(name) is >= 0 and var attribute)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                var (first, end) = Of(rows[i], attribute);
                if (first < end) (kinds[i], bits[i]) = (_kinds[end - 1], _bits[end - 1]);
            }
        }

        return new AttributeColumn(kinds, bits, _texts);
    }
}
