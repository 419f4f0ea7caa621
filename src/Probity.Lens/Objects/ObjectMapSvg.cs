using System.Globalization;
using System.Text;
using Probity.Lens.Discovery;

namespace Probity.Lens.Objects;

/// <summary>Writes a laid-out object map as SVG, with attributes only: a page's policy against inline styles lets it through.</summary>
internal sealed class ObjectMapSvg(MapGraph graph, ObjectLog log, ObjectCounts counts, List<int> types, List<string> leftOut, ObjectMapOptions options)
{
    const string Ink = "#1b2a3a";
    const double Key = 46, Row = 22, Margin = 24, Least = 366;

    // Colours that keep 4.5 to 1 on white and differ for those who see few colours; dash and head tell them apart without any.
    static readonly (string Colour, string Dash, string Head)[] Looks =
    [
        ("#1f5f99", "", "M0 0L10 5L0 10z"),
        ("#a8470a", "9 4", "M1 1L9 5L1 9z"),
        ("#1b7a4b", "2 3.5", "M0 5L5 0L10 5L5 10z"),
        ("#7a3e9d", "12 4 2 4", "M0 0L10 5L0 10L3 5z"),
        ("#7a5200", "5 3", "M5 0A5 5 0 1 1 4.99 0z"),
        ("#a8125b", "16 5", "M0 0L10 5L0 10"),
    ];

    static readonly bool[] HeadFilled = [true, false, true, true, false, false];

    readonly StringBuilder _out = new();
    readonly MapCurves _curves = new(graph);
    readonly int _mostEvents = Math.Max(1, counts.EventsOfType.DefaultIfEmpty(1).Max());
    readonly int _mostSteps = Math.Max(1, graph.Edges.Select(e => e.Count).DefaultIfEmpty(1).Max());

    public string Write(double width, double height)
    {
        var total = Math.Max(width, Least);
        var legend = Legend();
        var top = legend.Count == 0 ? 0 : legend[^1].Y + Row;
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total:0} {top + height:0}" width="{total:0}" height="{top + height:0}" role="img" font-family="system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif" font-size="13">""");
        Add($"<title>{Escape(options.Title)}</title>");
        Add($"<desc>{Escape(Description())}</desc>");
        Add($"<defs>{string.Concat(types.Select((_, series) => Marker(series)))}{Head("probity-several", Ink, "M0 0L10 5L0 10z", true)}</defs>");
        Add($"""<rect width="{total:0}" height="{top + height:0}" fill="#ffffff"/>""");
        foreach (var (series, x, y, text) in legend)
        {
            Add($"""<path d="M{x:0.#} {y:0.#}h{Key - 8:0.#}" fill="none" stroke="{Looks[series].Colour}" stroke-width="2.5"{Dash(series)} marker-end="url(#probity-object-{series})"/>""");
            Add($"""<text x="{x + Key:0.#}" y="{y + 4.5:0.#}" fill="{Looks[series].Colour}" font-weight="600">{Escape(text)}</text>""");
        }

        Add($"""<g transform="translate({(total - width) / 2:0.#} {top:0.#})">""");
        foreach (var edge in Enumerable.Reverse(graph.Edges)) Draw(edge);
        foreach (var (node, loop) in graph.Loops) DrawLoop(node, loop);
        foreach (var edge in graph.Edges) Label(edge.Label.X, edge.Label.Y, edge.Count, Looks[edge.Series].Colour);
        foreach (var node in graph.Nodes) Draw(node);
        Add($"</g>");
        Add($"</svg>");
        return _out.ToString();
    }

    /// <summary>Where each type's sample and name stand: in rows that a telephone shows whole, however wide the picture is.</summary>
    List<(int Series, double X, double Y, string Text)> Legend()
    {
        var placed = new List<(int, double, double, string)>();
        var (x, y) = (Margin, Margin);
        for (var series = 0; series < types.Count; series++)
        {
            var text = $"{Short(log.ObjectTypes[types[series]].Name)} ({Say(options.Objects, MapSvg.Number(counts.Objects[types[series]]))})";
            var room = Key + MapText.Width(text) + 20;
            if (x > Margin && x + room > Least) (x, y) = (Margin, y + Row);
            placed.Add((series, x, y, text));
            x += room;
        }

        return placed;
    }

    string Description()
    {
        var (activities, steps) = graph.LeftOut;
        return Say(options.Reading, MapSvg.Number(graph.Nodes.Count - 2), MapSvg.Number(graph.Edges.Count + graph.Loops.Count))
            + (steps + activities > 0 ? $" {Say(options.Words.LeftOut, MapSvg.Number(steps), MapSvg.Number(activities))}" : "")
            + (leftOut.Count > 0 ? $" {Say(options.TypesLeftOut, string.Join(", ", leftOut))}" : "");
    }

    void Draw(MapNode node)
    {
        var room = graph.Loops.ContainsKey(node) ? 2 * MapGraph.LoopRoom : 0;
        var (w, h) = (node.Width - room, node.Height);
        var (x, y) = (node.X - (w / 2), node.Y - (h / 2));
        if (node.Activity < 0)
        {
            Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{w:0.#}" height="{h:0.#}" rx="13" fill="{Ink}"/>""");
            Add($"""<text x="{node.X:0.#}" y="{node.Y + 4.5:0.#}" text-anchor="middle" fill="#ffffff">{Escape(Name(node))}</text>""");
            return;
        }

        var events = counts.EventsOfType[node.Activity];
        Add($"<g><title>{Escape(Name(node))}: {Escape(Say(options.Words.Events, MapSvg.Number(events)))}</title>");
        Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{w:0.#}" height="{h:0.#}" rx="5" fill="{MapSvg.Fill(events, _mostEvents)}" stroke="{Ink}" stroke-width="1.2"/>""");
        for (var i = 0; i < node.Lines.Count; i++)
            Add($"""<text x="{node.X:0.#}" y="{y + 20 + (i * 16):0.#}" text-anchor="middle" fill="{Ink}" font-weight="600">{Escape(node.Lines[i])}</text>""");
        Add($"""<text x="{node.X:0.#}" y="{y + 20 + (node.Lines.Count * 16):0.#}" text-anchor="middle" fill="{Ink}" font-size="12">{MapSvg.Number(events)}</text></g>""");
    }

    void Draw(MapEdge edge) => Stroke(
        _curves.Along(edge), edge.Count, Looks[edge.Series].Colour, Dash(edge.Series), $"probity-object-{edge.Series}", $"{Name(edge.From)} → {Name(edge.To)} ({log.ObjectTypes[types[edge.Series]].Name}: {MapSvg.Number(edge.Count)}×)");

    /// <summary>One arrow for all types; of several it has no type's look, and its title says how often for each.</summary>
    void DrawLoop(MapNode node, MapLoop loop)
    {
        var one = loop.Parts.Count == 1 ? loop.Parts[0].Series : -1;
        var colour = one < 0 ? Ink : Looks[one].Colour;
        var parts = string.Join(", ", loop.Parts.Select(p => $"{log.ObjectTypes[types[p.Series]].Name}: {MapSvg.Number(p.Count)}×"));
        Stroke(MapCurves.Loop(node), loop.Count, colour, one < 0 ? "" : Dash(one), one < 0 ? "probity-several" : $"probity-object-{one}", $"{Name(node)} → {Name(node)} ({parts})");
        Label(node.X + (node.Width / 2) - 22 + (MapText.Width(MapSvg.Number(loop.Count)) / 2), node.Y, loop.Count, colour);
    }

    void Stroke(string d, int count, string colour, string dash, string marker, string title)
    {
        var width = 1.4 + (2.6 * Math.Sqrt((double)count / _mostSteps));
        Add($"""<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:0.#}"{dash} marker-end="url(#{marker})"><title>{Escape(title)}</title></path>""");
    }

    /// <summary>A number over its arrow, on a white rim that keeps it legible.</summary>
    void Label(double x, double y, int count, string colour) =>
        Add($"""<text x="{x:0.#}" y="{y + 4:0.#}" text-anchor="middle" font-size="12" font-weight="600" fill="{colour}" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">{MapSvg.Number(count)}</text>""");

    static string Marker(int series) => Head($"probity-object-{series}", Looks[series].Colour, Looks[series].Head, HeadFilled[series]);

    static string Head(string id, string colour, string shape, bool filled) =>
        $"""<marker id="{id}" viewBox="-1 -1 12 12" refX="9" refY="5" markerUnits="userSpaceOnUse" markerWidth="13" markerHeight="13" orient="auto"><path d="{shape}" fill="{(filled ? colour : "#ffffff")}" stroke="{colour}" stroke-width="1.6"/></marker>""";

    static string Dash(int series) => Looks[series].Dash.Length == 0 ? "" : $" stroke-dasharray=\"{Looks[series].Dash}\"";

    string Name(MapNode node) => node.Activity switch
    {
        MapNode.Start => options.Words.Start,
        MapNode.End => options.Words.End,
        var a => log.EventTypes[a].Name,
    };

    static string Short(string name) => name.Length <= 30 ? name : string.Concat(name.AsSpan(0, 29), "…");

    static string Say(string words, params string[] values) => string.Format(CultureInfo.InvariantCulture, words, values);

    static string Escape(string text) => SvgText.Escape(text);

    void Add(FormattableString line) => _out.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
