using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Plans;

/// <summary>Whoever has an alert in hand, or integrity, opens a plan to protect whoever recorded it, and answers for it. Another one is opened once the last has ended.</summary>
internal sealed class OpenPlan(ApproachDesk desk)
{
    public const string PlanThere = "protection.plan-there";
    public const string LevelMissing = "protection.level-missing";

    internal sealed record Command(Guid Approach, DangerLevel? Level, string? Danger);

    public static Decision Decide(Command command, ApproachFacts facts, Guid? next)
    {
        if (facts.Approach.Id != command.Approach || next is not { } plan) return Decision.Refuse(PlanThere);
        if (!ProtectionRoles.Serves(facts.Actor.Person, facts.Register, facts.Now)) return Decision.Refuse(Bars.Role);
        if (command.Level is not { } level || !Enum.IsDefined(level)) return Decision.Refuse(LevelMissing);
        if (ProtectionTexts.RefusesReason(command.Danger) is { } unfit) return unfit;
        var (reporter, recorded) = (facts.Approach.Reporter, facts.Approach.Recorded!);
        // Whoever has the alert in hand has acted with that, whoever opens it.
        Filing[] acted = facts.Approach is { Alerts.Count: > 0, Acted: false } ? [facts.Approach.File(new AlertActed(null))] : [];
        return Decision.Accept([.. facts.Lapsed, .. acted, new Filing(
            new StreamId(plan),
            new PlanOpened(
                reporter, command.Approach, recorded.People, recorded.Units, level, command.Danger!.Trim(), facts.Actor.Person, facts.Policy.After(PolicyRules.ProtectionReviewedWithin, facts.Now), facts.Policy.Label),
            Compartment: Compartments.OfPerson(reporter))]);
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Approach, ApproachAction.OpenPlan, async (session, facts) =>
            Decide(command, facts, await PlanDesk.NextAsync(session, facts.Approach, cancel) is { } number ? facts.Approach.PlanAt(number) : null), cancel);
}
