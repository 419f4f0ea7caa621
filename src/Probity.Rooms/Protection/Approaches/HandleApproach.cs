using Probity.Protection.Contract;
using Probity.Shared.Record;

namespace Probity.Protection.Approaches;

/// <summary>Integrity says that it has read an approach, and later what was done about it; whoever recorded it reads both.</summary>
internal sealed class HandleApproach(ApproachDesk desk)
{
    public const string ReadAlready = "protection.read-already";
    public const string NotRead = "protection.not-read";
    public const string HandledAlready = "protection.handled-already";
    public const string OutcomeMissing = "protection.outcome-missing";

    internal sealed record Reading(Guid Approach);

    internal sealed record Command(Guid Approach, ApproachOutcome? Outcome, string? Reason);

    public static Decision Decide(Reading command, ApproachFacts facts) =>
        facts.Approach.Id != command.Approach || facts.Approach.ReadAt is not null ? Decision.Refuse(ReadAlready)
        : Decision.Accept([.. facts.Lapsed, facts.Approach.File(new ApproachRead())]);

    public static Decision Decide(Command command, ApproachFacts facts)
    {
        if (facts.Approach.ReadAt is null) return Decision.Refuse(NotRead);
        if (facts.Approach.Handled is not null) return Decision.Refuse(HandledAlready);
        if (command.Outcome is not { } outcome || !Enum.IsDefined(outcome)) return Decision.Refuse(OutcomeMissing);
        return ProtectionTexts.RefusesReason(command.Reason) is { } unfit ? unfit
            : Decision.Accept([.. facts.Lapsed, facts.Approach.File(new ApproachHandled(outcome, command.Reason!.Trim()))]);
    }

    public Task<Outcome?> HandleAsync(Guid person, Reading command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Approach, ApproachAction.Read, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Approach, ApproachAction.Handle, facts => Decide(command, facts), cancel);
}
