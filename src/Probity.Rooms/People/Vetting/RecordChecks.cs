using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>Vetting records what was looked into and what came of it: before the decision, and again while a clearance holds.</summary>
internal sealed class RecordChecks(ClearanceDesk desk)
{
    public const string NotNow = "people.checks-not-now";
    public const string None = "people.checks-none";
    public const string Twice = "people.check-twice";
    public const string NoteMissing = "people.check-note-missing";
    public const string DayWrong = "people.check-day-wrong";

    static readonly ClearanceStage[] s_open =
    [
        ClearanceStage.Submitted, ClearanceStage.Checks, ClearanceStage.Active, ClearanceStage.ReviewDue, ClearanceStage.Suspended, ClearanceStage.WithdrawalAssessment,
    ];

    internal sealed record Command(Guid Clearance, IReadOnlyList<CheckDone> Checks);

    /// <summary>Whether checks can be recorded at a stage.</summary>
    public static bool Takes(ClearanceStage stage) => s_open.Contains(stage);

    public static Decision Decide(Command command, ClearanceFacts facts)
    {
        if (!Takes(facts.Clearance.StageAt(facts.Now))) return Decision.Refuse(NotNow);
        if (command.Checks.Count == 0) return Decision.Refuse(None);
        if (command.Checks.DistinctBy(c => c.Kind).Count() < command.Checks.Count) return Decision.Refuse(Twice);
        // Who may be harmed by a word without reasons is owed the reasons; who left a check out says why.
        if (command.Checks.Any(c => c.Result != VettingResult.Clear && string.IsNullOrWhiteSpace(c.Note))) return Decision.Refuse(NoteMissing);
        if (command.Checks.Any(c => c.Result == VettingResult.NotDone ? c.Day is not null : c.Day is not { } day || day > DateOnly.FromDateTime(facts.Now.UtcDateTime.AddDays(1))))
            return Decision.Refuse(DayWrong);
        if (command.Checks.Select(c => VettingTexts.RefusesNote(c.Note)).FirstOrDefault(r => r is not null) is { } unfit) return unfit;
        return Decision.Accept(ClearanceDesk.File(facts.Clearance, new ChecksRecorded([.. command.Checks.OrderBy(c => c.Kind).Select(c => c with { Note = VettingTexts.Kept(c.Note) })])));
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.RecordChecks, expected, facts => Decide(command, facts), cancel);
}
