using Probity.Lens.Tests.Conformance;

namespace Probity.Lens.Tests.Procedures;

/// <summary>Each case names a process, the traces that follow it, and traces that do not.</summary>
public class BpmnTests
{
    [Theory]
    // A sequence, with an intermediate event on the way.
    [InlineData("startEvent s; task a; intermediateCatchEvent i; userTask b; endEvent e", "s>a a>i i>b b>e", "A B", "A|B A|")]
    // A choice and a merge at gateways.
    [InlineData("startEvent s; exclusiveGateway x; task a; task b; exclusiveGateway y; task c; endEvent e", "s>x x>a x>b a>y b>y y>c c>e", "A C|B C", "A B C|C")]
    // A loop back by an exclusive gateway.
    [InlineData("startEvent s; task a; exclusiveGateway x; task b; endEvent e", "s>a a>x x>b b>a x>e", "A|A B A|A B A B A", "A B|A A")]
    // Both branches in any order, then on.
    [InlineData("startEvent s; parallelGateway p; task a; task b; parallelGateway q; task c; endEvent e", "s>p p>a p>b a>q b>q q>c c>e", "A B C|B A C", "A C|A C B")]
    // Implicit: a task with two flows out starts both; two flows into a task run it once for each.
    [InlineData("startEvent s; task a; task b; task c; task d; endEvent e", "s>a a>b a>c b>d c>d d>e", "A B C D D|A B D C D|A C D B D", "A B C D|A B D D C")]
    // Branches that end each by themselves.
    [InlineData("startEvent s; task a; task b; task c; endEvent e; endEvent g", "s>a a>b a>c b>e c>g", "A B C|A C B", "A B|A C")]
    // Several start events are alternatives.
    [InlineData("startEvent s; startEvent r; task a; task b; endEvent e", "s>a r>b a>b b>e", "A B|B", "A|A A B")]
    // No events at all: what nothing leads to begins, what nothing leaves ends.
    [InlineData("task a; task b; task c", "a>c b>c", "A C B C|A B C C", "A C|B C")]
    // An event decides; terminating is an end like any other where nothing runs beside it.
    [InlineData("startEvent s; eventBasedGateway x; intermediateCatchEvent i; intermediateCatchEvent j; task a; task b; endEvent e", "s>x x>i x>j i>a j>b a>e b>e", "A|B", "A B|")]
    public void Traces(string nodes, string flows, string follow, string depart)
    {
        var net = Bpmn.Read(Bpmn.Write(nodes, flows));
        foreach (var trace in follow.Split('|')) Assert.True(CheckTests.Check(net, trace).Variants[0].Fits, trace);
        foreach (var trace in depart.Split('|')) Assert.False(CheckTests.Check(net, trace).Variants[0].Fits, trace);
        Assert.Equal("bpmn", net.Kind);
    }

    [Fact]
    public void Lanes_notes_data_drawings_and_a_pool_without_tasks_bear_on_nothing()
    {
        var plain = Bpmn.Write("startEvent s; task a; endEvent e", "s>a a>e");
        var rich = Bpmn.Write("startEvent s; task a; endEvent e", "s>a a>e", """
            <bpmn:laneSet id="l"><bpmn:lane id="l1"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
            <bpmn:textAnnotation id="t"><bpmn:text>why</bpmn:text></bpmn:textAnnotation><bpmn:dataObject id="d"/>
            <bpmn:association id="x" sourceRef="a" targetRef="t"/>
            """).Replace("</bpmn:definitions>", """
            <bpmn:process id="outside"/><bpmndi:BPMNDiagram xmlns:bpmndi="urn:di"><bpmndi:BPMNPlane id="s"/></bpmndi:BPMNDiagram></bpmn:definitions>
            """, StringComparison.Ordinal);
        var (one, other) = (Bpmn.Read(plain), Bpmn.Read(rich));
        Assert.Equal(one.Places, other.Places);
        Assert.Equal(one.Labels, other.Labels);
    }

    [Fact]
    public void A_name_broken_into_lines_is_one_name()
    {
        var net = Bpmn.Read(Bpmn.Write("task a", "").Replace("name=\"A\"", "name=\" weigh&#10;the   exhibit \"", StringComparison.Ordinal));
        Assert.Contains("weigh the exhibit", net.Labels);
    }

    [Theory]
    [InlineData("subProcess a", "", "subProcess 'A'")]
    [InlineData("task b; inclusiveGateway a", "", "inclusiveGateway 'A'")]
    [InlineData("task b; adHocSubProcess a", "", "adHocSubProcess 'A'")]
    [InlineData("task b; complexGateway a", "", "complexGateway 'A'")]
    [InlineData("startEvent s; task a; task b; exclusiveGateway x; inclusiveGateway j; endEvent e", "s>x x>a x>b a>j b>j j>e", "inclusiveGateway 'J' joins")]
    [InlineData("startEvent s; task a; task b; inclusiveGateway i; exclusiveGateway y; endEvent e", "s>i i>a i>b a>y b>y y>e", "inclusiveGateway 'I' opens")]
    [InlineData("startEvent s; task a; task b; inclusiveGateway i; inclusiveGateway j; endEvent e; endEvent g", "s>i i>a i>b a>g b>j i>j j>e", "inclusiveGateway 'J' joins")]
    [InlineData("startEvent s; task a; task b; inclusiveGateway i; inclusiveGateway j; endEvent e", "s>i i>a i>b a>j b>j a>b j>e", "inclusiveGateway 'J' joins")]
    [InlineData("startEvent s; eventBasedGateway x; task a; endEvent e", "s>x x>a a>e", "eventBasedGateway 'X' leads to task 'A'")]
    [InlineData("task a; task b", "a>b b>a", "nothing begins the process")]
    [InlineData("task b; boundaryEvent a", "", "boundaryEvent 'A'")]
    [InlineData("startEvent s; endEvent e", "s>e", "no task")]
    [InlineData("task a; task a", "", "given twice")]
    [InlineData("task a", "a>nowhere", "'nowhere'")]
    [InlineData("task a; exclusiveGateway x", "a>x", "no outgoing flow")]
    [InlineData("startEvent s; task a; task b", "s>a", "no flow leads to task 'B'")]
    [InlineData("startEvent s; task a", "s>a a>s", "incoming flow")]
    [InlineData("endEvent e; task a", "a>e e>a", "outgoing flow")]
    public void What_cannot_be_read_faithfully_is_refused_by_name(string nodes, string flows, string says) =>
        AssertRefused(Bpmn.Write(nodes, flows), says);

    [Theory]
    [InlineData("<bpmn:task id='a' name='A'><bpmn:standardLoopCharacteristics loopMaximum='0'/></bpmn:task>", "loopMaximum '0'")]
    [InlineData("<bpmn:task id='a' name='A'><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>1000</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:task>", "loopCardinality '1000'")]
    [InlineData("<bpmn:subProcess id='a' name='A' triggeredByEvent='true'/>", "subProcess 'A' is started by an event")]
    [InlineData("<bpmn:subProcess id='a' name='A'/>", "subProcess 'A' has no task in the file")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:boundaryEvent id='k' attachedToRef='z'/>", "attachedToRef 'z'")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:boundaryEvent id='k' attachedToRef='a'/>", "boundaryEvent 'k' has no outgoing flow")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:boundaryEvent id='k' attachedToRef='a'><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>", "compensation")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:endEvent id='e'><bpmn:errorEventDefinition errorRef='none'/></bpmn:endEvent>", "errorRef 'none'")]
    [InlineData("<bpmn:task id='a' name='A'><bpmn:outgoing>f</bpmn:outgoing></bpmn:task>", "'f' as outgoing")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:subProcess id='u'><bpmn:task id='a' name='B'/></bpmn:subProcess>", "'a' is given twice")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:subProcess id='u'><bpmn:task id='b' name='B'/></bpmn:subProcess><bpmn:sequenceFlow id='f' sourceRef='a' targetRef='b'/>", "targetRef 'b'")]
    [InlineData("<bpmn:startEvent id='s'/><bpmn:task id='a' name='A'/><bpmn:sequenceFlow id='f' sourceRef='s' targetRef='a'><bpmn:conditionExpression/></bpmn:sequenceFlow>", "'f' carries a condition")]
    [InlineData("<bpmn:task id='a' name='A' isForCompensation='true'/>", "compensation")]
    [InlineData("<bpmn:task id='a' name='A' default='f'/>", "default flow")]
    [InlineData("<bpmn:task id='a'/>", "'a' has no name")]
    [InlineData("<bpmn:task name='A'/>", "no id")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:task id='b' name='B'/><bpmn:sequenceFlow sourceRef='a' targetRef='b'/>", "no id")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:sequenceFlow id='a' sourceRef='a' targetRef='a'/>", "given twice")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:sequenceFlow id='f' targetRef='a'/>", "sourceRef ''")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:intermediateThrowEvent id='i'><bpmn:linkEventDefinition/></bpmn:intermediateThrowEvent>", "link")]
    public void Marks_that_change_the_meaning_are_refused(string elements, string says) =>
        AssertRefused(Bpmn.Write("", "", elements), says);

    [Theory]
    [InlineData(11, true)]
    [InlineData(12, false)]
    public void What_must_be_stopped_as_a_whole_may_have_some_thousand_states(int branches, bool read)
    {
        var inside = string.Concat(Enumerable.Range(0, branches).Select(i => $"(task a{i})"));
        var xml = Bpmn.Draw($"<subProcess id='u'>{inside}</subProcess><boundaryEvent id='k' attachedToRef='u'/>(task c)[k>c]");
        if (read) Assert.True(CheckTests.Check(Bpmn.Read(xml), "A1 A0 C").Variants[0].Fits);
        else AssertRefused(xml, "subProcess 'u' has branches side by side that together have more than 3,000 states");
    }

    [Fact]
    public void Copies_in_copies_have_a_limit()
    {
        var inside = "(task a)";
        for (var i = 0; i < 5; i++) inside = $"<subProcess id='u{i}'><standardLoopCharacteristics loopMaximum='50'/>{inside}</subProcess>";
        AssertRefused(Bpmn.Draw(inside), "more than 20,000 places and transitions");
    }

    [Fact]
    public void A_thousand_branches_that_end_by_themselves_are_refused_in_time()
    {
        var inside = string.Concat(Enumerable.Range(0, 1000).Select(i => $"(task a{i})"));
        AssertRefused(Bpmn.Draw($"<subProcess id='u'>{inside}</subProcess>"), "draw fewer side by side");
    }

    [Fact]
    public void Notes_say_how_a_drawing_was_read()
    {
        var net = Bpmn.Read(Bpmn.Draw(
            "<laneSet><lane id='l'/><lane id='m'/></laneSet>(callActivity a)<task id='b' name='B'><multiInstanceLoopCharacteristics/></task><textAnnotation id='t'/>",
            "<collaboration id='c'><participant id='x' processRef='q'/><messageFlow id='y'/></collaboration><process id='q' name='Court'><startEvent id='z'/></process>"));
        Assert.Equal(
            [
                "Left out, as it bears on no order: 2 lanes, 1 message flow, 1 annotation.",
                "Left out, as it has no task: process 'Court'.",
                "callActivity 'A' is one step: what it calls is not looked into.",
                "task 'B' has several instances at once, and the file does not say how many: read as once or more, one after the other.",
            ],
            net.Notes);
        Assert.Equal(
            [
                "2 intermediate events are not looked for in the log.",
                "boundaryEvent 'k' is taken to come at most once each time that task 'A' runs.",
                "boundaryEvent 'l': where it interrupts task 'A', the log is taken not to show that task.",
            ],
            Bpmn.Read(Bpmn.Draw(
                "(intermediateCatchEvent i)(intermediateThrowEvent j)(task a)<boundaryEvent id='k' attachedToRef='a' cancelActivity='false'/><boundaryEvent id='l' attachedToRef='a'/>(task b)(task c)[i>a a>j k>b l>c]")).Notes);
        Assert.Empty(Bpmn.Read(Bpmn.Write("task a", "")).Notes);
    }

    [Fact]
    public void Several_processes_with_tasks_are_refused_by_name() =>
        AssertRefused(Bpmn.Draw("(task a)", "<collaboration><participant name='Court' processRef='q'/></collaboration><process id='q'><task id='z' name='Z'/></process>"), "2 processes of the BPMN file have tasks ('p', 'Court')");

    [Fact]
    public void A_join_that_waits_for_ever_is_refused_by_the_check() =>
        Assert.Contains("cannot be reached", Assert.Throws<BadInputException>(() => CheckTests.Check(
            Bpmn.Read(Bpmn.Write("startEvent s; exclusiveGateway x; task a; task b; parallelGateway q; endEvent e", "s>x x>a x>b a>q b>q q>e")), "A")).Message, StringComparison.Ordinal);

    static void AssertRefused(string xml, string says) =>
        Assert.Contains(says, Assert.Throws<BadInputException>(() => Bpmn.Read(xml)).Message, StringComparison.Ordinal);
}
