using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>Vetting says what the checks come to. Every kind of check has to say something by then, if only why it was not done.</summary>
internal sealed class AssessClearance(ClearanceDesk desk)
{
    public const string NotNow = "people.assess-not-now";
    public const string ChecksMissing = "people.checks-missing";

    internal sealed record Command(Guid Clearance, string? Assessment);

    public static Decision Decide(Command command, ClearanceFacts facts) =>
        facts.Clearance.StageAt(facts.Now) is not (ClearanceStage.Submitted or ClearanceStage.Checks) ? Decision.Refuse(NotNow)
        : Enum.GetValues<CheckKind>().Any(k => !facts.Clearance.Checks.ContainsKey(k)) ? Decision.Refuse(ChecksMissing)
        : VettingTexts.Refuses(command.Assessment) is { } unfit ? unfit
        : Decision.Accept(ClearanceDesk.File(facts.Clearance, new ClearanceAssessed(command.Assessment!.Trim())));

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.Assess, expected, facts => Decide(command, facts), cancel);
}
