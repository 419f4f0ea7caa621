using CsCheck;

namespace Probity.Lens.Tests.Procedures;

/// <summary>Random processes of blocks: the net that is read from the drawing has exactly the traces that the blocks mean.</summary>
public class DrawnProcessTests
{
    [Theory]
    [InlineData(1, 4, 300)]
    [InlineData(2, 3, 200)]
    [InlineData(3, 2, 60)]
    public void A_drawing_is_read_as_what_it_means(int depth, int length, int count)
    {
        var (agreed, refused, large) = (0, 0, 0);
        Block.Any(depth).Sample(
            block =>
            {
                try
                {
                    var net = Bpmn.Read(Drawing.Of(block));
                    // A drawing of three levels may have thousands of steps, and the plain way of listing traces no end.
                    if (net.Labels.Count > 300 || Language.TryOf(net, length, 3_000) is not { } language)
                    {
                        Interlocked.Increment(ref large);
                        return;
                    }

                    var found = language.Select(t => t.Replace(" ", "", StringComparison.Ordinal));
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
        Assert.True(agreed * 3 > count && refused * 5 < count, $"{agreed} agreed, {refused} refused, {large} too large.");
    }
}
