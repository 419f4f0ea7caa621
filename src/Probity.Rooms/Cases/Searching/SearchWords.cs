using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Probity.Cases.Searching;

/// <summary>
/// Words as the lists hold them: folded to capitals without accents, and then only as a keyed hash (HMAC-SHA256, 16 bytes). Whoever
/// takes the lists sees which cases share a word, and not which word; the key lies with the node's secrets.
/// </summary>
internal sealed class SearchWords(byte[] key)
{
    /// <summary>What the node's secrets derive the key for. Never changed: the lists would have to be made anew.</summary>
    public const string Purpose = "words of cases";

    /// <summary>A search takes so many words; all of them have to be there.</summary>
    public const int MostAsked = 10;

    const int LongestWord = 64;
    const int MacSize = 16;

    /// <summary>The marks of the words of a text, each once.</summary>
    public IReadOnlyList<string> MarksOf(string text) => [.. Fold(text).Distinct(StringComparer.Ordinal).Select(MarkOf)];

    /// <summary>The words of a text as they are compared: runs of letters and digits, in capitals, without accents.</summary>
    public static IEnumerable<string> Fold(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in Whole(text).Normalize(NormalizationForm.FormKD).ToUpperInvariant().EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                    continue;
                case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                    or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.SpacingCombiningMark:
                    if (word.Length < LongestWord) word.Append(Plain(rune));
                    continue;
            }

            if (word.Length > 0) yield return word.ToString();
            word.Clear();
        }

        if (word.Length > 0) yield return word.ToString();
    }

    string MarkOf(string word) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(word)).AsSpan(0, MacSize));

    // Letters that people type as two or without their stroke, and that no decomposition takes apart.
    static string Plain(Rune rune) => rune.Value switch
    {
        'ß' or 'ẞ' => "SS", 'Æ' => "AE", 'Œ' => "OE", 'Ø' => "O", 'Đ' or 'Ð' => "D", 'Ł' => "L", 'Þ' => "TH", 'ı' => "I", _ => rune.ToString(),
    };

    // Half a character has no normal form.
    static string Whole(string text) => string.Concat(text.EnumerateRunes().Select(r => r.ToString()));
}
