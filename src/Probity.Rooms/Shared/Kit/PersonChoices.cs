using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Probity.Shared.Kit;

/// <summary>
/// People to choose from. A few stand in a list; of many, a name is typed, with the others to choose from as far as they fit, so that it needs no script and fits
/// a telephone. Whatever is typed is one of them, or the field says why not: it is never left out.
/// </summary>
internal static class PersonChoices
{
    /// <summary>So many stand in a list that is read through.</summary>
    public const int Few = 15;

    /// <summary>So many are suggested while a name is typed; whoever else it is, their name is typed whole.</summary>
    public const int Suggested = 300;

    const int Named = 5;

    static readonly ResourceManager Texts = new(typeof(SharedText));

    /// <summary>As many as a field suggests, and one: whether there are more. Whoever was chosen is among them.</summary>
    public static IReadOnlyList<Choice> First(IEnumerable<Choice> people, string? chosen)
    {
        if (people is IReadOnlyList<Choice> all) return all;
        var first = people.Take(Suggested + 1).ToList();
        if (first.Count > Suggested && Guid.TryParseExact(chosen, "D", out _) && first.TrueForAll(p => p.Value != chosen) && people.FirstOrDefault(p => p.Value == chosen) is { } found) first.Insert(0, found);
        return first;
    }

    /// <summary>The same people, each under words of their own: of two who are called alike and do the same, each has the end of their id.</summary>
    public static IReadOnlyList<Choice> Distinct(IReadOnlyList<Choice> people)
    {
        var twice = people.GroupBy(p => Words(p.Text), StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        return twice.Count == 0 ? people : [.. people.Select(p => twice.Contains(Words(p.Text)) ? p with { Text = $"{p.Text} · {p.Value[^6..]}" } : p)];
    }

    /// <summary>What a field shows of what was typed or chosen: a person's words instead of their id.</summary>
    public static string? Shown(string? value, IReadOnlyList<Choice> people) => Distinct(people).FirstOrDefault(p => p.Value == value)?.Text ?? value;

    /// <summary>
    /// The form with the ids of the people who were typed into these fields, and a refusal for each that is nobody or may be several. An id, and what is empty, is
    /// left as it is: who may be chosen is decided by what the form is for.
    /// </summary>
    public static (IFormCollection Typed, IReadOnlyList<FieldError> Wrong) Resolve(IFormCollection typed, params IEnumerable<(string Field, IReadOnlyList<Choice> People)> fields)
    {
        var (found, wrong) = (new Dictionary<string, StringValues>(typed), new List<FieldError>());
        foreach (var (field, people) in fields)
        {
            var text = typed[field].ToString().Trim();
            if (text.Length == 0 || Guid.TryParseExact(text, "D", out _) || people.Any(p => p.Value == text)) continue;
            var fits = Fitting(text, Distinct(people));
            if (fits.Count == 1) found[field] = fits[0].Value;
            else wrong.Add(new FieldError(field, fits.Count == 0 ? Say("Person.Nobody", text) : fits.Count > Named ? Say("Person.Many", text, fits.Count) : Say("Person.Several", text, string.Join("; ", fits.Select(p => p.Text)))));
        }

        return (new FormCollection(found, typed.Files), wrong);
    }

    /// <summary>Whether something was typed into one of these fields that is no id.</summary>
    public static bool AreTyped(IFormCollection typed, params IEnumerable<string> fields) =>
        fields.Any(f => typed[f].ToString().Trim() is { Length: > 0 } text && !Guid.TryParseExact(text, "D", out _));

    // All of it first, then the name, as it is written before as it is typed; then those who have each of the words: never a part of a word, since somebody
    // signs for whom they meant.
    static List<Choice> Fitting(string text, IReadOnlyList<Choice> people)
    {
        var words = Words(text);
        if (words.Length == 0) return [];
        foreach (var fits in (Func<Choice, bool>[])[p => Words(p.Text) == words, p => string.Equals(NameOf(p.Text), text, StringComparison.OrdinalIgnoreCase), p => Words(NameOf(p.Text)) == words, HasAll])
        {
            if (people.Where(fits).ToList() is { Count: > 0 } found) return found;
        }

        return [];

        bool HasAll(Choice person) => words.Split(' ').All(Words(person.Text).Split(' ').Contains);
    }

    static string NameOf(string text) => text.Split(" – ")[0];

    // Without accents, signs and capitals, as people type on a telephone.
    static string Words(string text)
    {
        var plain = new System.Text.StringBuilder();
        foreach (var c in text.Normalize(System.Text.NormalizationForm.FormKD))
        {
            if (char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            plain.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    static string Say(string key, params object[] words) => string.Format(CultureInfo.CurrentCulture, Texts.GetString(key, CultureInfo.CurrentUICulture)!, words);
}
