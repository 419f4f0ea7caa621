using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Policies.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>Proceedings to withdraw a clearance: the person is told why, answers, and somebody other than who opened them decides.</summary>
internal sealed class WithdrawClearance(ClearanceDesk desk)
{
    public const string UnderWay = "people.withdrawal-under-way";
    public const string NotUnderWay = "people.withdrawal-not-under-way";
    public const string Answered = "people.withdrawal-answered";
    public const string LiftFirst = "people.lift-first";
    public const string AnswerAwaited = "people.withdrawal-answer-awaited";

    internal sealed record Opening(Guid Clearance, string? Notice);

    internal sealed record Answer(Guid Clearance, string? Text);

    internal sealed record Ruling(Guid Clearance, bool? Withdraw, IReadOnlyList<VettingGround> Grounds, string? Reason, IReadOnlyList<CheckKind> Withheld, string? WithheldWhy);

    public static Decision Decide(Opening command, ClearanceFacts facts)
    {
        var clearance = facts.Clearance;
        if (clearance.Withdrawal is not null) return Decision.Refuse(UnderWay);
        if (!clearance.IsValidAt(facts.Now) && clearance.Suspension is null) return Decision.Refuse(SuspendClearance.NotHeld);
        // Asked for with the opening: it is looked at while the person has time to answer.
        return VettingTexts.Refuses(command.Notice) is { } unfit ? unfit : Decision.Accept(
            ClearanceDesk.File(clearance, new WithdrawalOpened(command.Notice!.Trim(), facts.Policy.After(PolicyRules.VettingAnswerWithin, facts.Now), facts.Policy.Label)),
            HoldClearance.Asks(AdverseAct.ClearanceWithdrawal, command.Notice!, facts));
    }

    public static Decision Decide(Answer command, ClearanceFacts facts) =>
        facts.Clearance.Withdrawal is not { } open ? Decision.Refuse(NotUnderWay)
        : open.Answer is not null ? Decision.Refuse(Answered)
        : VettingTexts.Refuses(command.Text) is { } unfit ? unfit
        : Decision.Accept(ClearanceDesk.File(facts.Clearance, new WithdrawalAnswered(command.Text!.Trim(), !facts.IsOwn)));

    public static Decision Decide(Ruling command, ClearanceFacts facts)
    {
        var (clearance, policy, now) = (facts.Clearance, facts.Policy, facts.Now);
        if (clearance.Withdrawal is not { } open) return Decision.Refuse(NotUnderWay);
        if (command.Withdraw is not { } withdraw) return Decision.Refuse(DecideClearance.AnswerMissing);
        // To keep it lifts a suspension too: one that two stand for takes an overseer.
        if (!withdraw && clearance.Suspension is not null && !clearance.IsSuspendedByOne) return Decision.Refuse(LiftFirst);
        // Nobody loses anything unheard; who lets the time pass was heard.
        if (withdraw && open.Answer is null && now < open.AnswerUntil) return Decision.Refuse(AnswerAwaited);
        if (withdraw && NoSoleGround.Refuses(clearance, command.Grounds) is { } sole) return sole;
        if (VettingTexts.Refuses(command.Reason) is { } unfit) return unfit;
        if (!withdraw) return Decision.Accept([ClearanceDesk.File(clearance, new ClearanceKept(command.Reason!.Trim(), policy.Label)), .. DecideClearance.Restores(facts), .. HoldClearance.Overtakes(facts)]);
        if (DecideClearance.RefusesRedactions(command.Withheld, command.WithheldWhy, clearance) is { } wrong) return wrong;
        if (HoldClearance.Holds(AdverseAct.ClearanceWithdrawal, command.Reason!, facts) is { } held) return held;
        return Decision.Accept([
            ClearanceDesk.File(clearance, new ClearanceWithdrawn(
                command.Grounds, command.Reason!.Trim(), DecideClearance.RedactionsOf(command.Withheld, command.WithheldWhy), policy.After(PolicyRules.VettingAppealWithin, now), policy.Label)),
            .. facts.Register.IsShutOut(clearance.Person) ? (IEnumerable<Filing>)[] : [new Filing(Register.Stream, new AccessEnded(clearance.Person))],
            .. HoldClearance.Overtakes(facts),
        ]);
    }

    public Task<Outcome?> HandleAsync(Guid person, Opening command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.OpenWithdrawal, expected, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Answer command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.AnswerWithdrawal, expected, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Ruling command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.DecideWithdrawal, expected, facts => Decide(command, facts), cancel);
}
