using System.Security;
using System.Text;
using Probity.Lens.Procedures;
using Probity.Lens.Rules;
using Probity.Lens.Tests.Procedures;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

public class DrawnRuleTests
{
    const string Flows = "[s>a a>b b>c c>e]";

    /// <summary>The tasks A, B, C one after the other, with an annotation "n"; a tie is "a-n", or "a>n" with an arrowhead.</summary>
    static PetriNet Draw(string text, string ties, string more = "") => Read($"(startEvent s)(task a)(task b)(task c)(endEvent e){Flows}{Note("n", text, ties)}{more}");

    static PetriNet Read(string inside) => ProcedureReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Bpmn.Draw(inside))), "model");

    static string Note(string id, string text, string ties) =>
        $"<textAnnotation id=\"{id}\"><text>{SecurityElement.Escape(text)!.Replace("[", "&#91;", StringComparison.Ordinal)}</text></textAnnotation>" + string.Concat(ties.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((tie, i) => $"<association id=\"{id}{i}\" sourceRef=\"{tie[..tie.IndexOfAny(['-', '>'])]}\" targetRef=\"{tie[(tie.IndexOfAny(['-', '>']) + 1)..]}\"{(tie.Contains('>', StringComparison.Ordinal) ? " associationDirection=\"One\"" : "")}/>"));

    static Rule One(string text, string ties) => Assert.Single(RuleFile.Drawn(Draw(text, ties), "sop.bpmn")!.Rules);

    static string Refused(string text, string ties, string more = "")
    {
        var message = Assert.Throws<BadInputException>(() => RuleFile.Drawn(Draw(text, ties, more), "sop.bpmn")).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    [Theory]
    // The flow says which comes first, whichever end or order the lines were drawn in.
    [InlineData("four-eyes", "a-n b-n", "A", "B")]
    [InlineData("four-eyes", "b-n n-a", "A", "B")]
    [InlineData("response", "n-c a-n", "A", "C")]
    // What looks back is called into play by the later task.
    [InlineData("precedence", "a-n b-n", "B", "A")]
    // Arrowheads go before the flow: from the activation, to the target.
    [InlineData("response", "b>n n>a", "B", "A")]
    [InlineData("precedence", "a>n n>b", "A", "B")]
    [InlineData("four-eyes", "a>n b>n n>c", "A B", "C")]
    // A kind without a target is about all that it is tied to.
    [InlineData("absence", "a-n", "A", "")]
    [InlineData("absence", "a-n b-n c-n", "A B C", "")]
    public void Ties_name_what_the_text_does_not(string kind, string ties, string activation, string target)
    {
        var rule = One($"rule: {{kind: {kind}, id: r}}", ties);
        Assert.Equal((activation, target), (string.Join(' ', rule.Activation), string.Join(' ', rule.Target)));
    }

    [Fact]
    public void The_text_goes_before_its_ties()
    {
        var rule = One("rule:\n  kind: four-eyes\n  sentence: Not the same hand.\n  activation: X\n  target: [Y, Z]", "a-n e-n");
        Assert.Equal(("n", "X", "Y Z", "Not the same hand."), (rule.Id, rule.Activation[0], string.Join(' ', rule.Target), rule.Sentence));
    }

    [Fact]
    public void Lines_below_need_not_be_indented()
    {
        var rule = One("rule:\nkind: four-eyes\nsentence: Not the same hand.", "a-n b-n");
        Assert.Equal(("n", "A", "B", "Not the same hand."), (rule.Id, rule.Activation[0], string.Join(' ', rule.Target), rule.Sentence));
    }

    [Fact]
    public void A_lane_stands_for_its_tasks()
    {
        var net = Draw("rule: {kind: role-required, id: r, attribute: role, values: [custodian]}", "l-n",
            "<laneSet id=\"ls\"><lane id=\"l\" name=\"Store\"><flowNodeRef>s</flowNodeRef><flowNodeRef>b</flowNodeRef><flowNodeRef>c</flowNodeRef></lane></laneSet>");
        var file = RuleFile.Drawn(net, "sop")!;
        Assert.Equal(["B", "C"], file.Rules[0].Activation);
        Assert.Equal(["role"], file.EventAttributes);
    }

    [Fact]
    public void Drawn_rules_judge_beside_those_of_a_file_and_keep_their_attributes_apart()
    {
        var beside = File("rules:\n- {id: one, kind: value, activation: A, condition: weight > 1}\n");
        var both = RuleFile.Drawn(Draw("rule: {kind: four-eyes, id: two}", "a-n b-n", Note("m", "rule: {kind: value, condition: seal = 'x'}", "c-m")), "sop", beside)!;
        Assert.Equal(["one", "two", "m"], both.Rules.Select(r => r.Id));
        Assert.Equal(["weight", "seal"], both.EventAttributes);
        Assert.Equal(["weight"], beside.EventAttributes);
        var check = Check(Log("A@0/Kofi B@1/Kofi C@2/Ama", "A@0/Kofi B@1/Ama C@2/Ama"), RuleFile.Drawn(Draw("rule: {kind: four-eyes, id: two}", "a-n b-n"), "sop")!);
        Assert.Equal((1, 0), (check.Rules[0].Violations.Count, check.Rules[0].Violations[0].Case));
    }

    [Fact]
    public void The_sample_beside_the_documentation_judges_as_it_says()
    {
        var file = RuleFile.Drawn(ProcedureReader.Read(Sample()), "sample")!;
        var check = Check(Log("Seize@0/Kofi Weigh@0.5/Ama Store@1/Ama", "Seize@0/Kofi Weigh@0.5/Kofi Store@1/Ama", "Seize@0/Kofi Weigh@0.5/Ama Store@3/Ama"), file);
        Assert.Equal(["two-hands: 1", "stored-in-time: 2"], check.Rules.Select(r => $"{r.Rule.Id}: {string.Join(' ', r.Violations.Select(v => v.Case))}"));
    }

    static string Sample()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder!.FullName, "Probity.slnx"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "docs", "rules", "two-hands.bpmn");
    }

    [Fact]
    public void Other_annotations_are_left_out_as_before()
    {
        var net = Draw("Rule of thumb: be quick", "a-n", Note("m", "rule: {kind: init, id: r}", "a-m"));
        Assert.Equal(["m"], net.RuleNotes.Select(r => r.Id));
        Assert.Contains("1 annotation.", Assert.Single(net.Notes), StringComparison.Ordinal);
        Assert.Null(RuleFile.Drawn(Draw("thumb", "a-n"), "sop"));
    }

    [Theory]
    [InlineData("rule: {kind: four-eyes, id: r}", "a-n", "needs 'target'")]
    [InlineData("rule: {kind: four-eyes, id: r}", "", "needs 'activation'")]
    [InlineData("rule: {kind: six-eyes, id: r}", "a-n b-n", "no kind 'six-eyes'")]
    [InlineData("rule: {id: r}", "a-n", "a rule without 'kind'")]
    [InlineData("rule: {kind: four-eyes, id: r, colour: red}", "a-n b-n", "'colour' has no meaning")]
    [InlineData("rule: two people", "a-n b-n", "goes on with one rule")]
    [InlineData("rule: {kind: init, id: r}\nrule2: x", "a-n", "goes on with one rule")]
    [InlineData("rule: {kind: [", "a-n", "check the YAML there")]
    [InlineData("rule: {kind: four-eyes, id: r}", "a-n e-n", "it is tied to 'e', which is no task")]
    [InlineData("rule: {kind: four-eyes, id: r}", "a>n b-n", "some of its lines have an arrowhead")]
    [InlineData("rule: {kind: four-eyes, id: r}", "a-n gone-n", "it is tied to 'gone'")]
    public void A_rule_that_cannot_be_meant_is_refused_by_its_annotation(string text, string ties, string why)
    {
        var message = Refused(text, ties);
        Assert.StartsWith("sop.bpmn: annotation 'n': ", message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_side_by_side_have_no_order_to_read()
    {
        var net = Read("(startEvent s)(parallelGateway g)(task a)(task b)(parallelGateway h)(endEvent e)[s>g g>a g>b a>h b>h h>e]" + Note("n", "rule: {kind: four-eyes}", "a-n b-n"));
        Assert.Contains("the flow does not say which of task 'A' and task 'B' comes first", Assert.Throws<BadInputException>(() => RuleFile.Drawn(net, "sop")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Within_subprocesses_the_order_is_that_of_the_drawing()
    {
        var net = Read("(startEvent s)<subProcess id=\"p1\">(task a)(task b)[a>b]</subProcess>(task c)(endEvent e)[s>p1 p1>c c>e]"
            + Note("n", "rule: {kind: four-eyes, id: one}", "c-n b-n") + Note("m", "rule: {kind: four-eyes, id: two}", "b-m a-m"));
        Assert.Equal(["B>C", "A>B"], RuleFile.Drawn(net, "sop")!.Rules.Select(r => $"{r.Activation[0]}>{r.Target[0]}"));
    }

    [Fact]
    public void An_id_is_given_once_over_drawing_and_file()
    {
        Assert.Contains("a second rule 'r'", Refused("rule: {kind: init, id: r}", "a-n", Note("m", "rule: {kind: init, id: r}", "a-m")), StringComparison.Ordinal);
        var beside = File("rules:\n- {id: r, kind: init, activation: A}\n");
        Assert.Contains("a second rule 'r'", Assert.Throws<BadInputException>(() => RuleFile.Drawn(Draw("rule: {kind: init, id: r}", "a-n"), "sop", beside)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_stands_in_an_annotation_is_read_or_refused()
    {
        var random = new Random(20260304);
        const string Good = "rule:\n  kind: four-eyes\n  id: r\n  activation: [A, 'B']\n  why: \"x\"\n  correlation: A.x = T.x\n";
        for (var i = 0; i < 1_000; i++)
        {
            var text = new StringBuilder(Good);
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                var at = random.Next(5, text.Length);
                if (random.Next(2) == 0) text[at] = "{}[]:-&*!|>'\"%#\n \t,?\u0085é"[random.Next(21)];
                else text.Insert(at, Good.AsSpan(random.Next(Good.Length - 4), 4));
            }

            try
            {
                Assert.NotEmpty(RuleFile.Drawn(Draw(text.ToString(), "a-n b-n"), "sop")?.Rules ?? [new Rule { Id = "", Kind = RuleKind.Init }]);
            }
            catch (BadInputException refused)
            {
                Assert.StartsWith("sop: annotation 'n': ", refused.Message, StringComparison.Ordinal);
            }
        }
    }
}
