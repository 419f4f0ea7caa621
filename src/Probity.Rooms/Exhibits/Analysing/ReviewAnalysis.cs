using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits.Analysing;

/// <summary>
/// Another analyst of the laboratory reviews an analysis. Agreed to, it counts; and where it says another substance than was recorded, or than an earlier
/// result of the same package, or its purity has shifted, that is filed with it as a matter for the integrity officer.
/// </summary>
internal sealed class ReviewAnalysis(ExhibitDesk desk)
{
    public const string Unknown = "exhibits.analysis-unknown";
    public const string NotAwaited = "exhibits.analysis-reviewed";
    public const string OwnAnalysis = "exhibits.own-analysis";

    internal sealed record Command(Guid Exhibit, Guid Analysis, bool Agrees, string? Reasons);

    internal sealed record Body(bool Agrees, string? Reasons);

    public static Decision Decide(Command command, ExhibitFacts facts)
    {
        var exhibit = facts.Exhibit;
        if (exhibit.Analyses.FirstOrDefault(a => a.Id == command.Analysis) is not { } analysis) return Decision.Refuse(Unknown);
        if (analysis.Stage != AnalysisStage.Reported) return analysis.Reviewer == facts.Actor.Person ? Decision.Accept() : Decision.Refuse(NotAwaited);
        if (analysis.Analyst == facts.Actor.Person || exhibit.IsFromTheHandsOf(facts.Actor.Person)) return Decision.Refuse(OwnAnalysis);
        if ((command.Agrees ? ExhibitTexts.Refuses(command.Reasons, ExhibitTexts.MaxReason, lines: true) : ExhibitTexts.RefusesReason(command.Reasons)) is { } refusal)
            return refusal;
        var reviewed = exhibit.File(new AnalysisReviewed(command.Analysis, command.Agrees, ExhibitTexts.Kept(command.Reasons)));
        return command.Agrees ? Decision.Accept([reviewed, .. Discrepancies.Of(exhibit, analysis, facts.Actor.Person, facts.Family)]) : Decision.Accept(reviewed);
    }

    public Task<Outcome?> HandleAsync(Guid person, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Exhibit, ExhibitAction.ReviewAnalysis, facts => Decide(command, facts), cancel);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/{id:guid}/analyses/{analysis:guid}/review", (Guid id, Guid analysis, HttpContext http, ReviewAnalysis slice) => ExhibitsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, analysis, body.Agrees, body.Reasons), cancel)))
        .Describe<Body>("reviewAnalysis", "Agree to an analysis, or return it.");
}
