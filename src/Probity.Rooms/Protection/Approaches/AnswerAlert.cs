using Probity.Policies.Contract;
using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Approaches;

/// <summary>Whoever was alerted says that they have it in hand, and then what they did. To whom it had passed meanwhile goes on the record with it.</summary>
internal sealed class AnswerAlert(ApproachDesk desk)
{
    public const string NoAlert = "protection.no-alert";
    public const string Acknowledged = "protection.acknowledged-already";

    public const string ActedAlready = "protection.acted-already";

    internal sealed record Command(Guid Approach);

    internal sealed record Acting(Guid Approach, string? Words);

    public static Decision Decide(Command command, ApproachFacts facts)
    {
        if (facts.Approach.Id != command.Approach || facts.Approach.Alerts.Count == 0) return Decision.Refuse(NoAlert);
        if (facts.Approach.InHandAt(facts.Now) is not null) return Decision.Refuse(Acknowledged);
        var inHand = facts.Approach.File(new AlertAcknowledged(facts.Now > facts.Approach.Alerts[0].Due));
        List<Filing> filings = [.. facts.Lapsed, inHand];
        if (!facts.Approach.Acted) filings.Add(facts.Approach.File(new AlertToAct(facts.Policy.After(PolicyRules.AlertActedWithin, facts.Now), facts.Policy.Label)));
        return Decision.Accept(filings);
    }

    /// <summary>Whoever has it in hand writes what was done, where there is no plan.</summary>
    public static Decision DecideActing(Acting command, ApproachFacts facts) =>
        facts.Approach.Acted ? Decision.Refuse(ActedAlready)
        : ProtectionTexts.RefusesReason(command.Words) is { } unfit ? unfit : Decision.Accept(facts.Approach.File(new AlertActed(command.Words!.Trim())));

    public Task<Outcome?> ActAsync(Guid person, Acting command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Approach, ApproachAction.SayActed, facts => DecideActing(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Approach, ApproachAction.Acknowledge, facts => Decide(command, facts), cancel);
}
