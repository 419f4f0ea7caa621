using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>Ends somebody's access at once, has a second person stand for that within days, and gives it back; once two stand for it, with an overseer who agrees.</summary>
internal sealed class SuspendClearance(ClearanceDesk desk)
{
    public const string NotHeld = "people.clearance-not-held";
    public const string NotToConfirm = "people.not-to-confirm";
    public const string NotSuspended = "people.not-suspended";
    public const string LiftingPending = "people.lifting-pending";
    public const string NotAsked = "people.not-asked";

    internal sealed record Suspension(Guid Clearance, IReadOnlyList<VettingGround> Grounds, string? Reason);

    internal sealed record Confirming(Guid Clearance, string? Reason);

    internal sealed record Lifting(Guid Clearance, string? Reason);

    internal sealed record LiftingAnswer(Guid Clearance, bool? Agree, string? Reason);

    public static Decision Decide(Suspension command, ClearanceFacts facts)
    {
        var clearance = facts.Clearance;
        if (!clearance.IsValidAt(facts.Now)) return Decision.Refuse(NotHeld);
        if (NoSoleGround.Refuses(clearance, command.Grounds) is { } sole) return sole;
        return VettingTexts.Refuses(command.Reason) is { } unfit ? unfit : Decision.Accept(
            ClearanceDesk.File(clearance, new ClearanceSuspended(command.Grounds, command.Reason!.Trim(), facts.Policy.Label)),
            new Filing(Register.Stream, new AccessEnded(clearance.Person)), HoldClearance.Asks(AdverseAct.ClearanceSuspension, command.Reason!, facts));
    }

    public static Decision Decide(Confirming command, ClearanceFacts facts) =>
        !facts.Clearance.IsSuspendedByOne ? Decision.Refuse(NotToConfirm)
        : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
        : Decision.Accept(ClearanceDesk.File(facts.Clearance, new SuspensionConfirmed(command.Reason!.Trim())));

    public static Decision Decide(Lifting command, ClearanceFacts facts) =>
        facts.Clearance.Suspension is null ? Decision.Refuse(NotSuspended)
        : facts.Clearance.AskedToLift is not null ? Decision.Refuse(LiftingPending)
        : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
        // What two stand for one does not undo.
        : !facts.Clearance.IsSuspendedByOne ? Decision.Accept(ClearanceDesk.File(facts.Clearance, new LiftingAsked(command.Reason!.Trim())))
        : Decision.Accept([ClearanceDesk.File(facts.Clearance, new SuspensionLifted(command.Reason!.Trim())), .. DecideClearance.Restores(facts), .. HoldClearance.Overtakes(facts, AdverseAct.ClearanceSuspension)]);

    public static Decision Decide(LiftingAnswer command, ClearanceFacts facts) =>
        facts.Clearance is not { Suspension: not null, AskedToLift: not null } ? Decision.Refuse(NotAsked)
        : command.Agree is not { } agree ? Decision.Refuse(DecideClearance.AnswerMissing)
        : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
        : !agree ? Decision.Accept(ClearanceDesk.File(facts.Clearance, new LiftingRefused(command.Reason!.Trim())))
        : Decision.Accept([ClearanceDesk.File(facts.Clearance, new SuspensionLifted(command.Reason!.Trim())), .. DecideClearance.Restores(facts), .. HoldClearance.Overtakes(facts, AdverseAct.ClearanceSuspension)]);

    public Task<Outcome?> HandleAsync(Guid person, LiftingAnswer command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.AgreeToLift, expected, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Suspension command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.Suspend, expected, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Confirming command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.ConfirmSuspension, expected, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Lifting command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.LiftSuspension, expected, facts => Decide(command, facts), cancel);
}
