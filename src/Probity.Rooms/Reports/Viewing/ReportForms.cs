using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Handling;
using Probity.Shared;
using Probity.Shared.Record;

namespace Probity.Reports.Viewing;

/// <summary>What the pages of reports have in common.</summary>
internal static class ReportForms
{
    /// <summary>Where a key is made and unlocked.</summary>
    public const string KeyAddress = "/reports/key";

    /// <summary>Whether somebody signed in has to do with reports.</summary>
    public static bool Serves(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer);

    /// <summary>What a report is called: the first part of its id.</summary>
    public static string Reference(Guid report) => report.ToString("N")[..8].ToUpperInvariant() is var text ? $"{text[..4]}-{text[4..]}" : "";

    public static IReadOnlyList<Choice> Named<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => new Choice(HandlingText.Camel(v), HandlingText.Word(v)))];

    public static T? Chosen<T>(string? typed) where T : struct, Enum =>
        typed is { Length: > 1 } && char.IsLetter(typed[0]) && Enum.TryParse<T>(typed, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    public static DateOnly? DayIn(string? typed) => DateOnly.TryParseExact(typed?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The act of a form: the same form sent twice is the same act.</summary>
    public static Guid ActOf(Guid person, Guid report, string what, string? key) => Streams.Derive(report, $"{person:D}/{what}/{(Guid.TryParseExact(key, "D", out var id) ? id : Guid.Empty):D}");

    public static Dictionary<string, string> TypedIn(IFormCollection form) => form.Where(f => !f.Key.StartsWith('_') && f.Key != "key").ToDictionary(f => f.Key, f => f.Value.ToString());

    /// <summary>What was typed into one form in place of what it began with; the other forms begin as before.</summary>
    public static Dictionary<string, string> TypedOver(IReadOnlyDictionary<string, string> known, string what, IFormCollection form)
    {
        var typed = TypedIn(form);
        foreach (var (field, value) in known.Where(k => !k.Key.StartsWith($"{what}-", StringComparison.Ordinal))) typed.TryAdd(field, value);
        return typed;
    }

    public static int StatusOf(Outcome? outcome) => outcome switch { null => StatusCodes.Status200OK, Outcome.Stale => StatusCodes.Status409Conflict, _ => StatusCodes.Status422UnprocessableEntity };

    public static Tone ToneOf(ReportStage stage) => stage switch { ReportStage.Closed => Tone.Neutral, ReportStage.New => Tone.Attention, _ => Tone.Info };

    public static Tone ToneOf(ClockState state) => state switch
    {
        ClockState.Missed => Tone.Urgent,
        ClockState.DoneLate or ClockState.Due or ClockState.Warned => Tone.Attention,
        ClockState.Done => Tone.Good,
        _ => Tone.Neutral,
    };

    /// <summary>The pages of this room.</summary>
    public static IReadOnlyList<Link> Pages => [new(ShowQueue.Address, HandlingText.Of("queue.title")), new(ShowFigures.Address, HandlingText.Of("figures.title")), new(ShowExchange.Address, HandlingText.Of("exchange.link")), new(KeyAddress, HandlingText.Of("key.link"))];
}
