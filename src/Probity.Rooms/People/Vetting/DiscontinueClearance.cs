using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>A clearance is not decided on: the person does not want it any more, left, or is under criminal investigation.</summary>
internal sealed class DiscontinueClearance(ClearanceDesk desk)
{
    public const string NotNow = "people.discontinue-not-now";
    public const string CauseMissing = "people.discontinue-cause-missing";

    internal sealed record Command(Guid Clearance, DiscontinuedBecause? Because, string? Reason);

    public static Decision Decide(Command command, ClearanceFacts facts) =>
        facts.Clearance.IsDecided || !facts.Clearance.IsOpenAt(facts.Now) ? Decision.Refuse(NotNow)
        : command.Because is not { } because ? Decision.Refuse(CauseMissing)
        : VettingTexts.Refuses(command.Reason) is { } unfit ? unfit
        : Decision.Accept(ClearanceDesk.File(facts.Clearance, new ClearanceDiscontinued(because, command.Reason!.Trim())));

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.Discontinue, expected, facts => Decide(command, facts), cancel);
}
