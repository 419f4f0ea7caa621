using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Risk.Accepting;
using Probity.Risk.Approving;
using Probity.Risk.Beginning;
using Probity.Risk.Challenging;
using Probity.Risk.Consolidating;
using Probity.Risk.Contract;
using Probity.Risk.Controlling;
using Probity.Risk.Moving;
using Probity.Risk.Naming;
using Probity.Risk.Preparing;
using Probity.Risk.Scoring;
using Probity.Risk.Treating;
using Probity.Risk.Viewing;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Risk;

/// <summary>The same commands for programs, and an assessment and a risk as their pages tell them to the caller.</summary>
internal static class RiskApi
{
    internal sealed record BeginBody(Guid Key, Guid Unit, IReadOnlyList<UnitFunction> Functions);

    internal sealed record ScenarioBody(UnitFunction Function, int Discretion, ScenarioWords Words);

    internal sealed record AssessorsBody(IReadOnlyList<Guid> Assessors, string? Reason = null);

    internal sealed record ScoreBody(Rating Inherent, Rating Current, Knowledge Knowledge, string? Note = null);

    internal sealed record RatingsBody(IReadOnlyList<ConsolidatedRating> Ratings);

    internal sealed record AnswerBody(bool Agree, string? Reason = null);

    internal sealed record ReasonBody(string Reason);

    internal sealed record OwnerBody(Guid Owner);

    internal sealed record PostsBody(IReadOnlyList<Guid> Posts, string? Reason = null);

    internal sealed record ControlBody(Guid Key, string What, Guid Owner, DateTimeOffset NextTest);

    internal sealed record TestBody(int Design, int Operation, string Found, DateTimeOffset NextTest);

    internal sealed record LoweringBody(Rating Rating, Guid Control, string Reason);

    internal sealed record TreatmentBody(Guid Key, string What, Guid Owner, DateTimeOffset Due);

    internal sealed record EvidenceBody(string Evidence);

    internal sealed record CheckBody(bool Done, string? Reason = null);

    internal sealed record AcceptanceBody(string Reason, DateTimeOffset Until);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("/api/risk/assessments").WithTags("Risk").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        all.MapPost("", (HttpContext http, BeginAssessment slice) => RunAsync<BeginBody>(
                http, async (by, b, _, cancel) => await slice.HandleAsync(by, new(BeginAssessment.IdOf(by, b.Key), b.Unit, b.Functions), cancel), (by, b, index) => Answers.Made(BeginAssessment.IdOf(by, b.Key), index)))
            .Makes<BeginBody>("beginAssessment", "Begin the assessment of a unit with the library's scenarios; sent twice under one key it begins once.");
        var api = all.MapGroup("/{id:guid}");
        MapReading(api);
        MapRating(api);
        MapControls(api.MapGroup("/risks/{scenario}"), api);
        MapRest(api.MapGroup("/risks/{scenario}"), api);
    }

    static void MapReading(RouteGroupBuilder api)
    {
        api.MapGet("", async (Guid id, HttpContext http, RiskDesk desk, RecordFacts record) =>
            {
                if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
                return await desk.OpenAsync(person, id, null, http.RequestAborted) is not { } facts ? Problem.NotFound()
                    : Told(http, facts, AssessmentFile.Of(facts, await CountedAsync(facts, record, http.RequestAborted)));
            })
            .WithName("viewAssessment").WithSummary("An assessment as it stands; no score of another's before all are open. The reading is recorded.").WithMetadata(ApiHeader.ETag).Produces<AssessmentFile>().Refuses(401, 404);
        api.MapGet("/risks/{scenario}", async (Guid id, string scenario, HttpContext http, RiskDesk desk, RecordFacts record) =>
            {
                if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
                return await desk.OpenAsync(person, id, scenario, http.RequestAborted) is not { } facts || facts.Assessment.Risks.GetValueOrDefault(scenario) is not { } risk ? Problem.NotFound()
                    : Told(http, facts, RiskFile.Of(risk, facts, await CountedAsync(facts, record, http.RequestAborted)));
            })
            .WithName("viewRisk").WithSummary("One risk, also for whoever answers for a part of it. The reading is recorded.").WithMetadata(ApiHeader.ETag).Produces<RiskFile>().Refuses(401, 404);
    }

    static void MapRating(RouteGroupBuilder api)
    {
        api.MapPost("/scenarios", (Guid id, HttpContext http, ChooseScenarios slice) => RunAsync<ScenarioBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new ChooseScenarios.Addition(id, b.Function, b.Discretion, b.Words), seen, cancel)))
            .Describe<ScenarioBody>("addScenario", "Add a scenario of the unit's own, before anybody scores.");
        api.MapPost("/scenarios/{scenario}/omission", (Guid id, string scenario, HttpContext http, ChooseScenarios slice) => RunAsync<ReasonBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new ChooseScenarios.Omission(id, scenario, b.Reason), seen, cancel)))
            .Describe<ReasonBody>("leaveScenarioOut", "Leave a scenario out that cannot happen in this unit.");
        api.MapPost("/assessors", (Guid id, HttpContext http, NameAssessors slice) => RunAsync<AssessorsBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new(id, b.Assessors, b.Reason), seen, cancel)))
            .Describe<AssessorsBody>("nameAssessors", "Name who scores; with a reason, others than before.");
        api.MapPost("/scenarios/{scenario}/score", (Guid id, string scenario, HttpContext http, ScoreScenario slice) => RunAsync<ScoreBody>(http, (by, b, _, cancel) => slice.HandleAsync(by, new(id, scenario, b.Inherent, b.Current, b.Knowledge, b.Note), cancel)))
            .Describe<ScoreBody>("scoreScenario", "Score a scenario as an assessor. Nobody reads it before all scores are in.");
        api.MapPost("/ratings", (Guid id, HttpContext http, ConsolidateRatings slice) => RunAsync<RatingsBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new(id, b.Ratings), seen, cancel)))
            .Describe<RatingsBody>("consolidateRatings", "Rate every scenario; a reason where it is not the median of the scores.");
        api.MapPost("/challenge", (Guid id, HttpContext http, ChallengeRatings slice) => RunAsync<AnswerBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new(id, b.Agree, b.Reason), seen, cancel)))
            .Describe<AnswerBody>("challengeRatings", "Agree to the ratings as an overseer from outside the unit, or say what to look at again.");
        api.MapPost("/approval", (Guid id, HttpContext http, ApproveAssessment slice) => RunAsync<AnswerBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new(id, b.Agree, b.Reason), seen, cancel)))
            .Describe<AnswerBody>("approveAssessment", "Approve it as the head, or send it back.");
    }

    static void MapControls(RouteGroupBuilder risk, RouteGroupBuilder api)
    {
        risk.MapPost("/owner", (Guid id, string scenario, HttpContext http, AddControl slice) => RunAsync<OwnerBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new AddControl.Ownership(id, scenario, b.Owner), seen, cancel)))
            .Describe<OwnerBody>("nameRiskOwner", "Name who answers for a risk.");
        risk.MapPost("/posts", (Guid id, string scenario, HttpContext http, NamePosts slice) => RunAsync<PostsBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new(id, scenario, b.Posts, b.Reason), seen, cancel)))
            .Describe<PostsBody>("nameRiskPosts", "Name all posts in which the step of a scenario is done, with a reason where one is taken off.");
        risk.MapPost("/controls", (Guid id, string scenario, HttpContext http, AddControl slice) => RunAsync<ControlBody>(
                http, (by, b, seen, cancel) => slice.HandleAsync(by, new AddControl.Command(id, ItemOf(id, "control", b.Key), scenario, b.What, b.Owner, b.NextTest), seen, cancel), (_, b, index) => Answers.Made(ItemOf(id, "control", b.Key), index)))
            .Makes<ControlBody>("addControl", "Write down a control against a risk; sent twice under one key it is written down once.").Refuses(404);
        api.MapPost("/controls/{control:guid}/test", (Guid id, Guid control, HttpContext http, TestControl slice) => RunAsync<TestBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new(id, control, b.Design, b.Operation, b.Found, b.NextTest), seen, cancel)))
            .Describe<TestBody>("testControl", "Record the test of a control, 0 to 3 each.");
        risk.MapPost("/lowering", (Guid id, string scenario, HttpContext http, LowerRisk slice) => RunAsync<LoweringBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new LowerRisk.Command(id, scenario, b.Rating, b.Control, b.Reason), seen, cancel)))
            .Describe<LoweringBody>("askLowerRisk", "Ask that the risk that remains be set lower, on the ground of a control that passed its test.");
        risk.MapPost("/lowering/answer", (Guid id, string scenario, HttpContext http, LowerRisk slice) => RunAsync<AnswerBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new LowerRisk.Answer(id, scenario, b.Agree, b.Reason), seen, cancel)))
            .Describe<AnswerBody>("answerLowerRisk", "Agree to that as an overseer, or say why not.");
    }

    static void MapRest(RouteGroupBuilder risk, RouteGroupBuilder api)
    {
        risk.MapPost("/treatments", (Guid id, string scenario, HttpContext http, TreatRisk slice) => RunAsync<TreatmentBody>(
                http, (by, b, seen, cancel) => slice.HandleAsync(by, new TreatRisk.Plan(id, ItemOf(id, "treatment", b.Key), scenario, b.What, b.Owner, b.Due), seen, cancel), (_, b, index) => Answers.Made(ItemOf(id, "treatment", b.Key), index)))
            .Makes<TreatmentBody>("planTreatment", "Plan what is to be done about a risk; sent twice under one key it is planned once.").Refuses(404);
        api.MapPost("/treatments/{treatment:guid}/report", (Guid id, Guid treatment, HttpContext http, TreatRisk slice) => RunAsync<EvidenceBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new TreatRisk.Report(id, treatment, b.Evidence), seen, cancel)))
            .Describe<EvidenceBody>("reportTreatment", "Say as its owner that it is done, and what shows it.");
        api.MapPost("/treatments/{treatment:guid}/check", (Guid id, Guid treatment, HttpContext http, TreatRisk slice) => RunAsync<CheckBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new TreatRisk.Check(id, treatment, b.Done, b.Reason), seen, cancel)))
            .Describe<CheckBody>("checkTreatment", "Say as somebody else whether it is done.");
        // Facts of the record may have made it high.
        risk.MapPost("/acceptance", (Guid id, string scenario, HttpContext http, AcceptRisk slice, ShowRisk show) => RunAsync<AcceptanceBody>(http, async (by, b, seen, cancel) =>
                await slice.HandleAsync(by, new AcceptRisk.Request(id, scenario, b.Reason, b.Until) { Moved = await show.MovedAsync(by, id, scenario, cancel) }, seen, cancel)))
            .Describe<AcceptanceBody>("askRiskAcceptance", "Ask that a high or critical risk be borne for a time.");
        risk.MapPost("/acceptance/answer", (Guid id, string scenario, HttpContext http, AcceptRisk slice) => RunAsync<AnswerBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new AcceptRisk.Answer(id, scenario, b.Agree, b.Reason), seen, cancel)))
            .Describe<AnswerBody>("answerRiskAcceptance", "Accept it as an overseer, or not; with reasons either way.");
        risk.MapPost("/acceptance/revocation", (Guid id, string scenario, HttpContext http, AcceptRisk slice) => RunAsync<ReasonBody>(http, (by, b, seen, cancel) => slice.HandleAsync(by, new AcceptRisk.Revocation(id, scenario, b.Reason), seen, cancel)))
            .Describe<ReasonBody>("revokeRiskAcceptance", "End an acceptance as an overseer.");
    }

    static async Task<IResult> RunAsync<TBody>(HttpContext http, Func<Guid, TBody, long?, CancellationToken, Task<Outcome?>> run, Func<Guid, TBody, long, IResult>? done = null) where TBody : class
    {
        var policy = await http.RequestServices.GetRequiredService<IPolicies>().ReadAsync(http.RequestAborted);
        return await ApiCall.RunAsync(http, code => RiskText.Say(code, policy.Of(code == AddControl.TestTooFar ? PolicyRules.ControlTestedWithin : PolicyRules.BlindScorers)), run, done);
    }

    // Of its own assessment, so that nobody plants an id that another one has.
    static Guid ItemOf(Guid assessment, string what, Guid key) => Streams.Derive(assessment, $"{what}/{key:D}");

    static async Task<MeasuredFacts> CountedAsync(RiskFacts facts, RecordFacts record, CancellationToken cancel) =>
        await record.ReadAsync(facts.Assessment.Stage == AssessmentStage.Active ? facts.Assessment.Unit : null, cancel);

    static IResult Told(HttpContext http, RiskFacts facts, object file)
    {
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{facts.Assessment.Version}\"");
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(file, ApiJson.Options);
    }

    static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class =>
        route.Command<TBody>(name, summary).WithMetadata(ApiParameter.IfMatch).Refuses(404);

    static RouteHandlerBuilder Makes<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class =>
        route.Command(name, summary).Accepts<TBody>("application/json").Produces<WrittenAs>(StatusCodes.Status201Created);
}
