using System.Text.Json;
using Probity.Cli.Verbs;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Rules;

namespace Probity.Tests.Verbs;

/// <summary>The shape of <c>check --json</c> and its text, which others read.</summary>
public class CheckJsonTests
{
    const string Procedure = """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
        <startEvent id="s"/><task id="a" name="seize"/><task id="b" name="weigh"/><endEvent id="e"/>
        <sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="b"/><sequenceFlow id="3" sourceRef="b" targetRef="e"/>
        </process></definitions>
        """;

    static readonly PetriNet Net = ProcedureReader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Procedure)), "procedure");

    static readonly EventLog Log = EventLog.FromTraces([("1", ["seize", "weigh"]), ("2", ["seize", "sell"]), ("3", ["seize", "weigh"])]);

    [Fact]
    public void Json_has_the_promised_shape()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            new CheckJson(Log, (Net, ConformanceCheck.Run(Log, Net)), null, TimeSpan.FromSeconds(1.5)).Write(writer);
        using var json = JsonDocument.Parse(stream.ToArray());
        var root = json.RootElement;
        Assert.Equal(["log", "procedure", "alignments", "replay", "deviations", "seconds", "peakMegabytes"], Names(root));
        Assert.Equal("""{"traces":3,"events":6,"variants":2,"activities":3}""", root.GetProperty("log").GetRawText());
        Assert.Equal("""{"kind":"bpmn","places":5,"transitions":4,"notes":[]}""", root.GetProperty("procedure").GetRawText());
        var alignments = root.GetProperty("alignments");
        Assert.Equal(["percentFit", "meanFitness", "logFitness", "moves", "cost", "unfinished", "variants"], Names(alignments));
        // Two silent steps, start and end, in each of three cases; the second case has a move on either side.
        Assert.Equal((2, 20_006), (alignments.GetProperty("moves").GetInt32(), alignments.GetProperty("cost").GetInt32()));
        Assert.Equal(
            """[{"count":2,"cost":2,"fitness":1,"trace":["seize","weigh"]},{"count":1,"cost":20002,"fitness":0.5,"trace":["seize","sell"]}]""",
            alignments.GetProperty("variants").GetRawText());
        var deviations = root.GetProperty("deviations").EnumerateArray().Select(d => d.GetRawText()).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, deviations.Count);
        Assert.Contains("""{"case":"2","position":1,"kind":"unknown","activity":"sell"}""", deviations);
        Assert.Equal(["percentFit", "logFitness", "unfinished", "exact"], Names(root.GetProperty("replay")));
        // Of 5 tokens in the first and third case none lacks; in the second 'sell' lacks one and leaves one, 'weigh' keeps one, and the end lacks one.
        Assert.Equal(["percentFit", "logFitness", "unfinished"], Names(root.GetProperty("replay").GetProperty("exact")));
        Assert.Equal(200.0 / 3, root.GetProperty("replay").GetProperty("exact").GetProperty("percentFit").GetDouble(), 1e-9);
        Assert.Equal(["read", "replay", "alignments", "exactReplay"], Names(root.GetProperty("seconds")));
    }

    [Fact]
    public void Text_says_who_follows_and_what_happened()
    {
        var text = new StringWriter();
        new CheckText(Log, (Net, ConformanceCheck.Run(Log, Net))).Print(text, "a.csv", "b.bpmn");
        Assert.Contains("2 of 3 cases follow the procedure (66.667 %).", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("'sell' was done, which the procedure does not know", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("By token replay along all silent paths: 66.667 % fit", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("'weigh' was skipped", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_gives_no_figure_of_what_was_not_judged()
    {
        var text = new StringWriter();
        new CheckText(Log, (Net, ConformanceCheck.Run(Log, Net, new ConformanceOptions { MaxTime = TimeSpan.Zero }))).Print(text, "a.csv", "b.bpmn");
        Assert.Contains("0 of 3 cases were judged.", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("By token replay along all silent paths: not decided.", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("%", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("itness", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_told_with_and_without_a_procedure()
    {
        var file = RuleFile.Parse(System.Text.Encoding.UTF8.GetBytes(
            "rules:\n- {id: r, kind: responded-existence, activation: seize, target: weigh, why: w}\n- {id: s, kind: rate, activation: weigh, target: sell}\n"), "rules");
        var found = RuleCheck.Run(Log, file);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            new CheckJson(Log, null, (new RulesJson(found, new RuleSentences(found, "en"), 20), TimeSpan.Zero), TimeSpan.Zero).Write(writer);
        using var json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(["log", "rules", "seconds", "peakMegabytes"], Names(json.RootElement));
        Assert.Equal(["read", "rules"], Names(json.RootElement.GetProperty("seconds")));
        var rules = json.RootElement.GetProperty("rules");
        Assert.Equal(
            """{"id":"r","kind":"responded-existence","why":"w","cases":1,"events":1,"people":0,"violations":1,"activations":3,"pending":0,"unknown":0,"vacuous":0,"neverSeen":[],"examples":[{"case":"2","events":[0],"people":[],"sentence":"In case 2 there is \u201Cseize\u201D (1970-01-01), but no \u201Cweigh\u201D."}]}""",
            rules[0].GetRawText());
        Assert.Contains("rates", Names(rules[1]));
        var text = new StringWriter();
        new RulesText(found, new RuleSentences(found, "en")).Print(text);
        Assert.Contains("1 rule of 2 is violated.", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("r: violated in 1 case; 3 activations", text.ToString(), StringComparison.Ordinal);
    }

    static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
