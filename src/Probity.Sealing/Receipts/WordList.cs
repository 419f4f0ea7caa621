using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Probity.Sealing.Receipts;

/// <summary>One language's 7,776 words, found by what was typed. The order of the words is part of every code ever given: a list never changes.</summary>
internal sealed class WordList
{
    /// <summary>Six to the fifth power, so that five dice choose a word too.</summary>
    internal const int Size = 7776;

    /// <summary>The fewest letters of a word in which two typing errors are still repaired.</summary>
    const int LettersForTwoErrors = 6;

    static readonly Lazy<WordList>[] Loaded =
    [
        new(() => new("en", "english.txt")), new(() => new("es", "spanish.txt")), new(() => new("pt", "portuguese.txt")),
    ];

    static readonly string[] Tags = ["en", "es", "pt"];

    readonly string[] words;
    readonly string[] folded;
    readonly FrozenDictionary<string, int> byFolded;

    // By number of letters, the shortest first: the places in the list, and what letters each word has.
    readonly int[] byLength;
    readonly ulong[] letters;
    readonly int[] startOfLength;

    WordList(string language, string resource)
    {
        Language = language;
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        words = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        folded = [.. words.Select(Fold)];
        byFolded = folded.Index().ToFrozenDictionary(word => word.Item, word => word.Index, StringComparer.Ordinal);
        byLength = [.. Enumerable.Range(0, words.Length).OrderBy(index => folded[index].Length)];
        letters = [.. byLength.Select(index => Letters(folded[index]))];
        Longest = folded[byLength[^1]].Length;
        startOfLength = [.. Enumerable.Range(0, Longest + 2).Select(length => byLength.TakeWhile(index => folded[index].Length < length).Count())];
    }

    /// <summary>The tags of the languages that have a list.</summary>
    internal static IReadOnlyList<string> Languages => Tags;

    /// <summary>Every list, in the order of <see cref="Languages"/>.</summary>
    internal static IEnumerable<WordList> All => Loaded.Select(list => list.Value);

    /// <summary>The tag of the language: "en", "es", "pt".</summary>
    internal string Language { get; }

    /// <summary>The words as they are shown, with their accents.</summary>
    internal IReadOnlyList<string> Words => words;

    /// <summary>Letters of the longest word.</summary>
    internal int Longest { get; }

    /// <summary>The list of a language.</summary>
    /// <exception cref="ArgumentException">No list has that tag.</exception>
    internal static WordList For(string language)
    {
        var place = Array.IndexOf(Tags, language);
        return place >= 0 ? Loaded[place].Value : throw new ArgumentException($"There is no list of words for '{language}'.", nameof(language));
    }

    /// <summary>Text in small letters without accents: what words are compared by. What is no character becomes U+FFFD, for normalising would throw.</summary>
    internal static string Fold(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            whole.Append((Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNotAssigned ? Rune.ReplacementChar : rune).ToString());
        var plain = new StringBuilder(whole.Length);
        foreach (var letter in whole.ToString().Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
                plain.Append(char.ToLowerInvariant(letter));
        return plain.ToString();
    }

    /// <summary>The place of the word that is spelt exactly so once folded, or -1.</summary>
    internal int Find(ReadOnlySpan<char> typed) =>
        byFolded.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(typed, out var index) ? index : -1;

    /// <summary>
    /// The words that a folded word may stand for, with the typing errors that each supposes, fewest first. A word of the list may be a slip of another
    /// one, so its neighbours at one error are here too.
    /// </summary>
    internal List<(int Index, int Errors)> Near(string typed)
    {
        var near = new List<(int Index, int Errors)>();
        var most = 2;
        if (Find(typed) is >= 0 and var exact)
        {
            near.Add((exact, 0));
            most = 1;
        }
        var typedLetters = Letters(typed);
        for (var length = Math.Max(1, typed.Length - most); length <= Math.Min(Longest, typed.Length + most); length++)
        {
            var errors = length < LettersForTwoErrors ? 1 : most;
            var apart = Math.Abs(length - typed.Length);
            if (apart > errors)
                continue;
            // A missing or doubled letter changes one bit, a wrong letter two, swapped letters none: most words are dismissed by that alone.
            var bits = 2 * errors - apart;
            for (var place = startOfLength[length]; place < startOfLength[length + 1]; place++)
                if (BitOperations.PopCount(letters[place] ^ typedLetters) <= bits
                    && TypingErrors.Between(typed, folded[byLength[place]]) is > 0 and var found && found <= errors)
                    near.Add((byLength[place], found));
        }
        // People seldom miss the first letter: of as many errors, the words that begin as it does come first.
        return [.. near.OrderBy(word => word.Errors).ThenBy(word => folded[word.Index][0] != typed[0]).ThenBy(word => word.Index)];
    }

    // Two bits for each letter: it is there, and it is there twice. Whatever is no letter from a to z shares the bits that are left.
    static ulong Letters(string word)
    {
        var set = 0UL;
        foreach (var letter in word)
        {
            var bit = 1UL << (letter is >= 'a' and <= 'z' ? 2 * (letter - 'a') : 52 + 2 * (letter % 6));
            set |= (set & bit) == 0 ? bit : bit << 1;
        }
        return set;
    }
}
