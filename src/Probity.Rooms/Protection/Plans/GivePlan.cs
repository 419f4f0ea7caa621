using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Plans;

/// <summary>
/// Another person comes to answer for a plan: one asks, a second person who is free of a conflict agrees, and the protected person reads it and may refuse them. Where they stay does not pass on with it.
/// </summary>
internal sealed class GivePlan(PlanDesk desk)
{
    public const string AskedAlready = "protection.giving-asked-already";
    public const string NotAsked = "protection.giving-not-asked";
    public const string NoOwner = "protection.no-owner";

    internal sealed record Command(Guid Plan, Guid Owner, string? Reason);

    internal sealed record Answer(Guid Plan, bool Agrees, string? Reason);

    internal sealed record OwnerAnswer(Guid Plan, bool Agrees, string? Reason);

    public static Decision Decide(Command command, PlanFacts facts)
    {
        if (facts.Plan.Closed is not null) return Decision.Refuse(WorkPlan.Over);
        if (facts.Plan.Giving is not null) return Decision.Refuse(AskedAlready);
        if (command.Owner == facts.Plan.Owner || !facts.MayOwn(command.Owner)) return Decision.Refuse(WorkPlan.OwnerUnfit);
        return ProtectionTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(facts.Plan.File(new PlanGivingAsked(command.Owner, command.Reason!.Trim())));
    }

    public static Decision Decide(Answer command, PlanFacts facts)
    {
        if (facts.Plan.Closed is not null) return Decision.Refuse(WorkPlan.Over);
        if (facts.Plan.Giving is not { } giving) return Decision.Refuse(NotAsked);
        if (!command.Agrees)
            return ProtectionTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(facts.Plan.File(new PlanGivingReturned(command.Reason!.Trim())));
        // Who was fit when it was asked may have been named, posted or refused since.
        return facts.MayOwn(giving.Owner) ? Decision.Accept(facts.Plan.File(new PlanGiven(giving.Owner, giving.Reason))) : Decision.Refuse(WorkPlan.OwnerUnfit);
    }

    public static Decision Decide(OwnerAnswer command, PlanFacts facts)
    {
        if (facts.Plan.Closed is not null) return Decision.Refuse(WorkPlan.Over);
        if (facts.Plan.IsOwnerless) return Decision.Refuse(NoOwner);
        if (command.Agrees) return facts.Plan.OwnerIsNew ? Decision.Accept(facts.Plan.File(new PlanOwnerAnswered(facts.Plan.Owner, true, null))) : Decision.Accept();
        // They owe nobody a reason; who finds another owner is helped by one.
        return ProtectionTexts.RefusesNote(command.Reason, ProtectionTexts.MaxText) is { } wrong ? wrong
            : Decision.Accept(facts.Plan.File(new PlanOwnerAnswered(facts.Plan.Owner, false, ProtectionTexts.Kept(command.Reason))));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.Give, f => Decide(command, f), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Answer command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.AnswerGiving, f => Decide(command, f), cancel);

    public Task<Outcome?> HandleAsync(Guid person, OwnerAnswer command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.AnswerOwner, f => Decide(command, f), cancel);
}
