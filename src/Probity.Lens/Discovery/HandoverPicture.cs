using System.Globalization;
using System.Text;
using Probity.Lens.Logs;

namespace Probity.Lens.Discovery;

/// <summary>What a picture of handovers shows besides them.</summary>
public sealed record HandoverOptions
{
    /// <summary>The title of the picture, for screen readers.</summary>
    public string Title { get; init; } = "Who handed over to whom";

    /// <summary>What those are called who are not drawn by themselves; {0} is how many.</summary>
    public string Others { get; init; } = "{0} others";

    /// <summary>People drawn by themselves, those with most handovers first.</summary>
    public int MaxPeople { get; init; } = 24;

    /// <summary>Arrows drawn, the most frequent first.</summary>
    public int MaxArrows { get; init; } = 80;
}

/// <summary>Draws who handed work to whom: people on a circle, arrows as wide as how often.</summary>
public static class HandoverPicture
{
    const double Width = 980, Height = 640, Across = 250, Down = 255;

    /// <summary>One SVG document, with attributes only; the same log gives the same bytes.</summary>
    public static string Svg(EventLog log, HandoverOptions? options = null)
    {
        options ??= new HandoverOptions();
        var all = Handovers.Of(log).Select(h => (From: log.Resources[h.From], To: log.Resources[h.To], h.Count)).ToList();
        var weights = all.SelectMany(h => new[] { (Name: h.From, h.Count), (Name: h.To, h.Count) }).GroupBy(x => x.Name, x => x.Count, StringComparer.Ordinal)
            .Select(g => (Name: g.Key, Weight: g.Sum())).OrderByDescending(x => x.Weight).ThenBy(x => x.Name, StringComparer.Ordinal).ToList();
        var drawn = weights.Take(options.MaxPeople).Select(w => w.Name).ToHashSet(StringComparer.Ordinal);
        var rest = weights.Count - drawn.Count;
        var others = string.Format(CultureInfo.InvariantCulture, options.Others, rest);
        var arrows = all.Select(h => (From: drawn.Contains(h.From) ? h.From : others, To: drawn.Contains(h.To) ? h.To : others, h.Count)).Where(h => h.From != h.To)
            .GroupBy(h => (h.From, h.To), h => h.Count).Select(g => (g.Key.From, g.Key.To, Count: g.Sum()))
            .OrderByDescending(h => h.Count).ThenBy(h => h.From, StringComparer.Ordinal).ThenBy(h => h.To, StringComparer.Ordinal).Take(options.MaxArrows).ToList();
        List<string> nodes = [.. drawn.Order(StringComparer.Ordinal), .. rest > 0 ? [others] : Array.Empty<string>()];
        return Write(nodes, arrows, options.Title);
    }

    static string Write(List<string> nodes, List<(string From, string To, int Count)> arrows, string title)
    {
        var svg = new StringBuilder();
        var most = arrows.Count == 0 ? 1 : arrows[0].Count;
        var places = nodes.Select((name, at) => (name, at)).ToDictionary(n => n.name, n => Place(n.at, nodes.Count), StringComparer.Ordinal);
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width:0} {Height:0}" width="{Width:0}" height="{Height:0}" role="img" font-family="system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif" font-size="12">""");
        Add($"<title>{SvgText.Escape(title)}</title>");
        Add($"""<defs><marker id="to" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0 L10,5 L0,10 z" fill="#14505c"/></marker></defs>""");
        Add($"""<rect width="{Width:0}" height="{Height:0}" fill="#ffffff"/>""");
        foreach (var (from, to, count) in Enumerable.Reverse(arrows))
        {
            var (a, b) = (places[from], Before(places[to], places[from]));
            // Bent towards the middle, and to its own side: there and back are two lines.
            var (cx, cy) = (((a.X + b.X) / 2 * 0.45) + (Width / 2 * 0.55) + ((b.Y - a.Y) * 0.08), ((a.Y + b.Y) / 2 * 0.45) + (Height / 2 * 0.55) - ((b.X - a.X) * 0.08));
            var share = (double)count / most;
            Add($"""<path d="M{a.X:0.#},{a.Y:0.#} Q{cx:0.#},{cy:0.#} {b.X:0.#},{b.Y:0.#}" fill="none" stroke="#14505c" stroke-opacity="{0.25 + (0.55 * share):0.##}" stroke-width="{0.8 + (6 * share):0.##}" marker-end="url(#to)"><title>{SvgText.Escape(from)} → {SvgText.Escape(to)}: {count}</title></path>""");
        }

        foreach (var name in nodes)
        {
            var (x, y) = places[name];
            var right = x >= Width / 2;
            Add($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="6" fill="#0c3640"/>""");
            // The topmost has its neighbours at both sides: its name stands above it.
            var (tx, ty, anchor) = Math.Abs(x - (Width / 2)) < 1 ? (x, y - 12, "middle") : right ? (x + 12, y + 4, "start") : (x - 12, y + 4, "end");
            Add($"""<text x="{tx:0.#}" y="{ty:0.#}" text-anchor="{anchor}" fill="#1f2933">{SvgText.Escape(name)}</text>""");
        }

        Add($"</svg>");
        return svg.ToString();

        void Add(FormattableString part) => svg.Append(part.ToString(CultureInfo.InvariantCulture));
    }

    static (double X, double Y) Place(int at, int of)
    {
        var angle = ((2 * Math.PI * at) / Math.Max(1, of)) - (Math.PI / 2);
        return ((Width / 2) + (Across * Math.Cos(angle)), (Height / 2) + (Down * Math.Sin(angle)));
    }

    // The arrow ends at the dot's edge.
    static (double X, double Y) Before((double X, double Y) to, (double X, double Y) from)
    {
        var (dx, dy) = (((Width / 2) + from.X) / 2 - to.X, ((Height / 2) + from.Y) / 2 - to.Y);
        var length = Math.Max(1, Math.Sqrt((dx * dx) + (dy * dy)));
        return (to.X + (dx / length * 8), to.Y + (dy / length * 8));
    }
}
