using System.Xml.Linq;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;

namespace Probity.Lens.Tests.Discovery;

public class DiscoveryTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Directly_follows_counts_pairs_starts_and_ends_in_order_of_names()
    {
        var log = EventLog.FromTraces([("1", ["b", "a", "a"]), ("2", ["b", "a", "a"]), ("3", ["a"]), ("4", [])]);
        var follows = DirectlyFollows.Of(log);
        Assert.Equal(["b", "a"], follows.Activities);
        Assert.Equal([2, 5], follows.Events);
        Assert.Equal([2, 1], follows.Starts);
        Assert.Equal([0, 3], follows.Ends);
        Assert.Equal([new Follows(1, 1, 2), new Follows(0, 1, 2)], follows.Edges);
    }

    [Fact]
    public void A_map_is_xml_that_shows_each_activity_and_count_and_names_nothing_outside()
    {
        var map = Draw([("1", ["seize <1>", "weigh & seal", "weigh & seal", "store"]), ("2", ["seize <1>", "store", "seize <1>"])], out var text);
        Assert.Contains("Process map", map.Element(Svg + "title")!.Value);
        Assert.Contains("3 activities", map.Element(Svg + "desc")!.Value);
        var titles = map.Descendants(Svg + "title").Select(t => t.Value).ToList();
        Assert.Contains("weigh & seal: 2 events", titles);
        Assert.Contains("weigh & seal → weigh & seal: 1×", titles);
        Assert.Contains("store → seize <1>: 1×", titles);
        Assert.Contains("start → seize <1>: 2×", titles);
        Assert.DoesNotContain("<script", text);
        Assert.DoesNotContain("style", text);
        Assert.DoesNotContain("href", text);
    }

    [Fact]
    public void What_deviates_differs_by_colour_and_by_dash()
    {
        var options = new MapOptions { DeviatingActivities = new HashSet<string> { "b" }, DeviatingSteps = new HashSet<(string, string)> { ("a", "b") } };
        var map = Draw([("1", ["a", "b", "c"])], out _, options);
        var dashed = map.Descendants().Where(e => e.Attribute("stroke-dasharray") is not null).ToList();
        Assert.Equal(["path", "rect"], dashed.Select(e => e.Name.LocalName).Order());
        Assert.All(dashed, e => Assert.Equal("#b00020", e.Attribute("stroke")!.Value));
    }

    [Fact]
    public void Boxes_do_not_overlap_and_all_lie_inside_the_picture()
    {
        var random = new Random(7);
        var traces = Enumerable.Range(0, 60)
            .Select(c => ($"{c}", (IReadOnlyList<string>)[.. Enumerable.Range(0, 12).Select(_ => "activity with a long name " + random.Next(20))]));
        var map = Draw(traces, out _, new MapOptions { MaxSteps = 70 });
        var size = map.Attribute("viewBox")!.Value.Split(' ').Select(double.Parse).ToArray();
        var boxes = map.Descendants(Svg + "g").Select(g => g.Element(Svg + "rect")!).Select(r =>
            (X: Of(r, "x"), Y: Of(r, "y"), Right: Of(r, "x") + Of(r, "width"), Bottom: Of(r, "y") + Of(r, "height"))).ToList();
        Assert.Equal(20, boxes.Count);
        Assert.All(boxes, b => Assert.True(b.X >= 0 && b.Y >= 0 && b.Right <= size[2] && b.Bottom <= size[3]));
        foreach (var (i, a) in boxes.Index())
        {
            foreach (var b in boxes.Skip(i + 1))
                Assert.False(a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom);
        }
    }

    [Fact]
    public void A_log_with_very_many_activities_is_drawn_in_part_and_says_so()
    {
        var map = Draw([("1", [.. Enumerable.Range(0, 5_000).Select(i => $"a{i}")])], out _);
        Assert.Equal(60, map.Descendants(Svg + "g").Count());
        Assert.Contains("arrows and 4\u2009940 activities", map.Element(Svg + "desc")!.Value);
    }

    [Fact]
    public void The_words_of_the_picture_are_the_callers()
    {
        var words = new MapWords { Start = "início & <i>", End = "fim", Events = "{0} eventos", Departs = "afasta-se", Reading = "{0} caixas, {1} setas.", Departing = "Vermelho." };
        var options = new MapOptions { Title = "Mapa", Words = words, DeviatingActivities = new HashSet<string> { "b" } };
        var map = Draw([("1", ["a", "b"])], out var text, options);
        Assert.Equal("2 caixas, 3 setas. Vermelho.", map.Element(Svg + "desc")!.Value);
        Assert.Contains("início & <i>", map.Descendants(Svg + "text").Select(t => t.Value));
        Assert.Contains("b: 1 eventos, afasta-se", map.Descendants(Svg + "title").Select(t => t.Value));
        Assert.DoesNotContain("start", text);
        Assert.DoesNotContain(">end<", text);
    }

    [Fact]
    public void The_same_log_gives_the_same_bytes()
    {
        (string, IReadOnlyList<string>)[] traces = [("1", ["a", "b", "c", "a"]), ("2", ["b", "c", "d"]), ("3", ["d", "a"])];
        Draw(traces, out var once);
        Draw(traces, out var again);
        Assert.Equal(once, again);
    }

    static double Of(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, System.Globalization.CultureInfo.InvariantCulture);

    static XElement Draw(IEnumerable<(string, IReadOnlyList<string>)> traces, out string text, MapOptions? options = null)
    {
        text = ProcessMap.Svg(DirectlyFollows.Of(EventLog.FromTraces(traces)), options);
        return XElement.Parse(text);
    }
}
