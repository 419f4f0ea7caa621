using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Shared.Record;

namespace Probity.Interdiction.Releasing;

/// <summary>An officer releases a target. One that nobody else examined, or nobody at all, or in which something was found, takes two (red flag 20).</summary>
internal sealed class ReleaseTarget(TargetDesk desk)
{
    internal sealed record Command(Guid Target, OverrideWords Words);

    public static Decision Decide(Command command, TargetFacts facts)
    {
        if (facts.Unfit is { } unfit) return Decision.Refuse(unfit);
        if (Overrides.Waits(facts, command.Words)) return Decision.Refuse(Overrides.Pending);
        if (facts.Target.Stage is not (TargetStage.Selected or TargetStage.Inspected or TargetStage.Found)) return Decision.Refuse(Overrides.NotNow);
        return Overrides.OfReleasing(facts.Target, facts.Actor.Person) is { } kind
            ? Overrides.Decide(kind, command.Words, facts)
            : Decision.Accept(facts.Target.Stream, new TargetReleased(facts.Threshold));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Target, TargetAction.Release, expected, facts => Decide(command, facts), cancel);
}
