using Probity.Access.Contract;
using Probity.Risk.Contract;
using Probity.Shared.Record;

namespace Probity.Risk.Controlling;

/// <summary>Somebody else than its owner and than who wrote it down, and not of the owner's chain of command, tests a control: would it work, and is it done?</summary>
internal sealed class TestControl(RiskDesk desk)
{
    public const string ControlUnknown = "risk.control-unknown";
    public const string FiguresMissing = "risk.test-figures-missing";

    /// <summary>The least of both figures that passes.</summary>
    public const int Passes = 2;

    internal sealed record Command(Guid Assessment, Guid Control, int? Design, int? Operation, string? Found, DateTimeOffset? NextTest);

    public static Decision Decide(Command command, RiskFacts facts)
    {
        var assessment = facts.Assessment;
        if (assessment.Control(command.Control) is not { } control) return Decision.Refuse(ControlUnknown);
        if (AddControl.RefusesRisk(control.Scenario, facts) is { } refusal) return refusal;
        if (control.AddedBy == facts.Actor.Person) return Decision.Refuse(Bars.EarlierRole);
        if (command is not { Design: >= 0 and <= 3 and var design, Operation: >= 0 and <= 3 and var operation }) return Decision.Refuse(FiguresMissing);
        return (RiskTexts.RefusesReason(command.Found) ?? AddControl.RefusesTest(command.NextTest, facts)) is { } unfit ? unfit
            : Decision.Accept(assessment.Stream, new ControlTested(command.Control, design, operation, design >= Passes && operation >= Passes, command.Found!.Trim(), command.NextTest!.Value));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.TestControl, expected, facts => Decide(command, facts), a => a.Control(command.Control)?.Owner, cancel);
}
