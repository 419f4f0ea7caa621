using Probity.Procedures.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures.Drafting;

/// <summary>Draws a draft anew. What waits for review or was reviewed is changed no more, or what was looked at would not be what comes in force.</summary>
internal sealed class ChangeDraft(SopDesk desk)
{
    public const string NoDraft = "procedures.no-draft";

    internal sealed record Command(Guid Sop, int Number, ReadDrawing Drawing, string Note);

    public static Decision Decide(Command command, SopFacts facts)
    {
        if (!IsOpen(facts)) return Decision.Refuse(NoDraft);
        if (SopTexts.RefusesReason(command.Note) is { } unfit) return unfit;
        if (command.Drawing.Code is { } fault) return Decision.Refuse(fault);
        var (draft, note) = (facts.At!, command.Note.Trim());
        // Nothing new is no entry.
        return draft.Drawing == command.Drawing.Bpmn && draft.Note == note
            ? Decision.Accept()
            : Decision.Accept(facts.Sop.Stream, new DraftChanged(draft.Id, command.Drawing.Bpmn, note));
    }

    /// <summary>Whether a version is still being drawn.</summary>
    public static bool IsOpen(SopFacts facts) => facts is { Stage: SopStage.Draft, At.Submitted: false };

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.Sop, command.Number, SopAction.Draft, expected, facts => Decide(command, facts), cancel);
}

/// <summary>The author has done with a draft: its risks can be reviewed.</summary>
internal sealed class SubmitDraft(SopDesk desk)
{
    internal sealed record Command(Guid Sop, int Number);

    public static Decision Decide(SopFacts facts) => ChangeDraft.IsOpen(facts)
        ? Decision.Accept(facts.Sop.Stream, new DraftSubmitted(facts.At!.Id))
        : Decision.Refuse(ChangeDraft.NoDraft);

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) => desk.RunAsync(
        person, command.Sop, command.Number, SopAction.Draft, expected, Decide, cancel);
}
