using Probity.Procedures.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures.Deviating;

/// <summary>Records that a step of the procedure is left out of a case on purpose. It shows as awaiting a second person until one answers.</summary>
internal sealed class RecordDeviation(DeviationDesk desk)
{
    public const string Closed = "procedures.case-closed";
    public const string UnknownStep = "procedures.step-unknown";
    public const string Known = "procedures.deviation-known";

    internal sealed record Command(Guid Case, Guid Deviation, string Activity, string Reason);

    public static Decision Decide(Command command, DeviationFacts facts)
    {
        if (facts.Standing.Steps is { } refusal) return refusal;
        if (facts.Standing.Case.Closed) return Decision.Refuse(Closed);
        if (!facts.Names.Contains(command.Activity)) return Decision.Refuse(UnknownStep);
        if (SopTexts.RefusesReason(command.Reason) is { } unfit) return unfit;
        if (facts.Deviations.All.Any(d => d.Activity == command.Activity && d.State != DeviationState.Rejected)) return Decision.Refuse(Known);
        return CaseDeviations.File(command.Case, new DeviationRecorded(command.Deviation, command.Case, facts.Number, command.Activity, command.Reason.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Case, "RecordDeviation", facts => Decide(command, facts), cancel);
}

/// <summary>Another person stands for a deviation too, or does not. A closed case keeps waiting for the answer.</summary>
internal sealed class AnswerDeviation(DeviationDesk desk)
{
    public const string NothingAwaited = "procedures.nothing-awaited";

    internal sealed record Command(Guid Case, Guid Deviation, bool Stands, string? Reason);

    public static Decision Decide(Command command, DeviationFacts facts)
    {
        if (facts.Deviations.All.Find(d => d.Id == command.Deviation) is not { State: DeviationState.Awaiting } deviation) return Decision.Refuse(NothingAwaited);
        if (DeviationAccess.Refuses(facts.Actor, deviation, facts.Standing.Case.Staff, facts.Register, facts.Now) is { } refusal) return refusal;
        if (command.Stands)
        {
            return SopTexts.RefusesNote(command.Reason) is { } unfit
                ? unfit : CaseDeviations.File(command.Case, new DeviationCountersigned(deviation.Id, SopTexts.Kept(command.Reason)));
        }

        return SopTexts.RefusesReason(command.Reason) is { } missing ? missing : CaseDeviations.File(command.Case, new DeviationRejected(deviation.Id, command.Reason!.Trim()));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Case, "AnswerDeviation", facts => Decide(command, facts), cancel);
}

/// <summary>Confirms that a step of the unit's own was taken in a case: one for which the case has no entry.</summary>
internal sealed class TakeStep(DeviationDesk desk)
{
    public const string RecordedByCase = "procedures.step-is-the-cases";
    public const string EvidenceMissing = "procedures.evidence-missing";

    internal sealed record Command(Guid Case, string Activity, string Note);

    public static Decision Decide(Command command, DeviationFacts facts)
    {
        if (facts.Standing.Steps is { } refusal) return refusal;
        if (facts.Standing.Case.Closed) return Decision.Refuse(RecordDeviation.Closed);
        if (!facts.Names.Contains(command.Activity)) return Decision.Refuse(RecordDeviation.UnknownStep);
        if (!facts.ByHand.Contains(command.Activity)) return Decision.Refuse(RecordedByCase);
        if (SopTexts.RefusesNote(command.Note) is { } unfit) return unfit;
        if (SopTexts.Kept(command.Note) is null && facts.Steps.Any(s => s.Name == command.Activity && s.Duties.Evidence is not null)) return Decision.Refuse(EvidenceMissing);
        return CaseDeviations.File(command.Case, new StepTaken(command.Case, facts.Number, command.Activity, SopTexts.Kept(command.Note) ?? ""));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Case, "TakeStep", facts => Decide(command, facts), cancel);
}
