using System.Text;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Probity.Exhibits.Bundling;

/// <summary>A column of a printed table: its heading and its share of the width.</summary>
internal sealed record PaperColumn(string Heading, double Share);

/// <summary>
/// A paper to print, in A4: headings, texts and tables one below the other, broken over pages, with the pages numbered at the foot. Files travel in it.
/// Sizes are points.
/// </summary>
internal sealed class Paper : IDisposable
{
    const double Side = 50, Top = 50, Bottom = 64, Cell = 3;

    static readonly XFont s_title = Of(18, bold: true), s_heading = Of(13, bold: true), s_small = Of(10.5, bold: true), s_body = Of(9.5), s_cell = Of(8), s_head = Of(8, bold: true);
    static readonly XPen s_line = new(XColors.Gray, 0.5);

    readonly PdfDocument _document = new();
    readonly string _foot;
    XGraphics? _page;
    double _at;

    /// <summary>An empty paper.</summary>
    /// <param name="title">What it is.</param>
    /// <param name="language">Its language, as in en.</param>
    /// <param name="foot">What stands at the foot of each page, before the page's number.</param>
    /// <param name="made">When it was made.</param>
    public Paper(string title, string language, string foot, DateTimeOffset made)
    {
        _foot = foot;
        _document.Language = language;
        _document.ViewerPreferences.DisplayDocTitle = true;
        (_document.Info.Title, _document.Info.Creator, _document.Info.CreationDate) = (PaperFonts.Printable(title), "Probity", made.UtcDateTime);
    }

    /// <summary>How many pages there are.</summary>
    public int Pages => _document.PageCount;

    double Width => _page!.PageSize.Width - (2 * Side);

    double Floor => _page!.PageSize.Height - Bottom;

    /// <summary>Begins a page.</summary>
    public void Break()
    {
        _page?.Dispose();
        var page = _document.AddPage();
        page.Size = PageSize.A4;
        _page = XGraphics.FromPdfPage(page);
        _at = Top;
    }

    /// <summary>The title of the paper or of a part, which begins a page and is found in the reader's list of contents.</summary>
    public void Title(string text)
    {
        Break();
        _document.Outlines.Add(PaperFonts.Printable(text), _document.Pages[^1]);
        Write(text, s_title, 8);
    }

    /// <summary>A heading, kept together with what begins below it.</summary>
    public void Heading(string text)
    {
        Room(64);
        _at += 10;
        Write(text, s_heading, 4);
    }

    /// <summary>A heading below a heading.</summary>
    public void Subheading(string text)
    {
        Room(48);
        _at += 5;
        Write(text, s_small, 3);
    }

    /// <summary>A text; its lines stay lines.</summary>
    public void Text(string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n')) Write(line, s_body, 3);
    }

    /// <summary>A table. A row that does not fit goes on over the page, and the headings stand on each page again.</summary>
    public void Table(IReadOnlyList<PaperColumn> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var shares = columns.Sum(c => c.Share);
        var widths = columns.Select(c => Width * c.Share / shares).ToList();
        Head();
        foreach (var row in rows)
        {
            var cells = row.Select((text, i) => Lines(text, s_cell, widths[i] - (2 * Cell))).ToList();
            for (var line = 0; line < cells.Max(c => c.Count); line++)
            {
                if (_at + Height(s_cell) + Cell > Floor)
                {
                    Break();
                    Head();
                }

                Print(cells, line, s_cell);
            }

            Rule();
        }

        _at += 8;

        void Head()
        {
            var cells = columns.Select((c, i) => Lines(c.Heading, s_head, widths[i] - (2 * Cell))).ToList();
            Room((cells.Max(c => c.Count) * Height(s_head)) + (2 * Height(s_cell)));
            for (var line = 0; line < cells.Max(c => c.Count); line++) Print(cells, line, s_head);
            Rule();
        }

        void Print(List<List<string>> cells, int line, XFont font)
        {
            var x = Side;
            for (var i = 0; i < cells.Count; i++)
            {
                if (line < cells[i].Count) _page!.DrawString(cells[i][line], font, XBrushes.Black, x + Cell, _at, XStringFormats.TopLeft);
                x += widths[i];
            }

            _at += Height(font);
        }

        void Rule()
        {
            _at += 2;
            _page!.DrawLine(s_line, Side, _at, Side + Width, _at);
            _at += 2;
        }
    }

    /// <summary>A file that travels in the paper: every reader of such papers lists it and saves it.</summary>
    public void Attach(string name, string text) => _document.AddEmbeddedFile(name, new MemoryStream(Encoding.UTF8.GetBytes(text)));

    /// <summary>The paper, with its pages numbered.</summary>
    public byte[] Finish(Func<int, int, string> number)
    {
        _page?.Dispose();
        _page = null;
        for (var i = 0; i < _document.PageCount; i++)
        {
            using var page = XGraphics.FromPdfPage(_document.Pages[i]);
            var y = page.PageSize.Height - Bottom + 24;
            page.DrawLine(s_line, Side, y, page.PageSize.Width - Side, y);
            page.DrawString(PaperFonts.Printable(_foot), s_cell, XBrushes.Black, Side, y + 4, XStringFormats.TopLeft);
            page.DrawString(PaperFonts.Printable(number(i + 1, _document.PageCount)), s_cell, XBrushes.Black, page.PageSize.Width - Side, y + 4, XStringFormats.TopRight);
        }

        using var bytes = new MemoryStream();
        _document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    public void Dispose()
    {
        _page?.Dispose();
        _document.Dispose();
    }

    static XFont Of(double size, bool bold = false)
    {
        PaperFonts.Use();
        return new XFont(PaperFonts.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, new XPdfFontOptions(PdfFontEncoding.Unicode));
    }

    static double Height(XFont font) => Math.Ceiling(font.GetHeight());

    void Write(string text, XFont font, double below)
    {
        if (_page is null) Break();
        foreach (var line in Lines(text, font, Width))
        {
            Room(Height(font));
            _page!.DrawString(line, font, XBrushes.Black, Side, _at, XStringFormats.TopLeft);
            _at += Height(font);
        }

        _at += below;
    }

    void Room(double height)
    {
        if (_page is null || _at + height > Floor) Break();
    }

    // Broken between words; a word that is wider than the line, as a sum is, between its letters.
    List<string> Lines(string text, XFont font, double width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in PaperFonts.Printable(text).Split(' '))
        {
            if (line.Length > 0 && Measure($"{line} {word}") > width) End();
            if (line.Length > 0) line.Append(' ');
            var rest = word;
            while (Measure($"{line}{rest}") > width)
            {
                var fits = 1;
                while (fits < rest.Length && Measure($"{line}{rest[..(fits + 1)]}") <= width) fits++;
                line.Append(rest.AsSpan(0, fits));
                rest = rest[fits..];
                End();
            }

            line.Append(rest);
        }

        End();
        return lines;

        double Measure(string what) => _page!.MeasureString(what, font).Width;

        void End()
        {
            lines.Add(line.ToString());
            line.Clear();
        }
    }
}
