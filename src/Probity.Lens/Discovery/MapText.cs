using System.Globalization;

namespace Probity.Lens.Discovery;

/// <summary>Text in a picture whose reader's fonts are unknown: widths are estimates on the generous side.</summary>
internal static class MapText
{
    const int LineLength = 22;
    const int MaxLines = 3;

    /// <summary>The width of a line at 13 pixels, of a common sans-serif face.</summary>
    public static double Width(string line)
    {
        var width = 0.0;
        foreach (var rune in line.EnumerateRunes())
            width += rune.Value >= 0x2E80 ? 13.5 : System.Text.Rune.IsUpper(rune) || rune.Value is 'm' or 'w' ? 9.3 : 7.2;
        return width;
    }

    /// <summary>A name in at most three lines, broken between words if it can be, and cut with an ellipsis if it must.</summary>
    public static IReadOnlyList<string> Wrap(string name)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(Pieces))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > LineLength)
            {
                lines.Add(line);
                line = "";
            }

            line = line.Length == 0 ? word : line + " " + word;
        }

        if (line.Length > 0 || lines.Count == 0) lines.Add(line);
        if (lines.Count <= MaxLines) return lines;
        return [.. lines.Take(MaxLines - 1), lines[MaxLines - 1].TrimEnd() + "…"];
    }

    /// <summary>A word that is itself too long for a line, in pieces that do not cut a character.</summary>
    static IEnumerable<string> Pieces(string word)
    {
        var elements = StringInfo.GetTextElementEnumerator(word);
        var piece = "";
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (piece.Length > 0 && piece.Length + element.Length > LineLength)
            {
                yield return piece;
                piece = "";
            }

            piece += element;
        }

        if (piece.Length > 0) yield return piece;
    }
}
