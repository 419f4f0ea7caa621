using System.Globalization;
using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Training;

/// <summary>What the forms of training have in common: how what was typed is read, and to which field a refusal belongs.</summary>
internal static class TrainingForms
{
    public static Guid? Id(this IFormCollection form, string field) => Guid.TryParseExact(form[field], "D", out var id) ? id : null;

    public static int? Whole(this IFormCollection form, string field) =>
        int.TryParse(form[field].ToString().Trim().TrimEnd('%').TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether something was typed that is no whole number: it is not the same as nothing.</summary>
    public static bool IsNoNumber(this IFormCollection form, string field) => form[field].ToString().Trim().Length > 0 && form.Whole(field) is null;

    public static IReadOnlyDictionary<string, string> Typed(this IFormCollection form) => form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());

    /// <summary>What was refused, at its field.</summary>
    public static FieldError ErrorOf(Outcome outcome, Func<string, string> fieldOf)
    {
        var code = (outcome as Outcome.Refused)?.Refusal.Code ?? Answers.Stale;
        return new FieldError(fieldOf(code), TrainingText.Of(code));
    }

    /// <summary>Where to turn after a refusal, or null.</summary>
    public static string? TurnTo(Outcome? outcome, Register register) => outcome is Outcome.Refused { Refusal.Reroute: { People.Count: > 0 } to }
        ? $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))}" : null;

    /// <summary>Competences by name, for a field.</summary>
    public static IReadOnlyList<Choice> Choices(Catalogue catalogue) =>
        [.. catalogue.Competences.Values.Select(c => new Choice(c.Id.ToString("D"), TrainingText.NameOf(catalogue, c.Id))).OrderBy(c => c.Text, StringComparer.CurrentCulture)];

    /// <summary>Courses on offer by title, for a field.</summary>
    public static IReadOnlyList<Choice> Courses(Catalogue catalogue) =>
        [.. catalogue.Courses.Values.Where(c => c.IsOffered).Select(c => new Choice(c.Id.ToString("D"), $"{c.Title} – {TrainingText.LevelOf(catalogue, c.Competence, c.Level)}")).OrderBy(c => c.Text, StringComparer.CurrentCulture)];

    /// <summary>How a need stands, in a word or two.</summary>
    public static string WordOf(Need need, DateTimeOffset now) => need.State switch
    {
        NeedState.Held => TrainingText.Of("state.held"),
        NeedState.Ending => (int)Math.Ceiling((need.Until!.Value - now).TotalDays) is > 1 and var days ? TrainingText.Say("state.ends", days) : TrainingText.Of("state.ends-tomorrow"),
        NeedState.Lapsed => TrainingText.Of("state.lapsed"),
        _ => TrainingText.Of("state.lacking"),
    };

    /// <summary>How urgent that is.</summary>
    public static Tone ToneOf(Need need) => need switch { { State: NeedState.Held } => Tone.Good, { Blocks: true } => Tone.Urgent, _ => Tone.Attention };
}
