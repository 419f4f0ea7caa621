using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Analysing;

/// <summary>
/// Another analyst of the laboratory reviews an analysis. Agreed to, it counts; and where it says another substance than was recorded, or than an earlier
/// result of the same package, or its purity has shifted, that is filed with it as a matter for the integrity officer; and so is what was used up beyond need,
/// for which the reviewer signs by itself, or what the laboratory weighed and does not fit.
/// </summary>
internal sealed class ReviewAnalysis(ExhibitDesk desk)
{
    public const string Unknown = "exhibits.analysis-unknown";
    public const string NotAwaited = "exhibits.analysis-reviewed";
    public const string UseNotSigned = "exhibits.use-not-signed";
    public const string OwnAnalysis = "exhibits.own-analysis";

    /// <param name="Exhibit">The exhibit.</param>
    /// <param name="Analysis">The analysis.</param>
    /// <param name="Agrees">Whether it is as it was reported.</param>
    /// <param name="Reasons">Why not.</param>
    /// <param name="UseSeen">Whether the reviewer signs that as much was used up, where that is more than an analysis needs.</param>
    internal sealed record Command(Guid Exhibit, Guid Analysis, bool Agrees, string? Reasons, bool UseSeen = false);

    internal sealed record Body(bool Agrees, string? Reasons, bool? UseSeen);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        if (exhibit.Analyses.FirstOrDefault(a => a.Id == command.Analysis) is not { } analysis) return Decision.Refuse(Unknown);
        if (analysis.Stage != AnalysisStage.Reported) return analysis.Reviewer == facts.Actor.Person ? Decision.Accept() : Decision.Refuse(NotAwaited);
        if (analysis.Analyst == facts.Actor.Person || exhibit.IsFromTheHandsOf(facts.Actor.Person)) return Decision.Refuse(OwnAnalysis);
        if ((command.Agrees ? ExhibitTexts.Refuses(command.Reasons, ExhibitTexts.MaxReason, lines: true) : ExhibitTexts.RefusesReason(command.Reasons)) is { } refusal)
            return refusal;
        var much = IsMuch(analysis, exhibit);
        if (command.Agrees && much && !command.UseSeen) return Decision.Refuse(UseNotSigned);
        var reviewed = exhibit.File(new AnalysisReviewed(command.Analysis, command.Agrees, ExhibitTexts.Kept(command.Reasons), command.Agrees && much ? true : null));
        return !command.Agrees ? Decision.Accept(reviewed) : Decision.Accept([
            reviewed, .. Discrepancies.Of(exhibit, analysis, facts.Actor.Person, facts.Family), .. Discrepancies.OfNet(exhibit, analysis),
            .. much ? Discrepancies.OfUse(exhibit, analysis, facts.Actor.Person) : []]);
    }

    /// <summary>Whether more was used up than an analysis needs; one that was reported before anybody asked for a reason gives none.</summary>
    public static bool IsMuch(Analysis analysis, Exhibit exhibit) => analysis.UsedReason is not null
        || (exhibit with { Taken = exhibit.Taken.RemoveAll(t => t.Analysis == analysis.Id), Analyses = exhibit.Analyses.RemoveAll(a => a.Id == analysis.Id) }).UsesMuch(analysis.Consumed, analysis.Net, analysis.Package);

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.ReviewAnalysis, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/analyses/{analysis:guid}/review", (Guid id, Guid analysis, HttpContext http, ReviewAnalysis slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, analysis, body.Agrees, body.Reasons, body.UseSeen == true), cancel)))
        .Describe<Body>("reviewAnalysis", "Agree to an analysis, or return it.");
}
