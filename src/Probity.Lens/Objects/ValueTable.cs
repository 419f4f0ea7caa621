using System.Globalization;
using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>
/// Collects the values of events, or of objects, in any order; what each means is settled once all types are known, since a
/// file may declare them last.
/// </summary>
internal sealed class ValueTable(NameTable names, NameTable texts)
{
    readonly Column<int> _row = new();
    readonly Column<int> _attribute = new();
    readonly Column<RawValue> _value = new();
    readonly Column<long> _time = new();

    public int Count => _row.Count;

    public void Add(int row, int attribute, RawValue value, long time)
    {
        if (value.Kind == RawKind.Nothing) return;
        _row.Add(row);
        _attribute.Add(attribute);
        _value.Add(value);
        _time.Add(time);
    }

    /// <summary>The values by row, attribute and time; those of one time stay in the order of the file.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="rowOf">Where each row number of the file is among them; null where the numbers are the rows.</param>
    /// <param name="typeOf">What a row's attribute may hold, by the row's number in the file.</param>
    /// <param name="fault">The error of a value that its type does not allow: the row's number in the file, and what is wrong.</param>
    /// <param name="once">Whether a row may have an attribute once only.</param>
    public ObjectValues Take(int rows, int[]? rowOf, Func<int, string, ObjectValueType> typeOf, Func<int, string, BadInputException> fault, bool once)
    {
        var order = Order(rows, rowOf);
        var starts = new int[rows + 1];
        var (attributes, kinds, bits, times) = (new List<int>(order.Length), new List<AttributeKind>(order.Length), new List<long>(order.Length), new List<long>(order.Length));
        var settled = new Dictionary<(ObjectValueType, RawValue), (AttributeKind, long)?>();
        for (var i = 0; i < order.Length; i++)
        {
            var (row, attribute) = (_row[order[i]], _attribute[order[i]]);
            var name = names.Names[attribute];
            if (once && i > 0 && _row[order[i - 1]] == row && _attribute[order[i - 1]] == attribute)
                throw fault(row, $"the attribute '{LogText.Show(name)}' stands there twice; which one holds cannot be known");
            var type = typeOf(row, name);
            var value = _value[order[i]];
            if (Settle(type, value, settled) is not var (kind, meant))
                throw fault(row, $"the attribute '{LogText.Show(name)}' is declared {NameOf(type)}, and '{LogText.Show(Write(value))}' is none");
            if (kind == AttributeKind.Missing) continue;
            starts[(rowOf is null ? row : rowOf[row]) + 1]++;
            attributes.Add(attribute);
            kinds.Add(kind);
            bits.Add(meant);
            times.Add(_time[order[i]]);
        }

        for (var r = 0; r < rows; r++) starts[r + 1] += starts[r];
        return new ObjectValues(starts, [.. attributes], [.. kinds], [.. bits], [.. times], names.Names, texts.Names);
    }

    /// <summary>Where each value comes from. Files have a row's values together, so they are dealt out to their rows and sorted there.</summary>
    int[] Order(int rows, int[]? rowOf)
    {
        var starts = new int[rows + 1];
        for (var i = 0; i < _row.Count; i++) starts[Row(i) + 1]++;
        for (var r = 0; r < rows; r++) starts[r + 1] += starts[r];
        var order = new int[_row.Count];
        var next = starts.AsSpan(0, rows).ToArray();
        for (var i = 0; i < order.Length; i++) order[next[Row(i)]++] = i;
        for (var r = 0; r < rows; r++)
        {
            var own = order.AsSpan(starts[r], starts[r + 1] - starts[r]);
            for (var i = 1; i < own.Length; i++)
            {
                if (Compare(own[i - 1], own[i]) <= 0) continue;
                own.Sort(Compare);
                break;
            }
        }

        return order;

        int Row(int i) => rowOf is null ? _row[i] : rowOf[_row[i]];
        int Compare(int x, int y) =>
            _attribute[x] != _attribute[y] ? _attribute[x].CompareTo(_attribute[y]) : _time[x] != _time[y] ? _time[x].CompareTo(_time[y]) : x.CompareTo(y);
    }

    /// <summary>Texts come again and again, so each is looked at once a type.</summary>
    (AttributeKind, long)? Settle(ObjectValueType type, RawValue value, Dictionary<(ObjectValueType, RawValue), (AttributeKind, long)?> settled)
    {
        if (value.Kind == RawKind.Text ? type is ObjectValueType.Text or ObjectValueType.Undeclared : value.Kind == RawKind.Number && type is ObjectValueType.Number or ObjectValueType.Undeclared)
            return value.Kind == RawKind.Text ? (AttributeKind.Text, value.Bits) : Number(value.Number);
        if (settled.TryGetValue((type, value), out var known)) return known;
        return settled[(type, value)] = Settle(type, value);
    }

    (AttributeKind, long)? Settle(ObjectValueType type, RawValue value)
    {
        // An empty text, NaN and null are how exporters write that there is no number, truth or time.
        if (type is not (ObjectValueType.Text or ObjectValueType.Undeclared) && value.Kind == RawKind.Text && Write(value).Trim() is "" or "null" or "NaN" or "nan" or "NaT" or "None")
            return (AttributeKind.Missing, 0);
        return type switch
        {
            ObjectValueType.Text or ObjectValueType.Undeclared => Text(Write(value)),
            ObjectValueType.Whole => AsNumber(value) is { } number && (double.IsNaN(number) || Math.Truncate(number) == number) ? Number(number) : null,
            ObjectValueType.Number => AsNumber(value) is { } number ? Number(number) : null,
            ObjectValueType.Truth => AsTruth(value) is { } truth ? Text(truth ? "true" : "false") : null,
            _ => value.Kind == RawKind.Text && ObjectTime.TryParse(Write(value), out var micros) ? (AttributeKind.Time, micros) : null,
        };
    }

    (AttributeKind, long) Text(string text) => (AttributeKind.Text, texts.Intern(text));

    static (AttributeKind, long) Number(double number) =>
        double.IsNaN(number) ? (AttributeKind.Missing, 0) : (AttributeKind.Number, BitConverter.DoubleToInt64Bits(number));

    double? AsNumber(RawValue value) => value.Kind switch
    {
        RawKind.Number => value.Number,
        RawKind.Text when double.TryParse(Write(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    bool? AsTruth(RawValue value) => value.Kind == RawKind.Truth ? value.Bits == 1 : Write(value) switch
    {
        "true" or "True" or "TRUE" or "1" => true,
        "false" or "False" or "FALSE" or "0" => false,
        _ => null,
    };

    string Write(RawValue value) => value.Kind switch
    {
        RawKind.Text => texts.Names[(int)value.Bits],
        RawKind.Number => value.Number.ToString(CultureInfo.InvariantCulture),
        _ => value.Bits == 1 ? "true" : "false",
    };

    static string NameOf(ObjectValueType type) => type switch
    {
        ObjectValueType.Whole => "integer",
        ObjectValueType.Number => "float",
        ObjectValueType.Truth => "boolean",
        ObjectValueType.Time => "time",
        _ => "string",
    };
}
