using System.Text.RegularExpressions;
using System.Xml.Linq;
using Probity.Lens.Rules;
using static Probity.Lens.Tests.Rules.RuleLogs;

namespace Probity.Lens.Tests.Rules;

public class FunnelPlotTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Limits_lie_between_whole_outcomes()
    {
        // Under Beta(1, 1) each of 0 to 4 outcomes is as likely, 0.2. P(R <= 2) = 0.6 is the first above 0.5: 2 - 0.1/0.2 = 1.5 of 4.
        var limits = new FunnelLimits(1, 1, isPoisson: false);
        Assert.Equal([0.125, 0.375, 0.875], limits.Differing(4, [0.3, 0.5, 0.9]).Select(l => Math.Round(l, 12)));
        // Gamma(1, 1) over an exposure of 1: halves. P(R <= 1) = 0.75 is the first above 0.6: 1 - 0.15/0.25 = 0.4.
        Assert.Equal(0.4, new FunnelLimits(1, 1, isPoisson: true).Differing(1, [0.6])[0], 12);
        // Half of one case: P(R <= 0) = 0.5; of two, 0.25, 0.75.
        Assert.Equal(0.25, limits.Alike(2, [0.5])[0], 12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Limits_hold_as_many_as_they_say(bool isPoisson)
    {
        var limits = new FunnelLimits(4, 96, isPoisson);
        foreach (var exposure in (double[])[10, 200, 30_000])
        {
            double[] probabilities = [0.001, 0.025, 0.975, 0.999];
            var found = limits.Differing(exposure, probabilities);
            for (var i = 0; i < found.Length; i++)
            {
                // What lies above is known from the rule's own tails, which are counted otherwise.
                var k = (int)Math.Ceiling((found[i] * exposure) - 1e-9);
                double From(int outcomes) => isPoisson ? PeerRates.UpperTailPoisson(outcomes, exposure, 4, 96) : PeerRates.UpperTail(outcomes, (int)exposure, 4, 96);
                Assert.True(1 - From(k + 1) > probabilities[i] - 1e-9 && 1 - From(k) <= probabilities[i] + 1e-9, $"{exposure}, {probabilities[i]}: {found[i]}");
            }
        }
    }

    [Fact]
    public void Shares_are_drawn_with_what_stands_out_marked_and_named()
    {
        var rule = Judged("<b>&\"'\u0001");
        Assert.True(rule.Rates[0].StandsOut);
        foreach (var language in RuleSentences.Languages)
        {
            var text = FunnelPlot.Svg(rule, language);
            var plot = XElement.Parse(text);
            Assert.Equal(rule.Rates.Count, plot.Elements(Svg + "g").Count());
            Assert.Equal(1, plot.Elements(Svg + "g").Count(g => g.Elements(Svg + "path").Any(p => p.Attribute("fill")!.Value == "#b00020")));
            Assert.Contains("<b>&\"'\uFFFD", plot.Elements(Svg + "text").Select(t => t.Value));
            foreach (var forbidden in (string[])["<script", "style=", "href", "{0}"]) Assert.DoesNotContain(forbidden, text);
            var box = plot.Attribute("viewBox")!.Value.Split(' ').Select(double.Parse).ToArray();
            Assert.All(plot.Elements(Svg + "text").Where(t => t.Attribute("x") is not null), t => Assert.InRange(double.Parse(t.Attribute("x")!.Value, System.Globalization.CultureInfo.InvariantCulture), 0, box[2]));
        }

        Assert.Contains("<title>r</title>", FunnelPlot.Svg(rule));
        Assert.Equal(FunnelPlot.Svg(rule, "pt"), FunnelPlot.Svg(rule, "pt"));
    }

    [Theory]
    [InlineData("exposure: days")]
    [InlineData("exposure: events")]
    [InlineData("by: resource")]
    public void Other_exposures_are_drawn_too(string option) => XElement.Parse(FunnelPlot.Svg(Judged("x", option)));

    [Fact]
    public void Where_all_have_as_many_cases_the_axis_has_ticks_apart_and_limits()
    {
        var traces = Enumerable.Range(0, 200).Select(i => $"a@{i}/p{i % 5}" + (i % 3 == 0 ? $" b@{i + 1}" : "")).ToArray();
        var rule = Check(Log(traces), Rule("kind: rate, activation: a, target: b")).Rules[0];
        Assert.All(rule.Rates, r => Assert.Equal(40, r.Cases));
        var plot = XElement.Parse(FunnelPlot.Svg(rule));
        string[] ticks = [.. plot.Elements(Svg + "text").Select(t => t.Value).Where(t => t.All(char.IsAsciiDigit))];
        Assert.Equal(ticks.Distinct(), ticks);
        Assert.Contains("40", ticks);
        Assert.True(ticks.Length > 3);
    }

    [Fact]
    public void What_compared_nothing_is_not_drawn()
    {
        var rule = Check(Log("a@0/p b@1"), Rule("kind: rate, activation: a, target: b")).Rules[0];
        Assert.False(FunnelPlot.CanDraw(rule));
        Assert.Throws<ArgumentException>(() => FunnelPlot.Svg(rule));
        Assert.Throws<BadInputException>(() => FunnelPlot.Svg(Judged("x"), "fr"));
    }

    [Fact]
    public void Every_text_has_the_same_places_in_each_language()
    {
        foreach (var key in (string[])["Description", "Point", "AcrossCases", "AcrossEvents", "AcrossDays", "UpCases", "UpEvents", "UpDays", "AcrossIntervals", "UpIntervals", "Out", "Near", "Others", "Inner", "Outer", "Alike"])
        {
            var places = Places(FunnelWords.Own(key, "en")!);
            foreach (var language in RuleSentences.Languages) Assert.True(places.SetEquals(Places(FunnelWords.Own(key, language)!)), $"{key} in {language}");
        }
    }

    static HashSet<string> Places(string text) => [.. Regex.Matches(text, @"\{\d\}").Select(m => m.Value)];

    static RuleResult Judged(string name, string option = "")
    {
        var traces = new List<string>();
        for (var person = 0; person < 12; person++)
            for (var c = 0; c < 30 + (20 * person); c++) traces.Add($"a@{c}/{(person == 5 ? name : $"p{person}")}" + (c % 10 == 0 || (person == 5 && c % 2 == 0) ? $" b@{c}" : ""));
        return Check(Log([.. traces]), Rule($"kind: rate, activation: a, target: b{(option.Length > 0 ? ", " + option : "")}")).Rules[0];
    }
}
