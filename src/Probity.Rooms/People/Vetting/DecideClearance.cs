using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>Which way a clearance is decided.</summary>
internal enum ClearanceAnswer { Granted, Restricted, Refused }

/// <summary>Somebody who carried out none of the checks grants a clearance, grants it under restrictions, or refuses it; restrictions and a refusal once they were cleared.</summary>
internal sealed class DecideClearance(ClearanceDesk desk)
{
    public const string NotNow = "people.decide-not-now";
    public const string AnswerMissing = "people.answer-missing";
    public const string RestrictionsMissing = "people.restrictions-missing";
    public const string RedactionWrong = "people.redaction-wrong";

    internal sealed record Command(
        Guid Clearance, ClearanceAnswer? Answer, IReadOnlyList<VettingGround> Grounds, string? Reason, string? Restrictions, IReadOnlyList<CheckKind> Withheld, string? WithheldWhy);

    public static Decision Decide(Command command, ClearanceFacts facts)
    {
        var (clearance, policy, now) = (facts.Clearance, facts.Policy, facts.Now);
        if (clearance.StageAt(now) != ClearanceStage.Assessed) return Decision.Refuse(NotNow);
        if (command.Answer is not { } answer) return Decision.Refuse(AnswerMissing);
        var refused = answer == ClearanceAnswer.Refused;
        if (refused && NoSoleGround.Refuses(clearance, command.Grounds) is { } sole) return sole;
        if (!refused && (command.Grounds.Count == 0 || command.Grounds.Any(g => !NoSoleGround.For.Contains(g)))) return Decision.Refuse(NoSoleGround.GroundsMissing);
        if (answer == ClearanceAnswer.Restricted && VettingTexts.Refuses(command.Restrictions) is { } bare)
            return bare.Code == VettingTexts.Missing ? Decision.Refuse(RestrictionsMissing) : bare;
        if (VettingTexts.Refuses(command.Reason) is { } unfit) return unfit;
        if (RefusesRedactions(command.Withheld, command.WithheldWhy, clearance) is { } wrong) return wrong;
        if (answer != ClearanceAnswer.Granted && HoldClearance.Holds(refused ? AdverseAct.ClearanceRefusal : AdverseAct.ClearanceRestriction, command.Reason!, facts) is { } held) return held;
        var withheld = RedactionsOf(command.Withheld, command.WithheldWhy);
        if (refused)
        {
            return Decision.Accept([
                ClearanceDesk.File(clearance, new ClearanceRefused(command.Grounds, command.Reason!.Trim(), withheld, policy.After(PolicyRules.VettingAppealWithin, now), policy.Label)),
                .. HoldClearance.Overtakes(facts),
            ]);
        }

        var (until, review) = Terms.Of(clearance.Level, policy, now);
        return Decision.Accept([
            ClearanceDesk.File(clearance, new ClearanceGranted(
                until, review, command.Grounds, command.Reason!.Trim(), answer == ClearanceAnswer.Restricted ? command.Restrictions!.Trim() : null, withheld, policy.Label,
                answer == ClearanceAnswer.Restricted ? policy.After(PolicyRules.VettingAppealWithin, now) : null)),
            .. Restores(facts), .. HoldClearance.Overtakes(facts),
        ]);
    }

    /// <summary>The refusal of what is to be kept from the person.</summary>
    public static Refusal? RefusesRedactions(IReadOnlyList<CheckKind> withheld, string? why, Clearance clearance) =>
        withheld.Any(k => !clearance.Checks.ContainsKey(k)) || (withheld.Count > 0 && VettingTexts.Refuses(why) is not null) ? new Refusal(RedactionWrong) : null;

    /// <summary>What is to be kept from the person, as it is recorded.</summary>
    public static IReadOnlyList<Redaction> RedactionsOf(IReadOnlyList<CheckKind> withheld, string? why) => [.. withheld.Distinct().Order().Select(k => new Redaction(k, why!.Trim()))];

    /// <summary>What gives somebody their access back, where it had ended.</summary>
    public static IEnumerable<Filing> Restores(ClearanceFacts facts) =>
        facts.Register.IsShutOut(facts.Clearance.Person) ? [new Filing(Register.Stream, new AccessRestored(facts.Clearance.Person))] : [];

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.Decide, expected, facts => Decide(command, facts), cancel);
}
