using System.Text;
using System.Xml;

namespace Probity.Lens;

/// <summary>Names from logs, made fit to stand in a picture.</summary>
internal static class SvgText
{
    const int Longest = 1_000;

    /// <summary>Escapes markup, replaces what XML cannot hold or turns a line round, and cuts what would drown a reader.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (safe.Length > Longest) return safe.Append('…').ToString();
            safe.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => "\uFFFD",
                _ when rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return safe.ToString();
    }
}
