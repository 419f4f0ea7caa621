using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Probity.Shared.Web;

/// <summary>Says in one line what is wrong with a body, in the caller's own names: the serializer's words name types of ours.</summary>
internal static class ApiFault
{
    const int MaxPath = 80;

    public static string Line(ReadOnlyMemory<byte> body, Type type, JsonException fault)
    {
        const string wrong = "The body is not the JSON that this call takes";
        if (Missing(body, type) is { } missing) return $"{wrong}: '{missing}' is missing.";
        var path = fault.Path is ['$', '.', .. var inner] ? $": look at '{Plain(inner)}'" : "";
        return fault is { LineNumber: { } line, BytePositionInLine: { } at }
            ? string.Create(CultureInfo.InvariantCulture, $"{wrong}{path}, line {line + 1}, byte {at + 1}.")
            : $"{wrong}{path}.";
    }

    /// <summary>The first member that has to be there and is not, or is null; null where the body is no JSON at all.</summary>
    static string? Missing(ReadOnlyMemory<byte> body, Type type)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = ApiJson.Options.MaxDepth });
            return Missing(document.RootElement, type, "");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Missing(JsonElement element, Type type, string path)
    {
        var shape = ApiJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        if (shape.Kind == JsonTypeInfoKind.Enumerable && element.ValueKind == JsonValueKind.Array)
        {
            return element.EnumerateArray().Index()
                .Select(item => Missing(item.Item, shape.ElementType!, string.Create(CultureInfo.InvariantCulture, $"{path}[{item.Index}]")))
                .FirstOrDefault(found => found is not null);
        }

        if (shape.Kind != JsonTypeInfoKind.Object || element.ValueKind != JsonValueKind.Object) return null;
        foreach (var member in shape.Properties)
        {
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            var there = element.TryGetProperty(member.Name, out var value) && value.ValueKind != JsonValueKind.Null;
            if (!there && member.IsRequired) return name;
            if (there && Missing(value, member.PropertyType, name) is { } found) return found;
        }

        return null;
    }

    static string Plain(string path) =>
        string.Concat(path.Take(MaxPath).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c));
}
