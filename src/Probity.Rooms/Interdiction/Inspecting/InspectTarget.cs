using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Shared.Record;

namespace Probity.Interdiction.Inspecting;

/// <summary>An officer records an examination. What was found belongs to a case.</summary>
internal sealed class InspectTarget(TargetDesk desk)
{
    public const string KindMissing = "interdiction.inspection-kind-missing";
    public const string CaseMissing = "interdiction.case-missing";

    internal sealed record Command(Guid Target, InspectionKind Kind, bool Found, string? CaseNumber, string? Note);

    public static Decision Decide(Command command, TargetFacts facts)
    {
        if (facts.Target.Stage is not (TargetStage.Selected or TargetStage.Inspected or TargetStage.Found)) return Decision.Refuse(Overrides.NotNow);
        if (facts.Target.Asked is not null) return Decision.Refuse(Overrides.Pending);
        if (!Enum.IsDefined(command.Kind)) return Decision.Refuse(KindMissing);
        if (TargetTexts.RefusesNote(command.Note) is { } unfit) return unfit;
        var number = command.CaseNumber?.Trim().ToUpperInvariant() ?? "";
        // Whether there is such a case is not asked: an answer would tell of cases that the officer may not see.
        if (command.Found && !References.IsCase(number)) return Decision.Refuse(CaseMissing);
        return Decision.Accept(facts.Target.Stream, new TargetInspected(
            command.Kind, command.Found, command.Found ? number : null, TargetTexts.Kept(command.Note)));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Target, TargetAction.Inspect, expected, facts => Decide(command, facts), cancel);
}
