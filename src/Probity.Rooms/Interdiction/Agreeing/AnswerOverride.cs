using Probity.Interdiction.Contract;
using Probity.Shared.Record;

namespace Probity.Interdiction.Agreeing;

/// <summary>The second person agrees to a decision against the risk, or does not and says why.</summary>
internal sealed class AnswerOverride(TargetDesk desk)
{
    public const string Nothing = "interdiction.nothing-to-sign";

    internal sealed record Command(Guid Target, bool Agree, string? Reason);

    public static Decision Decide(Command command, TargetFacts facts) =>
        facts.Target.Asked is null ? Decision.Refuse(Nothing)
        : command.Agree && facts.Unfit is { } lack ? Decision.Refuse(lack)
        : command.Agree ? Decision.Accept(facts.Target.Stream, new OverrideAgreed())
        : TargetTexts.RefusesReason(command.Reason) is { } unfit ? unfit
        : Decision.Accept(facts.Target.Stream, new OverrideRefused(command.Reason!.Trim()));

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Target, TargetAction.Answer, expected, facts => Decide(command, facts), cancel);
}

/// <summary>Whoever stands in for the second person signs what has happened, or objects and says why. It can be late; it is never refused for that.</summary>
internal sealed class CountersignOverride(TargetDesk desk)
{
    internal sealed record Command(Guid Target, bool Agree, string? Reason);

    public static Decision Decide(Command command, TargetFacts facts) =>
        facts.Target.Awaited is null ? Decision.Refuse(AnswerOverride.Nothing)
        : command.Agree && facts.Unfit is { } lack ? Decision.Refuse(lack)
        : command.Agree ? Decision.Accept(facts.Target.Stream, new OverrideCountersigned())
        : TargetTexts.RefusesReason(command.Reason) is { } unfit ? unfit
        : Decision.Accept(facts.Target.Stream, new OverrideObjected(command.Reason!.Trim()));

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Target, TargetAction.Countersign, expected, facts => Decide(command, facts), cancel);
}
