using F23.StringSimilarity;

namespace Probity.Conduct.Matching;

/// <summary>How near two names are.</summary>
internal enum Closeness
{
    /// <summary>Different people or companies.</summary>
    No,

    /// <summary>Somebody should look.</summary>
    Near,

    /// <summary>As good as the same.</summary>
    Match,
}

/// <summary>
/// Whether two names may be one person's or company's: word by word, whatever their order, with initials and missing second surnames. Pure. How often it errs is measured on a labelled set
/// (docs/interests.md).
/// </summary>
internal static class NameMatch
{
    /// <summary>From here two words are one.</summary>
    public const double SameWord = 0.86;

    /// <summary>From here the words of a name together are one name's.</summary>
    public const double SameName = 0.88;

    const double DoubtfulWord = 0.74;
    const double AnInitial = 0.9;
    const double AsGoodAsSame = 0.95;

    static readonly JaroWinkler s_jaroWinkler = new();
    static readonly OptimalStringAlignment s_edits = new();

    public static Closeness Compare(string one, string other) => Compare(NameForm.Of(one), NameForm.Of(other));

    public static Closeness Compare(NameForm one, NameForm other)
    {
        // What is written alike is one name, however short.
        if (one.Words.Count > 0 && Written(one) == Written(other)) return Closeness.Match;
        var best = Whole(one, other);
        // "Xiao Ming" and "Xiaoming": two words of one may be one of the other.
        foreach (var joined in Joined(one, other)) best = Better(best, Whole(joined, other));
        foreach (var joined in Joined(other, one)) best = Better(best, Whole(one, joined));
        return best;
    }

    static string Written(NameForm name) => string.Join(' ', name.Words.Select(w => w.Text).Concat(name.Trades).Order(StringComparer.Ordinal));

    static Closeness Better(Closeness one, Closeness other) => one > other ? one : other;

    static IEnumerable<NameForm> Joined(NameForm name, NameForm other)
    {
        for (var i = 0; i + 1 < name.Words.Count; i++)
        {
            if (name.Words[i].IsInitial || name.Words[i + 1].IsInitial) continue;
            var text = name.Words[i].Text + name.Words[i + 1].Text;
            var word = new NameWord(text, NameForm.SoundOf(text));
            if (other.Words.Any(w => Likeness(w, word) >= AsGoodAsSame)) yield return name with { Words = [.. name.Words.Take(i), word, .. name.Words.Skip(i + 2)] };
        }
    }

    static Closeness Whole(NameForm one, NameForm other)
    {
        var (few, many) = one.Words.Count <= other.Words.Count ? (one, other) : (other, one);
        if (few.Words.Count == 0)
            return many.Words.Count == 0 && few.Trades.Count > 0 && few.Trades.Order(StringComparer.Ordinal).SequenceEqual(many.Trades.Order(StringComparer.Ordinal), StringComparer.Ordinal) ? Closeness.Match : Closeness.No;
        var pairs = Pair(few.Words, many.Words);
        var (least, sum) = (pairs.Min(p => p.Likeness), pairs.Sum(p => p.Likeness));
        var whole = pairs.Count(p => !p.IsInitial);
        if (whole == 0 || least < DoubtfulWord) return Closeness.No;
        if (few.Words.Count == 1) return Single(few, many, least);
        if (least < SameWord || sum / pairs.Count < SameName) return pairs.Count(p => p.Likeness >= SameWord) >= pairs.Count - 1 && sum / pairs.Count >= SameWord ? Closeness.Near : Closeness.No;
        // An initial and one word, or words that half a country has beside others, are a hint.
        if (whole < 2) return Closeness.Near;
        return many.Words.Count > few.Words.Count && few.Words.All(w => w.IsInitial || NameWords.Frequent.Contains(w.Text)) ? Closeness.Near : Closeness.Match;
    }

    // One word alone: a company's, with what it says that it does; a person's only where the other has no more either.
    static Closeness Single(NameForm few, NameForm many, double likeness)
    {
        if (many.Words.Count > 1) return likeness >= AsGoodAsSame && few.Words[0].Text.Length > 3 && !NameWords.Frequent.Contains(few.Words[0].Text) ? Closeness.Near : Closeness.No;
        var apart = few.Trades.Count > 0 && many.Trades.Count > 0 && !few.Trades.Intersect(many.Trades).Any();
        return likeness < SameName ? Closeness.No : apart || likeness < 0.9 ? Closeness.Near : Closeness.Match;
    }

    /// <summary>Each word of the shorter name with the likest left of the longer, the likest pairs first.</summary>
    static List<(double Likeness, bool IsInitial)> Pair(IReadOnlyList<NameWord> few, IReadOnlyList<NameWord> many)
    {
        var all = few.SelectMany((a, i) => many.Select((b, j) => (I: i, J: j, Likeness: Likeness(a, b), IsInitial: a.IsInitial || b.IsInitial))).OrderByDescending(p => p.Likeness).ThenBy(p => p.I).ThenBy(p => p.J);
        var (taken, used, pairs) = (new HashSet<int>(), new HashSet<int>(), new List<(double, bool)>());
        foreach (var pair in all)
        {
            if (taken.Contains(pair.I) || used.Contains(pair.J)) continue;
            (_, _) = (taken.Add(pair.I), used.Add(pair.J));
            pairs.Add((pair.Likeness, pair.IsInitial));
        }

        return pairs;
    }

    /// <summary>How like two words are, 0 to 1.</summary>
    public static double Likeness(NameWord one, NameWord other)
    {
        if (one.Text == other.Text) return 1;
        if (one.IsInitial || other.IsInitial) return one.Text[0] == other.Text[0] ? AnInitial : 0;
        if (AreBrotherAndSister(one.Text, other.Text)) return 0.6;
        if (one.Sound == other.Sound) return 0.98;
        if (WithoutArticle(one.Text) is { } bare && WithoutArticle(other.Text) is null) return Math.Max(Likely(one, other), 0.97 * Likely(bare, other));
        if (WithoutArticle(other.Text) is { } plain && WithoutArticle(one.Text) is null) return Math.Max(Likely(one, other), 0.97 * Likely(plain, one));
        return Likely(one, other);
    }

    static double Likely(NameWord one, NameWord other)
    {
        if (one.Text == other.Text) return 1;
        var likeness = Math.Max(Measured(one.Text, other.Text), 0.98 * Measured(one.Sound, other.Sound));
        // A slip seldom hits the first letter: Ferreira and Pereira are two names.
        if (BeginningOf(one.Sound) != BeginningOf(other.Sound)) return Math.Min(likeness, DoubtfulWord);
        var (bones, others) = (NameForm.BonesOf(one.Sound), NameForm.BonesOf(other.Sound));
        var alike = bones.Length >= 3 && bones[1..] == others[1..] && one.Text[^1] == 'a' == (other.Text[^1] == 'a') && (one.Text[0] == 'h') == (other.Text[0] == 'h');
        return alike && s_jaroWinkler.Similarity(one.Sound, other.Sound) >= 0.75 ? Math.Max(likeness, 0.88) : likeness;
    }

    // Where a name begins with a vowel it is written with another one too: Omar, Umar.
    static char BeginningOf(string sound) => sound[0] switch { 'u' => 'o', 'i' => 'e', var first => first };

    // The one says which letters are shared, the other how many were changed: each alone takes brothers for one.
    static double Measured(string one, string other) =>
        (s_jaroWinkler.Similarity(one, other) + 1 - s_edits.Distance(one, other) / Math.Max(one.Length, other.Length)) / 2;

    // Paulo and Paula, Daniel and Daniela are one letter apart and two people.
    static bool AreBrotherAndSister(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        return (shorter.Length == longer.Length && shorter.Length > 3 && shorter[..^1] == longer[..^1] && (shorter[^1], longer[^1]) is ('o', 'a') or ('a', 'o') or ('e', 'a') or ('a', 'e') or ('e', 'o') or ('o', 'e'))
            || (longer.Length == shorter.Length + 1 && shorter.Length > 3 && longer[^1] == 'a' && longer[..^1] == shorter && shorter[^1] is not ('a' or 'e' or 'i' or 'o' or 'u'));
    }

    // "Alrashid" is "Rashid" with its article, "Benomar" is "Omar" with "son of".
    static NameWord? WithoutArticle(string word)
    {
        var length = word.StartsWith("ben", StringComparison.Ordinal) || word.StartsWith("bin", StringComparison.Ordinal) ? 3 : word.StartsWith("al", StringComparison.Ordinal) || word.StartsWith("el", StringComparison.Ordinal) ? 2 : 0;
        return length > 0 && word.Length - length >= 4 ? new NameWord(word[length..], NameForm.SoundOf(word[length..])) : null;
    }
}
