using Probity.People.Contract;
using Probity.People.Revetting;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>
/// A clearance is not decided on: the person does not want it any more, left, or is under criminal investigation. Of somebody who was drawn by lot vetting asks for that, and an overseer agrees:
/// the draw would else be undone by whoever carries it out.
/// </summary>
internal sealed class DiscontinueClearance(ClearanceDesk desk, FoldedStream<Lots> lots)
{
    public const string NotNow = "people.discontinue-not-now";
    public const string CauseMissing = "people.discontinue-cause-missing";
    public const string Pending = "people.discontinuing-pending";

    internal sealed record Command(Guid Clearance, DiscontinuedBecause? Because, string? Reason);

    internal sealed record Answer(Guid Clearance, bool? Agree, string? Reason);

    public static Decision Decide(Command command, ClearanceFacts facts, Lots? drawn = null) =>
        facts.Clearance.IsDecided || !facts.Clearance.IsOpenAt(facts.Now) ? Decision.Refuse(NotNow)
        : facts.Clearance.AskedToDiscontinue is not null ? Decision.Refuse(Pending)
        : command.Because is not { } because ? Decision.Refuse(CauseMissing)
        : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
        : drawn is not null && RevettingDuty.IsFor(facts.Clearance, drawn) ? Decision.Accept(ClearanceDesk.File(facts.Clearance, new DiscontinuingAsked(because, command.Reason!.Trim())))
        : Decision.Accept([ClearanceDesk.File(facts.Clearance, new ClearanceDiscontinued(because, command.Reason!.Trim())), .. HoldClearance.Overtakes(facts)]);

    public static Decision Decide(Answer command, ClearanceFacts facts) =>
        facts.Clearance.AskedToDiscontinue is not { } asked || facts.Clearance.IsDecided ? Decision.Refuse(SuspendClearance.NotAsked)
        : command.Agree is not { } agree ? Decision.Refuse(DecideClearance.AnswerMissing)
        : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
        : !agree ? Decision.Accept(ClearanceDesk.File(facts.Clearance, new DiscontinuingRefused(command.Reason!.Trim())))
        : Decision.Accept([ClearanceDesk.File(facts.Clearance, new ClearanceDiscontinued(asked.Because, asked.Reason)), .. HoldClearance.Overtakes(facts)]);

    public async Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel)
    {
        var drawn = await lots.ReadAsync(cancel);
        return await desk.RunAsync(person, command.Clearance, ClearanceAction.Discontinue, expected, facts => Decide(command, facts, drawn), cancel);
    }

    public Task<Outcome?> HandleAsync(Guid person, Answer command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.AgreeToDiscontinue, expected, facts => Decide(command, facts), cancel);
}
