using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Protecting;
using Probity.Reports.Reading;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Reports.Viewing;

/// <summary>The same for programs, in a session whose key is unlocked. The key of a call makes that one sent twice is done once.</summary>
internal static class HandlingApi
{
    internal sealed record Listed(Guid Id, string Reference, string Kind, DateOnly Received, ReportStage Stage, ClockKind? Due, DateOnly? DueOn, bool Escalated, bool SourceWrote);

    internal sealed record Queue(bool Locked, IReadOnlyList<Listed> Reports);

    internal sealed record Writing(Guid Key, string Message);

    internal sealed record Telling(Guid Key, string Message, bool Feedback = false, DateOnly? Until = null);

    internal sealed record Triaging(Guid Key, TriageVerdict Verdict, ReportUrgency Urgency, RetaliationRisk Risk, string Words, bool Retaliated = false, string? Protection = null);

    internal sealed record Keyed(Guid Key, string? Words = null);

    internal sealed record SteppingAside(Guid Key, string? Words = null, bool Final = false);

    internal sealed record FindingBody(Guid Key, Finding Finding, string Words);

    internal sealed record Closing(Guid Key, CloseReason Reason, string Words, string? Message = null);

    internal sealed record Answering(Guid Key, bool Agrees, string? Words = null);

    internal sealed record Protecting(Guid Key, Guid? Person, bool Protect = true);

    public static void Map(RouteGroupBuilder routes)
    {
        var api = routes.AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapGet("", ListAsync).WithName("listReports").WithSummary("The open reports that your unlocked key opens, what is due first.").Produces<Queue>().Refuses(401, 403);
        api.MapPost("/{id:guid}/acknowledgement", (Guid id, HttpContext http, ReportReader reader, AcknowledgeReport slice) => RunAsync<Writing>(http, id, reader, body => body.Key, "acknowledge",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new(id, act, body.Message), cancel))).Describe<Writing>("acknowledgeReport", "Tell the source that you have read the report.");
        api.MapPost("/{id:guid}/triage", (Guid id, HttpContext http, ReportReader reader, TriageReport slice) => RunAsync<Triaging>(http, id, reader, body => body.Key, "triage",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new(id, act, body.Verdict, body.Urgency, body.Risk, body.Retaliated, body.Words, body.Protection), cancel)))
            .Describe<Triaging>("triageReport", "Say what the report is, how urgent, and how likely retaliation is.");
        api.MapPost("/{id:guid}/handler", (Guid id, HttpContext http, ReportReader reader, TakeReport slice) => RunAsync<Keyed>(http, id, reader, body => body.Key, "take",
            (person, opened, act, _, cancel) => slice.HandleAsync(person, opened, new(id, act), cancel))).Describe<Keyed>("takeReport", "Take the report in hand.");
        api.MapPost("/{id:guid}/messages", (Guid id, HttpContext http, ReportReader reader, TellSource slice) => RunAsync<Telling>(http, id, reader, body => body.Key, "message",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new(id, act, body.Message, body.Until, body.Feedback), cancel))).Describe<Telling>("tellSource", "Write to the source; as feedback where it says what was found or is done.");
        api.MapPost("/{id:guid}/notes", (Guid id, HttpContext http, ReportReader reader, WriteNote slice) => RunAsync<Keyed>(http, id, reader, body => body.Key, "note",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new(id, act, body.Words), cancel))).Describe<Keyed>("noteOnReport", "Write a note for the others who can open the report.");
        api.MapPost("/{id:guid}/finding", (Guid id, HttpContext http, ReportReader reader, RecordFinding slice) => RunAsync<FindingBody>(http, id, reader, body => body.Key, "find",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new(id, act, body.Finding, body.Words), cancel))).Describe<FindingBody>("recordReportFinding", "Record what was found.");
        api.MapPost("/{id:guid}/closing", (Guid id, HttpContext http, ReportReader reader, CloseReport slice) => RunAsync<Closing>(http, id, reader, body => body.Key, "close",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new CloseReport.Command(id, act, body.Reason, body.Words, body.Message), cancel)))
            .Describe<Closing>("closeReport", "Ask to close the report; it waits for a second person.");
        api.MapPost("/{id:guid}/closing/answer", (Guid id, HttpContext http, ReportReader reader, CloseReport slice) => RunAsync<Answering>(http, id, reader, body => body.Key, "answer",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new CloseReport.Answer(id, act, body.Agrees, body.Words), cancel))).Describe<Answering>("answerReportClosing", "Say whether a report may be closed.");
        api.MapPost("/{id:guid}/closing/review", (Guid id, HttpContext http, ReportReader reader, ReviewClosing slice) => RunAsync<Answering>(http, id, reader, body => body.Key, "review",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new(id, act, body.Agrees, body.Words), cancel))).Describe<Answering>("reviewReportClosing", "Say whether a closing that was drawn stands.");
        api.MapPost("/{id:guid}/reopening", (Guid id, HttpContext http, ReportReader reader, ReopenReport slice) => RunAsync<Keyed>(http, id, reader, body => body.Key, "reopen",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new(id, act, body.Words), cancel))).Describe<Keyed>("reopenReport", "Open a closed report again: its source wrote, or you say what became known.");
        api.MapPost("/{id:guid}/protection", (Guid id, HttpContext http, ReportReader reader, ProtectPeople slice) => RunAsync<Protecting>(http, id, reader, body => body.Key, "protect",
            (person, opened, act, body, cancel) => slice.HandleAsync(person, opened, new(id, act, body.Person, body.Protect), cancel))).Describe<Protecting>("protectPerson", "Put somebody among those whom the report protects, or take them off.");
        api.MapPost("/{id:guid}/recusal", (Guid id, HttpContext http, ReportReader reader, StepAside slice) => RunAsync<SteppingAside>(http, id, reader, body => body.Key, "aside",
            (person, opened, act, body, cancel) => body.Final ? slice.HandleAsync(person, opened, new(id, act, body.Words), cancel) : Task.FromResult<Outcome?>(new Outcome.Refused(new Refusal(StepAside.FinalMissing), 0))))
            .Describe<SteppingAside>("stepAsideFromReport", "Have no more to do with the report, for good: say so with final.");
    }

    static async Task<IResult> ListAsync(HttpContext http, ReportQueue queue, ReportReader reader, KeySeen seen)
    {
        if (SignedInPerson.Of(http.User) is null) return Problem.SignIn();
        if (!ReportForms.Serves(http.User)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        http.Response.Headers.CacheControl = "no-store";
        var locked = !seen.Look(http.User, reader);
        var open = locked ? [] : (await queue.ReadAsync(http.User, http.RequestAborted)).Open;
        return Results.Json(new Queue(locked, [.. open.Select(f => new Listed(
            f.Report.Id, ReportForms.Reference(f.Report.Id), f.Opened.Deposits[0].Content.Kind, f.Opened.Received, f.Report.Stage, f.Clock.Next?.Kind, f.Clock.Next?.Due, f.Clock.IsEscalated, f.SourceWrote))]), ApiJson.Options);
    }

    static Task<IResult> RunAsync<TBody>(
        HttpContext http, Guid report, ReportReader reader, Func<TBody, Guid> key, string what, Func<Guid, OpenedReport?, Guid, TBody, CancellationToken, Task<Outcome?>> run) where TBody : class =>
        ApiCall.RunAsync<TBody>(http, HandlingText.Of, async (person, body, cancel) =>
            await run(person, await reader.OpenAsync(http.User, report, cancel), ReportForms.ActOf(person, report, what, key(body).ToString("D")), body, cancel));

    static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class => route.Command<TBody>(name, summary).Refuses(404);
}
