using CsCheck;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Lens.Tests.Discovery;

public class DeclareMinerTests
{
    static readonly DeclareOptions Everything = new() { Support = 0, Confidence = 0, All = true };
    static readonly Gen<string> Trace = Gen.String[Gen.Char["aabbcd"], 0, 9];
    static readonly Gen<string[]> Traces = Trace.Array[1, 7];

    [Fact]
    public void An_example_counted_by_hand()
    {
        var log = Log(["abb", "ab", "ab", "ba", "c"]);
        var found = DeclareMiner.Discover(log, Everything, TestContext.Current.CancellationToken);
        // a calls response into play in four cases; of its four events the one in "ba" has no b after it.
        Assert.Contains(new Constraint(RuleKind.Response, 0, 1, 1, 4, 3, 4, 3, 5), found);
        // Each b needs an a since the b before it: the second b of "abb" has none, nor has the b of "ba".
        Assert.Contains(new Constraint(RuleKind.AlternatePrecedence, 1, 0, 1, 4, 2, 5, 3, 5), found);
        // Four a and five b; in "abb" the second b comes right after no a, in "ba" neither stands right.
        Assert.Contains(new Constraint(RuleKind.ChainSuccession, 0, 1, 1, 4, 2, 9, 6, 5), found);
        Assert.Contains(new Constraint(RuleKind.Coexistence, 0, 1, 1, 4, 4, 9, 9, 5), found);
        Assert.Contains(new Constraint(RuleKind.NotCoexistence, 0, 2, 1, 5, 5, 5, 5, 5), found);
        Assert.Contains(new Constraint(RuleKind.Absence, 1, -1, 2, 4, 3, 4, 3, 5), found);
        Assert.Contains(new Constraint(RuleKind.Init, 0, -1, 1, 5, 3, 5, 3, 5), found);
        var response = found.Single(c => c is { Kind: RuleKind.Response, Activation: 0, Target: 1 });
        Assert.Equal((0.6, 0.75, 0.75, 1), (response.Support, response.Confidence, response.EventShare, response.Broken));
    }

    [Fact]
    public void What_is_found_is_what_the_regular_expressions_say() =>
        Gen.Select(Traces, Share(0, 0.2, 0.5), Share(0, 0.6, 0.9, 1)).Sample(
            (traces, support, confidence) =>
            {
                var (log, letters) = (Log(traces), Letters(traces));
                var expected = DeclareOracle.All(traces, letters, support).Where(c => c.Kept > 0 && c.Support >= support && c.Confidence >= confidence);
                var found = DeclareMiner.Discover(log, new DeclareOptions { Support = support, Confidence = confidence, All = true });
                Assert.Equal(expected.ToHashSet(), found.ToHashSet());
                Assert.Equal(found.Count, found.Distinct().Count());
            },
            iter: 400);

    [Fact]
    public void What_is_left_out_breaks_in_no_case_in_which_nothing_that_stays_breaks() =>
        Gen.Select(Traces, Share(0, 0.3), Share(0, 0.5, 0.8, 1)).Sample(
            (traces, support, confidence) =>
            {
                var (log, letters) = (Log(traces), Letters(traces));
                var options = new DeclareOptions { Support = support, Confidence = confidence };
                var left = DeclareMiner.Discover(log, options);
                var all = DeclareMiner.Discover(log, options with { All = true });
                Assert.Subset(all.ToHashSet(), left.ToHashSet());
                foreach (var trace in traces)
                {
                    if (left.All(c => DeclareOracle.Holds(trace, letters, c) || !Calls(trace, letters, c)))
                        Assert.All(all, c => Assert.True(DeclareOracle.Holds(trace, letters, c) || !Calls(trace, letters, c), $"{c} is lost in '{trace}' of {string.Join(' ', traces)}"));
                }
            },
            iter: 400);

    [Fact]
    public void What_is_left_out_of_what_no_case_breaks_follows_for_any_other_case() =>
        Gen.Select(Traces, Trace.Array[40]).Sample(
            (traces, others) =>
            {
                var (log, letters) = (Log(traces), Letters(traces));
                var options = new DeclareOptions { Support = 0, Confidence = 1 };
                var left = DeclareMiner.Discover(log, options);
                var all = DeclareMiner.Discover(log, options with { All = true });
                foreach (var trace in others.Select(t => string.Concat(t.Where(letters.Contains))).Where(t => t.Length > 0 && left.All(c => DeclareOracle.Holds(t, letters, c))))
                    Assert.All(all, c => Assert.True(DeclareOracle.Holds(trace, letters, c), $"{c} does not follow: '{trace}' against {string.Join(' ', traces)}"));
            },
            iter: 400);

    [Fact]
    public void A_sequence_is_told_in_few_words()
    {
        var log = Log(["abcd", "abcd", "abcd"]);
        var found = DeclareMiner.Discover(log, cancellation: TestContext.Current.CancellationToken);
        var sentences = new ConstraintSentences(log, "en");
        Assert.Equal(
            ["Every case begins with “a”.", "Every case ends with “d”.", "“a” comes just once in every case.", "“b” comes just once in every case.", "“c” comes just once in every case.", "“d” comes just once in every case.", "Right after each “a” comes “b”, and “b” comes nowhere else.", "Right after each “b” comes “c”, and “c” comes nowhere else.", "Right after each “c” comes “d”, and “d” comes nowhere else."],
            found.Select(sentences.Say));
    }

    [Fact]
    public void A_wide_log_costs_no_square_a_case()
    {
        var random = new Random(5);
        // A hundred groups of ten that come together, a dozen groups a case: all pairs occur together somewhere.
        string Group() => new(random.GetItems(Enumerable.Range(0, 100).ToArray(), 1).SelectMany(g => Enumerable.Range(0, 10).OrderBy(_ => random.Next()).Select(i => (char)(0x4E00 + (10 * g) + i))).ToArray());
        var log = Log([.. Enumerable.Range(0, 400).Select(_ => string.Concat(Enumerable.Range(0, 12).Select(_ => Group())))]);
        Assert.Equal(1_000, log.Activities.Count);
        Assert.Equal(400, log.Variants.Count);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(DeclareMiner.Discover(log, new DeclareOptions { Support = 0.08, Confidence = 1 }, TestContext.Current.CancellationToken));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000_000);
    }

    [Fact]
    public void Too_much_is_refused()
    {
        var wide = Log([string.Concat(Enumerable.Range(0, 2_001).Select(i => (char)(0x4E00 + i)))]);
        Assert.Contains("2,001 different activities", Refusal(wide, Everything));
        Assert.Contains("more than 1,000,000 pairs", Refusal(Log([string.Concat(Enumerable.Range(0, 1_100).Select(i => (char)(0x4E00 + i)))]), Everything));
        Assert.Contains("more than 200,000 constraints", Refusal(Log([string.Concat(Enumerable.Range(0, 200).Select(i => (char)(0x4E00 + i)))]), Everything));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeclareMiner.Discover(wide, new DeclareOptions { Support = double.NaN }, TestContext.Current.CancellationToken));
        Assert.Throws<OperationCanceledException>(() => DeclareMiner.Discover(Log(["ab"]), null, new CancellationToken(true)));
    }

    [Fact]
    public void A_log_of_nothing_holds_to_nothing()
    {
        Assert.Empty(DeclareMiner.Discover(Log([]), Everything, TestContext.Current.CancellationToken));
        Assert.Empty(DeclareMiner.Discover(Log(["", ""]), Everything, TestContext.Current.CancellationToken));
    }

    static Gen<double> Share(params double[] shares) => Gen.Int[0, shares.Length - 1].Select(i => shares[i]);

    internal static EventLog Log(IReadOnlyList<string> traces) =>
        EventLog.FromTraces(traces.Select((t, i) => ($"{i}", (IReadOnlyList<string>)[.. t.Select(c => c.ToString())])));

    static string Letters(IReadOnlyList<string> traces) => new([.. string.Concat(traces).Distinct()]);

    static bool Calls(string trace, string letters, Constraint c) => c.Kind is not (RuleKind.Init or RuleKind.End) || trace.Length > 0;

    static string Refusal(EventLog log, DeclareOptions options)
    {
        var message = Assert.Throws<BadInputException>(() => DeclareMiner.Discover(log, options)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
