using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Analysing;

/// <summary>
/// The analyst who holds an exhibit reports that nothing controlled was found in it. It counts once another analyst has reviewed it; what was seized as a
/// drug and is none is then a matter for the integrity officer, as any other substance would be.
/// </summary>
internal sealed class ReportNothingFound(ExhibitDesk desk)
{
    public const string DayUnclear = "exhibits.analysis-day";

    /// <param name="Exhibit">The exhibit.</param>
    /// <param name="Analysis">The analysis's own id, made by whoever sends it.</param>
    /// <param name="Package">One package, or all of it where null.</param>
    /// <param name="Methods">By what it was looked for.</param>
    /// <param name="Consumed">What was used up.</param>
    /// <param name="Day">On which day it was analysed.</param>
    /// <param name="Remarks">What else was seen, such as what it is instead.</param>
    /// <param name="UsedReason">Why more was used up than an analysis needs, where it was.</param>
    internal sealed record Command(Guid Exhibit, Guid Analysis, int? Package, string Methods, Grams Consumed, DateOnly Day, string? Remarks, string? UsedReason = null);

    internal sealed record Body(Guid Analysis, int? Package, string Methods, Grams? Consumed, DateOnly Day, string? Remarks, string? UsedReason);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        if (exhibit.Analyses.FirstOrDefault(a => a.Id == command.Analysis) is { } known)
            return SentAgain.Answer(SentAgain.Says(known, new(command.Analysis, command.Package, null, command.Methods.Trim(), command.Consumed, facts.Actor.Person, default)
            {
                Day = command.Day, Remarks = ExhibitTexts.Kept(command.Remarks),
            }));
        if (ReportAnalysis.RefusesAny(command.Package, command.Methods, facts) is { } refusal) return refusal;
        if (ReportAnalysis.IsMoreThanThereIs(command.Consumed, command.Package, exhibit)) return Decision.Refuse(ReportAnalysis.ConsumedTooMuch);
        if (RefusesDay(command.Day, facts)) return Decision.Refuse(DayUnclear);
        if (ExhibitTexts.Refuses(command.Remarks, ExhibitTexts.MaxReason, lines: true) is { } remarks) return remarks;
        if (ReportAnalysis.RefusesUse(command.Consumed, null, command.Package, command.UsedReason, exhibit) is { } much) return much;
        return Decision.Accept(exhibit.File(new NothingControlledFound(
            command.Analysis, command.Package, command.Methods.Trim(), command.Consumed, command.Day, ExhibitTexts.Kept(command.Remarks),
            ReportAnalysis.UsedReasonOf(command.Consumed, null, command.Package, command.UsedReason, exhibit))));
    }

    /// <summary>Whether a day is none on which it can have been analysed: before it was seized, or ahead.</summary>
    public static bool RefusesDay(DateOnly day, ExhibitFacts facts) =>
        day > DateOnly.FromDateTime(facts.Now.UtcDateTime) || day < DateOnly.FromDateTime(facts.Exhibit.RootSeizedAt.UtcDateTime);

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.Analyse, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/analyses/nothing", (Guid id, HttpContext http, ReportNothingFound slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(
                person, new Command(id, body.Analysis, body.Package, body.Methods, body.Consumed ?? Grams.Zero, body.Day, body.Remarks, body.UsedReason), cancel)))
        .Describe<Body>("reportNothingFound", "Report that nothing controlled was found in an exhibit.");
}
