using CsCheck;
using Probity.Lens.Conformance;
using Probity.Lens.Tests.Procedures;

namespace Probity.Lens.Tests.Conformance;

/// <summary>On sound nets, drawn as random processes, three ways of searching give one cost.</summary>
public class DrawnAlignmentTests
{
    [Theory]
    [InlineData(300_000)]
    [InlineData(0)]
    public void Cost_is_that_of_both_plain_searches(int wholeMarkings)
    {
        var (twice, once) = (0, 0);
        Gen.Select(Block.Any(2), Gen.Int[0, 4].Select(i => "ABCDx"[i].ToString()).Array[0, 5]).Sample(
            sample =>
            {
                var net = Bpmn.Read(Drawing.Of(sample.Item1));
                if (net.Labels.Count > 300) return; // The plain searches would take no end.
                var options = new ConformanceOptions { Threads = 1, MaxWholeMarkings = wholeMarkings };
                var cost = new LogAligner(net, [sample.Item2], options, CancellationToken.None).AlignAll(null, new SearchTime(null, CancellationToken.None))[0]!.Cost;
                if (PlainSearch.Cost(net, sample.Item2, 4_000) is >= 0 and var plain)
                {
                    Assert.Equal(plain, cost);
                    Interlocked.Increment(ref once);
                }

                if (EditSearch.Cost(net, sample.Item2, 4_000) is >= 0 and var edited)
                {
                    Assert.Equal(edited, cost);
                    Interlocked.Increment(ref twice);
                }
            },
            iter: 100, threads: 2, print: s => Drawing.Of(s.Item1) + string.Join(' ', s.Item2));
        Assert.True(twice > 15 && once > 30, $"{once} agreed with the one, {twice} with the other.");
    }
}
