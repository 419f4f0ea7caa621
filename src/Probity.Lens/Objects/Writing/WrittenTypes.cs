using System.Globalization;

namespace Probity.Lens.Objects.Writing;

/// <summary>The declared types of a log that is being written, and the form of times and values that both forms share.</summary>
internal sealed class WrittenTypes(IReadOnlyList<ObjectLogType> types, string what)
{
    readonly Dictionary<string, Dictionary<string, ObjectValueType>> _known =
        types.ToDictionary(t => t.Name, t => t.Attributes.ToDictionary(a => a.Name, a => a.Type));

    public IReadOnlyList<ObjectLogType> All => types;

    /// <summary>What an attribute of a type holds.</summary>
    public ObjectValueType Of(string type, string attribute) =>
        Attributes(type).TryGetValue(attribute, out var holds) ? holds : throw new ArgumentException($"The type of {what} '{type}' declares no attribute '{attribute}'.");

    public void Require(string type) => Attributes(type);

    /// <summary>Microseconds, and no digit more than there are.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>The name of a type of value, as OCEL 2.0 has it.</summary>
    public static string Name(ObjectValueType type) => type switch
    {
        ObjectValueType.Whole => "integer", ObjectValueType.Number => "float", ObjectValueType.Truth => "boolean", ObjectValueType.Time => "time", _ => "string",
    };

    Dictionary<string, ObjectValueType> Attributes(string type) =>
        _known.TryGetValue(type, out var attributes) ? attributes : throw new ArgumentException($"The type of {what} '{type}' is not declared.");
}
