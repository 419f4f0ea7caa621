using System.Globalization;
using System.Text;

namespace Probity.Lens.Logs;

/// <summary>What a log says, made fit for a message of one line.</summary>
internal static class LogText
{
    const int Longest = 60;
    const int Most = 30;

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

    /// <summary>Names in a row, those that are empty left out; of many only the first.</summary>
    public static string List(IEnumerable<string> names)
    {
        var told = names.Where(n => n.Length > 0).Take(Most + 1).Select(Show).ToList();
        return string.Join(", ", told.Take(Most)) + (told.Count > Most ? ", …" : "");
    }
}
