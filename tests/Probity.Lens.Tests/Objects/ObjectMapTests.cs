using System.Globalization;
using System.Xml.Linq;
using Probity.Lens.Objects;

namespace Probity.Lens.Tests.Objects;

public class ObjectMapTests
{
    static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Each_type_has_its_own_arrows_with_how_often()
    {
        var unit = PlantedUnit.Make().Log;
        var map = XDocument.Parse(ObjectMap.Svg(ObjectFiles.Read(unit.Json()), new ObjectMapOptions { PersonType = "officer", MaxSteps = 1_000 }));
        var titles = map.Descendants(Svg + "path").Elements(Svg + "title").Select(t => t.Value).ToList();
        // A title is "from → to (type: how often×, …)"; only an arrow from a box to itself stands for several types.
        var told = titles.SelectMany(t => t[(t.IndexOf(" (", StringComparison.Ordinal) + 2)..^1].Split(", "), (t, part) => $"{t.Split(" (")[0]} {part}").ToList();
        foreach (var type in (string[])["exhibit", "package", "location"])
        {
            var pairs = new Dictionary<string, int>();
            foreach (var thing in unit.Things.Where(t => t.Type == type))
            {
                var path = unit.Events.Where(e => e.Names.Any(n => n.Thing == thing.Id)).OrderBy(e => e.Time).Select(e => e.Type).ToList();
                if (path.Count == 0) continue;
                foreach (var (from, to) in path.Prepend("start").Zip(path.Append("end"))) pairs[$"{from} → {to} {type}"] = pairs.GetValueOrDefault($"{from} → {to} {type}") + 1;
            }

            Assert.Equal(pairs.Select(p => $"{p.Key}: {p.Value}×").Order(StringComparer.Ordinal), told.Where(t => t.Contains($" {type}: ", StringComparison.Ordinal)).Select(t => t.Replace("\u2009", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }

        Assert.DoesNotContain(titles, t => t.Contains("officer", StringComparison.Ordinal));
        Assert.Contains("Not drawn: objects of type officer.", map.Descendants(Svg + "desc").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_differ_in_colour_in_dash_and_in_head_and_the_legend_says_which()
    {
        var map = XDocument.Parse(ObjectMap.Svg(ObjectFiles.Read(PlantedUnit.Make().Log.Json())));
        var samples = map.Root!.Elements(Svg + "path").ToList();
        Assert.Equal(5, samples.Count);
        Assert.Equal(5, samples.Select(s => s.Attribute("stroke")!.Value).Distinct().Count());
        Assert.Equal(5, samples.Select(s => s.Attribute("stroke-dasharray")?.Value).Distinct().Count());
        Assert.Equal(5, map.Descendants(Svg + "marker").Where(m => m.Attribute("id")!.Value.StartsWith("probity-object", StringComparison.Ordinal)).Select(m => m.Element(Svg + "path")!.ToString()).Distinct().Count());
        Assert.Equal(["case (60 objects)", "exhibit (240 objects)", "package (240 objects)", "officer (12 objects)", "location (3 objects)"], map.Root.Elements(Svg + "text").Select(t => t.Value));
        Assert.True(double.Parse(map.Root.Elements(Svg + "text").Max(t => t.Attribute("x")!.Value)!, CultureInfo.InvariantCulture) < 366);
        foreach (var colour in samples.Select(s => s.Attribute("stroke")!.Value)) Assert.True(Contrast(colour) >= 4.5, colour);
    }

    [Fact]
    public void Names_are_escaped_and_the_same_log_gives_the_same_bytes()
    {
        var log = new Ocel();
        log.EventTypes.Add(("<a & \"b\">\u202E", []));
        for (var i = 0; i < 9; i++) log.ObjectTypes.Add(($"<t{i}>", []));
        for (var i = 0; i < 9; i++) log.Put($"o{i}", $"<t{i}>");
        log.Add("e", log.EventTypes[0].Name, DateTime.UnixEpoch, [.. log.Things.Select(t => (t.Id, ""))]);
        log.Add("f", log.EventTypes[0].Name, DateTime.UnixEpoch, ("o1", ""));
        var map = ObjectMap.Svg(ObjectFiles.Read(log.Json()));
        Assert.Equal(map, ObjectMap.Svg(ObjectFiles.Read(log.Xml())));
        Assert.Equal(ObjectMapOptions.MostTypes, XDocument.Parse(map).Root!.Elements(Svg + "path").Count());
        Assert.Contains("Not drawn: objects of type &lt;t6&gt;, &lt;t7&gt;, &lt;t8&gt;.", map, StringComparison.Ordinal);
        Assert.DoesNotContain("style", map, StringComparison.Ordinal);
    }

    /// <summary>The contrast of a colour on white (WCAG 2.2).</summary>
    static double Contrast(string colour)
    {
        double Channel(int at)
        {
            var c = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return 1.05 / ((0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5)) + 0.05);
    }
}
