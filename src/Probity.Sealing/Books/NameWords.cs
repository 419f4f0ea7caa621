using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Probity.Sealing;

/// <summary>
/// How a name that a source types meets the people of the house, without the reporter's side holding their names: by keyed hashes of its words, folded so far that spellings
/// which sound alike are one. It errs towards barring somebody too many.
/// </summary>
public static class NameWords
{
    /// <summary>The most words of a name that count.</summary>
    public const int Most = 12;

    const int HashSize = 8;

    static readonly HashSet<string> Particles = ["de", "da", "do", "dos", "das", "del", "la", "las", "los", "el", "e", "i", "san", "van", "von", "der", "y"];

    // How people are called before their name: somebody who writes them knows no more of the name.
    static readonly HashSet<string> Titles =
    [
        "dona", "don", "dom", "sr", "sra", "srta", "senhor", "senhora", "senor", "senora", "dr", "dra", "doutor", "doutora", "doctor", "doctora", "mr", "mrs", "ms", "sir", "madam", "chefe", "jefe", "jefa", "chief",
        "inspetor", "inspetora", "inspector", "inspectora", "comandante", "commander", "capitao", "capitan", "captain", "sargento", "sergeant",
    ];

    /// <summary>The keys of a name's words; none for a name without letters.</summary>
    public static IReadOnlyList<string> Keys(string name, ReadOnlySpan<byte> key)
    {
        var words = new List<string>();
        foreach (var word in Words(name))
        {
            if (words.Count == Most) break;
            var hash = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(word))[..HashSize]);
            if (!words.Contains(hash)) words.Add(hash);
        }

        return words;
    }

    /// <summary>Whether what was typed may be this person: two words in common, or all that was typed, or all of the name.</summary>
    public static bool MayBe(IReadOnlyList<string> typed, IReadOnlyList<string> name)
    {
        var common = typed.Count(name.Contains);
        return common >= 2 || (common > 0 && (common == typed.Count || common == name.Count));
    }

    /// <summary>The words of a name as they are compared: folded, without particles and titles.</summary>
    public static IEnumerable<string> Words(string name)
    {
        var all = Split(name).ToList();
        // Somebody may be called Captain and nothing else.
        return (all.Exists(word => !Titles.Contains(word)) ? all.Where(word => !Titles.Contains(word)) : all).Select(Fold);
    }

    static IEnumerable<string> Split(string name)
    {
        var word = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD) + " ")
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetter(c))
            {
                word.Append(char.ToLowerInvariant(c));
                continue;
            }

            // What joins the halves of a word when it is typed in a hurry: D'Almeida.
            if (c is '\'' or '’') continue;
            if (word.Length > 1 && !Particles.Contains(word.ToString())) yield return word.ToString();
            word.Clear();
        }
    }

    // The spellings that Portuguese, Spanish and English names are heard and misspelt in.
    static string Fold(string word)
    {
        var folded = word
            .Replace("ph", "f", StringComparison.Ordinal).Replace("th", "t", StringComparison.Ordinal).Replace("lh", "l", StringComparison.Ordinal)
            .Replace("nh", "n", StringComparison.Ordinal).Replace("ch", "s", StringComparison.Ordinal).Replace("sh", "s", StringComparison.Ordinal)
            .Replace("qu", "s", StringComparison.Ordinal)
            .Replace("ge", "je", StringComparison.Ordinal).Replace("gi", "ji", StringComparison.Ordinal).Replace("h", "", StringComparison.Ordinal)
            // A ç that is typed as c, and a c that is heard as s: all sibilants and k are one.
            .Replace('z', 's').Replace('c', 's').Replace('k', 's').Replace('x', 's').Replace('y', 'i').Replace('w', 'v').Replace('b', 'v');
        var squeezed = new StringBuilder(folded.Length);
        foreach (var c in folded)
            if (squeezed.Length == 0 || squeezed[^1] != c) squeezed.Append(c);
        return squeezed.Length == 0 ? word : squeezed.ToString();
    }
}
