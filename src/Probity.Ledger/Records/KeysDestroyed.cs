using System.Buffers;
using System.Text.Json;

namespace Probity.Ledger;

/// <summary>
/// The ledger's own entry: the keys of these compartments were destroyed. It stands in <see cref="Stream"/> and in a compartment that
/// is never erased. Its payload is UTF-8 JSON, <c>{"compartments":["00000000-0000-0000-0000-000000000000"]}</c>: ids in lower case, and
/// no other member.
/// </summary>
/// <param name="Compartments">What was erased, 1 to <see cref="MaxCompartments"/>.</param>
public sealed record KeysDestroyed(IReadOnlyList<CompartmentId> Compartments)
{
    /// <summary>The entry's type. No caller may append it.</summary>
    public const string Type = "ledger.keys-destroyed.v1";

    /// <summary>The most compartments of one entry.</summary>
    public const int MaxCompartments = 10_000;

    const string Member = "compartments";
    static readonly Guid Own = new("1ed6e700-0000-8000-8000-000000000001");

    /// <summary>The stream of all these entries, in every log.</summary>
    public static StreamId Stream { get; } = new(Own);

    /// <summary>What these entries are encrypted under: it outlives what they tell of.</summary>
    public static CompartmentId Compartment { get; } = new(Own);

    /// <summary>The payload's bytes.</summary>
    public byte[] Encode()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteStartArray(Member);
        foreach (var compartment in Compartments) json.WriteStringValue(compartment.ToString());
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads a payload; accepts only the bytes that <see cref="Encode"/> writes.</summary>
    /// <exception cref="FormatException">The bytes are not such a payload.</exception>
    public static KeysDestroyed Decode(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = 2 });
        var compartments = new List<CompartmentId>();
        try
        {
            Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
            Require(reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(Member));
            Require(reader.Read() && reader.TokenType == JsonTokenType.StartArray);
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                Require(compartments.Count < MaxCompartments && Guid.TryParseExact(reader.GetString(), "D", out var id) && Keep(id));
            }

            Require(compartments.Count > 0 && reader.TokenType == JsonTokenType.EndArray && reader.Read() && reader.TokenType == JsonTokenType.EndObject);
            Require(!reader.Read());
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw Malformed();
        }

        var read = new KeysDestroyed(compartments);
        return payload.SequenceEqual(read.Encode()) ? read : throw Malformed();

        bool Keep(Guid id)
        {
            compartments.Add(new CompartmentId(id));
            return true;
        }
    }

    static void Require(bool holds)
    {
        if (!holds) throw Malformed();
    }

    static FormatException Malformed() => new($"The payload of an entry '{Type}' does not say which keys were destroyed.");
}
