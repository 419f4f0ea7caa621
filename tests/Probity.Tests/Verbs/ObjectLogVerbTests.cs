using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Probity.Tests.Verbs;

/// <summary>An object-centric log through the program itself: every verb and every way out.</summary>
public sealed class ObjectLogVerbTests : IDisposable
{
    const string Rules = """
        rules:
        - {id: own-case, kind: belongs, object: exhibit, to: case}
        - {id: two-officers, kind: per-event, activation: hand over, object: officer, min: 2}
        - {id: kept, kind: value-kept, object: exhibit, value: weight, fall: 2%, minimum: 1}
        - {id: stored, kind: response, activation: seize, target: hand over, object: exhibit}
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("probity-object-verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Describe_counts_types_and_says_what_to_do_next()
    {
        var (text, _) = await RunAsync(0, "describe", Log(), "--svg", At("map.svg"), "--person-type", "officer");
        Assert.Contains("object-centric: 5 events, 8 objects, 15 relations between them, 1 relation between objects", text, StringComparison.Ordinal);
        Assert.Contains("Next: choose which objects are the cases, as in --object 'exhibit'", text, StringComparison.Ordinal);
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(At("map.svg"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await RunAsync(0, "describe", Log(), "--json", "-")).Output);
        Assert.Equal(["events", "objects", "relations", "objectRelations", "eventTypes", "objectTypes", "firstEvent", "lastEvent", "seconds"], Names(json.RootElement));
        Assert.Equal(["name", "objects", "events", "relations", "idle"], Names(json.RootElement.GetProperty("objectTypes")[0]));
    }

    [Fact]
    public async Task Every_verb_takes_the_objects_of_a_type_for_cases()
    {
        var (text, told) = await RunAsync(0, "describe", Log(), "--object", "exhibit", "--person-type", "officer", "--people");
        Assert.Contains("2 cases, 5 events, 2 variants", text, StringComparison.Ordinal);
        Assert.Contains("Ana -> Rui", text, StringComparison.Ordinal);
        Assert.Equal("1 object of type 'exhibit' is named by no event and is no case.\n", told);
        await RunAsync(0, "discover", Log(), "--object", "exhibit", "--bpmn", At("found.bpmn"));
        Assert.Contains("2 of 2 cases follow the procedure", (await RunAsync(0, "check", Log(), "--sop", At("found.bpmn"), "--object", "exhibit")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_over_objects_come_out_every_way()
    {
        await File.WriteAllTextAsync(At("rules.yaml"), Rules, TestContext.Current.CancellationToken);
        var (text, _) = await RunAsync(1, "check", Log(), "--rules", At("rules.yaml"), "--person-type", "officer", "--json", At("out.json"), "--csv", At("out.csv"), "--report", At("out.html"), "--lang", "es");
        Assert.StartsWith("Each object of type 'exhibit' is a case.", text, StringComparison.Ordinal);
        Assert.Contains("x1 (exhibit) pertenece a c1, pero “weigh”", text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(At("out.json"), TestContext.Current.CancellationToken));
        var rules = json.RootElement.GetProperty("rules");
        Assert.Equal(["belongs 2", "per-event 1", "value-kept 1", "response 1"], rules.EnumerateArray().Select(r => $"{r.GetProperty("kind").GetString()} {r.GetProperty("cases").GetInt32()}"));
        var example = rules[0].GetProperty("examples")[0];
        Assert.Equal(["case", "events", "people", "objects", "sentence"], Names(example));
        Assert.Equal(("x1", 1, "Rui", "c2"), (example.GetProperty("case").GetString(), example.GetProperty("events")[0].GetInt32(), example.GetProperty("people")[0].GetString(), example.GetProperty("objects")[1].GetString()));
        var csv = await File.ReadAllLinesAsync(At("out.csv"), TestContext.Current.CancellationToken);
        Assert.Contains(csv, l => l.StartsWith("e4,1,hand over,2024-01-03T00:00:00Z,Ana,per-event,two-officers,,", StringComparison.Ordinal));
        var page = await File.ReadAllTextAsync(At("out.html"), TestContext.Current.CancellationToken);
        Assert.Contains("Cada objeto del tipo “exhibit” es aquí un caso", page, StringComparison.Ordinal);
        Assert.Contains("x1 (exhibit) pertenece a c1", page, StringComparison.Ordinal);
        Assert.Contains("P-001", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ana", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("an object-centric log, which has no cases of itself; say with --object which objects are the cases: exhibit, case, officer.", "discover")]
    [InlineData("--waits is about cases", "describe", "--waits")]
    [InlineData("--object: the log has no objects of type 'exibit'; there are exhibit, case, officer.", "discover", "--object", "exibit")]
    [InlineData("--person-as goes with --person-type.", "describe", "--person-as", "by")]
    [InlineData("columns, sheet, time format, delimiter and classifier are for tables and XES", "describe", "--case", "id")]
    public async Task What_is_missing_or_wrong_is_said_in_one_line(string expected, string verb, params string[] more)
    {
        var (_, told) = await RunAsync(2, [verb, Log(), .. more]);
        Assert.Contains(expected, told, StringComparison.Ordinal);
        Assert.Single(told.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Objects_are_asked_of_object_centric_logs_only()
    {
        await File.WriteAllTextAsync(At("log.csv"), "case,activity,time\n1,a,2024-01-01\n", TestContext.Current.CancellationToken);
        Assert.Contains("--object is for object-centric logs", (await RunAsync(2, "describe", At("log.csv"), "--object", "x")).Told, StringComparison.Ordinal);
        await File.WriteAllTextAsync(At("rules.yaml"), Rules, TestContext.Current.CancellationToken);
        Assert.Contains("The rule 'own-case' is about objects of type 'exhibit'", (await RunAsync(2, "check", At("log.csv"), "--rules", At("rules.yaml"))).Told, StringComparison.Ordinal);
    }

    string Log()
    {
        File.WriteAllText(At("log.jsonocel"), """
            {"objectTypes":[{"name":"exhibit","attributes":[{"name":"weight","type":"float"}]},{"name":"case","attributes":[]},{"name":"officer","attributes":[]}],
            "eventTypes":[{"name":"seize","attributes":[]},{"name":"weigh","attributes":[]},{"name":"hand over","attributes":[]}],
            "objects":[{"id":"x1","type":"exhibit","attributes":[{"name":"weight","time":"2024-01-01T00:00:00Z","value":100},{"name":"weight","time":"2024-01-03T00:00:00Z","value":90}],"relationships":[{"objectId":"c1","qualifier":"of"}]},
            {"id":"x2","type":"exhibit"},{"id":"x3","type":"exhibit"},{"id":"c1","type":"case"},{"id":"c2","type":"case"},{"id":"Ana","type":"officer"},{"id":"Rui","type":"officer"},{"id":"Eva","type":"officer"}],
            "events":[{"id":"e1","type":"seize","time":"2024-01-01T00:00:00Z","relationships":[{"objectId":"x1","qualifier":""},{"objectId":"c1","qualifier":""},{"objectId":"Ana","qualifier":"by"}]},
            {"id":"e2","type":"weigh","time":"2024-01-02T00:00:00Z","relationships":[{"objectId":"x1","qualifier":""},{"objectId":"c2","qualifier":""},{"objectId":"Rui","qualifier":"by"}]},
            {"id":"e3","type":"seize","time":"2024-01-02T00:00:00Z","relationships":[{"objectId":"x2","qualifier":""},{"objectId":"c2","qualifier":""},{"objectId":"Eva","qualifier":"by"}]},
            {"id":"e4","type":"hand over","time":"2024-01-03T00:00:00Z","relationships":[{"objectId":"x1","qualifier":""},{"objectId":"c1","qualifier":""},{"objectId":"Ana","qualifier":"by"}]},
            {"id":"e5","type":"weigh","time":"2024-01-04T00:00:00Z","relationships":[{"objectId":"x2","qualifier":""},{"objectId":"c2","qualifier":""},{"objectId":"Rui","qualifier":"by"}]}]}
            """);
        return At("log.jsonocel");
    }

    string At(string name) => Path.Combine(_folder, name);

    static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(p => p.Name);

    static async Task<(string Output, string Told)> RunAsync(int expected, params string[] call)
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "probity.dll"), .. call])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        })!;
        var (output, told) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == program.ExitCode, $"exit {program.ExitCode}: {await told}");
        return (await output, await told);
    }
}
