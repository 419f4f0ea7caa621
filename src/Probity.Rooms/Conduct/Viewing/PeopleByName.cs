using System.Globalization;
using System.Text;
using Probity.Access.Contract;

namespace Probity.Conduct.Viewing;

/// <summary>
/// Whose name has a word that begins with what was typed, whatever its capitals and accents. Sorted once for each state of the register, so that a search takes as long
/// with twenty thousand people as with sixty.
/// </summary>
internal sealed class PeopleByName
{
    /// <summary>More are not looked through: whoever searches types a letter more.</summary>
    public const int Most = 200;

    volatile Index? _index;

    sealed record Index(long Version, (string Word, Guid Person)[] Words);

    /// <summary>The people found, at most <see cref="Most"/>.</summary>
    public IReadOnlyList<Guid> Find(string typed, Register register)
    {
        var index = _index is { } known && known.Version == register.Version ? known : _index = Make(register);
        var start = Fold(typed.Trim());
        var (low, high) = (0, index.Words.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(index.Words[middle].Word, start) < 0) low = middle + 1;
            else high = middle;
        }

        var found = new List<Guid>();
        var seen = new HashSet<Guid>();
        for (; low < index.Words.Length && found.Count < Most && index.Words[low].Word.StartsWith(start, StringComparison.Ordinal); low++)
        {
            if (seen.Add(index.Words[low].Person)) found.Add(index.Words[low].Person);
        }

        return found;
    }

    static Index Make(Register register)
    {
        var words = new List<(string Word, Guid Person)>();
        foreach (var person in register.People.Values.Where(p => p.Name is not null))
        {
            // Each word with what follows it: "Costa Lima" is found under both.
            var name = Fold(person.Name!);
            for (var at = 0; at >= 0 && at < name.Length; at = name.IndexOf(' ', at) is var gap && gap >= 0 ? gap + 1 : -1) words.Add((name[at..], person.Id));
        }

        words.Sort((a, b) => string.CompareOrdinal(a.Word, b.Word) is var order && order != 0 ? order : a.Person.CompareTo(b.Person));
        return new Index(register.Version, [.. words]);
    }

    static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(char.ToUpperInvariant(c));
        }

        return folded.ToString();
    }
}
