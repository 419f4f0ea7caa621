using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Shared.Record;

namespace Probity.Risk.Treating;

/// <summary>Something is to be done about a risk: planned with an owner and a day, done by them with what shows it, and verified by somebody else.</summary>
internal sealed class TreatRisk(RiskDesk desk)
{
    public const string TreatmentUnknown = "risk.treatment-unknown";
    public const string DoneAlready = "risk.treatment-over";
    public const string NotDone = "risk.treatment-not-done";

    internal sealed record Plan(Guid Assessment, Guid Treatment, string Scenario, string? What, Guid Owner, DateTimeOffset? Due);

    internal sealed record Report(Guid Assessment, Guid Treatment, string? Evidence);

    internal sealed record Check(Guid Assessment, Guid Treatment, bool Done, string? Reason);

    /// <summary>Sent twice under one id it is planned once, and with other content refused.</summary>
    public static Decision Decide(Plan command, RiskFacts facts) =>
        facts.Assessment.Treatment(command.Treatment) is { } known
            ? (known.Scenario, known.What, known.Owner, known.Due) == (command.Scenario, command.What?.Trim(), command.Owner, command.Due) ? Decision.Accept() : Decision.Refuse(RiskTexts.RecordedOtherwise)
        : (AddControl.RefusesRisk(command.Scenario, facts) ?? RiskTexts.RefusesReason(command.What) ?? AddControl.RefusesOwner(command.Owner, facts) ?? AddControl.RefusesDay(command.Due, facts.Now)) is { } refusal ? refusal
        : Decision.Accept(facts.Assessment.Stream, new TreatmentPlanned(command.Treatment, command.Scenario, command.What!.Trim(), command.Owner, command.Due!.Value));

    public static Decision Decide(Report command, RiskFacts facts)
    {
        if (facts.Assessment.Treatment(command.Treatment) is not { } treatment) return Decision.Refuse(TreatmentUnknown);
        if (AddControl.RefusesRisk(treatment.Scenario, facts) is { } refusal) return refusal;
        if (treatment.Evidence is not null) return Decision.Refuse(DoneAlready);
        return RiskTexts.RefusesReason(command.Evidence) is { } unfit ? unfit : Decision.Accept(facts.Assessment.Stream, new TreatmentDone(command.Treatment, command.Evidence!.Trim()));
    }

    public static Decision Decide(Check command, RiskFacts facts)
    {
        if (facts.Assessment.Treatment(command.Treatment) is not { } treatment) return Decision.Refuse(TreatmentUnknown);
        if (AddControl.RefusesRisk(treatment.Scenario, facts) is { } refusal) return refusal;
        if (treatment.Evidence is null) return Decision.Refuse(NotDone);
        if (treatment.VerifiedBy is not null) return Decision.Refuse(DoneAlready);
        if (command.Done) return Decision.Accept(facts.Assessment.Stream, new TreatmentVerified(command.Treatment));
        return RiskTexts.RefusesReason(command.Reason) is { } unfit ? unfit : Decision.Accept(facts.Assessment.Stream, new TreatmentReopened(command.Treatment, command.Reason!.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Plan command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.PlanTreatment, expected, facts => Decide(command, facts), null, cancel);

    public Task<Outcome?> HandleAsync(Guid person, Report command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.ReportDone, expected, facts => Decide(command, facts), a => a.Treatment(command.Treatment)?.Owner, cancel);

    public Task<Outcome?> HandleAsync(Guid person, Check command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Assessment, RiskAction.Verify, expected, facts => Decide(command, facts), a => a.Treatment(command.Treatment)?.Owner, cancel);
}
