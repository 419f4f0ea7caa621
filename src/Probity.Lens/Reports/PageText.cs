using System.Text;

namespace Probity.Lens.Reports;

/// <summary>Text from a log made fit to stand in a page: it neither becomes markup, nor steers the writing, nor has no end.</summary>
internal static class PageText
{
    /// <summary>Characters of a name that are shown.</summary>
    public const int LongestName = 120;

    const int LongestText = 1_000;

    /// <summary>A name, set apart so that its direction of writing does not spread.</summary>
    public static string Name(string name) => $"<bdi>{Escape(name, LongestName)}</bdi>";

    /// <summary>A sentence.</summary>
    public static string Text(string text) => Escape(text, LongestText);

    /// <summary>A name as it stands within a sentence.</summary>
    public static string Cut(string name)
    {
        if (name.Length <= LongestName) return name;
        return string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName), "…");
    }

    static string Escape(string text, int longest)
    {
        var safe = new StringBuilder();
        var shown = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++shown > longest) return safe.Append('…').ToString();
            safe.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\t' or '\n' or '\r' => " ",
                _ when Steers(rune) => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return safe.ToString();
    }

    static bool Steers(Rune rune) => Rune.IsControl(rune)
        || rune.Value is 0x061C or 0x200E or 0x200F or 0x2028 or 0x2029 or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF or (>= 0xE0000 and <= 0xE007F)
        || (rune.Value & 0xFFFE) == 0xFFFE;
}
