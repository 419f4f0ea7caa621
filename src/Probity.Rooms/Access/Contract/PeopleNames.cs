using System.Collections.Immutable;
using System.Globalization;
using System.Text;
namespace Probity.Access.Contract;

/// <summary>Finds people by how one of their names begins, without a look at all of them: names are sorted once and anew when the register has others.</summary>
internal sealed class PeopleNames
{
    Sorted _sorted = new(ImmutableDictionary<Guid, Person>.Empty, [], []);

    /// <summary>Those whose name, or a later word of it, begins so; the first by name.</summary>
    public IReadOnlyList<Guid> Beginning(Register register, string prefix, int most)
    {
        var (wanted, keys) = (Normal(prefix), Of(register).Keys);
        if (wanted.Length == 0) return [];
        var (low, high) = (0, keys.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(keys[middle].Key, wanted) < 0) low = middle + 1;
            else high = middle;
        }

        var found = new List<Guid>();
        for (; low < keys.Length && found.Count < most && keys[low].Key.StartsWith(wanted, StringComparison.Ordinal); low++)
        {
            if (!found.Contains(keys[low].Person)) found.Add(keys[low].Person);
        }

        return found;
    }

    /// <summary>Everybody in the order of their names; those whose names were erased last.</summary>
    public IReadOnlyList<Guid> InOrder(Register register) => Of(register).People;

    /// <summary>
    /// Those who may, in the order of their names, each with what they do where, so that namesakes are told apart. Nobody is looked at before they are asked for: a page that suggests the first
    /// of twenty thousand looks at those alone.
    /// </summary>
    public IEnumerable<(Guid Person, string Words)> WhoMay(Register register, DateTimeOffset now, Func<Guid, bool> may) =>
        InOrder(register).Where(p => !register.People[p].IsErased && may(p)).Select(p => (p, string.Join(" – ", [register.NameOf(p), .. PostsOf(p, register, now)])));

    static string[] PostsOf(Guid person, Register register, DateTimeOffset now) =>
        register.PostsOf(person, now).Select(p => $"{p.Title}, {register.Units.GetValueOrDefault(p.Unit)?.Name}").Order(StringComparer.CurrentCulture).ToList() is { Count: > 0 } posts ? [string.Join("; ", posts)] : [];

    /// <summary>Those who are called so, in all of their name.</summary>
    public IReadOnlyList<Guid> Same(Register register, string name)
    {
        var (wanted, keys) = (Normal(name), Of(register).Keys);
        var (low, high) = (0, keys.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(keys[middle].Key, wanted) < 0) low = middle + 1;
            else high = middle;
        }

        return [.. keys.Skip(low).TakeWhile(k => k.Key == wanted).Select(k => k.Person).Where(p => AreSame(register.People[p].Name!, name)).Distinct()];
    }

    /// <summary>Whether two names are one but for capitals, accents and spaces.</summary>
    public static bool AreSame(string one, string other) => Normal(one) == Normal(other);

    // A register is never changed: another one has another dictionary.
    Sorted Of(Register register)
    {
        var known = _sorted;
        if (ReferenceEquals(known.Register, register.People)) return known;
        return _sorted = new Sorted(
            register.People,
            [.. register.People.Values.Where(p => !p.IsErased).Select(p => (Key: Normal(p.Name!), p.Id)).OrderBy(p => p.Key, StringComparer.Ordinal).ThenBy(p => p.Id).Select(p => p.Id),
                .. register.People.Values.Where(p => p.IsErased).Select(p => p.Id).Order()],
            [.. register.People.Values.Where(p => !p.IsErased).SelectMany(p => KeysOf(p.Name!).Select(k => (k, p.Id))).OrderBy(k => k.k, StringComparer.Ordinal)]);
    }

    static IEnumerable<string> KeysOf(string name)
    {
        var whole = Normal(name);
        yield return whole;
        for (var at = whole.IndexOf(' ', StringComparison.Ordinal); at >= 0; at = whole.IndexOf(' ', at + 1)) yield return whole[(at + 1)..];
    }

    // Accents are left out on both sides: whoever looks for a name cannot always type them.
    static string Normal(string text) => string.Concat(string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Normalize(NormalizationForm.FormD)
        .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();

    sealed record Sorted(ImmutableDictionary<Guid, Person> Register, IReadOnlyList<Guid> People, (string Key, Guid Person)[] Keys);
}
