using System.Diagnostics;
using System.Text;
using Probity.Lens.Rules;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

public class RuleFileTests
{
    const string Good = """
        # A comment.
        zone: Europe/Rome
        rules:
          - id: one
            kind: response
            activation: [a, "b c"]
            activation-where: amount > 10 and not (case.kind in ('x', 'y') or has [odd name])
            target: d
            correlation: T.amount <= A.amount * 2 - 1 and T.time - A.time > 2d + 3 * PT8H and A.resource != T.resource
            within: P90D
            after: 8h
            why: >
              Folded
              text.
          - {id: two, kind: exactly, activation: a, count: 2}
        """;

    [Fact]
    public void A_file_is_read()
    {
        var file = File(Good);
        Assert.Equal(["one", "two"], file.Rules.Select(r => r.Id));
        Assert.Equal(["a", "b c"], file.Rules[0].Activation);
        Assert.Equal((new TimeLength(90, 0), 2), (file.Rules[0].Within, file.Rules[1].Count));
        Assert.Equal(["amount", "odd name"], file.EventAttributes);
        Assert.Equal(["kind"], file.CaseAttributes);
        Assert.Equal("Folded text.", file.Rules[0].Why!.Trim());
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("rules: []", "line 1, column 8: 'rules' is a list of at least one rule")]
    [InlineData("rules:\n- {id: r, kind: responce, activation: a}", "line 2, column 17: no kind 'responce'; there are init,")]
    [InlineData("rules:\n- {id: r, kind: init}", "line 2, column 3: a rule of kind init needs 'activation'")]
    [InlineData("rules:\n- {id: r, kind: init, activation: a, within: 3d}", "line 2, column 38: 'within' has no meaning in a rule of kind init")]
    [InlineData("rules:\n- {id: r, kind: existence, activation: a, count: many}", "'count' is a whole number")]
    [InlineData("rules:\n- {id: r, kind: existence, activation: a, within: P1M}", "'P1M' is no length of time")]
    [InlineData("rules:\n- {id: r, kind: existence, activation: a, within: 1d, after: 2d}", "'within' is shorter than 'after'")]
    [InlineData("rules:\n- {id: r, kind: init, activation: a}\n- {id: r, kind: init, activation: a}", "line 3, column 3: a second rule 'r'")]
    [InlineData("rules:\n- {id: r, id: s, kind: init, activation: a}", "line 2, column 11: 'id' stands there twice")]
    [InlineData("rules:\n- &x {id: r, kind: init, activation: a}", "line 2, column 3: an anchor")]
    [InlineData("rules:\n- *x", "line 2, column 3: an alias")]
    [InlineData("rules:\n- {id: !!str r, kind: init, activation: a}", "line 2, column 8: a tag")]
    [InlineData("%YAML 1.2\n---\nrules: 1", "a directive")]
    [InlineData("rules: 1\n---\nrules: 2", "'rules' is a list", true)]
    [InlineData("zone: Mars/North\nrules: 1", "no time zone 'Mars/North'")]
    [InlineData("rule: 1", "'rule' is not known here")]
    [InlineData("rules:\n- {id: r, kind: init, activation: a, activation-where: x >}", "in 'activation-where', character 4: the condition ends where")]
    [InlineData("rules:\n- {id: r, kind: init, activation: a, activation-where: x}", "a value where a condition has to stand")]
    [InlineData("rules:\n- {id: r, kind: init, activation: a, activation-where: T.x = 1}", "speaks of the target")]
    [InlineData("rules:\n- {id: r, kind: response, activation: a, target: b, correlation: x = 1}", "'x' of which event?")]
    [InlineData("rules:\n- {id: r, kind: init, activation: a, activation-where: x = 'y}", "a quote that is never closed")]
    [InlineData("rules:\n- {id: r, kind: init, activation: a, activation-where: x = 2020-13-01}", "is no date")]
    [InlineData("rules:\n- {id: r, kind: init, activation: a, activation-where: x = 3q}", "neither a number nor a length of time")]
    [InlineData("rules:\n- {id: r, kind: role-required, activation: a}", "needs 'people', or 'attribute' with 'values'")]
    [InlineData("rules:\n- {id: r, kind: deadline, target: a, within: 1d}", "needs 'since: case.NAME'")]
    [InlineData("rules: [", "line 2, column 1")]
    public void A_mistake_is_told_with_its_place(string yaml, string expected, bool second = false)
    {
        var message = Refusal(yaml);
        Assert.Contains(second ? "a second document" : expected, message);
    }

    [Fact]
    public void Files_are_limited()
    {
        Assert.Contains("larger than 1 MB", Refusal("#" + new string('x', 1 << 20)));
        Assert.Contains("nested more than 20 deep", Refusal(string.Concat(Enumerable.Repeat("[", 30)) + "1" + string.Concat(Enumerable.Repeat("]", 30))));
        Assert.Contains("nested more than 20 deep", Refusal(new string('[', 100_000)));
        Assert.Contains("nested more than 20 deep", Refusal(string.Concat(Enumerable.Repeat("- ", 100_000))));
        Assert.Contains("nested more than 50 deep", Refusal($"rules:\n- {{id: r, kind: init, activation: a, activation-where: \"{new string('(', 200)}\"}}"));
        Assert.Contains("more than 500 parts", Refusal($"rules:\n- {{id: r, kind: init, activation: a, activation-where: \"x=1{string.Concat(Enumerable.Repeat(" or x=1", 400))}\"}}"));
    }

    [Theory]
    [InlineData("90d", 90, 0)]
    [InlineData("2w", 14, 0)]
    [InlineData("1d12h", 1, 12 * 3600)]
    [InlineData("15m", 0, 900)]
    [InlineData("P1DT8H30M5S", 1, (8 * 3600) + 1805)]
    [InlineData("P2W", 14, 0)]
    [InlineData("PT0S", 0, 0)]
    public void Lengths_of_time(string text, int days, long seconds)
    {
        Assert.True(TimeLength.TryParse(text, out var length));
        Assert.Equal(new TimeLength(days, seconds * 1_000_000), length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("1h1d")]
    [InlineData("1d1d")]
    [InlineData("-1d")]
    [InlineData("P1DT")]
    [InlineData("99999999d")]
    [InlineData("5")]
    public void What_is_no_length_of_time(string text) => Assert.False(TimeLength.TryParse(text, out _));

    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        var time = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("CI") is { Length: > 0 } ? 15 : 2);
        var good = Encoding.UTF8.GetBytes(Good);
        var alphabet = Encoding.UTF8.GetBytes("-:[]{},&*!|>'\"%@`#?\n\t ~<=().APT0159dhm_é\0\u2028");
        var clock = Stopwatch.StartNew();
        for (var seed = Environment.TickCount; clock.Elapsed < time; seed++)
        {
            var random = new Random(seed);
            var bytes = good.ToList();
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0: bytes[at] = alphabet[random.Next(alphabet.Length)]; break;
                    case 1: bytes.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                    case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at - 1)); break;
                    default: bytes.InsertRange(at, bytes.GetRange(at / 2, Math.Min(40, bytes.Count - (at / 2)))); break;
                }
            }

            try
            {
                Check(Log("a@0/p d@1/q"), RuleFile.Parse([.. bytes], "rules.yaml"));
            }
            catch (BadInputException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToBase64String([.. bytes])}", e);
            }
        }
    }
}
