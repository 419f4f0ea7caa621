using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Reports.Handling;
using Probity.Reports.Reading;
using Probity.Reports.Viewing;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Reports.Erasing;

/// <summary>The same for programs, in a session whose key is unlocked.</summary>
internal static class ErasingApi
{
    internal sealed record Asking(Guid Key, string Words);

    internal sealed record Answering(Guid Key, bool Agrees, string? Words = null);

    internal sealed record Ending(Guid Key, Guid Hold, string Words);

    public static void Map(RouteGroupBuilder routes)
    {
        var api = routes.AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapPost("/{id:guid}/erasure", (Guid id, HttpContext http, ReportReader reader, EraseReport slice) => RunAsync<Asking>(http, id, reader, body => body.Key, "erase",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new EraseReport.Command(id, act, body.Words), cancel))).Describe<Asking>("askReportErasure", "Ask that a report be erased that has been kept long enough.");
        api.MapPost("/{id:guid}/erasure/answer", (Guid id, HttpContext http, ReportReader reader, EraseReport slice) => RunAsync<Answering>(http, id, reader, body => body.Key, "answer-erasure",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new EraseReport.Answer(id, act, body.Agrees, body.Words), cancel)))
            .Describe<Answering>("answerReportErasure", "Say whether a report is erased. It cannot be taken back.");
        api.MapPost("/{id:guid}/holds", (Guid id, HttpContext http, ReportReader reader, HoldReport slice) => RunAsync<Asking>(http, id, reader, body => body.Key, "hold",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new HoldReport.Command(id, act, body.Words), cancel))).Describe<Asking>("holdReport", "Have a report kept for the law.");
        api.MapPost("/{id:guid}/holds/end", (Guid id, HttpContext http, ReportReader reader, HoldReport slice) => RunAsync<Ending>(http, id, reader, body => body.Key, "end-hold",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new HoldReport.End(id, act, body.Hold, body.Words), cancel))).Describe<Ending>("endReportHold", "End a hold on a report.");
    }

    static Task<IResult> RunAsync<TBody>(
        HttpContext http, Guid report, ReportReader reader, Func<TBody, Guid> key, string what, Func<Guid, OpenedReport?, Guid, TBody, CancellationToken, Task<Outcome?>> run) where TBody : class =>
        ApiCall.RunAsync<TBody>(http, HandlingText.Of, async (person, body, cancel) =>
            await run(person, await reader.OpenAsync(http.User, report, cancel), ReportForms.ActOf(person, report, what, key(body).ToString("D")), body, cancel));

    static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class => route.Command<TBody>(name, summary).Refuses(404);
}
