using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Training;

/// <summary>The same commands for programs: what a training school or a learning platform knows is sent in without being typed again.</summary>
internal static class TrainingApi
{
    internal sealed record CourseBody(Guid Course, string Title, string Provider, string? Link, Guid Competence, int Level, int Months);

    internal sealed record AttendanceBody(Guid Attendance, Guid Course, DateOnly On, int? Pre, int Post, string? Certificate);

    internal sealed record JudgementBody(Guid Competence, int Level, DateOnly On, string Note);

    internal sealed record AskedBody(Guid Competence, int? Level, bool Mandatory, string Reason);

    internal sealed record AnswerBody(Guid Competence, bool Agree, string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/training").WithTags("Training").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapPost("/courses", (HttpContext http, OfferCourse slice) => RunAsync<CourseBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new OfferCourse.Command(b.Course, b.Title, b.Provider, b.Link, b.Competence, b.Level, b.Months), cancel)))
            .Describe<CourseBody>("offerCourse", "Add a course to the catalogue; sent again under its id it is added once.");
        api.MapPost("/people/{person:guid}/attendances", (Guid person, HttpContext http, AttendCourse slice) => RunAsync<AttendanceBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new AttendCourse.Command(b.Attendance, person, b.Course, b.On, b.Pre, b.Post, b.Certificate), cancel)))
            .Describe<AttendanceBody>("recordAttendance", "Record that somebody attended a course, with the results in percent before and after it.");
        api.MapPost("/people/{person:guid}/judgements", (Guid person, HttpContext http, AssessCompetence slice) => RunAsync<JudgementBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new AssessCompetence.Command(person, b.Competence, b.Level, b.On, b.Note), cancel)))
            .Describe<JudgementBody>("judgeCompetence", "Judge how far somebody masters a competence, from 0 to 4.");
        api.MapPost("/posts/{post:guid}/competences", (Guid post, HttpContext http, AskOfPost slice) => RunAsync<AskedBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new AskOfPost.Proposal(post, b.Competence, b.Level, b.Mandatory, b.Reason), cancel)))
            .Describe<AskedBody>("askOfPost", "Ask that a post ask for a competence; without a level, that it no longer do.");
        api.MapPost("/posts/{post:guid}/competences/answer", (Guid post, HttpContext http, AskOfPost slice) => RunAsync<AnswerBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new AskOfPost.Answer(post, b.Competence, b.Agree, b.Reason), cancel)))
            .Describe<AnswerBody>("answerForPost", "Agree, as a second person, to what was asked of a post, or not.");
    }

    static Task<IResult> RunAsync<TBody>(HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome>> run) where TBody : class =>
        ApiCall.RunAsync<TBody>(http, TrainingText.Of, async (by, body, cancel) => await run(by, body, cancel));

    static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class =>
        route.Command<TBody>(name, summary);
}
