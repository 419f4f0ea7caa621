using System.Text.Json;
using System.Text.RegularExpressions;
using Probity.Cases.Contract;
using Probity.Exports.Contract;
using Probity.Exports.Formats;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Exports;

/// <summary>A case in CASE/UCO: the terms that the ontologies have, used as their shapes want it.</summary>
public sealed partial class LinkedCaseTests
{
    // Read in casework/CASE ontology/investigation/investigation.ttl (0.7.1) and ucoProject/UCO ontology/uco (core 1.2.0, action 1.3.0; identity, location, observable, role, tool, types).
    // What each property may hold: x a text, ? a truth, @ another node, # a node within, or the type of the value.
    static readonly Dictionary<string, string[]> Terms = new()
    {
        ["case-investigation:Investigation"] =
        [
            "uco-core:name x", "uco-core:description x", "case-investigation:investigationForm case-vocabulary:InvestigationFormVocab", "case-investigation:investigationStatus x", "case-investigation:focus x",
            "uco-core:startTime xsd:dateTime", "uco-core:endTime xsd:dateTime", "case-investigation:relevantAuthorization @", "uco-core:object @",
        ],
        ["case-investigation:ProvenanceRecord"] = ["case-investigation:exhibitNumber x", "case-investigation:rootExhibitNumber x", "uco-core:object @"],
        ["case-investigation:Authorization"] = ["case-investigation:authorizationType x", "case-investigation:authorizationIdentifier x", "uco-core:description x"],
        ["case-investigation:InvestigativeAction"] =
        [
            "uco-core:name x", "uco-action:startTime xsd:dateTime", "uco-action:performer @", "uco-action:participant @", "uco-action:object @", "uco-action:instrument @", "uco-action:location @",
            "uco-action:result @", "case-investigation:wasInformedBy @", "uco-core:hasFacet #",
        ],
        ["uco-action:ActionArgumentFacet"] = ["uco-action:argumentName x", "uco-action:value x"],
        ["case-investigation:Investigator"] = ["uco-core:name x"],
        ["case-investigation:Attorney"] = ["uco-core:name x"],
        ["case-investigation:Examiner"] = ["uco-core:name x"],
        ["case-investigation:Subject"] = ["uco-core:name x"],
        ["uco-role:Role"] = ["uco-core:name x"],
        ["uco-identity:Person"] = ["uco-core:name x"],
        ["uco-core:Relationship"] = ["uco-core:kindOfRelationship x", "uco-core:isDirectional ?", "uco-core:source @", "uco-core:target @"],
        ["uco-core:Item"] = ["uco-core:name x", "uco-core:tag x", "uco-core:description x"],
        ["uco-tool:Tool"] = ["uco-core:name x"],
        ["uco-location:Location"] = ["uco-core:name x", "uco-core:hasFacet #"],
        ["uco-location:SimpleAddressFacet"] = ["uco-location:country x", "uco-location:region x", "uco-location:locality x"],
        ["uco-observable:RasterPicture"] = ["uco-core:hasFacet #"],
        ["uco-observable:ContentDataFacet"] = ["uco-observable:mimeType x", "uco-observable:sizeInBytes xsd:integer", "uco-observable:hash #"],
        ["uco-types:Hash"] = ["uco-types:hashMethod uco-vocabulary:HashNameVocab", "uco-types:hashValue xsd:hexBinary"],
    };

    // sh:maxCount 1 of those shapes.
    static readonly string[] Once = ["uco-action:performer", "uco-core:target", "case-investigation:exhibitNumber"];

    // sh:minCount 1.
    static readonly Dictionary<string, string[]> Needed = new()
    {
        ["case-investigation:Investigation"] = ["uco-core:object"], ["case-investigation:ProvenanceRecord"] = ["uco-core:object"], ["uco-action:ActionArgumentFacet"] = ["uco-action:argumentName", "uco-action:value"],
        ["uco-core:Relationship"] = ["uco-core:source", "uco-core:target", "uco-core:isDirectional"], ["uco-types:Hash"] = ["uco-types:hashMethod", "uco-types:hashValue"],
    };

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Only_terms_of_the_ontologies_are_used_and_each_as_its_shape_wants_it(bool names)
    {
        await using var house = await CopyHouse.CreateAsync(new Party(PartyRole.Subject, "Quilombo Quissama", null), new Party(PartyRole.Witness, "Zumbi Palmares", null));
        for (var seed = 0; seed < 3; seed++) await house.LiveAsync(seed, 20);
        var (cases, matter) = (house.House.Cases, house.House.Case);
        Done(await cases.EnterAsync(matter, house.House.Handler, Stage.Investigate));
        Done(await cases.StepAsync(matter, house.House.Handler, Step.ReportFiled));
        Done(await cases.EnterAsync(matter, house.House.Handler, Stage.Prosecute));
        var bytes = await house.BytesAsync(ExportFormat.CaseJsonLd, names);
        if (Environment.GetEnvironmentVariable("PROBITY_COPIES") is { Length: > 0 } folder) await File.WriteAllBytesAsync(Path.Combine(folder, $"case-{names}.jsonld"), bytes, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(bytes);
        Assert.Equal(LinkedGraph.Prefixes, json.RootElement.GetProperty("@context").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!));
        var (defined, named, types) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        foreach (var node in json.RootElement.GetProperty("@graph").EnumerateArray()) Check(node, defined, named, types);
        Assert.Empty(named.Except(defined));
        Assert.Equal(names ? Terms.Keys.Order() : Terms.Keys.Except(["case-investigation:Authorization"]).Order(), types.Order());

        var actions = json.RootElement.GetProperty("@graph").EnumerateArray().Where(n => n.GetProperty("@type").GetString() == "case-investigation:InvestigativeAction").ToList();
        Assert.Contains(actions, a => a.GetProperty("uco-core:name").GetString() == "Receive" && a.TryGetProperty("case-investigation:wasInformedBy", out _));
        var provenance = json.RootElement.GetProperty("@graph").EnumerateArray().Where(n => n.GetProperty("@type").GetString() == "case-investigation:ProvenanceRecord")
            .Select(n => (Own: n.GetProperty("case-investigation:exhibitNumber").GetString()!, Root: n.GetProperty("case-investigation:rootExhibitNumber").GetString()!)).ToList();
        Assert.All(provenance, p => Assert.Equal(p.Own.Split("-S")[0], p.Root));
        Assert.Contains(provenance, p => p.Own != p.Root);
    }

    static void Check(JsonElement node, HashSet<string> defined, HashSet<string> named, HashSet<string> types)
    {
        var (id, type) = (node.GetProperty("@id").GetString()!, node.GetProperty("@type").GetString()!);
        Assert.Matches(Name(), id);
        Assert.True(defined.Add(id), $"{id} is there twice");
        types.Add(type);
        Assert.All(Needed.GetValueOrDefault(type, []), property => Assert.True(node.TryGetProperty(property, out _), $"{type} without {property}"));
        foreach (var property in node.EnumerateObject().Where(p => p.Name[0] != '@'))
        {
            Assert.Contains($"{property.Name} {Form(property.Value)}", Terms[type]);
            if (property.Value.ValueKind != JsonValueKind.Array) continue;
            Assert.True(property.Value.GetArrayLength() == 1 || !Once.Contains(property.Name), $"{property.Name} more than once");
            foreach (var value in property.Value.EnumerateArray())
            {
                if (value.TryGetProperty("@type", out _)) Check(value, defined, named, types);
                else named.Add(value.GetProperty("@id").GetString()!);
            }
        }
    }

    static string Form(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "x", JsonValueKind.True or JsonValueKind.False => "?",
        JsonValueKind.Array => value[0].TryGetProperty("@type", out _) ? "#" : "@",
        _ => value.GetProperty("@type").GetString()!,
    };

    [GeneratedRegex("^kb:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex Name();
}
