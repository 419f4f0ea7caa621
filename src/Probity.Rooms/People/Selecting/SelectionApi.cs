using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Selecting;

/// <summary>A competition for programs: what its page tells this caller, and no score before all are opened.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="Plan">All that was fixed beforehand; the panel to those alone who see the course.</param>
/// <param name="Commitment">The SHA-256 of that seed, since it was frozen.</param>
/// <param name="Applications">How many applied; null for those who do not see the course.</param>
/// <param name="Drawn">How often it was drawn up; for those who do not see the course null.</param>
/// <param name="Ranks">What the scores come to, once they are opened, for those who see the course.</param>
/// <param name="Seed">The seed of the lot, once it is revealed, for those who see the course.</param>
/// <param name="Proposal">The ranking that was asked for or holds, for those who see the course.</param>
internal sealed record CompetitionFile(
    Guid Id, string Number, CompetitionStage Stage, CompetitionPlan Plan, string? Commitment, int? Applications, int? Drawn, IReadOnlyList<RankFile>? Ranks, string? Seed, ProposalFile? Proposal);

/// <summary>A ranking that was asked for, by its number.</summary>
internal sealed record ProposalFile(int Number, IReadOnlyList<int> Order, bool Departs, string? Reason);

/// <summary>A rank with the sums from which it follows, to be worked out again.</summary>
internal sealed record RankFile(int Application, int Place, int Total, Parting Parting, IReadOnlyList<IReadOnlyList<int>> Points);

/// <summary>The same commands for programs.</summary>
internal static class SelectionApi
{
    internal sealed record AskedBody(Guid Post, string Reason);

    internal sealed record DrawnBody(Guid Competition, CompetitionPlan Plan, Guid? Request = null);

    internal sealed record ApplicationBody(IReadOnlyList<string> Answers, string? Outsider = null);

    internal sealed record FreezeBody(int Drawn);

    internal sealed record ScoresBody(IReadOnlyList<CriterionScore> Scores);

    internal sealed record RankingBody(IReadOnlyList<int>? Order = null, string? Reason = null);

    internal sealed record AnswerBody(bool Agree, string? Reason = null);

    internal sealed record RankingAnswerBody(int Proposal, bool Agree, string? Reason = null);

    internal sealed record AppealBody(string Reason, int? Outsider = null);

    internal sealed record ReplacementBody(Guid Out, Guid In, string Reason, int? Application = null);

    internal sealed record ExplanationBody(int Application, int Criterion, string Reason);

    internal sealed record PanelBody(IReadOnlyList<Guid> Members, Guid? Appeal = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/selection").WithTags("Selection").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapGet("/{id:guid}", async (Guid id, HttpContext http, SelectionDesk desk) => await ReadAsync(http, id, desk) is { } file ? Results.Json(file, ApiJson.Options) : Problem.NotFound())
            .WithName("viewCompetition").WithSummary("A competition; no score of it before all are opened.").Produces<CompetitionFile>().Refuses(401, 404);
        api.MapPost("/requests", (HttpContext http, AskCompetition slice) => RunAsync<AskedBody>(http, (by, b, cancel) => slice.HandleAsync(by, new(Guid.CreateVersion7(), b.Post, b.Reason), cancel)))
            .Describe<AskedBody>("askCompetition", "Ask, as a commander, that a post be filled by a competition.");
        api.MapPost("/", (HttpContext http, DrawUpCompetition slice) => RunAsync<DrawnBody>(http, (by, b, cancel) => slice.HandleAsync(by, new(b.Competition, b.Plan, b.Request), cancel)))
            .Describe<DrawnBody>("drawUpCompetition", "Draw a competition up under an id of your own, or anew before it is frozen.");
        api.MapPost("/{id:guid}/freeze", (Guid id, HttpContext http, FreezeCompetition slice) => RunAsync<FreezeBody>(http, (by, b, cancel) => slice.HandleAsync(by, id, b.Drawn, cancel)))
            .Describe<FreezeBody>("freezeCompetition", "Freeze, as a second person, all that is fixed beforehand; drawn says which drawing up was read.");
        api.MapPost("/{id:guid}/applications", (Guid id, HttpContext http, ApplyForPost slice) => RunAsync<ApplicationBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new(id, b.Answers, b.Outsider, b.Outsider is not null), cancel)))
            .Describe<ApplicationBody>("applyForPost", "Apply, or enter the application of somebody from outside by name.");
        api.MapPost("/{id:guid}/applications/{number:int}/scores", (Guid id, int number, HttpContext http, ScoreApplication slice) => RunAsync<ScoresBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new(id, number, b.Scores), cancel)))
            .Describe<ScoresBody>("scoreApplication", "Score an application, sealed until all scores are in.");
        api.MapPost("/{id:guid}/open", (Guid id, HttpContext http, ScoreApplication slice) => RunAsync(http, (by, cancel) => slice.OpenAsync(by, id, cancel)))
            .Command("openScores", "Open the scores where all are in and the last did not come as a score. Takes no body.").Produces<Written>();
        api.MapPost("/{id:guid}/explanations", (Guid id, HttpContext http, AdoptRanking slice) => RunAsync<ExplanationBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new AdoptRanking.Explanation(id, b.Application, b.Criterion, b.Reason), cancel)))
            .Describe<ExplanationBody>("explainSpread", "Explain, as a member of the panel, why the scores of a criterion (from 0) lie far apart.");
        api.MapPost("/{id:guid}/ranking", (Guid id, HttpContext http, AdoptRanking slice) => RunAsync<RankingBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new AdoptRanking.Asking(id, b.Order ?? [], b.Reason), cancel)))
            .Describe<RankingBody>("proposeRanking", "Ask, in the chair, that the ranking be adopted; an order of its own with a reason is a departure.");
        api.MapPost("/{id:guid}/ranking/second", (Guid id, HttpContext http, AdoptRanking slice) => RunAsync<RankingAnswerBody>(http, (by, b, cancel) =>
            slice.SecondAsync(by, new(id, b.Proposal, b.Agree, b.Reason), cancel)))
            .Describe<RankingAnswerBody>("secondRanking", "Answer as a second member of the panel; proposal says which ranking was read, by its number.");
        api.MapPost("/{id:guid}/ranking/departure", (Guid id, HttpContext http, AdoptRanking slice) => RunAsync<RankingAnswerBody>(http, (by, b, cancel) =>
            slice.AgreeAsync(by, new(id, b.Proposal, b.Agree, b.Reason), cancel)))
            .Describe<RankingAnswerBody>("answerDeparture", "Answer, as an overseer, to a departure from the rank; proposal says which ranking was read, by its number.");
        api.MapPost("/{id:guid}/replacements", (Guid id, HttpContext http, ReplaceScorer slice) => RunAsync<ReplacementBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new ReplaceScorer.Asking(id, Guid.CreateVersion7(), b.Application, b.Out, b.In, b.Reason), cancel)))
            .Describe<ReplacementBody>("askReplacement", "Ask that somebody else score an application that somebody is barred from, or all in place of who steps down.");
        api.MapPost("/{id:guid}/replacements/{replacement:guid}/answer", (Guid id, Guid replacement, HttpContext http, ReplaceScorer slice) => RunAsync<AnswerBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new ReplaceScorer.Answer(id, replacement, b.Agree, b.Reason), cancel)))
            .Describe<AnswerBody>("answerReplacement", "Answer to a replacement as a second person.");
        api.MapPost("/{id:guid}/appeals", (Guid id, HttpContext http, AppealRanking slice) => RunAsync<AppealBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new AppealRanking.Command(id, Guid.CreateVersion7(), b.Reason, b.Outsider), cancel)))
            .Describe<AppealBody>("appealRanking", "Appeal against a ranking, or enter the appeal of an applicant from outside by number.");
        api.MapPost("/{id:guid}/panels", (Guid id, HttpContext http, AppealRanking slice) => RunAsync<PanelBody>(http, (by, b, cancel) => slice.HandleAsync(by, new AppealRanking.Naming(id, b.Appeal, b.Members), cancel)))
            .Describe<PanelBody>("namePanel", "Name, as an overseer, the panel of an appeal, or without one the panel that scores anew.");
        api.MapPost("/{id:guid}/appeals/{appeal:guid}/answer", (Guid id, Guid appeal, HttpContext http, AppealRanking slice) => RunAsync<AnswerBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new AppealRanking.Answer(id, appeal, b.Agree, b.Reason), cancel)))
            .Describe<AnswerBody>("answerAppeal", "Say, as a member of an appeal's panel, whether the ranking stands.");
    }

    static async Task<CompetitionFile?> ReadAsync(HttpContext http, Guid id, SelectionDesk desk)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return null;
        var facts = await desk.FactsAsync(person, id, http.RequestAborted);
        if (facts.Competition is not { } c) return null;
        var sees = SelectionAccess.Refuses(SelectionAction.See, facts) is null;
        if (!sees && (c.FrozenAt is null || facts.Actor.Posts.Length == 0)) return null;
        if (sees) await desk.OpenedAsync(person, id, http.RequestAborted);
        return new CompetitionFile(
            c.Id, c.Number, c.StageAt(facts.Now), sees ? c.Plan with { Panel = [.. c.Acting] } : c.Plan with { Panel = [] }, c.Commitment, sees ? c.Applications.Count : null, sees ? c.Drawn : null,
            !sees || !c.IsOpened ? null : [.. c.Ranks().Select(r => new RankFile(
                r.Application, r.Place, r.Total, r.Parted, [.. c.OpenedScores(r.Application).Select(s => (IReadOnlyList<int>)[.. s.Select(p => p.Points)])]))], sees ? c.Seed : null,
            sees && c.Proposal is { } asked ? new ProposalFile(c.Proposals, asked.Order, asked.Departs, asked.Reason) : null);
    }

    static Task<IResult> RunAsync<TBody>(HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome>> run) where TBody : class =>
        ApiCall.RunAsync<TBody>(http, SelectionText.Of, async (by, body, cancel) => await run(by, body, cancel));

    static Task<IResult> RunAsync(HttpContext http, Func<Guid, CancellationToken, Task<Outcome>> run) =>
        ApiCall.RunAsync(http, SelectionText.Of, async (by, cancel) => await run(by, cancel));

    static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class =>
        route.Command(name, summary).Accepts<TBody>("application/json").Produces<Written>();
}
