using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Probity.Lens.Rules.Files;

namespace Probity.Lens.Tests.Rules;

/// <summary>
/// The published schema, made from what the reader accepts, and a check against the keywords that it uses. A validator of
/// all of JSON Schema would be a dependency for a test.
/// </summary>
internal static class RuleSchema
{
    public static JsonObject Make()
    {
        JsonNode Text(int most) => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = most };
        JsonNode Texts() => new JsonObject
        {
            ["oneOf"] = new JsonArray(Text(4_000), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = 10_000, ["items"] = Text(4_000) }),
        };
        JsonNode Number() => new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 1_000_000 };
        JsonNode Length() => new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = "^(?=.*[0-9])(([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?|P([0-9]+W)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?)$",
        };
        JsonNode Of(string key) => key switch
        {
            "id" => Text(100),
            "activation" or "target" or "people" or "values" => Texts(),
            "count" or "minimum" => Number(),
            "within" or "after" or "travel" => Length(),
            "min" or "max" => new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = 1_000_000 },
            "fall" or "rise" => new JsonObject
            {
                ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "number", ["minimum"] = 0 }, new JsonObject { ["type"] = "string", ["pattern"] = "^([0-9]+([.][0-9]*)?|[.][0-9]+) *%?$" }),
            },
            "order" => new JsonObject { ["enum"] = new JsonArray("any", "after", "before", "next", "previous") },
            "exposure" => new JsonObject { ["enum"] = new JsonArray("cases", "events", "days") },
            _ => Text(4_000),
        };
        var kinds = new JsonArray();
        foreach (var shape in KindShape.All)
        {
            var properties = new JsonObject();
            foreach (var key in KindShape.Common.Concat(shape.Needs).Concat(shape.May)) properties[key] = key == "kind" ? new JsonObject { ["const"] = shape.Name } : Of(key);
            kinds.Add(new JsonObject
            {
                ["title"] = shape.Name,
                ["type"] = "object",
                ["required"] = new JsonArray([.. new[] { "id", "kind" }.Concat(shape.Needs).Select(k => JsonValue.Create(k))]),
                ["properties"] = properties,
                ["additionalProperties"] = false,
            });
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Rules for probity check --rules",
            ["description"] = "What each kind means stands in docs/rules/README.md.",
            ["type"] = "object",
            ["required"] = new JsonArray("rules"),
            ["properties"] = new JsonObject
            {
                ["zone"] = Text(4_000),
                ["rules"] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["maxItems"] = 1_000, ["items"] = new JsonObject { ["oneOf"] = kinds } },
            },
            ["additionalProperties"] = false,
        };
    }

    /// <summary>Whether a value holds to a schema of these keywords.</summary>
    public static bool Holds(JsonNode value, JsonObject schema)
    {
        foreach (var (key, demand) in schema)
        {
            var holds = key switch
            {
                "type" => demand!.GetValue<string>() switch
                {
                    "object" => value is JsonObject,
                    "array" => value is JsonArray,
                    "number" => value is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.Number,
                    "integer" => value is JsonValue v && v.TryGetValue<long>(out _),
                    _ => value is JsonValue v && v.TryGetValue<string>(out _),
                },
                "const" => JsonNode.DeepEquals(value, demand),
                "enum" => demand!.AsArray().Any(d => JsonNode.DeepEquals(value, d)),
                "minLength" => value is JsonValue v && v.TryGetValue<string>(out var s) && s.Length >= demand!.GetValue<int>(),
                "maxLength" => value is JsonValue v && v.TryGetValue<string>(out var s) && s.Length <= demand!.GetValue<int>(),
                "pattern" => value is JsonValue v && v.TryGetValue<string>(out var s) && Regex.IsMatch(s, demand!.GetValue<string>()),
                "minimum" => value is JsonValue v && v.TryGetValue<long>(out var n) && n >= demand!.GetValue<int>(),
                "maximum" => value is JsonValue v && v.TryGetValue<long>(out var n) && n <= demand!.GetValue<int>(),
                "minItems" => value is JsonArray a && a.Count >= demand!.GetValue<int>(),
                "maxItems" => value is JsonArray a && a.Count <= demand!.GetValue<int>(),
                "items" => value is JsonArray a && a.All(i => Holds(i!, demand!.AsObject())),
                "required" => value is JsonObject o && demand!.AsArray().All(r => o.ContainsKey(r!.GetValue<string>())),
                "properties" => value is JsonObject o && demand!.AsObject().All(p => !o.ContainsKey(p.Key) || Holds(o[p.Key]!, p.Value!.AsObject())),
                "additionalProperties" => value is JsonObject o && o.All(p => schema["properties"]!.AsObject().ContainsKey(p.Key)),
                "oneOf" => demand!.AsArray().Count(s => Holds(value, s!.AsObject())) == 1,
                "$schema" or "title" or "description" => true,
                _ => throw new InvalidOperationException($"the schema uses '{key}', which this check does not know"),
            };
            if (!holds) return false;
        }

        return true;
    }

    /// <summary>A YAML document as JSON, plain whole numbers being numbers.</summary>
    public static JsonNode FromYaml(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Value, (JsonNode?)FromYaml(e.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(FromYaml)]),
        YamlText { Quoted: false } text when long.TryParse(text.Value, out var number) => JsonValue.Create(number),
        YamlText text => JsonValue.Create(text.Value),
        _ => throw new InvalidOperationException(),
    };
}
