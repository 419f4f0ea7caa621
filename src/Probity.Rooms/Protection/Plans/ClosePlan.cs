using Probity.Access.Contract;
using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Plans;

/// <summary>A plan ends with two people and their reasons, after the protected person was heard. Against their word an overseer alone ends it.</summary>
internal sealed class ClosePlan(PlanDesk desk)
{
    public const string AskedAlready = "protection.closing-asked-already";
    public const string NotAsked = "protection.closing-not-asked";
    public const string NotHeard = "protection.closing-not-heard";

    public const string Contested = "protection.closing-contested";

    internal sealed record Ask(Guid Plan, string? Reason);

    internal sealed record Hear(Guid Plan, bool Agrees, string? Words);

    internal sealed record Answer(Guid Plan, bool Closes, string? Reason);

    public static Decision Decide(Ask command, PlanFacts facts) =>
        facts.Plan.Closed is not null ? Decision.Refuse(WorkPlan.Over)
        : facts.Plan.Asked is not null ? Decision.Refuse(AskedAlready)
        : ProtectionTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(facts.Plan.File(new PlanClosingAsked(command.Reason!.Trim())));

    public static Decision Decide(Hear command, PlanFacts facts) =>
        facts.Plan.Stage != PlanStage.Closing ? Decision.Refuse(NotAsked)
        : ProtectionTexts.RefusesReason(command.Words) is { } unfit ? unfit : Decision.Accept(facts.Plan.File(new PlanClosingHeard(command.Agrees, command.Words!.Trim())));

    public static Decision Decide(Answer command, PlanFacts facts)
    {
        if (facts.Plan.Stage != PlanStage.Closing) return Decision.Refuse(NotAsked);
        if (ProtectionTexts.RefusesReason(command.Reason) is { } unfit) return unfit;
        if (!command.Closes) return Decision.Accept(facts.Plan.File(new PlanClosingReturned(command.Reason!.Trim())));
        if (facts.Plan.IsContested && !facts.Actor.Has(Role.Overseer)) return Decision.Refuse(Contested);
        return facts.Plan.Heard is null ? Decision.Refuse(NotHeard) : Decision.Accept(facts.Plan.File(new PlanClosed(command.Reason!.Trim())));
    }

    public Task<Outcome?> HandleAsync(Guid person, Ask command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.AskClosing, f => Decide(command, f), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Hear command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.Hear, f => Decide(command, f), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Answer command, CancellationToken cancel) => desk.RunAsync(person, command.Plan, PlanAction.Close, f => Decide(command, f), cancel);
}
