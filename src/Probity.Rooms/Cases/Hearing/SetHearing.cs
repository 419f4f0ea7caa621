using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Hearing;

/// <summary>Records that the court set a hearing. It may have been held already: registries write things up later.</summary>
internal sealed class SetHearing(CaseDesk desk)
{
    public const string TimeMissing = "cases.hearing-time-missing";
    public const string PlaceMissing = "cases.hearing-place-missing";
    public const string SubjectMissing = "cases.hearing-subject-missing";

    /// <summary>A hearing further away than this is a slip of the pen.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(5 * 365);

    internal sealed record Command(Guid CaseId, Guid Hearing, DateTimeOffset At, string Place, string Subject);

    internal sealed record Body(DateTimeOffset At, string Place, string Subject);

    public static Decision Decide(Command command, Case @case, DateTimeOffset now) =>
        CourtRules.RefusesCourt(@case) is { } court ? court
        : command.At < @case.OpenedAt || command.At > now + Farthest ? Decision.Refuse(TimeMissing)
        : CaseTexts.Refuses(command.Place, CaseTexts.MaxName, PlaceMissing, lines: false) is { } place ? place
        : CaseTexts.Refuses(command.Subject, CaseTexts.MaxName, SubjectMissing, lines: false) is { } subject ? subject
        : @case.Court.Hearings.Length >= CourtRules.Most ? Decision.Refuse(CourtRules.TooMany)
        : Decision.Accept(@case.Stream, new HearingScheduled(command.Hearing, command.At.ToUniversalTime(), command.Place.Trim(), command.Subject.Trim()));

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordCourt, expected, facts => Decide(command, facts.Case, facts.Now), CasePlace.Court, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/hearings", (Guid id, HttpContext http, SetHearing slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, Guid.CreateVersion7(), body.At, body.Place, body.Subject), expected, cancel)))
        .Describe<Body>("setHearing", "Record that the court set a hearing.");
}

/// <summary>Records that a hearing was held, or put off: at whose wish, with the court's reasons.</summary>
internal sealed class EndHearing(CaseDesk desk)
{
    public const string Unknown = "cases.hearing-unknown";
    public const string Over = "cases.hearing-over";
    public const string NotYet = "cases.hearing-not-yet";
    public const string BecameMissing = "cases.hearing-became-missing";
    public const string ByMissing = "cases.asked-by-missing";

    /// <param name="CaseId">The case.</param>
    /// <param name="Hearing">The hearing.</param>
    /// <param name="AdjournedBy">At whose wish it was put off; null where it was held.</param>
    /// <param name="Words">A note of it, or the court's reasons for putting it off.</param>
    /// <param name="LegalBasis">What putting it off rests on.</param>
    internal sealed record Command(Guid CaseId, Guid Hearing, CourtSide? AdjournedBy, string Words, string LegalBasis);

    internal sealed record Body(Guid Hearing, CourtSide? AdjournedBy, string? Words, string? LegalBasis);

    public static Decision Decide(Command command, Case @case, DateTimeOffset now)
    {
        if (CourtRules.RefusesCourt(@case) is { } court) return court;
        if (@case.Court.Hearings.FirstOrDefault(h => h.Id == command.Hearing) is not { } hearing) return Decision.Refuse(Unknown);
        if (hearing.State != HearingState.Scheduled) return Decision.Refuse(Over);
        if (command.AdjournedBy is not { } by)
        {
            return hearing.At > now ? Decision.Refuse(NotYet)
                : CaseTexts.Refuses(command.Words, CaseTexts.MaxReasons, missing: null) is { } note ? note
                : Decision.Accept(@case.Stream, new HearingHeld(command.Hearing, command.Words));
        }

        if (!Enum.IsDefined(by)) return Decision.Refuse(ByMissing);
        return CourtRules.RefusesReasoned(command.Words, command.LegalBasis) is { } reasons
            ? reasons
            : CourtRules.WithDecision(
                @case, DecisionKind.Adjourn, command.Words, command.LegalBasis, new HearingAdjourned(command.Hearing, by, command.Words, command.LegalBasis));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordCourt, expected, facts => Decide(command, facts.Case, facts.Now), CasePlace.Court, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/hearings/end", (Guid id, HttpContext http, EndHearing slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Hearing, body.AdjournedBy, body.Words ?? "", body.LegalBasis ?? ""), expected, cancel)))
        .Describe<Body>("endHearing", "Record that a hearing was held or put off.");
}

/// <summary>Records who judges the case and how it came to them, as the registry was told. A judge chosen by hand needs reasons.</summary>
internal sealed class NameJudge(CaseDesk desk, CaseEvidence evidence)
{
    public const string NameMissing = "cases.judge-name-missing";
    public const string HowMissing = "cases.assigned-how-missing";
    public const string NoJudge = "cases.person-no-judge";
    public const string HadPart = "cases.judge-had-part";

    internal sealed record Command(Guid CaseId, string Name, Guid? Person, AssignedHow How, string? Reasons);

    internal sealed record Body(string Name, Guid? Person, AssignedHow How, string? Reasons);

    public static Decision Decide(Command command, Case @case, IReadOnlySet<Guid> hands, Access.Contract.Register register, DateTimeOffset now)
    {
        if (CourtRules.RefusesCourt(@case) is { } court) return court;
        if (CaseTexts.Refuses(command.Name, CaseTexts.MaxName, NameMissing, lines: false) is { } name) return name;
        if (!Enum.IsDefined(command.How)) return Decision.Refuse(HowMissing);
        if (command.Person is { } person)
        {
            if (!register.Holders(Access.Contract.Role.Judge, now).Contains(person)) return Decision.Refuse(NoJudge);
            if (CaseAccess.Bar(CaseAction.RecordCourt, person, @case, register, now) is { } bar) return Decision.Refuse(bar);
            // What the record says of the case counts, not the posts of today: one can be left the day before.
            if (@case.WasWorkedBy(person) || hands.Contains(person)) return Decision.Refuse(HadPart);
        }

        // By lot and by rota nobody chooses; a hand that does says why, and so does whoever takes a case from one judge to another.
        var reasoned = command.How == AssignedHow.Manual || @case.Court.Judge is not null;
        var refusal = reasoned ? CaseTexts.RefusesReason(command.Reasons) : CaseTexts.Refuses(command.Reasons, CaseTexts.MaxReasons, missing: null);
        return refusal is not null
            ? refusal
            : Decision.Accept(@case.Stream, new JudgeAssigned(command.Name.Trim(), command.Person, command.How, CaseTexts.Kept(command.Reasons)));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordCourt, expected,
        async facts => Decide(command, facts.Case, await evidence.HandsAsync(facts.Session, command.CaseId, cancel), facts.Register, facts.Now), CasePlace.Court, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/judge", (Guid id, HttpContext http, NameJudge slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Name, body.Person, body.How, body.Reasons), expected, cancel)))
        .Describe<Body>("nameJudge", "Record who judges the case and how it came to them.");
}
