using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>The person says what changed in their life, and vetting what follows from it.</summary>
internal sealed class ReportCircumstances(ClearanceDesk desk)
{
    public const string KindMissing = "people.circumstance-missing";
    public const string DayWrong = "people.circumstance-day-wrong";
    public const string Unknown = "people.report-unknown";

    internal sealed record Report(Guid Clearance, Guid Id, CircumstanceKind? Kind, DateOnly? Since, string? What);

    internal sealed record Review(Guid Clearance, Guid Id, string? Result);

    public static Decision Decide(Report command, ClearanceFacts facts) =>
        command.Kind is not { } kind ? Decision.Refuse(KindMissing)
        : command.Since is not { } since || since > DateOnly.FromDateTime(facts.Now.UtcDateTime.AddDays(1)) ? Decision.Refuse(DayWrong)
        : VettingTexts.Refuses(command.What) is { } unfit ? unfit
        : Decision.Accept(ClearanceDesk.File(facts.Clearance, new CircumstancesReported(command.Id, kind, since, command.What!.Trim())));

    public static Decision Decide(Review command, ClearanceFacts facts) =>
        !facts.Clearance.Circumstances.Any(c => c.Id == command.Id && c.Result is null) ? Decision.Refuse(Unknown)
        : VettingTexts.Refuses(command.Result) is { } unfit ? unfit
        : Decision.Accept(ClearanceDesk.File(facts.Clearance, new CircumstancesReviewed(command.Id, command.Result!.Trim())));

    public Task<Outcome?> HandleAsync(Guid person, Report command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.ReportCircumstances, expected, facts => Decide(command, facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, Review command, long? expected, CancellationToken cancel) =>
        desk.RunAsync(person, command.Clearance, ClearanceAction.ReviewCircumstances, expected, facts => Decide(command, facts), cancel);
}
