using Probity.Protection.Contract;
using Probity.Protection.Plans;
using Probity.Shared.Record;

namespace Probity.Protection.Approaches;

/// <summary>Integrity says that it has read an approach, and later what was done about it; whoever recorded it reads both. Violence is answered by a plan; that it is noted, or referred without one, takes an overseer beside whoever asks for it.</summary>
internal sealed class HandleApproach(ApproachDesk desk)
{
    public const string ReadAlready = "protection.read-already";
    public const string NotRead = "protection.not-read";
    public const string HandledAlready = "protection.handled-already";
    public const string OutcomeMissing = "protection.outcome-missing";

    public const string PlanMissing = "protection.plan-missing";
    public const string NotingAskedAlready = "protection.noting-asked-already";
    public const string NotingNotAsked = "protection.noting-not-asked";

    internal sealed record Answer(Guid Approach, bool Agrees, string? Reason);

    internal sealed record Reading(Guid Approach);

    internal sealed record Command(Guid Approach, ApproachOutcome? Outcome, string? Reason);

    public static Decision Decide(Reading command, ApproachFacts facts) =>
        facts.Approach.Id != command.Approach || facts.Approach.ReadAt is not null ? Decision.Refuse(ReadAlready)
        : Decision.Accept([.. facts.Lapsed, facts.Approach.File(new ApproachRead())]);

    /// <param name="command">What was done.</param>
    /// <param name="facts">The approach.</param>
    /// <param name="isProtected">Whether a plan for its person is in force, or was.</param>
    public static Decision Decide(Command command, ApproachFacts facts, bool isProtected)
    {
        if (facts.Approach.ReadAt is null) return Decision.Refuse(NotRead);
        if (facts.Approach.Handled is not null) return Decision.Refuse(HandledAlready);
        if (command.Outcome is not { } outcome || !Enum.IsDefined(outcome)) return Decision.Refuse(OutcomeMissing);
        if (ProtectionTexts.RefusesReason(command.Reason) is { } unfit) return unfit;
        var violent = facts.Approach.Recorded!.Violent;
        if (violent && !isProtected && outcome == ApproachOutcome.Protected) return Decision.Refuse(PlanMissing);
        var isNoting = violent && (outcome == ApproachOutcome.Noted || !isProtected);
        if (isNoting && facts.Approach.Noting is not null) return Decision.Refuse(NotingAskedAlready);
        return isNoting ? Decision.Accept([.. facts.Lapsed, facts.Approach.File(new NotingAsked(command.Reason!.Trim(), outcome))])
            : Decision.Accept([.. facts.Lapsed, facts.Approach.File(new ApproachHandled(outcome, command.Reason!.Trim()))]);
    }

    public static Decision Decide(Answer command, ApproachFacts facts)
    {
        if (facts.Approach is not { Noting: { } noting, Handled: null }) return Decision.Refuse(NotingNotAsked);
        if (command.Agrees) return Decision.Accept([.. facts.Lapsed, facts.Approach.File(new ApproachHandled(noting.Outcome ?? ApproachOutcome.Noted, noting.Reason))]);
        return ProtectionTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept([.. facts.Lapsed, facts.Approach.File(new NotingReturned(command.Reason!.Trim()))]);
    }

    public Task<Outcome?> HandleAsync(Guid person, Answer command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Approach, ApproachAction.AnswerNoting, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Reading command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Approach, ApproachAction.Read, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Approach, ApproachAction.Handle, async (session, facts) => Decide(command, facts, await PlanDesk.HasProtectedAsync(session, facts.Approach, cancel)), cancel);
}
