using System.Collections.Frozen;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>
/// The event types of the house and their form on the record: UTF-8 JSON, names in camelCase, enumerations by name,
/// members in the order of their declaration. Golden files hold each type to its form.
/// </summary>
internal static class EventTypes
{
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 16,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LetNullBeAbsent } },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    static readonly FrozenDictionary<Type, string> Names = typeof(EventTypes).Assembly.GetTypes()
        .Select(type => (type, name: type.GetCustomAttribute<EventTypeAttribute>()?.Name))
        .Where(t => t.name is not null)
        .ToFrozenDictionary(t => t.type, t => t.name!);

    static readonly FrozenDictionary<string, Type> Types = Names.ToFrozenDictionary(n => n.Value, n => n.Key);

    /// <summary>Every event type, by its name on the record.</summary>
    public static IReadOnlyDictionary<string, Type> All => Types;

    /// <summary>Null is written as nothing, so what may be null may be missing.</summary>
    public static void LetNullBeAbsent(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.IsSetNullable) property.IsRequired = false;
        }
    }

    public static string NameOf(Type type) => Names.TryGetValue(type, out var name)
        ? name
        : throw new InvalidOperationException($"{type} has no {nameof(EventTypeAttribute)}.");

    public static byte[] Serialize(IEvent recorded) =>
        JsonSerializer.SerializeToUtf8Bytes(recorded, recorded.GetType(), Json);

    public static IEvent Deserialize(string name, ReadOnlySpan<byte> payload) => Types.TryGetValue(name, out var type)
        ? (IEvent)JsonSerializer.Deserialize(payload, type, Json)!
        : throw new InvalidDataException($"The record holds '{name}', which this version of Probity does not know.");

    /// <summary>An event in the newest of its forms.</summary>
    public static IEvent Renew(IEvent recorded)
    {
        while (recorded is IOldEvent old) recorded = old.Newer;
        return recorded;
    }

    /// <summary>An entry as the house reads it: its event in the newest form, beside the type that it was recorded under.</summary>
    public static Recorded Read(Entry entry)
    {
        var header = entry.Header;
        var recorded = entry.Payload is { } payload ? Renew(Deserialize(header.Type, payload.Span)) : null;
        return new Recorded(
            recorded, header.Type, header.Index, header.Stream, header.Version, header.Recorded, header.Occurred,
            header.Actor, header.Compartment);
    }
}
