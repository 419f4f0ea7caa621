using Probity.Lens.Objects;
using Probity.Lens.Rules;
using Probity.Lens.Tests.Rules;

namespace Probity.Lens.Tests.Objects;

/// <summary>Each kind of rule over objects on logs of a few events. An event is "id activity@hour names…", a name with "/as" is qualified.</summary>
public class ObjectRuleTests
{
    [Theory]
    // By the relation between the two, whichever way it points.
    [InlineData("x1>c1", "1 a@0 x1 c1; 2 b@1 x1", "")]
    [InlineData("x1>c1", "1 a@0 x1 c2; 2 b@1 x1 c2", "OtherOwner x1@0 c1,c2; OtherOwner x1@1 c1,c2")]
    [InlineData("c1>x1", "1 a@0 x1 c2", "OtherOwner x1@0 c1,c2")]
    [InlineData("x1>c1", "1 a@0 x1 c1 c2", "")]
    [InlineData("x1>c1 x1>c2", "1 a@0 x1 c1", "SeveralOwners x1@ c1,c2")]
    // By the first event that names both.
    [InlineData("", "1 a@0 x1 c1; 2 b@1 x1; 3 b@2 x1 c2; 4 b@3 x1 c1", "OtherOwner x1@2 c1,c2")]
    [InlineData("", "1 a@0 x1 c1 c2", "SeveralOwners x1@0 c1,c2")]
    [InlineData("", "1 a@0 x1 c1; 2 b@0 x1 c2", "SeveralOwners x1@0 c1,c2")]
    [InlineData("", "1 a@0 x1", "NoOwner x1@ ")]
    [InlineData("", "1 a@0 c1", "NoOwner x1@ ")]
    public void Belongs(string links, string events, string expected) =>
        Assert.Equal(expected, Found("kind: belongs, object: x, to: c", events, links: links));

    [Fact]
    public void Belongs_by_a_relation_of_a_name_alone()
    {
        Assert.Equal("", Found("kind: belongs, object: x, to: c, as: of", "1 a@0 x1 c1", links: "x1>c1/of x1>c2/near"));
        Assert.Equal("OtherOwner x1@0 c2,c1", Found("kind: belongs, object: x, to: c, as: near", "1 a@0 x1 c1", links: "x1>c1/of x1>c2/near"));
    }

    [Theory]
    [InlineData("min: 2", "1 a@0 p1 p2; 2 a@1 p1; 3 b@2", "TooFewObjects 2@0 p1")]
    [InlineData("max: 1", "1 a@0 p1 p2; 2 a@1 p1", "TooManyObjects 1@0 p1,p2")]
    [InlineData("max: 0", "1 a@0 p1; 2 a@1", "TooManyObjects 1@0 p1")]
    [InlineData("min: 1, max: 1, as: by", "1 a@0 p1/by p2/saw; 2 a@1 p1/saw; 3 a@2 p1/by p2/by; 4 a@3 p1/by p1/by", "TooFewObjects 2@0 ; TooManyObjects 3@0 p1,p2")]
    public void Per_event(string rule, string events, string expected) =>
        Assert.Equal(expected, Found($"kind: per-event, activation: a, object: p, {rule}", events));

    [Theory]
    [InlineData("fall: 2%", "0=100 1=98 2=97", "")]
    [InlineData("fall: 2%", "0=100 1=97.9", "Fell x1@0,1 100>97.9")]
    [InlineData("fall: 0.2", "0=100.3 1=100.1 2=99.9", "")]
    [InlineData("fall: 0", "0=1 1=1 2=0.9999", "Fell x1@1,2 1>0.9999")]
    [InlineData("fall: 0", "0=1 1=5", "")]
    [InlineData("rise: 1", "0=1 1=2 2=3.5", "Rose x1@1,2 2>3.5")]
    [InlineData("fall: 1, rise: 1", "0=5 1=3 2=5", "Fell x1@0,1 5>3; Rose x1@1,2 3>5")]
    // What was recorded at one time has no order.
    [InlineData("fall: 1", "0=5 1=3 1=9 2=3", "")]
    [InlineData("fall: 1", "0=5 1=3 1=2 2=3", "Fell x1@0,1 5>3")]
    [InlineData("fall: 1", "0=5 1=3 1=5 2=5", "")]
    public void Value_kept(string rule, string values, string expected) =>
        Assert.Equal(expected, Found($"kind: value-kept, object: x, value: w, {rule}", "1 a@0 x1; 2 a@1 x1; 3 a@2 x1", values: values));

    [Theory]
    [InlineData("1 a@0 x1 l1; 2 a@1 x1 l2", "TwoPlaces x1@0,1 l1,l2")]
    [InlineData("1 a@0 x1 l1; 2 a@2 x1 l2", "")]
    [InlineData("1 a@0 x1 l1; 2 a@1 x1; 3 a@1.5 x1 l2", "TwoPlaces x1@0,2 l1,l2")]
    [InlineData("1 a@0 x1 l1; 2 a@1 x1 l1 l2; 3 a@2 x1 l2", "")]
    [InlineData("1 a@0 x1 l1; 2 a@0 x1 l2", "TwoPlaces x1@0,1 l1,l2")]
    public void One_place(string events, string expected) =>
        Assert.Equal(expected, Found("kind: one-place, object: x, place: l, travel: 2h", events));

    [Fact]
    public void A_rule_over_cases_takes_the_objects_that_it_names()
    {
        var log = Log("1 a@0 x1 c1; 2 b@1 c1; 3 a@2 c2", "", "");
        var rules = RuleLogs.File("rules:\n- {id: r, kind: response, activation: a, target: b}\n- {id: s, kind: response, activation: a, target: b, object: c}\n");
        var check = ObjectCheck.Run(log, new ObjectView { ObjectType = "x" }, rules, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["r x1", "s c2"], check.Rules.SelectMany(r => r.Violations.Select(v => $"{r.Rule.Id} {r.Log.Cases[v.Case]}")));
        Assert.Equal(["x1"], check.Log.Cases);
    }

    [Theory]
    [InlineData("kind: belongs, object: y, to: c", "rule 'r': the log has no objects of type 'y'; there are x, c, p, l.")]
    [InlineData("kind: belongs, object: x, to: y", "rule 'r': the log has no objects of type 'y'; there are x, c, p, l.")]
    public void A_type_that_the_log_does_not_have_is_refused(string rule, string expected) => Assert.Equal(expected, Assert.Throws<BadInputException>(() => Found(rule, "1 a@0 x1")).Message);

    [Theory]
    [InlineData("kind: per-event, activation: a, object: p", "a rule of kind per-event needs 'min', 'max', or both")]
    [InlineData("kind: per-event, activation: a, object: p, min: 3, max: 2", "'min' is more than 'max'; nothing can be both")]
    [InlineData("kind: per-event, activation: a, object: p, min: x", "'min' is a whole number from 0 to 1,000,000")]
    [InlineData("kind: value-kept, object: x, value: w", "a rule of kind value-kept needs 'fall', 'rise', or both")]
    [InlineData("kind: value-kept, object: x, value: w, fall: some", "'fall' is how far the value may go: an amount such as 0.5, or a share such as 2%")]
    [InlineData("kind: belongs, object: x", "a rule of kind belongs needs 'to'")]
    public void What_no_rule_can_mean_is_refused(string rule, string expected) => Assert.Contains(expected, RuleLogs.Refusal($"rules:\n- {{id: r, {rule}}}\n"), StringComparison.Ordinal);

    [Fact]
    public void A_log_of_cases_has_no_objects() => Assert.StartsWith("The rule 'r' is about objects of type 'x'",
        Assert.Throws<BadInputException>(() => RuleLogs.Check(RuleLogs.Log("a@0"), RuleLogs.Rule("kind: init, activation: a, object: x"))).Message, StringComparison.Ordinal);

    [Fact]
    public void What_the_log_has_nowhere_is_told()
    {
        var log = Log("1 a@0 x1 p1/by", "", "");
        var rules = RuleLogs.File("rules:\n- {id: r, kind: value-kept, object: x, value: weight, fall: 1}\n- {id: s, kind: per-event, activation: [a, hand], object: p, as: giver, max: 2}\n");
        var check = ObjectCheck.Run(log, new ObjectView { ObjectType = "x" }, rules, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([["weight"], ["giver", "hand"]], check.Rules.Select(r => r.NeverSeen));
    }

    internal static string Found(string rule, string events, string links = "", string values = "")
    {
        var check = ObjectCheck.Run(Log(events, links, values), new ObjectView { ObjectType = "x", PersonType = "p" }, RuleLogs.Rule(rule), cancellation: TestContext.Current.CancellationToken);
        var result = check.Rules[0];
        foreach (var language in RuleSentences.Languages)
            foreach (var violation in result.Violations) Assert.Matches(@"^[^{}]+\.$", new RuleSentences(check, language).Explain(result, violation));
        return string.Join("; ", result.Violations.Select(v =>
        {
            var finding = result.FindingOf(v)!;
            var what = v.Reason is Reason.Fell or Reason.Rose ? FormattableString.Invariant($"{finding.Before.Value}>{finding.After.Value}") : string.Join(',', finding.Objects);
            return $"{v.Reason} {result.Log.Cases[v.Case]}@{string.Join(',', finding.Events)} {what}";
        }));
    }

    /// <summary>Types x, c, p and l, two objects of each but one of x; links are "x1>c1/as", values of x1 "hour=number".</summary>
    static ObjectLog Log(string events, string links, string values)
    {
        var log = new Ocel();
        foreach (var type in (string[])["x", "c", "p", "l"]) log.ObjectTypes.Add((type, type == "x" ? [("w", "float")] : []));
        foreach (var type in (string[])["a", "b"]) log.EventTypes.Add((type, []));
        foreach (var id in (string[])["x1", "c1", "c2", "p1", "p2", "l1", "l2"]) log.Put(id, id[..1]);
        foreach (var link in links.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = link.Split('>');
            log.Things.Single(t => t.Id == ends[0]).Names.Add(Named(ends[1]));
        }

        foreach (var value in values.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            log.Things[0].Values.Add(("w", Hour(value.Split('=')[0]), double.Parse(value.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var line in events.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            log.Add(words[0], words[1].Split('@')[0], Hour(words[1].Split('@')[1]), [.. words.Skip(2).Select(Named)]);
        }

        return ObjectFiles.Read(log.Json());
    }

    static DateTime Hour(string text) => DateTime.UnixEpoch.AddHours(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture));

    static (string, string) Named(string word) => word.Split('/') is [var thing, var how] ? (thing, how) : (word, "");
}
