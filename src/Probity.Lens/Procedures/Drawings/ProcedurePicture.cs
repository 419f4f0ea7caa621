using System.Globalization;
using System.Text;
using Probity.Lens.Discovery;

namespace Probity.Lens.Procedures.Drawings;

/// <summary>How a drawing is shown.</summary>
public sealed record PictureOptions
{
    /// <summary>The title of the picture, for screen readers.</summary>
    public string Title { get; init; } = "Procedure";

    /// <summary>A name as the reader knows it.</summary>
    public Func<string, string> Name { get; init; } = name => name;

    /// <summary>A few words under a step's name: who, two people, how long.</summary>
    public Func<DrawnStep, string?> Note { get; init; } = _ => null;

    /// <summary>Steps that differ from another drawing, by id; each kind has a border and a sign of its own.</summary>
    public IReadOnlyDictionary<string, StepChange> Changes { get; init; } = new Dictionary<string, StepChange>();
}

/// <summary>Draws a procedure as its author did: an SVG of shapes and lines, with attributes only, that a page's policy lets through.</summary>
public sealed class ProcedurePicture
{
    const string Ink = "#1f2933", Soft = "#4d5a66", Added = "#28653f", Removed = "#a12a22", Changed = "#8a4b08";
    const double Margin = 24, Line = 13;

    readonly StringBuilder _out = new();
    readonly PictureOptions _options;
    readonly Dictionary<string, DrawnStep> _steps;

    ProcedurePicture(ProcedureDrawing drawing, PictureOptions options)
    {
        _options = options;
        _steps = drawing.Steps.ToDictionary(s => s.Id, StringComparer.Ordinal);
    }

    /// <summary>One SVG document; the same drawing gives the same bytes.</summary>
    public static string Svg(ProcedureDrawing drawing, PictureOptions? options = null) =>
        new ProcedurePicture(drawing, options ?? new PictureOptions()).Write(drawing);

    string Write(ProcedureDrawing drawing)
    {
        var xs = drawing.Shapes.SelectMany(s => new[] { s.X, s.X + s.Width }).Concat(drawing.Lines.SelectMany(l => l.Points.Select(p => p.X))).ToList();
        var ys = drawing.Shapes.SelectMany(s => new[] { s.Y, s.Y + s.Height }).Concat(drawing.Lines.SelectMany(l => l.Points.Select(p => p.Y))).ToList();
        var (left, top, width, height) = (xs.Min() - Margin, ys.Min() - Margin, xs.Max() - xs.Min() + (2 * Margin), ys.Max() - ys.Min() + (2 * Margin));
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:0.#} {top:0.#} {width:0.#} {height:0.#}" width="{width:0}" height="{height:0}" role="img" font-family="system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif" font-size="11">""");
        Add($"<title>{SvgText.Escape(_options.Title)}</title>");
        Add($"""<defs><marker id="flow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L10,5 L0,10 z" fill="{Ink}"/></marker></defs>""");
        Add($"""<rect x="{left:0.#}" y="{top:0.#}" width="{width:0.#}" height="{height:0.#}" fill="#ffffff"/>""");
        foreach (var frame in drawing.Shapes.Where(s => s.Kind == DrawnKind.Frame)) Frame(frame);
        foreach (var line in drawing.Lines) Draw(line);
        foreach (var shape in drawing.Shapes.Where(s => s.Kind != DrawnKind.Frame)) Draw(shape);
        Add($"</svg>");
        return _out.ToString();
    }

    void Frame(DrawnShape s)
    {
        Add($"""<rect x="{s.X:0.#}" y="{s.Y:0.#}" width="{s.Width:0.#}" height="{s.Height:0.#}" fill="none" stroke="{Soft}"/>""");
        Add($"""<text transform="translate({s.X + 18:0.#} {s.Y + (s.Height / 2):0.#}) rotate(-90)" text-anchor="middle" fill="{Soft}">{SvgText.Escape(s.Text)}</text>""");
    }

    void Draw(DrawnLine line)
    {
        var path = string.Join(" L", line.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.#},{p.Y:0.#}")));
        Add($"""<path d="M{path}" fill="none" stroke="{Ink}" stroke-width="1.3"{(line.IsFlow ? " marker-end=\"url(#flow)\"" : " stroke-dasharray=\"2 4\"")}/>""");
        if (line.Text.Length > 0) Add($"""<text x="{line.Points[0].X + 6:0.#}" y="{line.Points[0].Y - 5:0.#}" fill="{Soft}">{SvgText.Escape(line.Text)}</text>""");
    }

    void Draw(DrawnShape s)
    {
        var (x, y) = (s.X + (s.Width / 2), s.Y + (s.Height / 2));
        switch (s.Kind)
        {
            case DrawnKind.Step: Step(s); return;
            case DrawnKind.Note:
                Add($"""<path d="M{s.X + 12:0.#},{s.Y:0.#} L{s.X:0.#},{s.Y:0.#} L{s.X:0.#},{s.Y + s.Height:0.#} L{s.X + 12:0.#},{s.Y + s.Height:0.#}" fill="none" stroke="{Soft}"/>""");
                Lines(Wrap(s.Text, s.Width - 8, Fit(s.Height)), s.X + 6, s.Y + 14, "start", Soft);
                return;
            case DrawnKind.Start or DrawnKind.End or DrawnKind.Event:
                Add($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="{s.Width / 2:0.#}" fill="#ffffff" stroke="{Ink}" stroke-width="{(s.Kind == DrawnKind.End ? 4 : 1.5)}"/>""");
                break;
            default:
                Add($"""<path d="M{x:0.#},{s.Y:0.#} L{s.X + s.Width:0.#},{y:0.#} L{x:0.#},{s.Y + s.Height:0.#} L{s.X:0.#},{y:0.#} z" fill="#ffffff" stroke="{Ink}" stroke-width="1.5"/>""");
                var sign = s.Kind switch { DrawnKind.Parallel => "+", DrawnKind.Inclusive => "○", _ => "×" };
                Add($"""<text x="{x:0.#}" y="{y + 8:0.#}" text-anchor="middle" font-size="24" fill="{Ink}">{sign}</text>""");
                break;
        }

        if (s.Text.Length > 0) Lines(Wrap(s.Text, 110, 3), x, s.Y + s.Height + 13, "middle", Soft);
    }

    void Step(DrawnShape s)
    {
        StepChange? change = _options.Changes.TryGetValue(s.Id, out var found) ? found : null;
        var (border, dash, sign) = change switch
        {
            StepChange.Added => (Added, "", "+"),
            StepChange.Removed => (Removed, " stroke-dasharray=\"6 4\"", "−"),
            StepChange.Changed => (Changed, " stroke-dasharray=\"1 3\" stroke-linecap=\"round\"", "≠"),
            _ => (Ink, "", ""),
        };
        Add($"""<rect x="{s.X:0.#}" y="{s.Y:0.#}" width="{s.Width:0.#}" height="{s.Height:0.#}" rx="8" fill="#ffffff" stroke="{border}" stroke-width="{(change is null ? 1.5 : 3.5)}"{dash}/>""");
        var note = _steps.TryGetValue(s.Id, out var step) ? _options.Note(step) : null;
        List<string> notes = note is null ? [] : Wrap(note, s.Width - 6, 2);
        var lines = Wrap(_options.Name(s.Text), s.Width - 10, Fit(s.Height) - notes.Count);
        var middle = s.X + (s.Width / 2);
        var first = s.Y + (s.Height / 2) - ((lines.Count + notes.Count) * Line / 2) + 10;
        Lines(lines, middle, first, "middle", Ink);
        Lines(notes, middle, first + (lines.Count * Line) + 1, "middle", Changed);
        if (change is null) return;
        Add($"""<circle cx="{s.X + s.Width - 4:0.#}" cy="{s.Y + 4:0.#}" r="11" fill="{border}"/>""");
        Add($"""<text x="{s.X + s.Width - 4:0.#}" y="{s.Y + 9.5:0.#}" text-anchor="middle" font-size="17" font-weight="700" fill="#ffffff">{sign}</text>""");
    }

    static int Fit(double height) => Math.Max(1, (int)((height - 6) / Line));

    void Lines(IReadOnlyList<string> lines, double x, double y, string anchor, string colour)
    {
        foreach (var (at, line) in lines.Index())
            Add($"""<text x="{x:0.#}" y="{y + (at * Line):0.#}" text-anchor="{anchor}" fill="{colour}">{SvgText.Escape(line)}</text>""");
    }

    // The estimate of widths is for 13 pixels.
    static List<string> Wrap(string text, double width, int most)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (lines[^1].Length == 0 || MapText.Width(longer) * 11 / 13 <= width) lines[^1] = longer;
            else lines.Add(word);
        }

        most = Math.Max(1, most);
        if (lines.Count > most) lines = [.. lines.Take(most - 1), lines[most - 1] + "…"];
        return lines;
    }

    void Add(FormattableString part) => _out.Append(part.ToString(CultureInfo.InvariantCulture));
}
