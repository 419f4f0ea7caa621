using System.Diagnostics;
using System.Text;
using Probity.Lens.Rules;

namespace Probity.Lens.Tests.Rules;

public class SuperiorsTests
{
    [Fact]
    public void Superiors_are_above_at_any_distance()
    {
        var superiors = Read("name,superior,person\nx,b,a\ny,c,b\nz,,c\n\n");
        Assert.True(superiors.IsAbove("b", "a") && superiors.IsAbove("c", "a"));
        Assert.False(superiors.IsAbove("a", "c") || superiors.IsAbove("a", "a") || superiors.IsAbove("c", "nobody"));
    }

    [Theory]
    [InlineData("person,chief\na,b\n", "has the columns 'person' and 'superior'")]
    [InlineData("person,superior\na,b\na,c\n", "line 3: a second superior of 'a'")]
    [InlineData("person,superior\na,b\nb,c\nc,a\n", "their own superior by way of others")]
    [InlineData("person,superior\na,a\n", "their own superior")]
    [InlineData("person,superior\na\n", "line 2: 1 fields where the header has 2")]
    [InlineData("person,superior\n,b\n", "line 2: no person")]
    [InlineData("", "the file is empty")]
    public void A_wrong_file_is_refused(string csv, string expected) => Assert.Contains(expected, Assert.Throws<BadInputException>(() => Read(csv)).Message);

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        const string signs = "ab,\"\n\r;\t|\0é";
        var clock = Stopwatch.StartNew();
        for (var seed = Environment.TickCount; clock.Elapsed < TimeSpan.FromSeconds(1); seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder("person,superior\na,b\nb,c\n\"d\",\"e\"\n");
            for (var n = random.Next(1, 6); n > 0; n--) text.Insert(random.Next(text.Length), signs[random.Next(signs.Length)]);
            try
            {
                Read(text.ToString()).IsAbove("a", "c");
            }
            catch (BadInputException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {text}", e);
            }
        }
    }

    static Superiors Read(string csv)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, csv);
            return Superiors.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
