using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Protection.Approaches;
using Probity.Protection.Plans;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Protection.Viewing;

/// <summary>What the pages of this room have in common.</summary>
internal static class ProtectionForms
{
    public const string Moment = "yyyy-MM-dd'T'HH:mm";

    public static IReadOnlyList<Choice> Named<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => new Choice(ProtectionText.Camel(v), ProtectionText.Word(v)))];

    public static T? Chosen<T>(string? typed) where T : struct, Enum =>
        typed is { Length: > 1 } && Enum.TryParse<T>(typed, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    /// <summary>A day with its hour that was typed, in the unit's zone; null where it is none.</summary>
    public static DateTimeOffset? MomentOf(string? typed, TimeZoneInfo zone) =>
        DateTime.TryParseExact(typed?.Trim(), Moment, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year is >= 1990 and <= 2200
            ? new DateTimeOffset(at, zone.GetUtcOffset(at)).ToUniversalTime() : null;

    /// <summary>A moment as such a field is filled in.</summary>
    public static string Typed(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString(Moment, CultureInfo.InvariantCulture);

    /// <summary>The last moment of a day that was typed.</summary>
    public static DateTimeOffset? EndOf(string? typed, TimeZoneInfo zone) => MomentOf(typed?.Trim() + "T23:59", zone);

    public static Guid IdIn(IFormCollection form, string field) => Guid.TryParseExact(form[field], "D", out var id) ? id : Guid.Empty;

    public static Dictionary<string, string> TypedIn(IFormCollection form) => form.Where(f => !f.Key.StartsWith('_')).ToDictionary(f => f.Key, f => f.Value.ToString());

    /// <summary>People to choose from, with what they do where, so that namesakes are told apart.</summary>
    public static IEnumerable<Choice> People(PeopleNames names, Register register, DateTimeOffset now, Func<Guid, bool> may) =>
        names.WhoMay(register, now, may).Select(p => new Choice(p.Person.ToString("D"), p.Words));

    public static int StatusOf(Outcome? outcome) => outcome switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity };

    public static string StageOf(ApproachStage stage) => ProtectionText.Word(stage);

    public static Tone ToneOf(ApproachStage stage, bool overdue) => stage switch { ApproachStage.Handled => Tone.Good, ApproachStage.Read => Tone.Info, _ => overdue ? Tone.Urgent : Tone.Attention };

    public static Tone ToneOf(PlanStage stage, bool overdue) => stage switch { PlanStage.Closed => Tone.Neutral, _ when overdue => Tone.Urgent, PlanStage.Active => Tone.Good, _ => Tone.Attention };

    /// <summary>Whether somebody of the staff has this room: whoever has a post may be offered something or be threatened.</summary>
    public static bool Serves(ClaimsPrincipal user) => Enum.GetValues<Role>().Any(role => SignedInPerson.Has(user, role));

    public static bool Watches(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer);

    /// <summary>The pages of this room for somebody.</summary>
    public static IReadOnlyList<Link> PagesOf(ClaimsPrincipal user) =>
    [
        .. Watches(user) ? new Link[] { new("/protection/approaches", ProtectionText.Of("list.title")), new(ShowApproaches.Own, ProtectionText.Of("own.title")), new("/protection/trend", ProtectionText.Of("trend.title")) }
            : [new("/protection", ProtectionText.Of("own.title"))],
        new("/protection/plans", ProtectionText.Of("plans.title")),
        .. Watches(user) ? new Link[] { new("/protection/duty", ProtectionText.Of("duty.title")) } : [],
    ];
}
