using System.Globalization;
using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Risk.Contract;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Risk;

/// <summary>What the forms of this room have in common: the choices with their anchors written out, and how what was chosen is read.</summary>
internal static class RiskForms
{
    /// <summary>Likelihoods from 1 to 5, each with how often that is.</summary>
    public static IReadOnlyList<Choice> Likelihoods => Numbered(n => RiskText.Of("likelihood." + n));

    /// <summary>Impacts from 1 to 5, each with what that would be.</summary>
    public static IReadOnlyList<Choice> Impacts => Numbered(n => RiskText.Of("impact." + n));

    /// <summary>How much is known.</summary>
    public static IReadOnlyList<Choice> Knowledges => Named<Knowledge>(RiskText.Word);

    /// <summary>Whether a control would work, from 0 to 3.</summary>
    public static IReadOnlyList<Choice> Designs => Numbered(n => RiskText.Of("design." + n), 0, 3);

    /// <summary>Whether it is done, from 0 to 3.</summary>
    public static IReadOnlyList<Choice> Operations => Numbered(n => RiskText.Of("operation." + n), 0, 3);

    /// <summary>How free whoever takes a step is, from 0 to 3.</summary>
    public static IReadOnlyList<Choice> Discretions => Numbered(n => RiskText.Of("discretion." + n), 0, 3);

    public static IReadOnlyList<Choice> Named<T>(Func<T, string> word) where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => new Choice(RiskText.Camel(v), word(v)))];

    /// <summary>Level and figures of a rating: <c>high (3 × 4 = 12)</c>.</summary>
    public static string Said(Rating rating) => RiskText.Say("rating", RiskText.Word(RiskMatrix.LevelOf(rating)), rating.Likelihood, rating.Impact, RiskMatrix.ScoreOf(rating));

    public static Tone ToneOf(RiskLevel level) => level switch { RiskLevel.Low => Tone.Good, RiskLevel.Moderate => Tone.Info, RiskLevel.High => Tone.Attention, _ => Tone.Urgent };

    public static Tone ToneOf(AssessmentStage stage, bool reviewDue) => stage switch
    {
        AssessmentStage.Active => reviewDue ? Tone.Urgent : Tone.Good, AssessmentStage.Replaced => Tone.Neutral, _ => Tone.Info,
    };

    public static string StageOf(AssessmentStage stage, bool reviewDue) => reviewDue ? RiskText.Of("stage.reviewDue") : RiskText.Of("stage." + RiskText.Camel(stage));

    /// <summary>A whole number of one digit, or -1.</summary>
    public static int Number(string? typed) => int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    public static Rating RatingOf(IFormCollection form, string prefix) => new(Number(form[prefix + "-likelihood"]), Number(form[prefix + "-impact"]));

    public static Knowledge KnowledgeOf(string? typed) => Enum.TryParse<Knowledge>(typed, ignoreCase: true, out var known) && typed is { Length: > 1 } ? known : (Knowledge)(-1);

    /// <summary>The last moment of a day that was typed, in the unit's zone; null where it is none.</summary>
    public static DateTimeOffset? EndOf(string? typed, TimeZoneInfo zone)
    {
        if (!DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 2000 or > 9000) return null;
        var last = day.ToDateTime(new TimeOnly(23, 59, 59));
        return new DateTimeOffset(last, zone.GetUtcOffset(last)).ToUniversalTime();
    }

    public static IReadOnlyDictionary<string, string> TypedIn(IFormCollection form) => form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());

    /// <summary>People to choose from, with what they do where, so that namesakes are told apart.</summary>
    public static IEnumerable<Choice> People(PeopleNames names, RiskFacts facts, Func<Guid, bool> may) =>
        names.WhoMay(facts.Register, facts.Now, may).Select(p => new Choice(p.Person.ToString("D"), p.Words));

    /// <summary>Where to turn after a refusal, or null.</summary>
    public static string? TurnTo(Refusal? refusal, Register register) => refusal?.Reroute is { People.Count: > 0 } to
        ? RiskText.Say("turn-to", $"{RoleWords.Of(to.Role)}: {string.Join(", ", to.People.Select(register.NameOf).Order(StringComparer.CurrentCulture))}") : null;

    public static int StatusOf(Outcome? outcome) => outcome switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity };

    static IReadOnlyList<Choice> Numbered(Func<int, string> word, int least = 1, int most = RiskMatrix.Most) =>
        [.. Enumerable.Range(least, most - least + 1).Select(n => new Choice(n.ToString(CultureInfo.InvariantCulture), $"{n} – {word(n)}"))];
}
