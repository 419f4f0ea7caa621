using Probity.Lens.Logs;
using static Probity.Lens.Tests.Logs.LogFiles;

namespace Probity.Lens.Tests.Logs;

public class XesHeaderTests
{
    const string Classifiers = "<classifier name='Step' keys=\"concept:name lifecycle:transition\"/><classifier name='Odd' keys=\"'a b' c\"/>";

    static string Log(string header, params string[] events) =>
        $"<log>{header}<trace><string key='concept:name' value='1'/>{string.Concat(events)}</trace></log>";

    static string With(string name) => Event("seize", $"<string key='lifecycle:transition' value='{name}'/>");

    [Fact]
    public void An_activity_is_what_the_classifier_joins()
    {
        var log = Read(Log(Classifiers, With("start"), With("complete"), With("start")), new LogReaderOptions { Classifier = "Step" });
        Assert.Equal(["seize+start", "seize+complete"], log.Activities);
        Assert.Equal([0, 1, 0], log.ActivitiesOf(0).ToArray());
        Assert.Equal(["seize"], Read(Log(Classifiers, With("start"), With("complete"))).Activities);
    }

    [Fact]
    public void What_is_no_completion_is_counted()
    {
        var log = Log(Classifiers, With("start"), With("COMPLETE"), Event("seize", ""));
        Assert.Equal(1, Read(log).NotCompletions);
        Assert.Equal("start", Read(log, new LogReaderOptions { EventAttributes = ["lifecycle:transition"] }).EventAttributes["lifecycle:transition"].TextOf(0));
        Assert.Equal(0, Read(Log(Classifiers, With("start")), new LogReaderOptions { Classifier = "Step" }).NotCompletions);
    }

    [Fact]
    public void Keys_with_spaces_stand_in_quotes_and_a_concept_name_is_not_needed() => Assert.Equal(["x+y"], Read(
        Log(Classifiers, "<event><string key='a b' value='x'/><int key='c' value='y'/><date key='time:timestamp' value='2020-01-01'/></event>"),
        new LogReaderOptions { Classifier = "Odd" }).Activities);

    [Fact]
    public void An_attribute_of_the_classifier_can_be_asked_for_too()
    {
        var log = Read(Log(Classifiers, With("start")), new LogReaderOptions { Classifier = "Step", EventAttributes = ["lifecycle:transition"] });
        Assert.Equal("start", log.EventAttributes["lifecycle:transition"].TextOf(0));
    }

    [Theory]
    [InlineData("Other", "", "no classifier is named 'Other' before the first trace; it has 'Step', 'Odd'")]
    [InlineData("Odd", "", "no a b, which the classifier needs")]
    [InlineData("Step", "<string key='lifecycle:transition' value='x'/>", "lifecycle:transition stands there twice")]
    public void What_a_classifier_lacks_is_said(string classifier, string more, string expected) => Assert.Contains(
        expected,
        Refusal(Log(Classifiers, Event("a", "<string key='lifecycle:transition' value='x'/>" + more)), new LogReaderOptions { Classifier = classifier }));

    [Fact]
    public void A_log_without_classifiers_and_csv_say_so()
    {
        var wanted = new LogReaderOptions { Classifier = "Step" };
        Assert.Contains("the log declares none", Refusal(Log("", Event("a")), wanted));
        Assert.Contains("CSV, which has no classifiers", Refusal("case,activity,time\n1,a,2020-01-01\n", wanted));
        Assert.Contains("names no attribute", Refusal(Log("<classifier name='Step' keys=' '/>", Event("a")), wanted));
    }

    [Fact]
    public void Extensions_may_go_by_other_prefixes()
    {
        var log = Read("""
            <log>
              <extension name="Concept" prefix="c" uri="http://www.xes-standard.org/concept.xesext"/>
              <extension name="Time" prefix="t" uri="http://code.deckfour.org/xes/time.xesext"/>
              <extension name="Organizational" prefix="o" uri="http://www.xes-standard.org/org.xesext"/>
              <trace><string key="c:name" value="K"/>
                <event><string key="c:name" value="a"/><date key="t:timestamp" value="1970-01-01T00:00:01Z"/><string key="o:resource" value="r"/></event>
              </trace>
            </log>
            """);
        Assert.Equal("case K\na|r|1000000\n", Dump(log));
        Assert.Contains("no c:name", Refusal(Log("<extension prefix='c' uri='http://x/concept.xesext'/>", Event("a"))));
    }

    [Fact]
    public void Events_that_complete_nothing_can_be_left_out()
    {
        var text = Trace(
            Event("a", "<string key='lifecycle:transition' value='start'/><int key='kg' value='1'/>")
            + Event("b") + Event("a", "<int key='kg' value='2'/><string key='lifecycle:transition' value='COMPLETE'/>"));
        var all = Read(text, new LogReaderOptions { EventAttributes = ["kg"] });
        Assert.Equal((3, 1), (all.EventCount, all.NotCompletions));
        var completed = Read(text, new LogReaderOptions { EventAttributes = ["kg"], CompletionsOnly = true });
        Assert.Equal(["b", "a"], completed.ActivitiesOf(0).ToArray().Select(a => completed.Activities[a]));
        var kg = completed.EventAttributes["kg"];
        Assert.Equal((AttributeKind.Missing, 2, 0), (kg.KindOf(0), kg.NumberOf(1), completed.NotCompletions));
        Assert.Contains("the log holds no event", Refusal(Trace(Event("a", "<string key='lifecycle:transition' value='start'/>")), new LogReaderOptions { CompletionsOnly = true }));
    }

    [Fact]
    public void Nested_attributes_go_by_their_path()
    {
        var log = Read(
            Trace(
                "<string key='c' value='1'><int key='in' value='5'><int key='deep' value='6'/></int></string>"
                + Event("a", "<string key='x' value='1'><float key='kg' value='2.5'/></string><list key='l'><values><string key='m' value='n'/></values></list>")
                + Event("b", "<string key='y' value='1'><float key='kg' value='7'/></string>")),
            new LogReaderOptions { EventAttributes = ["x/kg", "l/m", "kg"], CaseAttributes = ["c/in/deep", "c"] });
        Assert.Equal((6, "1"), (log.CaseAttributes["c/in/deep"].NumberOf(0), log.CaseAttributes["c"].TextOf(0)));
        var kg = log.EventAttributes["x/kg"];
        Assert.Equal((2.5, AttributeKind.Missing), (kg.NumberOf(0), kg.KindOf(1)));
        Assert.Equal("n", log.EventAttributes["l/m"].TextOf(0));
        Assert.Equal(AttributeKind.Missing, log.EventAttributes["kg"].KindOf(0));
    }

    [Fact]
    public void Two_of_a_list_cannot_both_be_kept() => Assert.Contains("l/m stands there twice", Refusal(
        Trace(Event("a", "<list key='l'><string key='m' value='n'/><string key='m' value='o'/></list>")),
        new LogReaderOptions { EventAttributes = ["l/m"] }));
}
