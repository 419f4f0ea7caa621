using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Shared.Record;

namespace Probity.Interdiction.Selecting;

/// <summary>An officer selects a target for examination, or lets it pass. To let pass what reaches the threshold, or what one entered oneself, takes two.</summary>
internal sealed class SelectTarget(TargetDesk desk)
{
    /// <param name="Target">Which.</param>
    /// <param name="Select">Whether it is to be examined.</param>
    /// <param name="Note">Why, where that is wanted; of an override the reason stands in <paramref name="Words"/>.</param>
    /// <param name="Words">What an override needs.</param>
    internal sealed record Command(Guid Target, bool Select, string? Note, OverrideWords Words);

    public static Decision Decide(Command command, TargetFacts facts)
    {
        var target = facts.Target;
        if (Overrides.Waits(facts, command.Words)) return Decision.Refuse(Overrides.Pending);
        // What was let pass and has not gone yet can still be selected.
        if (target.Stage != TargetStage.Registered && !(command.Select && target.Stage == TargetStage.NotSelected)) return Decision.Refuse(Overrides.NotNow);
        if (TargetTexts.RefusesNote(command.Note) is { } unfit) return unfit;
        if (!command.Select && facts.Unfit is { } lack) return Decision.Refuse(lack);
        if (command.Select) return Decision.Accept(target.Stream, new TargetSelected(facts.Threshold, TargetTexts.Kept(command.Note)));
        return Overrides.OfPassing(facts) is { } kind
            ? Overrides.Decide(kind, command.Words, facts)
            : Decision.Accept(target.Stream, new TargetPassed(facts.Threshold, TargetTexts.Kept(command.Note)));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Target, TargetAction.Select, expected, facts => Decide(command, facts), cancel);
}
