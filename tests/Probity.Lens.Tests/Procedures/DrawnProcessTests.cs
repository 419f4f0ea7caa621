using CsCheck;

namespace Probity.Lens.Tests.Procedures;

/// <summary>Random processes of blocks: the net that is read from the drawing has exactly the traces that the blocks mean.</summary>
public class DrawnProcessTests
{
    [Theory]
    [InlineData(1, 4, 300)]
    [InlineData(2, 3, 200)]
    [InlineData(3, 2, 12)]
    public void A_drawing_is_read_as_what_it_means(int depth, int length, int count)
    {
        var (agreed, refused) = (0, 0);
        Block.Any(depth).Sample(
            block =>
            {
                try
                {
                    var net = Bpmn.Read(Drawing.Of(block));
                    var found = Language.Of(net, length).Select(t => t.Replace(" ", "", StringComparison.Ordinal));
                    Assert.Equal(Traces.Of(block, length).Whole.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
                    Interlocked.Increment(ref agreed);
                }
                catch (BadInputException e)
                {
                    Assert.Contains("side by side", e.Message, StringComparison.Ordinal);
                    Interlocked.Increment(ref refused);
                }
            },
            iter: count, threads: 2, print: Drawing.Of);
        Assert.True(refused * 10 < agreed, $"{agreed} agreed, {refused} refused.");
    }
}
