using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Probity.Lens.Rules;
using Probity.Lens.Rules.Files;

namespace Probity.Lens.Tests.Rules;

public class RuleSchemaTests
{
    static readonly string Docs = Path.Combine(Root(), "docs");

    [Fact]
    public void The_published_schema_is_what_the_reader_accepts()
    {
        var made = RuleSchema.Make().ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
        var path = Path.Combine(Docs, "rules.schema.json");
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (made == expected) return;
        var now = Path.Combine(AppContext.BaseDirectory, "rules.schema.json");
        File.WriteAllText(now, made);
        Assert.Fail($"docs/rules.schema.json differs from the kinds of rules; what it has to be is in {now}");
    }

    [Fact]
    public void The_files_of_the_documentation_hold_to_it_and_are_read()
    {
        var samples = Directory.GetFiles(Path.Combine(Docs, "rules"), "*.yaml");
        Assert.NotEmpty(samples);
        foreach (var sample in samples)
        {
            var bytes = File.ReadAllBytes(sample);
            Assert.True(RuleSchema.Holds(RuleSchema.FromYaml(YamlDocument.Read(bytes, sample)), RuleSchema.Make()), sample);
            Assert.NotEmpty(RuleFile.Read(sample).Rules);
        }
    }

    [Theory]
    [InlineData("rules:\n- {id: r, kind: response, activation: a, target: [b, c], within: 90d, after: PT8H}", true)]
    [InlineData("rules:\n- {id: r, kind: exactly, activation: a, count: 3}", true)]
    [InlineData("rules:\n- {id: r, kind: value, activation: a, condition: T.x > A.x, order: next, target: b}", true)]
    [InlineData("rules:\n- {id: r, kind: response, activation: a, target: b, object: exhibit}", true)]
    [InlineData("rules:\n- {id: r, kind: belongs, object: exhibit, to: case, as: of}", true)]
    [InlineData("rules:\n- {id: r, kind: per-event, activation: [a, b], object: officer, min: 2, max: 2}", true)]
    [InlineData("rules:\n- {id: r, kind: per-event, activation: a, object: package, max: 0}", true)]
    [InlineData("rules:\n- {id: r, kind: value-kept, object: exhibit, value: weight, fall: 2%, rise: 1, minimum: 20}", true)]
    [InlineData("rules:\n- {id: r, kind: one-place, object: exhibit, place: location, travel: 2h}", true)]
    [InlineData("rules:\n- {id: r, kind: belongs, object: exhibit}", false)]
    [InlineData("rules:\n- {id: r, kind: per-event, activation: a, object: officer, min: -1}", false)]
    [InlineData("rules:\n- {id: r, kind: value-kept, object: exhibit, value: weight, fall: -2%}", false)]
    [InlineData("rules:\n- {id: r, kind: one-place, object: exhibit, place: location, travel: near}", false)]
    [InlineData("zone: Europe/Rome\nrules: []", false)]
    [InlineData("rules:\n- {id: r, kind: response, activation: a}", false)]
    [InlineData("rules:\n- {id: r, kind: init, activation: a, target: b}", false)]
    [InlineData("rules:\n- {id: r, kind: initial, activation: a}", false)]
    [InlineData("rules:\n- {id: r, kind: existence, activation: a, within: P1M}", false)]
    [InlineData("rules:\n- {id: r, kind: existence, activation: a, count: 0}", false)]
    [InlineData("rules:\n- {id: r, kind: existence, activation: []}", false)]
    [InlineData("rule: 1", false)]
    public void Schema_and_reader_agree(string yaml, bool good)
    {
        var bytes = Encoding.UTF8.GetBytes(yaml);
        if (good) Assert.NotEmpty(RuleFile.Parse(bytes, "rules.yaml").Rules);
        else Assert.Throws<BadInputException>(() => RuleFile.Parse(bytes, "rules.yaml"));
        Assert.Equal(good, RuleSchema.Holds(RuleSchema.FromYaml(YamlDocument.Read(bytes, "rules.yaml")), JsonNode.Parse(File.ReadAllText(Path.Combine(Docs, "rules.schema.json")))!.AsObject()));
    }

    static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Probity.slnx"))) return folder.FullName;
        throw new InvalidOperationException("the tests do not stand in their repository");
    }
}
