using CsCheck;
using Probity.Lens.Conformance;
using Probity.Lens.Procedures;
using Probity.Lens.Tests.Procedures;

namespace Probity.Lens.Tests.Conformance;

/// <summary>Exact replay fits a trace if and only if its optimal alignment has no whole move.</summary>
public class ExactReplayTests
{
    [Theory]
    [InlineData("a b c", 4, 4, 0, 0, true)]
    // c lacks its token; b's is left.
    [InlineData("a c", 3, 3, 1, 1, false)]
    // The unknown one lacks a token and leaves one.
    [InlineData("a x b c", 5, 5, 1, 1, false)]
    [InlineData("", 1, 1, 1, 1, false)]
    [InlineData("a b c c", 5, 5, 1, 1, false)]
    public void Tokens_are_counted_as_in_the_literature(string trace, int produced, int consumed, int missing, int remaining, bool fits) =>
        Assert.Equal(
            new ReplayCounts { Produced = produced, Consumed = consumed, Missing = missing, Remaining = remaining, Fits = fits },
            Replay(Nets.Sequence("a", "b", "c"), trace.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void Silent_paths_that_a_guess_misses_are_found()
    {
        // The choice before the join of two silent branches is between two transitions of one name.
        var net = Bpmn.Read(Bpmn.Draw(
            "(startEvent s)(parallelGateway p)(exclusiveGateway x)(exclusiveGateway y)(task a)(task b)(parallelGateway q)(task c)(endEvent e)[s>p p>x x>a x>y a>y y>q p>b b>q q>c c>e]"));
        foreach (var trace in (string[][])[["B", "C"], ["A", "B", "C"], ["B", "A", "C"]]) Assert.True(Replay(net, trace)!.Value.Fits);
        foreach (var trace in (string[][])[["A", "C"], ["B"], ["B", "C", "A"]]) Assert.False(Replay(net, trace)!.Value.Fits);
    }

    [Fact]
    public void A_net_without_bound_is_left_open() => Assert.Null(Replay(Nets.Breeder(7), ["a"]));

    [Fact]
    public void Fits_what_alignments_fit_on_any_net() => AssertAgrees(AnyNetTests.SmallNet, AnyNetTests.AnyTrace.Array[1, 3], 500);

    [Fact]
    public void Fits_what_alignments_fit_on_drawn_processes() =>
        AssertAgrees(
            Block.Any(2).Select(block => Bpmn.Read(Drawing.Of(block))),
            Gen.Frequency((8, Gen.Int[0, 3].Select(i => ((char)('A' + i)).ToString())), (1, Gen.Const("x"))).Array[0, 5].Array[1, 3], 500);

    static void AssertAgrees(Gen<PetriNet> nets, Gen<string[][]> traces, int count)
    {
        var (fitting, departing, open) = (0, 0, 0);
        Gen.Select(nets, traces).Sample(
            sample =>
            {
                var (net, several) = sample;
                var options = new ConformanceOptions { Threads = 1, MaxWholeMarkings = 2_000, MaxMarkings = 20_000, MaxStates = 20_000 };
                Alignment?[] alignments;
                try
                {
                    alignments = new LogAligner(net, several, options, CancellationToken.None).AlignAll(null, new SearchTime(null, CancellationToken.None));
                }
                catch (BadInputException)
                {
                    return; // Never complete.
                }

                var replays = new ExactReplay(net, 2_000).ReplayAll(several, CancellationToken.None);
                for (var i = 0; i < replays.Length; i++)
                {
                    if (alignments[i] is not { } alignment || replays[i] is not { } replay)
                    {
                        Interlocked.Increment(ref open);
                        continue;
                    }

                    Assert.Equal(alignment.Cost < AlignmentCost.Move, replay.Fits);
                    // What is made and not used is left; what is used and not made was given.
                    Assert.Equal(replay.Produced + replay.Missing, replay.Consumed + replay.Remaining);
                    Interlocked.Increment(ref replay.Fits ? ref fitting : ref departing);
                }
            },
            iter: count, threads: 2, print: s => AnyNetTests.Print(s.Item1, s.Item2.SelectMany(t => t.Append("/")).ToArray()));
        Assert.True(fitting > 50 && departing > 50 && open < 2 * (fitting + departing), $"{fitting} fit, {departing} depart, {open} are open.");
    }

    static ReplayCounts? Replay(PetriNet net, string[] trace) => new ExactReplay(net, 10_000).ReplayAll([trace], CancellationToken.None)[0];
}
