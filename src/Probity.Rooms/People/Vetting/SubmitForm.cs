using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>The person fills in the form: where they live and with whom, means and debts, ties, proceedings.</summary>
internal sealed class SubmitForm(ClearanceDesk desk)
{
    public const string NotNow = "people.not-invited";

    internal sealed record Command(Guid Clearance, string? Statement);

    public static Decision Decide(Command command, ClearanceFacts facts) =>
        facts.Clearance.StageAt(facts.Now) != ClearanceStage.Invited ? Decision.Refuse(NotNow)
        : VettingTexts.Refuses(command.Statement) is { } unfit ? unfit
        : Decision.Accept(ClearanceDesk.File(facts.Clearance, new ClearanceSubmitted(command.Statement!.Trim(), !facts.IsOwn)));

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.Submit, expected, facts => Decide(command, facts), cancel);
}
