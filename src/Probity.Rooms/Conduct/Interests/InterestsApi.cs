using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Conduct.Interests.Ties;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Conduct.Interests;

/// <summary>The same commands for programs: declare, read, say that a tie ended, advise, decide and answer.</summary>
internal static class InterestsApi
{
    /// <summary>All that the caller declared.</summary>
    internal sealed record OwnFile(IReadOnlyList<InterestFile> Interests, IReadOnlyList<TieFile> Ties);

    /// <summary>An interest, or work outside; the advice is there for those who decide.</summary>
    internal sealed record InterestFile(
        Guid Person, int Number, Guid Key, InterestKind Kind, string Subject, string What, WorkFile? Work, DateTimeOffset DeclaredAt, InterestStage Stage, bool ToOverseer, DateTimeOffset Due,
        IReadOnlyList<InterestMeasure> Measures, string? Reason, Guid? DecidedBy, DateTimeOffset? DecidedAt, DateTimeOffset? ReviewBy, string? Advice, Guid? AdvisedBy);

    /// <summary>Work beside a post.</summary>
    internal sealed record WorkFile(int Hours, decimal Pay, string Currency, DateOnly Until);

    /// <summary>A tie, and whether it bars.</summary>
    internal sealed record TieFile(Guid Id, Guid By, Guid Other, TieKind Kind, int? Degree, DateTimeOffset Since, bool Counts, string? EndReason, DateTimeOffset? Until);

    internal sealed record InterestBody(Guid Key, InterestKind Kind, string Subject, string What);

    internal sealed record WorkBody(Guid Key, string Employer, string What, int Hours, decimal Pay, string Currency, DateOnly Until);

    internal sealed record AdviceBody(string Advice);

    internal sealed record DecisionBody(InterestVerdict Verdict, string Reason, IReadOnlyList<InterestMeasure>? Measures = null);

    internal sealed record TieBody(Guid Key, Guid Other, TieKind Kind, int? Degree = null);

    internal sealed record ReasonBody(string Reason);

    internal sealed record AnswerBody(bool Agree, string Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/interests").WithTags("Interests").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapGet("", async (HttpContext http, DecideInterest slice, IRegister registers) =>
            {
                if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
                if (!InterestAccess.HasAnyRole(http.User)) return Problem.Of(StatusCodes.Status403Forbidden).ToResult();
                var (own, register) = (await slice.OwnAsync(person, http.RequestAborted), await registers.ReadAsync(http.RequestAborted));
                return Told(http, new OwnFile([.. own.All.Select(i => Of(person, i, advice: false))], [.. register.TiesDeclaredBy(person).OrderBy(t => t.Since).Select(t => Of(t, register))]));
            })
            .WithName("viewOwnInterests").WithSummary("What the caller declared: interests, work outside and ties.").Produces<OwnFile>().Refuses(401, 403);
        api.MapPost("", (HttpContext http, DeclareInterest slice) => RunAsync<InterestBody>(http, async (by, b, cancel) => await slice.HandleAsync(by, new DeclareInterest.Command(b.Key, b.Kind, b.Subject, b.What), cancel)))
            .Command<InterestBody>("declareInterest", "Declare what the caller has to do with a person or company outside; sent twice under one key it stands once.");
        api.MapPost("/work", (HttpContext http, DeclareInterest slice) => RunAsync<WorkBody>(http, async (by, b, cancel) =>
                await slice.HandleAsync(by, new DeclareInterest.Work(b.Key, b.Employer, b.What, b.Hours, b.Pay, b.Currency, b.Until), cancel)))
            .Command<WorkBody>("declareOutsideWork", "Declare work beside the caller's post.");
        MapOne(api.MapGroup("/{person:guid}/{number:int}"));
        MapTies(api.MapGroup("/ties"));
    }

    static void MapOne(RouteGroupBuilder api)
    {
        api.MapGet("", async (Guid person, int number, HttpContext http, DecideInterest slice) =>
            {
                if (SignedInPerson.Of(http.User) is not { } me) return Problem.SignIn();
                return await slice.OpenAsync(me, person, number, http.RequestAborted) is { Interest: { } interest } facts
                    ? Told(http, Of(person, interest, InterestAccess.SeesAll(facts.Actor) && me != person)) : Problem.NotFound();
            })
            .WithName("viewInterest").WithSummary("What somebody declared, for them and for those who decide and advise. The reading is recorded.").Produces<InterestFile>().Refuses(401, 404);
        api.MapPost("/advice", (Guid person, int number, HttpContext http, DecideInterest slice) => RunAsync<AdviceBody>(http, (by, b, cancel) => slice.HandleAsync(by, new DecideInterest.Advice(person, number, b.Advice), cancel)))
            .Command<AdviceBody>("adviseInterest", "Say as their commander what you think of it.").Refuses(404);
        api.MapPost("/decision", (Guid person, int number, HttpContext http, DecideInterest slice) => RunAsync<DecisionBody>(http, (by, b, cancel) =>
                slice.HandleAsync(by, new DecideInterest.Command(person, number, b.Verdict, b.Measures ?? [], b.Reason), cancel)))
            .Command<DecisionBody>("decideInterest", "Decide about it: with measures, not at all, or that it is over.").Refuses(404);
    }

    static void MapTies(RouteGroupBuilder api)
    {
        api.MapPost("", (HttpContext http, DeclareTie slice) => RunAsync<TieBody>(
                http, async (by, b, cancel) => await slice.HandleAsync(by, new DeclareTie.Command(DeclareTie.IdOf(by, b.Key), b.Other, b.Kind, b.Degree), cancel),
                (by, b, index) => Answers.Made(DeclareTie.IdOf(by, b.Key), index)))
            .Command("declareTie", "Declare what the caller is to another person of the house, who is told nothing.").Accepts<TieBody>("application/json").Produces<WrittenAs>(StatusCodes.Status201Created);
        api.MapGet("/{id:guid}", async (Guid id, HttpContext http, EndTie slice) =>
            {
                if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
                return await slice.OpenAsync(person, id, http.RequestAborted) is { Tie: { } tie } facts ? Told(http, Of(tie, facts.Register)) : Problem.NotFound();
            })
            .WithName("viewTie").WithSummary("A tie, for whoever declared it and those who watch over ties. The reading is recorded.").Produces<TieFile>().Refuses(401, 404);
        api.MapPost("/{id:guid}/end", (Guid id, HttpContext http, EndTie slice) => RunAsync<ReasonBody>(http, (by, b, cancel) => slice.HandleAsync(by, new EndTie.Command(id, b.Reason), cancel)))
            .Command<ReasonBody>("endTie", "Say that a tie of yours ended; it bars until somebody confirms that.").Refuses(404);
        api.MapPost("/{id:guid}/end/answer", (Guid id, HttpContext http, EndTie slice) => RunAsync<AnswerBody>(http, (by, b, cancel) => slice.HandleAsync(by, new EndTie.Answer(id, b.Agree, b.Reason), cancel)))
            .Command<AnswerBody>("answerTieEnd", "Say whether a tie ended.").Refuses(404);
        api.MapPost("/{id:guid}/confirmation", (Guid id, HttpContext http, EndTie slice) => RunAsync<AnswerBody>(http, (by, b, cancel) => slice.HandleAsync(by, new EndTie.Confirmation(id, b.Agree, b.Reason), cancel)))
            .Command<AnswerBody>("confirmTie", "Confirm as an overseer a tie that does not bar on its declarer's word alone, or say that there is none.").Refuses(404);
    }

    static InterestFile Of(Guid person, Interest interest, bool advice) => new(
        person, interest.Number, interest.Key, interest.Kind, interest.Subject, interest.What, interest.Work is { } work ? new WorkFile(work.Hours, work.Pay, work.Currency, work.Until) : null, interest.DeclaredAt,
        interest.Stage, interest.ToOverseer, interest.Due, interest.Measures, interest.Reason, interest.DecidedBy, interest.DecidedAt, interest.ReviewBy, advice ? interest.Advice : null, advice ? interest.AdvisedBy : null);

    static TieFile Of(Tie tie, Register register) => new(tie.Id, tie.By, tie.Other, tie.Kind, tie.Degree, tie.Since, tie.Holds && register.Counts(tie), tie.EndReason, tie.Until);

    static IResult Told(HttpContext http, object file)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(file, ApiJson.Options);
    }

    static Task<IResult> RunAsync<TBody>(HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome?>> run, Func<Guid, TBody, long, IResult>? done = null) where TBody : class =>
        ApiCall.RunAsync(http, ConductText.Of, run, done);
}
