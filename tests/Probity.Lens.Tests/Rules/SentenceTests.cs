using System.Text.RegularExpressions;
using Probity.Lens.Rules;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

public class SentenceTests
{
    static readonly string[] Keys =
    [
        .. Enum.GetNames<Reason>(), "RateOverEvents", "RateOverDays", "RateOfValue",
        .. new[] { "Within", "After", "Between", "Late", "Never", "Or", "Nobody", "Asked", "Once", "Times", "Day", "Days", "Hour", "Hours", "Minute", "Minutes", "Second", "Seconds", "NoPeople", "As" }.Select(k => "Part." + k),
    ];

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("pt")]
    public void Every_reason_has_a_sentence_with_the_same_places(string language)
    {
        foreach (var key in Keys)
        {
            var text = RuleSentences.Own(key, language);
            Assert.False(string.IsNullOrEmpty(text), $"{key} in {language}");
            Assert.True(Places(RuleSentences.Own(key, "en")!).SetEquals(Places(text)), $"{key} in {language}");
        }
    }

    [Theory]
    [InlineData("en", "In case 1 “a” (1970-01-01) was not followed by “b” within 1 day 12 hours, and came only on 1970-01-03 06:00.")]
    [InlineData("es", "En el caso 1 a “a” (1970-01-01) no le siguió “b” en un plazo de 1 día 12 horas, y no llegó hasta el 1970-01-03 06:00.")]
    [InlineData("pt", "No caso 1 a “a” (1970-01-01) não se seguiu “b” no prazo de 1 dia 12 horas, e só veio em 1970-01-03 06:00.")]
    public void A_violation_is_explained_in_one_sentence(string language, string expected)
    {
        var check = Check(Log("a@0 b@2.25"), Rule("kind: response, activation: a, target: b, within: P1DT12H"));
        Assert.Equal(expected, new RuleSentences(check, language).Explain(check.Rules[0], check.Rules[0].Violations[0]));
    }

    [Theory]
    [InlineData("en", "In case 1 “a” was found once, where the rule asks for at least 2.")]
    [InlineData("es", "En el caso 1 “a” consta 1 vez, cuando la regla pide al menos 2.")]
    [InlineData("pt", "No caso 1 “a” consta 1 vez, quando a regra pede pelo menos 2.")]
    public void One_time_is_once(string language, string expected)
    {
        var check = Check(Log("a@0 b@1"), Rule("kind: existence, activation: a, count: 2"));
        Assert.Equal(expected, new RuleSentences(check, language).Explain(check.Rules[0], check.Rules[0].Violations[0]));
    }

    [Theory]
    [MemberData(nameof(Violated))]
    public void Whatever_is_violated_can_be_said(string rule, string trace)
    {
        var check = KindTests.Judge(rule, trace);
        foreach (var language in RuleSentences.Languages)
        {
            var sentence = new RuleSentences(check, language).Explain(check.Rules[0], check.Rules[0].Violations[0]);
            Assert.DoesNotContain('{', sentence);
            Assert.EndsWith(".", sentence, StringComparison.Ordinal);
            Assert.Matches("(case|caso) 1\\b", sentence);
        }
    }

    [Theory]
    [InlineData("kind: response, activation: a, target: b, correlation: A.resource = T.resource", "In case 1 “a” (1970-01-01) was not followed by “b” as the rule asks for it.")]
    [InlineData("kind: deadline, activation: a, target: b, within: 1d, target-where: resource = 'r'", "In case 1 “b” as the rule asks for it was due by 1970-01-02, and has not come.")]
    [InlineData("kind: existence, activation: a, activation-where: resource = 'r'", "In case 1 “a” as the rule asks for it was found 0 times, where the rule asks for at least 1.")]
    public void What_is_there_but_not_as_asked_is_not_said_to_be_missing(string rule, string expected)
    {
        var check = Check(Log("a@0/p b@0.5/q c@9/p"), Rule(rule));
        Assert.Equal(expected, new RuleSentences(check, "en").Explain(check.Rules[0], check.Rules[0].Violations[0]));
    }

    [Fact]
    public void What_is_missing_in_the_second_half_is_the_activation()
    {
        var check = Check(Log("b@0"), Rule("kind: succession, activation: a, target: b"));
        Assert.Equal("In case 1 “b” (1970-01-01) was not preceded by “a”.", new RuleSentences(check, "en").Explain(check.Rules[0], check.Rules[0].Violations[0]));
    }

    [Fact]
    public void A_language_without_texts_is_refused() =>
        Assert.Throws<BadInputException>(() => new RuleSentences(Check(Log("a@0"), Rule("kind: init, activation: a")), "fr"));

    public static TheoryData<string, string> Violated() =>
        [.. KindTests.Traces().Select(row => row.Data).Where(r => r.Item3.StartsWith("violated", StringComparison.Ordinal)).Select(r => (r.Item1, r.Item2))];

    static HashSet<string> Places(string text) => [.. Regex.Matches(text, @"\{\w+\}").Select(m => m.Value)];
}
