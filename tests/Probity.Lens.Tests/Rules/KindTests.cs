using Probity.Lens.Rules;
using Probity.Lens.Rules.Files;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

/// <summary>Each kind on traces made by hand: one that keeps the rule, one that breaks it, one that does not call it into play.</summary>
public class KindTests
{
    public static TheoryData<string, string, string> Traces() => new()
    {
        { "init", "a@0 b@1", "kept" },
        { "init", "b@0 a@1", "violated 0" },
        { "init", "b@0 a@0", "kept" },
        { "init", "", "vacuous" },
        { "end", "b@0 a@1", "kept" },
        { "end", "a@0 b@1", "violated 1" },
        { "end", "a@1 b@1", "kept" },
        { "end", "", "vacuous" },
        { "existence, count: 2", "a@0 a@1", "kept" },
        { "existence, count: 2", "a@0 b@1", "violated" },
        { "existence, count: 2, within: 3d", "a@0 b@1 a@4", "violated" },
        { "existence, count: 2, within: 3d", "a@0 b@1", "pending" },
        { "absence, count: 2", "a@0 b@1", "kept" },
        { "absence, count: 2", "a@0 a@1", "violated 1" },
        { "absence, count: 2, within: 3d", "a@0 a@5", "kept" },
        { "exactly, count: 1", "a@0 b@1", "kept" },
        { "exactly, count: 1", "b@0", "violated" },
        { "exactly, count: 1", "a@0 a@1", "violated 1" },
        { "responded-existence", "b@0 a@1", "kept" },
        { "responded-existence", "a@0 c@1", "violated 0" },
        { "responded-existence", "b@0", "vacuous" },
        { "responded-existence, within: 2d", "b@0 a@3 c@9", "violated 1" },
        { "coexistence", "b@0 a@1", "kept" },
        { "coexistence", "b@0", "violated 0" },
        { "coexistence", "c@0", "vacuous" },
        { "response", "a@0 a@1 b@2", "kept" },
        { "response", "a@0 b@1 a@2", "violated 2" },
        { "response", "b@0", "vacuous" },
        { "response", "b@0 a@0", "kept" },
        { "response, within: 2d", "a@0 b@2", "kept" },
        { "response, within: 2d", "a@0 b@2.5", "violated 0 1" },
        { "response, within: 2d", "a@0 c@1", "pending" },
        { "response, within: 2d", "a@0 c@2", "violated 0" },
        { "response, after: 2d", "a@0 b@1 b@2", "kept" },
        { "response, after: 2d", "a@0 b@1", "violated 0" },
        { "response, within: 3d, after: 2d", "a@0 b@1 b@4", "violated 0 2" },
        { "precedence", "b@0 a@1 a@2", "kept" },
        { "precedence", "a@0 b@1", "violated 0" },
        { "precedence", "b@0", "vacuous" },
        { "precedence, within: 2d", "b@0 a@3", "violated 1" },
        { "succession", "a@0 b@1", "kept" },
        { "succession", "a@0 b@1 a@2", "violated 2" },
        { "succession", "b@0 a@1 b@2", "violated 0" },
        { "succession", "c@0", "vacuous" },
        { "alternate-response", "a@0 b@1 a@2 b@3", "kept" },
        { "alternate-response", "a@0 a@1 b@2", "violated 0" },
        { "alternate-response", "b@2", "vacuous" },
        { "alternate-precedence", "b@0 a@1 b@2 a@3", "kept" },
        { "alternate-precedence", "b@0 a@1 a@2", "violated 2" },
        { "alternate-precedence", "b@0", "vacuous" },
        { "alternate-succession", "a@0 b@1 a@2 b@3", "kept" },
        { "alternate-succession", "a@0 b@1 b@2", "violated 2" },
        { "alternate-succession", "c@0", "vacuous" },
        { "chain-response", "a@0 b@1 c@2", "kept" },
        { "chain-response", "a@0 c@1 b@2", "violated 0" },
        { "chain-response", "a@0 c@1 b@1", "kept" },
        { "chain-response", "b@0", "vacuous" },
        { "chain-precedence", "b@0 a@1", "kept" },
        { "chain-precedence", "b@0 c@1 a@2", "violated 2" },
        { "chain-precedence", "b@0", "vacuous" },
        { "chain-succession", "a@0 b@1", "kept" },
        { "chain-succession", "a@0 b@1 c@2 b@3", "violated 3" },
        { "chain-succession", "c@0", "vacuous" },
        { "not-coexistence", "a@0 c@1", "kept" },
        { "not-coexistence", "b@0 a@1", "violated 0 1" },
        { "not-coexistence", "b@0", "vacuous" },
        { "not-response", "b@0 a@1", "kept" },
        { "not-response", "a@1 b@1", "kept" },
        { "not-response", "a@0 b@1", "violated 0 1" },
        { "not-response", "b@0", "vacuous" },
        { "not-response, after: 2d", "a@0 b@1", "kept" },
        { "not-succession", "a@0 c@1", "kept" },
        { "not-succession", "a@0 b@1", "violated 0 1" },
        { "not-succession", "b@0", "vacuous" },
        { "four-eyes", "a@0/p b@1/q", "kept" },
        { "four-eyes", "b@0/p a@1/p", "violated 0 1" },
        { "four-eyes", "a@0/p b@1", "unknown" },
        { "four-eyes", "a@0/p", "vacuous" },
        { "same-person", "a@0/p b@1/p", "kept" },
        { "same-person", "a@0/p b@1/q", "violated 0 1" },
        { "same-person", "b@0/p", "vacuous" },
        { "role-required, people: [p, r]", "a@0/p", "kept" },
        { "role-required, people: [p, r]", "a@0/q", "violated 0" },
        { "role-required, people: [p, r]", "a@0", "unknown" },
        { "role-required, people: [p, r]", "b@0/q", "vacuous" },
        { "role-required, attribute: resource, values: [p]", "a@0/q", "violated 0" },
        { "not-superior", "a@0/p b@1/q", "kept" },
        { "not-superior", "a@0/p b@1/chief", "violated 0 1" },
        { "not-superior", "a@0/p", "vacuous" },
        { "at-most-open, count: 1", "a@0/p b@1/p a@2/p", "kept" },
        { "at-most-open, count: 1", "c@0/p", "vacuous" },
        { "deadline, within: 2d", "a@0 b@2", "kept" },
        { "deadline, within: 2d", "a@0 b@3", "violated 0 1" },
        { "deadline, within: 2d", "a@0 c@1", "pending" },
        { "deadline, within: 2d", "b@0", "vacuous" },
        { "deadline, within: 2d, since: A.due", "a@0 b@3", "unknown" },
        { "cooling-off, after: 2d", "a@0 b@2", "kept" },
        { "cooling-off, after: 2d", "a@0 b@1.9", "violated 0 1" },
        { "cooling-off, after: 2d", "a@0 b@0", "kept" },
        { "cooling-off, after: 2d", "b@0", "vacuous" },
        { "value, condition: \"T.time > A.time + 1d\", order: after", "a@0 b@2", "kept" },
        { "value, condition: \"T.time > A.time + 1d\", order: after", "a@0 b@1", "violated 0 1" },
        { "value, condition: \"T.time > A.time + 1d\", order: next", "a@0 b@2 b@2.5", "kept" },
        { "value, condition: \"A.resource = T.resource\", order: next", "a@0/p b@2/q b@2/p", "kept" },
        { "value, condition: \"A.resource = T.resource\", order: previous", "b@0/p b@1/q a@2/p", "violated 1 2" },
        { "value, condition: \"A.resource = T.resource\", order: before", "b@0/p b@1/q a@2/p", "violated 1 2" },
        { "value, condition: \"A.resource = T.resource\"", "a@0/p", "vacuous" },
    };

    [Theory]
    [MemberData(nameof(Traces))]
    public void A_trace_is_judged(string rule, string trace, string expected) => Assert.Equal(expected, Outcome(rule, trace));

    [Fact]
    public void Every_kind_is_kept_violated_and_vacuous_somewhere()
    {
        var rows = Traces().Select(row => row.Data).ToList();
        foreach (var shape in KindShape.All)
        {
            var outcomes = rows.Where(r => r.Item1.Split(',')[0] == shape.Name).Select(r => r.Item3.Split(' ')[0]).ToHashSet();
            // Shares are over people, and rules over objects are about another kind of log: both have tests of their own.
            if (shape.Kind >= RuleKind.Rate) continue;
            Assert.Contains("kept", outcomes);
            // Counting is about the case, which is always there; open cases are counted over several.
            if (shape.Kind is not (RuleKind.Existence or RuleKind.Absence or RuleKind.Exactly)) Assert.Contains("vacuous", outcomes);
            if (shape.Kind is not RuleKind.AtMostOpen) Assert.Contains("violated", outcomes);
        }
    }

    [Fact]
    public void Open_cases_are_counted_over_the_log()
    {
        var file = Rule("kind: at-most-open, activation: a, target: b, count: 2");
        // The third case closes when the fourth opens; the fifth is one too many; the sixth is somebody else's.
        var result = Check(Log("a@0/p", "a@1/p", "b@3/p", "a@2/q b@3/q", "a@4/p b@9/p", "a@5/q"), file).Rules[0];
        Assert.Equal([(4, 0, 3)], result.Violations.Select(v => (v.Case, v.First, v.Number)));
        Assert.Equal((1, 1, 1, 5), (result.Cases, result.Events, result.People, result.Activations));
        Assert.Empty(Check(Log("a@0/p b@4/p", "a@1/p", "a@4/p"), file).Rules[0].Violations);
    }

    [Fact]
    public void A_case_handed_over_is_open_for_one() => Assert.Empty(
        Check(Log("a@0/p a@1/q", "a@2/p", "a@3/p b@4/p"), Rule("kind: at-most-open, activation: a, target: b, count: 2")).Rules[0].Violations);

    static string Outcome(string rule, string trace)
    {
        var result = Judge(rule, trace).Rules[0];
        if (result.Violations.Count > 0) return string.Join(' ', ["violated", .. result.Violations.SelectMany(v => v.Events).Select(e => $"{e}")]);
        return result.Pending > 0 ? "pending" : result.Unknown > 0 ? "unknown" : result.Vacuous > 0 ? "vacuous" : "kept";
    }

    internal static RuleCheckResult Judge(string rule, string trace)
    {
        var superiors = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllText(superiors, "person,superior\np,sergeant\nsergeant,chief\nchief,\n");
            var shape = KindShape.All.First(s => s.Name == rule.Split(',')[0]);
            var target = shape.Needs.Contains("target") || shape.Kind == RuleKind.Value ? ", target: b" : "";
            return Check(Log(trace), Rule($"activation: a{target}, kind: {rule}"), Superiors.Read(superiors));
        }
        finally
        {
            System.IO.File.Delete(superiors);
        }
    }

    [Theory]
    [InlineData("four-eyes")]
    [InlineData("same-person")]
    public void People_within_a_time_are_found_as_by_looking_at_each_pair(string kind)
    {
        // A correlation, though it always holds, makes each pair be looked at. The days are those of a change of clocks.
        var random = new Random(1);
        for (var round = 0; round < 400; round++)
        {
            var log = Log(string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => 19_655 + (random.Next(0, 40) / 8.0)).Order().Select(day =>
                $"{"abc"[random.Next(3)]}@{day.ToString(System.Globalization.CultureInfo.InvariantCulture)}{(random.Next(5) == 0 ? "" : "/" + "pqr"[random.Next(3)])}")));
            var rule = $"kind: {kind}, activation: a, target: {"ab"[random.Next(2)]}" + random.Next(4) switch
            {
                0 => ", within: 1d",
                1 => ", after: 1d",
                2 => ", after: 12h, within: 2d",
                _ => ", after: 1d, within: 3d",
            };
            var zone = random.Next(2) == 0 ? "zone: Europe/Rome\n" : "";
            var (quick, plain) = (Told(""), Told(", correlation: A.time = A.time"));
            Assert.True(plain == quick, $"{zone}{rule}: {plain}, not {quick}");

            string Told(string more)
            {
                var result = Check(log, File($"{zone}rules:\n- {{id: r, {rule}{more}}}\n")).Rules[0];
                return $"{result.Activations} {result.Unknown} {string.Join(' ', result.Violations.Select(v => $"{v.First}-{v.Second}"))}";
            }
        }
    }

    [Fact]
    public void Very_many_signatures_in_one_case_are_judged_soon()
    {
        var log = Log(string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"a@{i / 50_000}/p{i % 50}")));
        Assert.Equal(100_000 - 50, Check(log, Rule("kind: four-eyes, activation: a, target: a, within: 1d")).Rules[0].Violations.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void More_violations_than_may_be_kept_are_refused(int threads)
    {
        var log = Log([.. Enumerable.Repeat("a@0 a@1", 1_000)]);
        var file = Rule("kind: absence, activation: a");
        var found = RuleCheck.Run(log, file, threads: threads, cancellation: TestContext.Current.CancellationToken).Rules[0].Violations.Count;
        Assert.Equal(found, RuleCheck.Run(log, file, threads: threads, cancellation: TestContext.Current.CancellationToken, mostViolations: found).Rules[0].Violations.Count);
        var refused = Assert.Throws<BadInputException>(() =>
            RuleCheck.Run(log, file, threads: threads, cancellation: TestContext.Current.CancellationToken, mostViolations: found - 1));
        Assert.Contains("violations", refused.Message, StringComparison.Ordinal);
    }
}
