using System.Globalization;
using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Selecting;

/// <summary>What the forms of competitions have in common: how what was typed is read, and to which field a refusal belongs.</summary>
internal static class SelectionForms
{
    /// <summary>How many criteria, posts and members a form has room for.</summary>
    public const int Criteria = 6, Posts = 4, Members = 5;

    public static Guid? Id(this IFormCollection form, string field) => Guid.TryParseExact(form[field], "D", out var id) ? id : null;

    public static int? Whole(this IFormCollection form, string field) =>
        int.TryParse(form[field].ToString().Trim().TrimEnd('%').TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static DateOnly? Day(this IFormCollection form, string field) =>
        DateOnly.TryParseExact(form[field], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static bool? YesOrNo(this IFormCollection form, string field) => form[field].ToString() switch { "yes" => true, "no" => false, _ => null };

    public static IReadOnlyDictionary<string, string> Typed(this IFormCollection form) => form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());

    /// <summary>Application numbers with commas or spaces between them; null where something else was typed.</summary>
    public static IReadOnlyList<int>? Numbers(string text)
    {
        var parts = text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries);
        var numbers = parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).ToList();
        return numbers.Contains(-1) ? null : numbers;
    }

    /// <summary>Everybody who may sit in a panel, by name, with what they do where.</summary>
    public static IEnumerable<Choice> People(PeopleNames names, SelectionFacts facts) =>
        names.WhoMay(facts.Register, facts.Now, p => SelectionAccess.MaySit(p, facts.Register, facts.Now)).Select(p => new Choice(p.Person.ToString("D"), p.Words));

    /// <summary>What was refused, at its field.</summary>
    public static FieldError ErrorOf(Outcome outcome, Func<string, string> fieldOf)
    {
        var code = (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        return new FieldError(fieldOf(code), SelectionText.Of(code));
    }

    /// <summary>The id of a field in the form for somebody who scores in another's place.</summary>
    public static string PlaceIn(string field, Guid leaves, int? application) => string.Create(CultureInfo.InvariantCulture, $"{field}-{leaves:N}-{application ?? 0}");

    /// <summary>The same in the form that explains scores that lie far apart.</summary>
    public static string PlaceIn(string field, int application, int criterion) => string.Create(CultureInfo.InvariantCulture, $"{field}-{application}-{criterion}");

    /// <summary>The same in a form that answers something; <paramref name="about"/> where there can be several.</summary>
    public static string PlaceIn(string field, string what, Guid? about = null) => about is { } id ? $"{field}-{what}-{id:N}" : $"{field}-{what}";

    /// <summary>Where to turn after a refusal, or null.</summary>
    public static string? TurnTo(Outcome? outcome, Register register) => outcome is Outcome.Refused { Refusal.Reroute: { People.Count: > 0 } to }
        ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null;
}
