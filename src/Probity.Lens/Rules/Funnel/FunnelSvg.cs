using System.Globalization;
using System.Text;

namespace Probity.Lens.Rules;

/// <summary>Writes a funnel plot, with attributes only: a page's policy against inline styles lets it through.</summary>
internal sealed class FunnelSvg
{
    const int MostPoints = 5_000;
    const int MostNames = 12;
    const int CurvePoints = 80;
    const string Ink = "#1b2a3a", Grid = "#e3e8ed", Plain = "#3d6a8f", Near = "#8a5a00", Out = "#b00020";
    const double Left = 78, Right = 740, Top = 96, Bottom = 470, Width = 760, Height = 590;

    // 95 % and 99.8 % lie between these, as in Spiegelhalter 2005.
    static readonly double[] Probabilities = [0.001, 0.025, 0.975, 0.999];

    readonly StringBuilder _out = new();
    readonly RuleResult _rule;
    readonly FunnelWords _words;
    readonly FunnelLimits _limits;
    readonly FunnelScale _across;
    readonly FunnelScale _up;
    readonly List<(double Exposure, double[] Differing, double[] Alike)> _curve = [];
    readonly List<(double X, double Y, double Right, double Bottom)> _taken = [];
    readonly HashSet<PersonRate> _near;

    string Counted => _rule.Rule.Kind == RuleKind.ValueKept ? "Intervals" : _rule.Rule.Exposure.ToString();

    bool IsPercent => _rule.Rule.Exposure == RateExposure.Cases;

    public FunnelSvg(RuleResult rule, FunnelWords words)
    {
        (_rule, _words, _limits) = (rule, words, FunnelLimits.Of(rule));
        _near = [.. rule.Rates.Take(MostPoints).Where(r => !r.StandsOut && r.Share > _limits.Mean && r.Share > _limits.Differing(r.Exposure, [Probabilities[2]])[0])];
        var (least, most) = (rule.Rates.Min(r => r.Exposure), rule.Rates.Max(r => r.Exposure));
        var byFactors = most > 20 * least;
        // Where all have about the same, an axis of six cases still has whole ticks, and limits to draw.
        var margin = Math.Max((most - least + 1) * 0.06, (6 - (most - least)) / 2);
        _across = byFactors ? new(least * 0.85, most * 1.15, Left, Right, true) : new(Math.Max(0, least - margin), most + margin, Left, Right, false);
        for (var i = 0; i <= CurvePoints; i++)
        {
            // Whole cases; of none there is no share.
            var exposure = Math.Max(1, Math.Round(_across.Value((double)i / CurvePoints)));
            if (_curve.Count == 0 || exposure > _curve[^1].Exposure) _curve.Add((exposure, _limits.Differing(exposure, Probabilities), _limits.Alike(exposure, Probabilities)));
        }

        // Room for every point, and for the limits of all but the few with hardly any cases.
        var typical = _curve[_curve.Count / 4].Differing[^1];
        var highest = Math.Max(rule.Rates.Max(r => r.Share) * 1.08, Math.Max(typical * 1.1, _limits.Mean * 2));
        _up = new(0, IsPercent ? Math.Min(1, highest) : highest, Bottom, Top, false);
    }

    public string Write()
    {
        var title = _rule.Rule.Sentence is { Length: > 0 } sentence ? sentence : _rule.Rule.Id;
        var (out_, near) = (_rule.Rates.Count(r => r.StandsOut), _near.Count);
        var described = _words.Say("Description", _words.Whole(_rule.Rates.Count), Share(_limits.Mean, _limits.Mean / 10), _words.Whole(out_));
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" font-family="system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif" font-size="14" fill="{Ink}">""");
        Add($"<title>{Escape(title)}</title>");
        Add($"<desc>{Escape(described)}</desc>");
        Add($"""<defs><clipPath id="probity-funnel"><rect x="{Left}" y="{Top}" width="{Right - Left}" height="{Bottom - Top}"/></clipPath></defs>""");
        Add($"""<rect width="{Width}" height="{Height}" fill="#ffffff"/>""");
        var lines = Wrapped(title, 76);
        for (var i = 0; i < lines.Count; i++) Add($"""<text x="20" y="{28 + (i * 20)}" font-size="17" font-weight="600">{Escape(lines[i])}</text>""");
        Add($"""<text x="20" y="{32 + (lines.Count * 20)}">{Escape(described)}</text>""");
        Axes();
        Curve(c => c.Alike[^1], "#6b7785", "2 4");
        Curve(c => c.Alike[0], "#6b7785", "2 4");
        for (var i = 0; i < Probabilities.Length; i++)
        {
            var limit = i;
            Curve(c => c.Differing[limit], Ink, i is 1 or 2 ? "8 5" : "");
        }

        Add($"""<line x1="{Left}" x2="{Right}" y1="{_up.Place(_limits.Mean):0.#}" y2="{_up.Place(_limits.Mean):0.#}" stroke="{Plain}" stroke-width="1.5"/>""");
        // The notable ones last, over the others.
        foreach (var rate in _rule.Rates.Take(MostPoints).Reverse()) Point(rate);
        foreach (var rate in _rule.Rates.Where(r => r.StandsOut || _near.Contains(r)).Take(MostNames)) Name(rate);
        Legend(out_, near);
        Add($"</svg>");
        return _out.ToString();
    }

    void Axes()
    {
        foreach (var tick in _up.Ticks())
        {
            var y = _up.Place(tick);
            Add($"""<line x1="{Left}" x2="{Right}" y1="{y:0.#}" y2="{y:0.#}" stroke="{Grid}"/>""");
            Add($"""<text x="{Left - 8}" y="{y + 5:0.#}" text-anchor="end">{Escape(Share(tick))}</text>""");
        }

        foreach (var tick in _across.Ticks())
        {
            var x = _across.Place(tick);
            Add($"""<line x1="{x:0.#}" x2="{x:0.#}" y1="{Bottom}" y2="{Bottom + 6}" stroke="{Ink}"/>""");
            Add($"""<text x="{x:0.#}" y="{Bottom + 22}" text-anchor="middle">{Escape(_words.Whole(tick))}</text>""");
        }

        Add($"""<path d="M{Left} {Top}V{Bottom}H{Right}" fill="none" stroke="{Ink}"/>""");
        Add($"""<text x="{(Left + Right) / 2}" y="{Bottom + 44}" text-anchor="middle">{Escape(_words["Across" + Counted])}</text>""");
        Add($"""<text transform="translate(18 {(Top + Bottom) / 2}) rotate(-90)" text-anchor="middle">{Escape(_words["Up" + Counted])}</text>""");
    }

    void Curve(Func<(double Exposure, double[] Differing, double[] Alike), double> limit, string colour, string dash)
    {
        var path = new StringBuilder();
        foreach (var at in _curve)
        {
            var x = Math.Clamp(_across.Place(at.Exposure), Left, Right);
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{x:0.#} {Math.Max(-2_000, _up.Place(limit(at))):0.#}");
        }

        Add($"""<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.3"{(dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "")} clip-path="url(#probity-funnel)"/>""");
    }

    void Point(PersonRate rate)
    {
        Add($"<g><title>{Escape(_words.Say("Point", rate.Name, _words.Whole(rate.Outcomes), _words.Whole(rate.Exposure), Share(rate.Share, _up.Step / 10)))}</title>");
        Mark(_across.Place(rate.Exposure), _up.Place(rate.Share), rate.StandsOut ? 2 : _near.Contains(rate) ? 1 : 0);
        Add($"</g>");
    }

    void Mark(double x, double y, int rank)
    {
        if (rank == 2) Add($"""<path d="M{x:0.#} {y - 7.5:0.#}l7.5 7.5l-7.5 7.5l-7.5 -7.5z" fill="{Out}" stroke="#ffffff"/>""");
        else if (rank == 1) Add($"""<path d="M{x:0.#} {y - 6.5:0.#}l6.2 11h-12.4z" fill="#ffffff" stroke="{Near}" stroke-width="2"/>""");
        else Add($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="3.6" fill="{Plain}" fill-opacity="0.65"/>""");
    }

    /// <summary>A name beside its point, on the first side where it covers no other; where there is none, the point's title has it.</summary>
    void Name(PersonRate rate)
    {
        var name = rate.Name.Length > 24 ? string.Concat(rate.Name.AsSpan(0, 23), "…") : rate.Name;
        var (x, y, width) = (_across.Place(rate.Exposure), _up.Place(rate.Share), 8.2 * name.Length);
        foreach (var (dx, dy) in (ReadOnlySpan<(double, double)>)[(11, 5), (-11 - width, 5), (-width / 2, -11), (-width / 2, 24)])
        {
            var box = (X: x + dx, Y: y + dy - 13, Right: x + dx + width, Bottom: y + dy + 4);
            if (box.X < Left || box.Right > Right || box.Y < Top - 4 || box.Bottom > Bottom || _taken.Any(t => box.X < t.Right && t.X < box.Right && box.Y < t.Bottom && t.Y < box.Bottom)) continue;
            _taken.Add(box);
            Add($"""<text x="{x + dx:0.#}" y="{y + dy:0.#}" font-weight="600" fill="{(rate.StandsOut ? Out : Near)}" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke">{Escape(name)}</text>""");
            return;
        }
    }

    void Legend(int out_, int near)
    {
        var y = Bottom + 72;
        var entries = new (string Text, Action<double> Draw)[]
        {
            (_words.Say("Out", _words.Whole(out_)), x => Mark(x, y - 5, 2)),
            (_words.Say("Near", _words.Whole(near)), x => Mark(x, y - 5, 1)),
            (_words["Others"], x => Mark(x, y - 5, 0)),
        };
        for (var i = 0; i < entries.Length; i++)
        {
            var x = 28 + (i * 245);
            entries[i].Draw(x);
            Add($"""<text x="{x + 14}" y="{y}">{Escape(entries[i].Text)}</text>""");
        }

        var lines = new (string Key, string Colour, string Dash)[] { ("Inner", Ink, "8 5"), ("Outer", Ink, ""), ("Alike", "#6b7785", "2 4") };
        for (var i = 0; i < lines.Length; i++)
        {
            var x = 18 + (i * 245);
            Add($"""<line x1="{x}" x2="{x + 22}" y1="{y + 22}" y2="{y + 22}" stroke="{lines[i].Colour}" stroke-width="1.5"{(lines[i].Dash.Length > 0 ? $" stroke-dasharray=\"{lines[i].Dash}\"" : "")}/>""");
            Add($"""<text x="{x + 28}" y="{y + 27}">{Escape(_words[lines[i].Key])}</text>""");
        }
    }

    static List<string> Wrapped(string text, int longest)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length >= longest) lines.Add("");
            lines[^1] += (lines[^1].Length > 0 ? " " : "") + (word.Length > longest ? string.Concat(word.AsSpan(0, longest - 1), "…") : word);
        }

        if (lines.Count <= 2) return lines;
        return [lines[0], lines[1] + " …"];
    }

    string Share(double share) => Share(share, Math.Min(_up.Step, _limits.Mean));

    string Share(double share, double step) => _words.Share(share, IsPercent, step);

    static string Escape(string text) => SvgText.Escape(text);

    void Add(FormattableString line) => _out.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
