using System.Text.RegularExpressions;
using AnyAscii;

namespace Probity.Conduct.Matching;

/// <summary>A word of a name: as it is written in plain letters, and as it sounds.</summary>
internal readonly record struct NameWord(string Text, string Sound)
{
    public bool IsInitial => Text.Length == 1;
}

/// <summary>A name in the form in which names are compared, whatever its script, accents, capitals and order.</summary>
/// <param name="Words">What tells who it is.</param>
/// <param name="Trades">What a company says that it does, and other words that weigh little.</param>
internal sealed partial record NameForm(IReadOnlyList<NameWord> Words, IReadOnlyList<string> Trades)
{
    /// <summary>A longer text is no name: the rest is not looked at.</summary>
    public const int MaxLength = 200;

    /// <summary>Neither are more words.</summary>
    public const int MaxWords = 10;

    public static NameForm Of(string text)
    {
        var plain = (text.Length > MaxLength ? text[..MaxLength] : text).Replace('ç', 's').Replace('Ç', 'S').Replace("s/a", "s.a.", StringComparison.OrdinalIgnoreCase).Transliterate().ToLowerInvariant();
        plain = Apostrophes().Replace(plain, "");
        plain = Dotted().Replace(plain, dotted => dotted.Value.Replace(".", "", StringComparison.Ordinal) is var joined && IsForm(joined) ? " " : $" {string.Join(' ', joined.AsEnumerable())} ");
        var (words, trades) = (new List<NameWord>(), new List<string>());
        foreach (var word in JoinServants(Gaps().Split(plain)))
        {
            if (NameWords.LegalForms.Contains(word) || NameWords.Particles.Contains(word) || NameWords.Titles.Contains(word)) continue;
            if (NameWords.TradeOf(word) is { } trade) trades.Add(trade);
            else if (NameWords.DoubtfulForms.Contains(word)) trades.Add(word);
            else if (words.Count < MaxWords) words.Add(new NameWord(word, SoundOf(word)));
        }

        return new NameForm(words, trades);
    }

    static bool IsForm(string joined) => NameWords.LegalForms.Contains(joined) || NameWords.DoubtfulForms.Contains(joined);

    // "Abdul Rahman", "Abd al-Rahman" and "Abdelrahman" are one name.
    static IEnumerable<string> JoinServants(string[] parts)
    {
        var servant = false;
        foreach (var part in parts)
        {
            if (part.Length == 0) continue;
            if (part is "abd" or "abdul" or "abdel" or "abdal")
            {
                servant = true;
                continue;
            }

            if (servant && NameWords.Particles.Contains(part)) continue;
            var whole = Servant().Match(part) is { Success: true } match ? "abd" + match.Groups[1].Value : part;
            yield return servant && !whole.StartsWith("abd", StringComparison.Ordinal) ? "abd" + whole : whole;
            servant = false;
        }

        if (servant) yield return "abd";
    }

    /// <summary>How a word sounds, roughly, whichever of the house's languages wrote it down.</summary>
    public static string SoundOf(string word)
    {
        var sound = word;
        foreach (var (pattern, by) in s_sounds) sound = pattern.Replace(sound, by);
        return sound.Length == 0 ? word : sound;
    }

    /// <summary>The consonants of a sound, with its beginning: Arabic names are written with any vowels.</summary>
    public static string BonesOf(string sound) => sound.Length == 0 ? sound : sound[0] + Vowels().Replace(sound[1..], "");

    // In this order.
    static readonly (Regex Pattern, string By)[] s_sounds =
    [
        (Rule("ph"), "f"), (Rule("gh"), "g"), (Rule("kh"), "k"), (Rule("th"), "t"), (Rule("dh"), "d"), (Rule("ck"), "k"), (Rule("qu(?=[ei])"), "k"), (Rule("q"), "k"), (Rule("gu(?=[ei])"), "g"),
        (Rule("s?h?ch$|shch|sch"), "sh"), (Rule("tch|tsch|tx|cz"), "ch"), (Rule("^n?d[iy](?=[aeou])"), "j"), (Rule("ch|zh|dj"), "j"), (Rule("nh|ny(?=[aeiou])|gn(?=[eiao])"), "n"), (Rule("lh|ll"), "l"),
        (Rule("sh|ks|x|hs|ts"), "s"), (Rule("c(?=[eiy])"), "s"), (Rule("c"), "k"), (Rule("z"), "s"), (Rule("w"), "v"), (Rule("ou|oo"), "u"), (Rule("ee"), "i"), (Rule("y"), "i"), (Rule("^ie"), "e"), (Rule("h"), ""),
        (Rule("(.)\\1+"), "$1"), (Rule("(?<=[oe])f$"), "v"),
    ];

    static Regex Rule(string pattern) => new(pattern, RegexOptions.CultureInvariant | RegexOptions.Compiled);

    [GeneratedRegex("['`\u2019\u02BC\"]")]
    private static partial Regex Apostrophes();

    [GeneratedRegex("(?<![a-z0-9])(?:[a-z]\\.){2,}[a-z]?(?![a-z])|(?<![a-z0-9])[a-z]\\.[a-z](?![a-z])")]
    private static partial Regex Dotted();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Gaps();

    [GeneratedRegex("^abd(?:ul|el|al|ur|ou?l)([a-z]{3,})$")]
    private static partial Regex Servant();

    [GeneratedRegex("[aeiou]")]
    private static partial Regex Vowels();
}
