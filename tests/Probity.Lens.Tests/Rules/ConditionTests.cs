using Probity.Lens.Logs;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

public class ConditionTests
{
    const string Csv = """
        case,activity,time,resource,x,n,d,odd name,case:level
        1,a,2020-03-28T00:00:00Z,p,text,5,2020-01-31,,high
        1,b,2020-03-30T00:00:00Z,q,,7.5,,o,high
        """;

    [Theory]
    [InlineData("x = 'text'", "kept")]
    [InlineData("x = \"text\" and n = 5", "kept")]
    [InlineData("n < 10", "kept")]
    [InlineData("n >= 5.5 - 0.5 and n * 2 = 10 and -n = -5 and n + 1 > n", "kept")]
    [InlineData("x < 10", "unknown")]
    [InlineData("x != 10", "kept")]
    [InlineData("x in ('a', 'text')", "kept")]
    [InlineData("n in (1, 5)", "kept")]
    [InlineData("n not in (1, -5)", "kept")]
    [InlineData("d = 2020-01-31 and d < 2020-01-31T00:00:01Z", "kept")]
    [InlineData("time - d > 8w and time - d = 57d", "kept")]
    [InlineData("d + 2 * 28d < time and d + P8W < time - 12h", "kept")]
    [InlineData("[odd name] = 'o'", "unknown")]
    [InlineData("not [odd name] = 'o'", "unknown")]
    [InlineData("has [odd name]", "violated")]
    [InlineData("not has [odd name] and has x", "kept")]
    [InlineData("[odd name] = 'o' or n = 5", "kept")]
    [InlineData("[odd name] = 'o' and n = 6", "violated")]
    [InlineData("case.level = 'high' and case.concept:name = '1'", "kept")]
    [InlineData("resource = 'p' and A.activity = 'a' and org:resource != 'q'", "kept")]
    [InlineData("n = 5 or n = 6 and n = 7", "kept")]
    [InlineData("(n = 5 or n = 6) and n = 7", "violated")]
    [InlineData("x = 'it''s'", "violated")]
    [InlineData("x + 1 = 2", "unknown")]
    public void A_condition_over_one_event(string condition, string expected) => Assert.Equal(expected, Outcome($"activation: a, condition: {Quoted(condition)}"));

    [Theory]
    [InlineData("last.x = 'text' and last.n = 7.5 and last.[odd name] = 'o'", "kept")]
    [InlineData("has x", "violated")]
    [InlineData("last.n = 5", "violated")]
    public void The_last_value_of_a_case(string condition, string expected) => Assert.Equal(expected, Outcome($"activation: b, condition: {Quoted(condition)}"));

    [Theory]
    [InlineData("A.n < T.n and T.time > A.time + 47h", "kept")]
    [InlineData("A.n = T.n", "violated")]
    public void A_condition_over_two_events(string condition, string expected) => Assert.Equal(expected, Outcome($"activation: a, target: b, condition: {Quoted(condition)}"));

    [Theory]
    [InlineData("100", "50", "violated")]
    [InlineData("9", "10.5", "kept")]
    [InlineData("1.200,50", "10", "unknown")]
    [InlineData("2020-02-01", "2020-01-31T23:00:00-02:00", "kept")]
    [InlineData("05/03/2020", "06/01/2019", "unknown")]
    [InlineData("apple", "pear", "kept")]
    [InlineData("apple", "7", "unknown")]
    public void Two_texts_that_are_numbers_or_dates_are_ordered_as_such(string before, string after, string expected)
    {
        var log = Logs.LogFiles.Read(
            $"case,activity,time,x\n1,a,2020-01-01,\"{before}\"\n1,b,2020-01-02,\"{after}\"\n", new LogReaderOptions { EventAttributes = ["x"] });
        var result = Check(log, Rule("kind: value, activation: b, target: a, order: before, condition: T.x <= A.x")).Rules[0];
        Assert.Equal(expected, result.Violations.Count > 0 ? "violated" : result.Unknown > 0 ? "unknown" : "kept");
    }

    [Theory]
    [InlineData("since: A.d, within: 59d", "kept")]
    [InlineData("since: A.d, within: 58d", "violated")]
    [InlineData("since: A.d + 1d, within: 58d", "kept")]
    [InlineData("since: A.x, within: 58d", "unknown")]
    public void A_deadline_since_a_date(string terms, string expected) => Assert.Equal(expected, Outcome($"activation: a, target: b, {terms}", "deadline"));

    [Theory]
    [InlineData(null, "violated")]
    [InlineData("Europe/Rome", "kept")]
    public void A_day_of_the_calendar_may_have_25_hours(string? zone, string expected)
    {
        // From midnight to midnight over the end of summer time.
        var log = Logs.LogFiles.Read("case,activity,time\n1,a,2020-10-20T00:00:00+02:00\n1,b,2020-10-30T00:00:00+01:00\n");
        var file = File((zone is null ? "" : $"zone: {zone}\n") + "rules:\n- {id: r, kind: response, activation: a, target: b, within: 10d}");
        Assert.Equal(expected == "kept" ? 0 : 1, Check(log, file).Rules[0].Violations.Count);
    }

    [Fact]
    public void What_the_log_has_nowhere_is_told()
    {
        var result = Check(Log("a@0"), Rule("kind: response, activation: a, target: bee, target-where: x = 1 and case.y = 2"));
        Assert.Equal(["bee", "x", "case.y"], result.Rules[0].NeverSeen);
    }

    static string Outcome(string terms, string kind = "value")
    {
        var file = Rule($"kind: {kind}, {terms}");
        var log = Logs.LogFiles.Read(Csv, new LogReaderOptions { EventAttributes = file.EventAttributes, CaseAttributes = file.CaseAttributes });
        var result = Check(log, file).Rules[0];
        return result.Violations.Count > 0 ? "violated" : result.Pending > 0 ? "pending" : result.Unknown > 0 ? "unknown" : result.Vacuous > 0 ? "vacuous" : "kept";
    }

    static string Quoted(string text) => "\"" + text.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
