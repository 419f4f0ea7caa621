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
    [InlineData("task b; callActivity a", "", "callActivity 'A'")]
    [InlineData("task b; boundaryEvent a", "", "boundaryEvent 'A'")]
    [InlineData("startEvent s; endEvent e", "s>e", "no task")]
    [InlineData("task a; task a", "", "given twice")]
    [InlineData("task a", "a>nowhere", "'nowhere'")]
    [InlineData("task a; exclusiveGateway x", "a>x", "no outgoing flow")]
    [InlineData("startEvent s; task a; task b", "s>a", "no flow leads to 'B'")]
    [InlineData("startEvent s; task a", "s>a a>s", "incoming flow")]
    [InlineData("endEvent e; task a", "a>e e>a", "outgoing flow")]
    public void What_cannot_be_read_faithfully_is_refused_by_name(string nodes, string flows, string says) =>
        AssertRefused(Bpmn.Write(nodes, flows), says);

    [Theory]
    [InlineData("<bpmn:task id='a' name='A'><bpmn:standardLoopCharacteristics/></bpmn:task>", "'A' is marked as repeated")]
    [InlineData("<bpmn:task id='a' name='A' isForCompensation='true'/>", "compensation")]
    [InlineData("<bpmn:task id='a' name='A' default='f'/>", "default flow")]
    [InlineData("<bpmn:task id='a'/>", "'a' has no name")]
    [InlineData("<bpmn:task name='A'/>", "no id")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:task id='b' name='B'/><bpmn:sequenceFlow id='f' sourceRef='a' targetRef='b'><bpmn:conditionExpression/></bpmn:sequenceFlow>", "condition")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:task id='b' name='B'/><bpmn:sequenceFlow sourceRef='a' targetRef='b'/>", "no id")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:sequenceFlow id='a' sourceRef='a' targetRef='a'/>", "given twice")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:sequenceFlow id='f' targetRef='a'/>", "sourceRef ''")]
    [InlineData("<bpmn:task id='a' name='A'/><bpmn:intermediateThrowEvent id='i'><bpmn:linkEventDefinition/></bpmn:intermediateThrowEvent>", "link")]
    public void Marks_that_change_the_meaning_are_refused(string elements, string says) =>
        AssertRefused(Bpmn.Write("", "", elements), says);

    [Fact]
    public void A_terminating_end_is_refused_beside_parallel_branches_and_read_elsewhere()
    {
        const string End = "<bpmn:endEvent id='e'><bpmn:terminateEventDefinition/></bpmn:endEvent>";
        const string Flow = "<bpmn:sequenceFlow id='last' sourceRef='a' targetRef='e'/>";
        AssertRefused(Bpmn.Write("startEvent s; parallelGateway p; task a; task b", "s>p p>a p>b", End + Flow), "stops all branches");
        var net = Bpmn.Read(Bpmn.Write("startEvent s; task a", "s>a", End + Flow));
        Assert.True(CheckTests.Check(net, "A").Variants[0].Fits);
    }

    [Fact]
    public void Several_processes_with_tasks_are_refused() =>
        AssertRefused(Bpmn.Write("task a", "").Replace("</bpmn:definitions>", "<bpmn:process id='q'><bpmn:task id='z' name='Z'/></bpmn:process></bpmn:definitions>", StringComparison.Ordinal), "2 processes");

    [Fact]
    public void A_join_that_waits_for_ever_is_refused_by_the_check() =>
        Assert.Contains("cannot be reached", Assert.Throws<BadInputException>(() => CheckTests.Check(
            Bpmn.Read(Bpmn.Write("startEvent s; exclusiveGateway x; task a; task b; parallelGateway q; endEvent e", "s>x x>a x>b a>q b>q q>e")), "A")).Message, StringComparison.Ordinal);

    static void AssertRefused(string xml, string says) =>
        Assert.Contains(says, Assert.Throws<BadInputException>(() => Bpmn.Read(xml)).Message, StringComparison.Ordinal);
}
