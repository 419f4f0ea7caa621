namespace Probity.Lens.Tests.Procedures;

/// <summary>For each construct all traces up to a length, written by hand: no trace is missing and none is too much.</summary>
public class BpmnLanguageTests
{
    [Theory]
    // Inclusive: any branches but none.
    [InlineData("(startEvent s)(inclusiveGateway i)(task a)(task b)(inclusiveGateway j)(task c)(endEvent e)[s>i i>a i>b a>j b>j j>c c>e]",
        4, "A C|B C|A B C|B A C")]
    // With a default flow, which comes alone.
    [InlineData("(startEvent s)(inclusiveGateway i default='f3')(task a)(task b)(task d)(inclusiveGateway j)(endEvent e)[s>i i?a i?b i>d a>j b>j d>j j>e]",
        4, "A|B|D|A B|B A")]
    // A branch may lead straight to the join.
    [InlineData("(startEvent s)(inclusiveGateway i)(task a)(inclusiveGateway j)(task c)(endEvent e)[s>i i>a i>j a>j j>c c>e]",
        4, "C|A C")]
    // Blocks in each other, the inner in a loop; the outer join is the next split too.
    [InlineData("(startEvent s)(inclusiveGateway i)(task a)(inclusiveGateway k)(task b)(inclusiveGateway l)(inclusiveGateway j)(endEvent e)[s>i i>a i>k k>b k>l b>l l>j a>j j>e]",
        4, "|A|B|A B|B A")]
    [InlineData("(startEvent s)(inclusiveGateway i)(task a)(task b)(inclusiveGateway j)(task c)(task d)(inclusiveGateway k)(endEvent e)[s>i i>a i>b a>j b>j j>c j>d c>k d>k k>e]",
        3, "A C|A D|B C|B D|A C D|A D C|B C D|B D C|A B C|A B D|B A C|B A D")]
    [InlineData("(startEvent s)(exclusiveGateway x)(inclusiveGateway i)(task a)(task b)(inclusiveGateway j)(exclusiveGateway y)(endEvent e)[s>x x>i i>a i>b a>j b>j j>y y>x y>e]",
        2, "A|B|A B|B A|A A|B B")]
    // Conditional flows of a task: any of them; with a default if none holds; beside one without condition, which always is taken.
    [InlineData("(startEvent s)(task a)(task b)(task c)(endEvent e)[s>a a?b a?c b>e c>e]", 4, "A B|A C|A B C|A C B")]
    [InlineData("(startEvent s)(task a default='f3')(task b)(task c)(task d)(endEvent e)[s>a a?b a?c a>d b>e c>e d>e]", 4, "A B|A C|A D|A B C|A C B")]
    [InlineData("(startEvent s)(task a)(task b)(task c)(endEvent e)[s>a a>b a?c b>e c>e]", 4, "A B|A B C|A C B")]
    [InlineData("(startEvent s)(task a)(task b)(task c)(inclusiveGateway j)(task d)(endEvent e)[s>a a?b a?c b>j c>j j>d d>e]", 4, "A B D|A C D|A B C D|A C B D")]
    [InlineData("(startEvent s)(task a)(task b)(endEvent e)[s>a a?b b>e]", 4, "A B")]
    // An exclusive gateway with a default flow chooses as any other.
    [InlineData("(startEvent s)(exclusiveGateway x default='f2')(task a)(task b)(endEvent e)[s>x x?a x>b a>e b>e]", 4, "A|B")]
    public void Gateways_and_conditions(string model, int length, string traces) => AssertLanguage(model, length, traces);

    [Theory]
    // Its own start and end.
    [InlineData("(startEvent s)<subProcess id='u'>(startEvent v)(task a)(task b)(endEvent w)[v>a a>b b>w]</subProcess>(task c)(endEvent e)[s>u u>c c>e]", 4, "A B C")]
    // Complete only when all of its branches have ended.
    [InlineData("(startEvent s)<subProcess id='u'>(startEvent v)(parallelGateway p)(task a)(task b)(endEvent w)(endEvent x)[v>p p>a p>b a>w b>x]</subProcess>(task c)(endEvent e)[s>u u>c c>e]",
        4, "A B C|B A C")]
    // Several starts are alternatives; several ends too, where one is reached; without start events everything begins at once.
    [InlineData("(startEvent s)<subProcess id='u'>(startEvent v)(startEvent w)(task a)(task b)(endEvent x)(endEvent y)[v>a w>b a>x b>y]</subProcess>(task c)(endEvent e)[s>u u>c c>e]", 4, "A C|B C")]
    [InlineData("(startEvent s)<subProcess id='u'>(task a)(task b)</subProcess>(task c)(endEvent e)[s>u u>c c>e]", 4, "A B C|B A C")]
    // In each other.
    [InlineData("(startEvent s)<subProcess id='u'><subProcess id='v'>(task a)(task b)</subProcess>(task c)[v>c]</subProcess>(task d)(endEvent e)[s>u u>d d>e]", 5, "A B C D|B A C D")]
    // Terminating ends the subprocess alone.
    [InlineData("(startEvent s)<subProcess id='u'>(task a)(task b)<endEvent id='t'><terminateEventDefinition/></endEvent>[b>t]</subProcess>(task c)(endEvent e)[s>u u>c c>e]", 4, "A B C|B A C|B C")]
    // Two flows out of it start both; conditional ones any.
    [InlineData("(startEvent s)<subProcess id='u'>(task a)</subProcess>(task b)(task c)(endEvent e)[s>u u>b u>c b>e c>e]", 4, "A B C|A C B")]
    [InlineData("(startEvent s)<subProcess id='u'>(task a)</subProcess>(task b)(task c)(endEvent e)[s>u u?b u?c b>e c>e]", 4, "A B|A C|A B C|A C B")]
    // A transaction that is cancelled.
    [InlineData("<transaction id='u'>(task a)(exclusiveGateway x)(task b)<endEvent id='t'><cancelEventDefinition/></endEvent>[a>x x>b x>t]</transaction><boundaryEvent id='k' attachedToRef='u'><cancelEventDefinition/></boundaryEvent>(task c)[k>c]",
        4, "A B|A C")]
    [InlineData("(callActivity a)(sendTask b)(receiveTask c)(scriptTask d)(businessRuleTask g)(serviceTask h)(manualTask i)[a>b b>c c>d d>g g>h h>i]", 8, "A B C D G H I")]
    public void Subprocesses(string model, int length, string traces) => AssertLanguage(model, length, traces);

    [Theory]
    [InlineData("<standardLoopCharacteristics/>", "A B|A A B|A A A B")]
    [InlineData("<standardLoopCharacteristics testBefore='true'/>", "B|A B|A A B|A A A B")]
    [InlineData("<standardLoopCharacteristics loopMaximum='2'/>", "A B|A A B")]
    [InlineData("<standardLoopCharacteristics testBefore='true' loopMaximum='1'/>", "B|A B")]
    [InlineData("<multiInstanceLoopCharacteristics/>", "A B|A A B|A A A B")]
    [InlineData("<multiInstanceLoopCharacteristics isSequential='true'/>", "A B|A A B|A A A B")]
    [InlineData("<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>", "A A B")]
    [InlineData("<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality><completionCondition/></multiInstanceLoopCharacteristics>", "A B|A A B")]
    public void Loops(string mark, string traces)
    {
        AssertLanguage($"<task id='a' name='A'>{mark}</task>(task b)[a>b]", 4, traces);
        AssertLanguage($"<subProcess id='u'>{mark}(startEvent s)(task a)(endEvent e)[s>a a>e]</subProcess>(task b)[u>b]", 4, traces);
    }

    [Theory]
    [InlineData("<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>", "A B A B|A A B B")]
    [InlineData("<multiInstanceLoopCharacteristics isSequential='true'><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>", "A B A B")]
    [InlineData("<multiInstanceLoopCharacteristics/>", "A B|A B A B")]
    public void Instances_of_a_subprocess(string mark, string traces) =>
        AssertLanguage($"<subProcess id='u'>{mark}(startEvent s)(task a)(task b)(endEvent e)[s>a a>b b>e]</subProcess>", 4, traces);

    [Theory]
    // On a task: what is interrupted is not done.
    [InlineData("(startEvent s)(task a)<boundaryEvent id='k' attachedToRef='a'><timerEventDefinition/></boundaryEvent>(task b)(task c)(endEvent e)[s>a a>b k>c b>e c>e]", 4, "A B|C")]
    [InlineData("(startEvent s)(task a)<boundaryEvent id='k' attachedToRef='a'><errorEventDefinition/></boundaryEvent>(task b)(task c)(endEvent e)[s>a a>b k>c b>e c>e]", 4, "A B|C")]
    // Beside it: at most once, begun before the task is done.
    [InlineData("(startEvent s)(task a)<boundaryEvent id='k' attachedToRef='a' cancelActivity='false'><messageEventDefinition/></boundaryEvent>(task b)(task c)(endEvent e)[s>a a>b k>c b>e c>e]",
        4, "A B|C A B|A C B|A B C")]
    // Two on one task, and a loop: the loop as a whole is interrupted.
    [InlineData("<task id='a' name='A'><standardLoopCharacteristics/></task><boundaryEvent id='k' attachedToRef='a'><signalEventDefinition/></boundaryEvent><boundaryEvent id='l' attachedToRef='a'/>(task b)(task c)(task d)[a>b k>c l>d]",
        2, "C|D|A B|A C|A D")]
    // On a subprocess with branches: it may come in any state, and takes all of them away.
    [InlineData("(startEvent s)<subProcess id='u'>(task a)(task b)</subProcess><boundaryEvent id='k' attachedToRef='u'><timerEventDefinition/></boundaryEvent>(task c)(task d)(endEvent e)[s>u u>c k>d c>e d>e]",
        4, "D|A D|B D|A B C|B A C")]
    [InlineData("(startEvent s)<subProcess id='u'>(startEvent v)(task a)(task b)(endEvent w)[v>a a>b b>w]</subProcess><boundaryEvent id='k' attachedToRef='u' cancelActivity='false'><escalationEventDefinition/></boundaryEvent>(task c)(task d)(endEvent e)[s>u u>c k>d c>e d>e]",
        4, "A B C|D A B C|A D B C|A B D C|A B C D")]
    // An error that is drawn comes where it is drawn, and not else.
    [InlineData("<subProcess id='u'>(task a)(task b)(exclusiveGateway x)(task c)<endEvent id='t'><errorEventDefinition/></endEvent>[a>x x>c x>t]</subProcess><boundaryEvent id='k' attachedToRef='u'><errorEventDefinition/></boundaryEvent>(task d)[k>d]",
        3, "A D|A B D|B A D|A B C|B A C|A C B")]
    // A caught error by its code, through a subprocess that does not catch it.
    [InlineData("<subProcess id='o'><subProcess id='u'>(task a)<endEvent id='t'><errorEventDefinition errorRef='bad'/></endEvent>[a>t]</subProcess><boundaryEvent id='k' attachedToRef='u'><errorEventDefinition errorRef='worse'/></boundaryEvent>(task b)[k>b]</subProcess><boundaryEvent id='l' attachedToRef='o'><errorEventDefinition errorRef='bad'/></boundaryEvent>(task c)[l>c]",
        4, "A C|B|A B", "<error id='bad' errorCode='1'/><error id='worse' errorCode='2'/>")]
    // An escalation drawn inside, beside and interrupting.
    [InlineData("<subProcess id='u'>(task a)<intermediateThrowEvent id='t'><escalationEventDefinition/></intermediateThrowEvent>(task b)[a>t t>b]</subProcess><boundaryEvent id='k' attachedToRef='u' cancelActivity='false'><escalationEventDefinition/></boundaryEvent>(task c)(task d)[u>c k>d]",
        4, "A B C D|A B D C|A D B C")]
    [InlineData("<subProcess id='u'>(task a)<intermediateThrowEvent id='t'><escalationEventDefinition/></intermediateThrowEvent>(task b)[a>t t>b]</subProcess><boundaryEvent id='k' attachedToRef='u'><escalationEventDefinition/></boundaryEvent>(task c)(task d)[u>c k>d]",
        4, "A D")]
    // An escalation that nobody catches changes nothing; an error that nobody catches ends all.
    [InlineData("<subProcess id='u'>(task a)<endEvent id='t'><escalationEventDefinition/></endEvent>[a>t]</subProcess>(task b)[u>b]", 4, "A B")]
    [InlineData("<subProcess id='u'>(task a)<endEvent id='t'><errorEventDefinition/></endEvent>[a>t]</subProcess>(task b)(task c)[u>b]", 4, "A|C A|A C")]
    public void Boundary_events(string model, int length, string traces, string beside = "") => AssertLanguage(model, length, traces, beside);

    [Theory]
    [InlineData("(startEvent s)(parallelGateway p)(task a)(task b)(endEvent e)<endEvent id='t'><terminateEventDefinition/></endEvent>[s>p p>a p>b a>e b>t]", 4, "B|A B|B A")]
    [InlineData("(startEvent s)(parallelGateway p)(task a)(task b)(endEvent e)<endEvent id='t'><errorEventDefinition/></endEvent>[s>p p>a p>b a>e b>t]", 4, "B|A B|B A")]
    [InlineData("(startEvent s)(startEvent r)(task a)(task b)(endEvent e)[s>a r>b a>e b>e]", 4, "A|B")]
    [InlineData("(startEvent s)(eventBasedGateway x)(intermediateCatchEvent i)(receiveTask c)(task a)(endEvent e)[s>x x>i x>c i>a a>e c>e]", 4, "A|C")]
    [InlineData("(startEvent s)(intermediateThrowEvent i)(task a)(intermediateCatchEvent j)(endEvent e)[s>i i>a a>j j>e]", 4, "A")]
    // An event gateway that begins, beside a start event.
    [InlineData("(startEvent s)(eventBasedGateway x instantiate='true')(intermediateCatchEvent i)(task a)(task b)(endEvent e)[s>a x>i i>b a>e b>e]", 4, "A|B")]
    // Links are flows.
    [InlineData("(startEvent s)(task a)<intermediateThrowEvent id='i' name='on'><linkEventDefinition/></intermediateThrowEvent><intermediateCatchEvent id='j' name='on'><linkEventDefinition/></intermediateCatchEvent>(task b)(endEvent e)[s>a a>i j>b b>e]", 4, "A B")]
    public void Events(string model, int length, string traces) => AssertLanguage(model, length, traces);

    static void AssertLanguage(string model, int length, string traces, string beside = "") =>
        Assert.Equal(traces.Split('|').Order(StringComparer.Ordinal), Language.Of(Bpmn.Read(Bpmn.Draw(model, beside)), length));
}
