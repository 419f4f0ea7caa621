using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs;

/// <summary>What a log says, made fit for a message of one line.</summary>
internal static class LogText
{
    const int Longest = 60;

    public static string Show(ReadOnlySpan<byte> utf8) => Show(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * Longest)]));

    /// <summary>The text without line breaks and control characters, cut after 60 characters.</summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= Longest) return shown.Append('…').ToString();
            var control = Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            shown.Append(control ? " " : rune.ToString());
        }

        return shown.ToString();
    }
}
