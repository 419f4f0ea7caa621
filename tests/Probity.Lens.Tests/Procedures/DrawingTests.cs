using System.Text;
using System.Xml.Linq;
using Probity.Lens.Procedures.Drawings;

namespace Probity.Lens.Tests.Procedures;

/// <summary>A drawn procedure as people read it: whose steps, what they need, where they stand, what differs from another.</summary>
public class DrawingTests
{
    const string Sop = "urn:probity:sop:1";

    /// <summary>Start, seize, weigh, then store and photograph side by side, end; with lanes, a subprocess around the last two, and a picture of all.</summary>
    internal static readonly string Whole = Draw(
        """
        <laneSet id="ls"><lane id="l1" name="Field"><flowNodeRef>seize</flowNodeRef></lane><lane id="l2" name="Store" sop:role="Custodian"><flowNodeRef>weigh</flowNodeRef></lane></laneSet>
        <startEvent id="s"/><task id="seize" name="Seize"/><userTask id="weigh" name="Weigh&#10; it" sop:evidence="Photo of the display" sop:dualControl="true" sop:risk="R-7" sop:within="PT72H"/>
        <exclusiveGateway id="x"/><subProcess id="sub"><startEvent id="i"/><parallelGateway id="p"/><task id="store" name="Store" sop:role="Custodian"/><task id="photo" name="Photograph"/><endEvent id="j"/>
        <sequenceFlow id="g1" sourceRef="i" targetRef="p"/><sequenceFlow id="g2" sourceRef="p" targetRef="store"/><sequenceFlow id="g3" sourceRef="p" targetRef="photo"/><sequenceFlow id="g4" sourceRef="store" targetRef="j"/><sequenceFlow id="g5" sourceRef="photo" targetRef="j"/></subProcess>
        <task id="close" name="Close"/><endEvent id="e"/>
        <sequenceFlow id="f1" sourceRef="s" targetRef="seize"/><sequenceFlow id="f2" sourceRef="seize" targetRef="x"/><sequenceFlow id="f3" sourceRef="x" targetRef="weigh"/><sequenceFlow id="f4" sourceRef="weigh" targetRef="sub"/>
        <sequenceFlow id="f5" sourceRef="sub" targetRef="close"/><sequenceFlow id="f6" sourceRef="close" targetRef="e"/>
        """,
        "seize", "weigh", "store", "photo", "close");

    static string Draw(string process, params string[] placed)
    {
        var shapes = string.Concat(placed.Select((id, at) => $"""<d:BPMNShape bpmnElement="{id}"><c:Bounds x="{at * 150}" y="{at}" width="110" height="64"/></d:BPMNShape>"""));
        return $"""
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:sop="{Sop}" xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:c="http://www.omg.org/spec/DD/20100524/DC" xmlns:w="http://www.omg.org/spec/DD/20100524/DI">
            <process id="proc">{process}</process><d:BPMNDiagram><d:BPMNPlane bpmnElement="proc">{shapes}
            <d:BPMNEdge bpmnElement="f1"><w:waypoint x="0" y="10"/><w:waypoint x="40.5" y="10"/></d:BPMNEdge></d:BPMNPlane></d:BPMNDiagram></definitions>
            """;
    }

    static ProcedureDrawing Read(string xml) => ProcedureDrawing.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "sop");

    static DrawnStep Step(ProcedureDrawing drawing, string id) => drawing.Steps.Single(s => s.Id == id);

    [Fact]
    public void Steps_say_whose_they_are_and_what_they_need()
    {
        var drawing = Read(Whole);
        Assert.Equal(["Seize", "Weigh it", "Store", "Photograph", "Close"], drawing.Steps.Select(s => s.Name));
        Assert.Equal(new StepDuties("Field", null, false, null, null), Step(drawing, "seize").Duties);
        Assert.Equal(new StepDuties("Custodian", "Photo of the display", true, "R-7", TimeSpan.FromHours(72)), Step(drawing, "weigh").Duties);
        Assert.Equal("Custodian", Step(drawing, "store").Duties.Role);
    }

    [Fact]
    public void Each_step_knows_what_comes_right_before_it()
    {
        var drawing = Read(Whole);
        Assert.Equal([""], Step(drawing, "seize").After);
        Assert.Equal(["Seize"], Step(drawing, "weigh").After);
        Assert.Equal(["Weigh it"], Step(drawing, "store").After);
        Assert.Equal(["Weigh it"], Step(drawing, "photo").After);
        Assert.Equal(["Photograph", "Store"], Step(drawing, "close").After);
    }

    [Fact]
    public void What_differs_is_named_step_by_step_by_id_and_else_by_name()
    {
        var before = Read(Whole);
        Assert.Empty(DrawingComparison.Of(before, Read(Whole)));
        var after = Read(Whole
            .Replace("sop:dualControl=\"true\" sop:risk=\"R-7\" sop:within=\"PT72H\"", "sop:within=\"P2D\"", StringComparison.Ordinal)
            .Replace("\"photo\"", "\"Activity_1\"", StringComparison.Ordinal)
            .Replace("name=\"Close\"", "name=\"Close the file\" sop:evidence=\"Receipt\" sop:role=\"Commander\"", StringComparison.Ordinal)
            .Replace("<task id=\"seize\" name=\"Seize\"/>", "<task id=\"take\" name=\"Take\"/>", StringComparison.Ordinal).Replace("\"seize\"", "\"take\"", StringComparison.Ordinal)
            .Replace("<flowNodeRef>seize</flowNodeRef>", "", StringComparison.Ordinal));
        var changes = DrawingComparison.Of(before, after);
        Assert.Equal(["Added Take", "Changed Weigh it", "Changed Close the file", "Removed Seize"], changes.Select(c => $"{c.Change} {(c.After ?? c.Before)!.Name}"));
        Assert.Equal([StepPart.Order, StepPart.DualControl, StepPart.Risk, StepPart.Within], changes[1].Parts);
        Assert.Equal([StepPart.Name, StepPart.Role, StepPart.Evidence], changes[2].Parts);
    }

    [Theory]
    [InlineData("sop:within=\"PT72H\"", "sop:within=\"soon\"", "within 'soon'"), InlineData("sop:within=\"PT72H\"", "sop:within=\"P9999D\"", "a minute to a year")]
    [InlineData("sop:dualControl=\"true\"", "sop:dualControl=\"perhaps\"", "neither true nor false")]
    [InlineData("bpmnElement=\"weigh\"", "bpmnElement=\"nothing\"", "no place in the picture"), InlineData("x=\"150\"", "x=\"1e9\"", "no number")]
    [InlineData("width=\"110\"", "width=\"-1\"", "without size"), InlineData("<w:waypoint x=\"40.5\" y=\"10\"/>", "", "line of 1 points")]
    [InlineData("name=\"Store\" sop:role=\"Custodian\"/><task", "name=\"\"/><task", "has no name"), InlineData("<process", "<!DOCTYPE x><process", "not well-formed")]
    public void What_cannot_be_read_is_refused_in_one_line_that_names_it(string good, string bad, string said)
    {
        Assert.Contains(good, Whole, StringComparison.Ordinal);
        var fault = Assert.Throws<BadInputException>(() => Read(Whole.Replace(good, bad, StringComparison.Ordinal)));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("sop: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void The_picture_is_well_formed_holds_nothing_that_runs_and_marks_what_differs_by_more_than_colour()
    {
        var hostile = Whole.Replace("name=\"Seize\"", "name=\"&lt;script&gt;alert(1)&lt;/script&gt; a name that is far too long to stand in any box of the picture whole\"", StringComparison.Ordinal);
        var svg = ProcedurePicture.Svg(Read(hostile), new PictureOptions
        {
            Title = "A & B", Note = s => s.Duties.DualControl ? "two people" : null,
            Changes = new Dictionary<string, StepChange> { ["seize"] = StepChange.Added, ["weigh"] = StepChange.Changed, ["store"] = StepChange.Removed },
        });
        var root = XDocument.Parse(svg).Root!;
        Assert.Equal("A & B", root.Elements().First().Value);
        var names = root.Descendants().Select(e => e.Name.LocalName).ToHashSet();
        Assert.Empty(names.Except(["svg", "title", "defs", "marker", "path", "rect", "text", "circle"]));
        Assert.DoesNotContain(root.DescendantsAndSelf().Attributes(), a => a.Name.LocalName is "style" or "href" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        var words = root.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Empty(((string[])["+", "≠", "−", "two people"]).Except(words));
        Assert.Equal(svg, ProcedurePicture.Svg(Read(hostile), new PictureOptions { Title = "A & B", Note = s => s.Duties.DualControl ? "two people" : null, Changes = new Dictionary<string, StepChange> { ["seize"] = StepChange.Added, ["weigh"] = StepChange.Changed, ["store"] = StepChange.Removed } }));
    }

    [Fact]
    public void Steps_are_renamed_and_all_else_stays()
    {
        var renamed = DrawnNames.Rename(Whole, name => name == "Weigh it" ? "Pesar <2>" : name);
        Assert.Contains("Pesar &lt;2&gt;", renamed, StringComparison.Ordinal);
        Assert.Equal(Whole, DrawnNames.Rename(renamed, name => name == "Pesar <2>" ? "Weigh it" : name)
            .Replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "", StringComparison.Ordinal).Replace("name=\"Weigh it\"", "name=\"Weigh&#10; it\"", StringComparison.Ordinal)
            .Replace(" />", "/>", StringComparison.Ordinal));
        Assert.Throws<BadInputException>(() => DrawnNames.Rename("<a>", name => name));
    }
}
