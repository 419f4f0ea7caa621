namespace Probity.Lens.Reports;

/// <summary>A column of a table: the key of its heading, and whether it holds numbers.</summary>
internal readonly record struct PageColumn(string Key, bool Numeric = false);

/// <summary>Writes the parts that a report's page is made of. Cells and lines are markup: what they hold has been escaped.</summary>
internal sealed class PageWriter(TextWriter to, ReportTexts texts)
{
    public void Line(string markup)
    {
        to.Write(markup);
        to.Write('\n');
    }

    public void Heading(string key) => Line($"<h2>{PageText.Text(texts[key])}</h2>");

    public void Note(string sentence, string style = "note") => Line($"""<p class="{style}">{PageText.Text(sentence)}</p>""");

    public void Listed(IEnumerable<string> sentences)
    {
        Line("<ul>");
        foreach (var sentence in sentences) Line($"<li>{PageText.Text(sentence)}</li>");
        Line("</ul>");
    }

    /// <summary>A table; it scrolls by itself where the screen is narrower.</summary>
    public void Table(string? captionKey, IReadOnlyList<PageColumn> columns, IEnumerable<string[]> rows)
    {
        Line($"""<div class="scroll"{(captionKey is null ? "" : $" role=\"region\" aria-label=\"{PageText.Text(texts[captionKey])}\"")} tabindex="0"><table>""");
        if (captionKey is not null) Line($"<caption>{PageText.Text(texts[captionKey])}</caption>");
        Line($"<thead><tr>{string.Concat(columns.Select(c => $"<th scope=\"col\"{Class(c)}>{PageText.Text(texts[c.Key])}</th>"))}</tr></thead><tbody>");
        foreach (var row in rows)
            Line($"<tr>{string.Concat(row.Select((cell, i) => i == 0 ? $"<th scope=\"row\"{Class(columns[i])}>{cell}</th>" : $"<td{Class(columns[i])}>{cell}</td>"))}</tr>");
        Line("</tbody></table></div>");
    }

    /// <summary>Says how many of a list are left out, if any.</summary>
    public void LeftOut(int all, int shown, string key = "More")
    {
        if (all > shown) Note(texts.Fill(key, ("n", texts.Number(all - shown))));
    }

    static string Class(PageColumn column) => column.Numeric ? " class=\"n\"" : "";
}
