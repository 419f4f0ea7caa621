using System.Globalization;
using System.Text;

namespace Probity.Exhibits.TakingOver;

/// <summary>Names as they are compared: without accents, signs and capitals, their words apart by one space.</summary>
internal static class PlainName
{
    public static string Of(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in string.Concat(text.EnumerateRunes().Select(r => r.ToString())).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            if (Rune.IsLetterOrDigit(rune)) plain.Append(Rune.ToLowerInvariant(rune));
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString().TrimEnd();
    }
}
