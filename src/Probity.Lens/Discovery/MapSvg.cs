using System.Globalization;
using System.Text;

namespace Probity.Lens.Discovery;

/// <summary>Writes a laid-out map as SVG, with attributes only: a page's policy against inline styles lets it through.</summary>
internal sealed class MapSvg(MapGraph graph, DirectlyFollows log, MapOptions options)
{
    const string Ink = "#1b2a3a";
    const string Line = "#3d6a8f";
    const string UpLine = "#8a5a00";
    const string Deviation = "#b00020";
    readonly StringBuilder _out = new();
    readonly MapCurves _curves = new(graph);
    readonly MapWords _words = options.Words;
    readonly int _mostEvents = Math.Max(1, log.Events.DefaultIfEmpty(1).Max());
    readonly int _mostSteps = Math.Max(1, graph.Edges.Select(e => e.Count).DefaultIfEmpty(1).Max());

    /// <summary>A count with thousands apart by thin spaces, which every language reads.</summary>
    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', '\u2009');

    public string Write(double width, double height)
    {
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0} {height:0}" width="{width:0}" height="{height:0}" role="img" font-family="system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif" font-size="13">""");
        Add($"<title>{Escape(options.Title)}</title>");
        Add($"<desc>{Escape(Description())}</desc>");
        Add($"<defs>{Arrow("probity-step", Line)}{Arrow("probity-back", UpLine)}{Arrow("probity-deviation", Deviation)}</defs>");
        Add($"""<rect width="{width:0}" height="{height:0}" fill="#ffffff"/>""");
        foreach (var edge in Enumerable.Reverse(graph.Edges)) Draw(edge);
        foreach (var (node, loop) in graph.Loops) DrawLoop(node, loop.Count, loop.Deviating);
        foreach (var edge in options.Figures ? graph.Edges : [])
        {
            Label(edge.Label.X, edge.Label.Y, edge.Count, Colour(edge.Upward, edge.Deviating));
            if (WaitOn(edge.From, edge.To) is { } wait) Label(edge.Label.X, edge.Label.Y + 13, wait, Colour(edge.Upward, edge.Deviating));
        }

        foreach (var node in graph.Nodes) Draw(node);
        Add($"</svg>");
        return _out.ToString();
    }

    static string Say(string words, params string[] numbers) => string.Format(CultureInfo.InvariantCulture, words, numbers);

    string Description()
    {
        var left = graph.LeftOut;
        return Say(_words.Reading, Number(graph.Nodes.Count - 2), Number(graph.Edges.Count + graph.Loops.Count))
            + (options.DeviatingActivities.Count + options.DeviatingSteps.Count > 0 ? $" {_words.Departing}" : "")
            + (left.Steps + left.Activities > 0 ? $" {Say(_words.LeftOut, Number(left.Steps), Number(left.Activities))}" : "");
    }

    void Draw(MapNode node)
    {
        var room = graph.Loops.ContainsKey(node) ? 92 : 0;
        var (w, h) = (node.Width - room, node.Height);
        var (x, y) = (node.X - (w / 2), node.Y - (h / 2));
        if (node.Activity < 0)
        {
            Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{w:0.#}" height="{h:0.#}" rx="13" fill="{Ink}"/>""");
            Add($"""<text x="{node.X:0.#}" y="{node.Y + 4.5:0.#}" text-anchor="middle" fill="#ffffff">{Escape(Name(node))}</text>""");
            return;
        }

        var name = log.Activities[node.Activity];
        var deviating = options.DeviatingActivities.Contains(name);
        var mark = options.Marks.GetValueOrDefault(name);
        var events = log.Events[node.Activity];
        var fill = deviating ? "#fdecee" : Fill(events, _mostEvents);
        Add($"<g><title>{Escape(name)}{(options.Figures ? $": {Escape(Say(_words.Events, Number(events)))}" : "")}{(deviating ? $", {Escape(_words.Departs)}" : "")}{Escape(Told(mark))}</title>");
        Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{w:0.#}" height="{h:0.#}" rx="5" fill="{fill}" stroke="{(deviating ? Deviation : Line)}" stroke-width="{(deviating ? "2.5" : "1.2")}"{(deviating ? " stroke-dasharray=\"7 4\"" : "")}/>""");
        if (deviating) Add($"""<rect x="{x + 4:0.#}" y="{y + 4:0.#}" width="{w - 8:0.#}" height="{h - 8:0.#}" rx="3" fill="none" stroke="{Deviation}" stroke-width="1"/>""");
        for (var i = 0; i < node.Lines.Count; i++)
            Add($"""<text x="{node.X:0.#}" y="{y + 20 + (i * 16):0.#}" text-anchor="middle" fill="{Ink}" font-weight="600">{Escape(node.Lines[i])}</text>""");
        var below = y + 20 + (node.Lines.Count * 16);
        if (options.Figures) Add($"""<text x="{node.X:0.#}" y="{below:0.#}" text-anchor="middle" fill="{Ink}" font-size="12">{Number(events)}</text>""");
        DrawMark(node, mark, options.Figures ? below + 16 : below);
        Add($"</g>");
    }

    string Told(MapMark mark) =>
        (mark.Skipped > 0 ? $", {Say(_words.Skipped, Number(mark.Skipped))}" : "") + (mark.Inserted > 0 ? $", {Say(_words.Inserted, Number(mark.Inserted))}" : "");

    // Shape as well as colour: an empty triangle, or a filled diamond, and its number.
    void DrawMark(MapNode node, MapMark mark, double y)
    {
        var (skipped, inserted) = (Number(mark.Skipped), Number(mark.Inserted));
        var (left, right) = (mark.Skipped > 0 ? MapText.Width(skipped) + 16 : 0, mark.Inserted > 0 ? MapText.Width(inserted) + 16 : 0);
        var x = node.X - ((left + right + (left > 0 && right > 0 ? 8 : 0)) / 2);
        if (mark.Skipped > 0)
        {
            Add($"""<path d="M{x:0.#} {y - 9:0.#}h11l-5.5 9z" fill="#ffffff" stroke="{UpLine}" stroke-width="1.8"/>""");
            Add($"""<text x="{x + 14:0.#}" y="{y:0.#}" fill="{UpLine}" font-size="12" font-weight="600">{skipped}</text>""");
            x += left + 8;
        }

        if (mark.Inserted == 0) return;
        Add($"""<path d="M{x:0.#} {y - 4.5:0.#}l5.5 -5.5l5.5 5.5l-5.5 5.5z" fill="{Deviation}"/>""");
        Add($"""<text x="{x + 14:0.#}" y="{y:0.#}" fill="{Deviation}" font-size="12" font-weight="600">{inserted}</text>""");
    }

    void Draw(MapEdge edge)
    {
        Stroke(_curves.Along(edge), edge.Count, edge.Upward, edge.Deviating, $"{Name(edge.From)} → {Name(edge.To)}");
    }

    void DrawLoop(MapNode node, int count, bool deviating)
    {
        var x = node.X + (node.Width / 2) - 46;
        Stroke(MapCurves.Loop(node), count, upward: false, deviating, $"{Name(node)} → {Name(node)}");
        if (options.Figures) Label(x + 24 + (MapText.Width(Number(count)) / 2), node.Y, count, Colour(false, deviating));
    }

    void Stroke(string d, int count, bool upward, bool deviating, string title)
    {
        var width = options.Figures ? 1 + (4 * Math.Sqrt((double)count / _mostSteps)) : 1.6;
        var marker = deviating ? "probity-deviation" : upward ? "probity-back" : "probity-step";
        Add($"""<path d="{d}" fill="none" stroke="{Colour(upward, deviating)}" stroke-width="{width:0.#}"{(deviating ? " stroke-dasharray=\"7 4\"" : "")} marker-end="url(#{marker})"><title>{Escape(title)}{(options.Figures ? $": {Number(count)}×" : "")}{(deviating ? $", {Escape(_words.Departs)}" : "")}</title></path>""");
    }

    /// <summary>A number over its arrow, on a white rim that keeps it legible.</summary>
    void Label(double x, double y, int count, string colour) => Label(x, y, Number(count), colour);

    void Label(double x, double y, string text, string colour) =>
        Add($"""<text x="{x:0.#}" y="{y + 4:0.#}" text-anchor="middle" font-size="12" fill="{colour}" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">{Escape(text)}</text>""");

    string? WaitOn(MapNode from, MapNode to) =>
        from.Activity >= 0 && to.Activity >= 0 && options.Waits?.TryGetValue((Name(from), Name(to)), out var wait) == true ? _words.Span(wait) : null;

    static string Colour(bool upward, bool deviating) => deviating ? Deviation : upward ? UpLine : Line;

    string Name(MapNode node) => node.Activity switch
    {
        MapNode.Start => _words.Start,
        MapNode.End => _words.End,
        var a => log.Activities[a],
    };

    static string Arrow(string id, string colour) =>
        $"""<marker id="{id}" viewBox="0 0 10 10" refX="8.5" refY="5" markerUnits="userSpaceOnUse" markerWidth="11" markerHeight="11" orient="auto"><path d="M0 0L10 5L0 10z" fill="{colour}"/></marker>""";

    /// <summary>The shade of a box: from near white to a light blue on which dark text keeps a contrast of over 7 to 1.</summary>
    public static string Fill(int events, int most)
    {
        var share = Math.Log(1 + events) / Math.Log(1 + most);
        return $"#{Shade(245, 190, share)}{Shade(249, 217, share)}{Shade(253, 240, share)}";
    }

    static string Shade(int from, int to, double share) => ((int)(from + ((to - from) * share))).ToString("x2", CultureInfo.InvariantCulture);

    static string Escape(string text) => SvgText.Escape(text);

    void Add(FormattableString line) => _out.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
