using F23.StringSimilarity;
using Probity.Sealing;

namespace Probity.Reports.Reading;

/// <summary>
/// Whether a name that a source wrote may be meant for a reader though it is misspelt. At the door names meet as hashes, where one letter too few is another name; here, where the report is open, they
/// are compared letter by letter. It errs towards keeping a report from somebody too many.
/// </summary>
internal static class NamesAlike
{
    // Letters that may differ: one in words of four and more, two in words of eight and more.
    const int Short = 4, Long = 8;

    static readonly Damerau s_distance = new();

    /// <summary>By the rule of the door (<see cref="NameWords.MayBe"/>), of words that are nearly alike: two in common, or all that was written, or all of the name.</summary>
    public static bool MayBe(string written, string name)
    {
        var (typed, known) = (NameWords.Words(written).Distinct().Take(NameWords.Most).ToList(), NameWords.Words(name).Distinct().ToList());
        var common = typed.Count(word => known.Exists(other => IsNear(word, other)));
        return common >= 2 || (common > 0 && (common == typed.Count || common == known.Count));
    }

    static bool IsNear(string one, string other) =>
        one == other || (Math.Min(one.Length, other.Length) is >= Short and var length && s_distance.Distance(one, other) <= (length >= Long ? 2 : 1));
}
