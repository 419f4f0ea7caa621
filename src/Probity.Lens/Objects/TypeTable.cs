using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>The types of events, or those of objects, while a log is read: named before they are declared, or after.</summary>
/// <param name="what">What has these types, for messages: event or object.</param>
internal sealed class TypeTable(string what)
{
    readonly NameTable _names = new($"{what} type", LogLimits.Names);
    readonly Dictionary<(int Type, string Attribute), ObjectValueType> _attributes = [];
    readonly List<List<(string, ObjectValueType)>> _ofType = [];
    readonly List<int> _declared = [];

    /// <summary>How many types are declared.</summary>
    public int Declared => _declared.Count;

    public int Number(ReadOnlySpan<byte> name) => _names.Intern(name);

    public string NameOf(int type) => _names.Names[type];

    /// <summary>Declares a type; false where it is declared already.</summary>
    public bool TryDeclare(int type)
    {
        if (_declared.Contains(type)) return false;
        if (_declared.Count == LogLimits.ObjectTypes)
            throw new BadInputException($"The log declares more than {LogLimits.ObjectTypes:N0} types of {what}s; no real log does.");
        _declared.Add(type);
        while (_ofType.Count <= type) _ofType.Add([]);
        return true;
    }

    /// <summary>Declares an attribute of a type; false where it is declared already.</summary>
    public bool TryDeclare(int type, string attribute, ObjectValueType holds)
    {
        if (!_attributes.TryAdd((type, attribute), holds)) return false;
        if (_attributes.Count > LogLimits.ObjectTypes * 10)
            throw new BadInputException($"The log declares more than {LogLimits.ObjectTypes * 10:N0} attributes of {what} types; no real log does.");
        _ofType[type].Add((attribute, holds));
        return true;
    }

    public ObjectValueType Of(int type, string attribute) => _attributes.GetValueOrDefault((type, attribute));

    /// <summary>The types in the order of their declaration, and for each number given out where it is among them, or -1.</summary>
    public (List<ObjectLogType> Types, int[] Place) Take()
    {
        var place = new int[_names.Names.Count];
        Array.Fill(place, -1);
        for (var i = 0; i < _declared.Count; i++) place[_declared[i]] = i;
        return (_declared.ConvertAll(type => new ObjectLogType(NameOf(type), _ofType[type])), place);
    }

    /// <summary>The names of the declared types, for messages.</summary>
    public string Known() => _declared.Count == 0 ? "none is" : $"declared are {string.Join(", ", _declared.Take(20).Select(t => LogText.Show(NameOf(t))))}{(_declared.Count > 20 ? ", …" : "")}";

    /// <summary>What OCEL 2.0 calls a type of value; null where it knows none of that name.</summary>
    public static ObjectValueType? Parse(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("string"u8) => ObjectValueType.Text,
        _ when name.SequenceEqual("integer"u8) || name.SequenceEqual("int"u8) => ObjectValueType.Whole,
        _ when name.SequenceEqual("float"u8) || name.SequenceEqual("double"u8) => ObjectValueType.Number,
        _ when name.SequenceEqual("boolean"u8) || name.SequenceEqual("bool"u8) => ObjectValueType.Truth,
        _ when name.SequenceEqual("time"u8) || name.SequenceEqual("date"u8) || name.SequenceEqual("timestamp"u8) => ObjectValueType.Time,
        _ => null,
    };
}
