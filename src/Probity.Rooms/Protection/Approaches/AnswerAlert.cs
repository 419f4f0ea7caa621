using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Approaches;

/// <summary>Whoever was alerted says that they have it in hand. To whom it had passed meanwhile goes on the record with it.</summary>
internal sealed class AnswerAlert(ApproachDesk desk)
{
    public const string NoAlert = "protection.no-alert";
    public const string Acknowledged = "protection.acknowledged-already";

    internal sealed record Command(Guid Approach);

    public static Decision Decide(Command command, ApproachFacts facts)
    {
        if (facts.Approach.Id != command.Approach || facts.Approach.Alerts.Count == 0) return Decision.Refuse(NoAlert);
        if (facts.Approach.AcknowledgedBy is not null) return Decision.Refuse(Acknowledged);
        return Decision.Accept([.. facts.Lapsed, facts.Approach.File(new AlertAcknowledged(facts.Now > facts.Approach.Alerts[0].Due))]);
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Approach, ApproachAction.Acknowledge, facts => Decide(command, facts), cancel);
}
