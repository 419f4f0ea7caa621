using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Probity.Exhibits.Contract;

/// <summary>A sum or a difference of masses in grams, exact; text on the record like <see cref="Grams"/>, and less than nothing where something is missing.</summary>
[JsonConverter(typeof(AsText))]
internal readonly record struct GramsSum(decimal Value)
{
    /// <summary>As the record writes it, without zeros at the end: the same sum is the same text.</summary>
    public override string ToString() => Value.ToString("0.##########", CultureInfo.InvariantCulture);

    internal sealed class AsText : JsonConverter<GramsSum>
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

        public override GramsSum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: < 40 } text && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var value)
                ? new GramsSum(value)
                : throw new JsonException("A sum of masses is text: grams with a point, such as \"-12.5\".");

        public override void Write(Utf8JsonWriter writer, GramsSum value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
