using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Hearing;

/// <summary>Records the court's decision on bail, with its reasons. A release is also a decision in the case.</summary>
internal sealed class DecideBail(CaseDesk desk)
{
    public const string OutcomeMissing = "cases.bail-outcome-missing";

    internal sealed record Command(Guid CaseId, BailOutcome Outcome, string Reasons, string LegalBasis);

    internal sealed record Body(BailOutcome Outcome, string Reasons, string LegalBasis);

    public static Decision Decide(Command command, Case @case)
    {
        if (CourtRules.RefusesCourt(@case) is { } court) return court;
        if (!Enum.IsDefined(command.Outcome)) return Decision.Refuse(OutcomeMissing);
        if (CourtRules.RefusesReasoned(command.Reasons, command.LegalBasis) is { } reasons) return reasons;
        var decided = new BailDecided(command.Outcome, command.Reasons, command.LegalBasis);
        return command.Outcome == BailOutcome.Refused
            ? Decision.Accept(@case.Stream, decided)
            : CourtRules.WithDecision(@case, DecisionKind.Bail, command.Reasons, command.LegalBasis, decided);
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordCourt, expected, facts => Decide(command, facts.Case), CasePlace.Court, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/bail", (Guid id, HttpContext http, DecideBail slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.Outcome, body.Reasons, body.LegalBasis), expected, cancel)))
        .Describe<Body>("decideBail", "Record the court's decision on bail.");
}

/// <summary>
/// Records the judgment on a charge. With the last of the charges the case is decided as a whole: convicted where one of them was
/// proved, else acquitted.
/// </summary>
internal sealed class GiveJudgment(CaseDesk desk)
{
    public const string VerdictMissing = "cases.verdict-missing";

    internal sealed record Command(Guid CaseId, Guid Charge, Verdict Verdict, string Reasons, string LegalBasis);

    internal sealed record Body(Guid Charge, Verdict Verdict, string Reasons, string LegalBasis);

    public static Decision Decide(Command command, Case @case)
    {
        if (CourtRules.RefusesCourt(@case) is { } court) return court;
        if (@case.Court.Upheld.FirstOrDefault(c => c.Id == command.Charge) is not { } charge) return Decision.Refuse(CourtRules.ChargeUnknown);
        if (!charge.IsUndecided) return Decision.Refuse(Charging.AmendCharge.Judged);
        // A closed case takes the judgment on what an appeal has set aside, and no other.
        if (@case.Stage == Stage.Closed && !charge.IsSetAside) return Decision.Refuse(CaseDesk.Closed);
        if (!Enum.IsDefined(command.Verdict)) return Decision.Refuse(VerdictMissing);
        if (CourtRules.RefusesReasoned(command.Reasons, command.LegalBasis) is { } reasons) return reasons;
        var given = new JudgmentGiven(command.Charge, command.Verdict, command.Reasons, command.LegalBasis);
        var others = @case.Court.Upheld.Where(c => c.Id != command.Charge).ToList();
        if (others.Any(c => c.IsUndecided)) return Decision.Accept(@case.Stream, given);
        var guilty = command.Verdict == Verdict.Guilty || others.Any(c => c.Verdict == Verdict.Guilty);
        return CourtRules.WithDecision(@case, guilty ? DecisionKind.Convict : DecisionKind.Acquit, command.Reasons, command.LegalBasis, given);
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordCourt, expected, facts => Decide(command, facts.Case), CasePlace.CourtOrders, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/judgments", (Guid id, HttpContext http, GiveJudgment slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Charge, body.Verdict, body.Reasons, body.LegalBasis), expected, cancel)))
        .Describe<Body>("giveJudgment", "Record the judgment on a charge.");
}

/// <summary>Records the sentence on a charge that was proved.</summary>
internal sealed class PassSentence(CaseDesk desk)
{
    public const string SentenceMissing = "cases.sentence-missing";
    public const string NotConvicted = "cases.not-convicted";
    public const string AlreadyPassed = "cases.sentence-passed";

    internal sealed record Command(Guid CaseId, Guid Charge, string Sentence, string Reasons, string LegalBasis);

    internal sealed record Body(Guid Charge, string Sentence, string Reasons, string LegalBasis);

    public static Decision Decide(Command command, Case @case)
    {
        if (CourtRules.RefusesCourt(@case) is { } court) return court;
        if (@case.Court.Upheld.FirstOrDefault(c => c.Id == command.Charge) is not { Verdict: Verdict.Guilty, IsSetAside: false } charge) return Decision.Refuse(NotConvicted);
        if (charge.Sentence is not null) return Decision.Refuse(AlreadyPassed);
        if (CaseTexts.Refuses(command.Sentence, CaseTexts.MaxSummary, SentenceMissing) is { } words) return words;
        return CourtRules.RefusesReasoned(command.Reasons, command.LegalBasis) is { } reasons
            ? reasons
            : CourtRules.WithDecision(
                @case, DecisionKind.Sentence, command.Reasons, command.LegalBasis,
                new SentencePassed(command.Charge, command.Sentence, command.Reasons, command.LegalBasis));
    }

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordCourt, expected, facts => Decide(command, facts.Case), CasePlace.Court, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/sentences", (Guid id, HttpContext http, PassSentence slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(
                person, new Command(id, body.Charge, body.Sentence, body.Reasons, body.LegalBasis), expected, cancel)))
        .Describe<Body>("passSentence", "Record the sentence on a charge.");
}

/// <summary>Records that an appeal was lodged against a judgment.</summary>
internal sealed class LodgeAppeal(CaseDesk desk)
{
    public const string NoJudgment = "cases.nothing-to-appeal";

    internal sealed record Command(Guid CaseId, CourtSide By, string Grounds);

    internal sealed record Body(CourtSide By, string Grounds);

    public static Decision Decide(Command command, Case @case) =>
        CourtRules.RefusesCourt(@case) is { } court ? court
        : @case.Court.Charges.All(c => c.IsUndecided) ? Decision.Refuse(NoJudgment)
        : command.By is not (CourtSide.Prosecution or CourtSide.Defence) ? Decision.Refuse(EndHearing.ByMissing)
        : CaseTexts.RefusesReason(command.Grounds) is { } grounds ? grounds
        : Decision.Accept(@case.Stream, new AppealLodged(command.By, command.Grounds));

    public Task<CaseAnswer> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.CaseId, CaseAction.RecordCourt, expected, facts => Decide(command, facts.Case), CasePlace.Court, cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/appeals", (Guid id, HttpContext http, LodgeAppeal slice) => CaseApi.RunAsync<Body>(
            http, (person, body, expected, cancel) => slice.HandleAsync(person, new Command(id, body.By, body.Grounds), expected, cancel)))
        .Describe<Body>("lodgeAppeal", "Record that an appeal was lodged.");
}
