using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Tests.Procedures;

namespace Probity.Lens.Tests.Conformance;

/// <summary>Figures counted by hand.</summary>
public class QualityTests
{
    static readonly PetriNet Choice = Bpmn.Read(Bpmn.Draw(
        "(startEvent s)(exclusiveGateway x)(task a)(task b)(task c)(exclusiveGateway y)(task d)(endEvent e)[s>x x>a x>b x>c a>y b>y c>y y>d d>e]"));

    [Theory]
    // At the start 3 may come and 1 does, then D alone may and does: (1 + 1) / (3 + 1).
    [InlineData("A D", 0.5)]
    // Twice at the start, each time 2 of 3; then D once after each: (2 * 2 + 1 + 1) / (2 * 3 + 1 + 1).
    [InlineData("A D|B D", 0.75)]
    [InlineData("A D|B D|C D", 1)]
    // What departs counts as the nearest run: A D.
    [InlineData("A x D", 0.5)]
    public void Precision_is_the_share_of_what_may_come_that_comes(string traces, double expected) =>
        Assert.Equal(expected, Of(Choice, traces).Precision!.Value, 1e-12);

    [Fact]
    public void Silent_steps_and_loops_are_seen_through()
    {
        var net = Bpmn.Read(Bpmn.Draw("(startEvent s)(exclusiveGateway x)(task a)(exclusiveGateway y)(task b)(endEvent e)[s>x x>a a>y y>x y>b b>e]"));
        // Start: A of A. After A: A of A and B. After A A: B of A and B.
        Assert.Equal(3.0 / 5, Of(net, "A A B").Precision!.Value, 1e-12);
    }

    [Fact]
    public void Generalisation_grows_with_how_often_each_transition_is_taken()
    {
        // Two transitions, each taken four times: 1 - 1/2.
        Assert.Equal(0.5, Of(Nets.Sequence("a", "b"), "a b|a b|a b|a b").Generalisation, 1e-12);
        // Of ten transitions s, x to a, A, y, D and e are taken once, four never: all count 1.
        Assert.Equal(0, Of(Choice, "A D").Generalisation, 1e-12);
    }

    [Fact]
    public void Simplicity_falls_with_the_arcs_at_a_node()
    {
        // A chain: 3 places and 2 transitions with 4 arcs, 8 / 5 of them at a node.
        Assert.Equal(1, Of(Nets.Sequence("a", "b"), "a b").Simplicity, 1e-12);
        // Six branches: 14 places, 8 transitions, 26 arcs: 52 / 22 at a node.
        Assert.Equal(1 / (1 + (52.0 / 22) - 2), Of(Nets.AllOf("a", "b", "c", "d", "e", "f"), "a b c d e f").Simplicity, 1e-12);
    }

    [Fact]
    public void A_net_without_bound_leaves_precision_open() => Assert.Null(Of(Nets.Breeder(7), "a").Precision);

    [Fact]
    public void It_is_not_computed_unasked() => Assert.Null(CheckTests.Check(Choice, "A D").Quality);

    static QualityFigures Of(PetriNet net, string traces)
    {
        var log = EventLog.FromTraces(traces.Split('|').Select((t, i) => ($"{i}", (IReadOnlyList<string>)t.Split(' '))));
        return ConformanceCheck.Run(log, net, new ConformanceOptions { Quality = true }, cancellation: TestContext.Current.CancellationToken).Quality!;
    }
}
