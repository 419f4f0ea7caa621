using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;
using Probity.Lens.Rules;
using Probity.Testing;

namespace Probity.Lens.Tests.Discovery;

/// <summary>Constraints as rules: what is mined is what the check of rules, which is written by other means, counts.</summary>
public class ConstraintRuleTests
{
    static readonly string[] Odd = ["a", "Weigh: 3 g # 'x'", "\"quoted\\\"", "line\nbreak\u2028", "é[{😀", "- no: {yes}", " spaced ", "\u0007"];
    static readonly Gen<(int Activity, int Step)[][]> Cases = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 2]).Array[0, 8].Array[1, 6];

    [Fact]
    public void The_check_of_rules_counts_the_same_where_times_differ() =>
        Cases.Sample(cases => Agree(Log(cases.Select(c => c.Select(e => (Odd[e.Activity], 1)))), new DeclareOptions { Support = 0, Confidence = 0, All = true }), iter: 150);

    [Theory]
    [InlineData("receipt", 0, 0.5)]
    [InlineData("sepsis_cases", 0, 0.5)]
    [InlineData("roadfines", 0.1, 0.95)]
    public void The_check_of_rules_counts_the_same_on_a_real_log(string name, double support, double confidence)
    {
        var real = LogReader.Read(ReferenceData.Path($"lens/logs/{name}.xes.gz"), null, null, TestContext.Current.CancellationToken);
        // Times of their own for all events: the check gives those of one time no order.
        var log = Log(Enumerable.Range(0, real.Cases.Count).Select(c => real.ActivitiesOf(c).ToArray().Select(a => (real.Activities[a], 1))));
        Agree(log, new DeclareOptions { Support = support, Confidence = confidence, All = true }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void What_no_case_breaks_is_violated_nowhere_whatever_the_times() =>
        Cases.Sample(
            cases =>
            {
                var log = Log(cases.Select(c => c.Select(e => (Odd[e.Activity], e.Step))));
                var found = DeclareMiner.Discover(log, new DeclareOptions { Support = 0, Confidence = 1 });
                if (found.Count == 0) return;
                Assert.False(RuleCheck.Run(log, File(log, found)).AnyViolated);
            },
            iter: 500);

    [Theory]
    [InlineData("receipt")]
    [InlineData("sepsis_cases")]
    [InlineData("roadfines")]
    public void A_real_log_keeps_what_was_mined_of_it_without_exception(string name)
    {
        var log = LogReader.Read(ReferenceData.Path($"lens/logs/{name}.xes.gz"), null, null, TestContext.Current.CancellationToken);
        var found = DeclareMiner.Discover(log, new DeclareOptions { Support = 0.05, Confidence = 1 }, TestContext.Current.CancellationToken);
        Assert.NotEmpty(found);
        Assert.False(RuleCheck.Run(log, File(log, found), cancellation: TestContext.Current.CancellationToken).AnyViolated);
    }

    [Fact]
    public void What_no_rule_file_can_hold_is_refused()
    {
        var log = DeclareMinerTests.Log(["ab"]);
        var sentences = new ConstraintSentences(log, "en");
        Assert.Throws<BadInputException>(() => ConstraintRules.Write(log, [], sentences));
        var one = new Constraint(RuleKind.Init, 0, -1, 1, 1, 1, 1, 1, 1);
        Assert.Contains("1,001 constraints", Assert.Throws<BadInputException>(() => ConstraintRules.Write(log, [.. Enumerable.Repeat(one, 1_001)], sentences)).Message);
        foreach (var name in (string[])["", new('x', 5_000)])
        {
            var odd = EventLog.FromTraces([("1", [name])]);
            Assert.Throws<BadInputException>(() => ConstraintRules.Write(odd, [one], new ConstraintSentences(odd, "en")));
        }
    }

    [Fact]
    public void Every_template_has_a_sentence_with_the_same_places_in_each_language()
    {
        var keys = Enum.GetNames<RuleKind>().Take((int)RuleKind.NotCoexistence + 1).Except([nameof(RuleKind.NotResponse)])
            .Concat(["ExistenceOnce", "AbsenceOnce", "ExactlyOnce"]);
        foreach (var key in keys)
        {
            var english = ConstraintSentences.Own(key, "en")!;
            foreach (var language in RuleSentences.Languages)
                Assert.True(Places(english).SetEquals(Places(ConstraintSentences.Own(key, language)!)), $"{key} in {language}");
        }

        Assert.Equal("“a{b}” comes at most 2 times in a case.", new ConstraintSentences(EventLog.FromTraces([("1", ["a{b}"])]), "en").Say(new Constraint(RuleKind.Absence, 0, -1, 3, 1, 1, 1, 1, 1)));
        Assert.Throws<BadInputException>(() => new ConstraintSentences(DeclareMinerTests.Log(["a"]), "fr"));
    }

    static HashSet<string> Places(string text) => [.. Regex.Matches(text, @"\{\w+\}").Select(m => m.Value)];

    static void Agree(EventLog log, DeclareOptions options, CancellationToken cancel = default)
    {
        var found = DeclareMiner.Discover(log, options, cancel);
        foreach (var part in found.Chunk(500))
        {
            var judged = RuleCheck.Run(log, File(log, part), cancellation: cancel).Rules;
            foreach (var (constraint, rule) in part.Zip(judged))
            {
                Assert.Equal((constraint.Broken, rule.Rule.Id), (rule.Cases, rule.Rule.Id));
                // Rules judge absence in every case, and not-coexistence at the activation alone.
                if (constraint.Kind is RuleKind.Absence or RuleKind.NotCoexistence) continue;
                Assert.Equal((constraint.Activations, constraint.Activations - constraint.Fulfilled, rule.Rule.Id), (rule.Activations, rule.Violations.Count, rule.Rule.Id));
                Assert.Equal(log.Cases.Count - constraint.Called, rule.Vacuous);
            }
        }
    }

    static RuleFile File(EventLog log, IReadOnlyList<Constraint> constraints) =>
        RuleFile.Parse(Encoding.UTF8.GetBytes(ConstraintRules.Write(log, constraints, new ConstraintSentences(log, "pt"))), "rules.yaml");

    static EventLog Log(IEnumerable<IEnumerable<(string Activity, int Step)>> cases)
    {
        var builder = new EventLogBuilder();
        foreach (var events in cases)
        {
            var number = builder.AddCase(builder.CaseCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var time = 0L;
            foreach (var (activity, step) in events) builder.Add(number, activity, null, time += step);
        }

        return builder.Build();
    }
}
