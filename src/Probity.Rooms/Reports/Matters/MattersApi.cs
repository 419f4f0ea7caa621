using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Matters;

/// <summary>The same for programs. The key of a call makes that one sent twice is done once.</summary>
internal static class MattersApi
{
    const int Most = 200;

    internal sealed record Alleged(AllegationKind Kind, string Words, Guid? Person = null, Guid? Unit = null, DateOnly? From = null, DateOnly? To = null)
    {
        public Accusation Accusation => new(Person, Unit, Kind, From, To, Words);
    }

    internal sealed record Opening(Guid Key, Alleged Allegation, IReadOnlyList<Guid> People, Guid? Investigator = null, string? Body = null);

    internal sealed record FromReport(Guid Key, Alleged Allegation, IReadOnlyList<Guid> People, Guid? Investigator = null, string? Body = null, bool ProtectedKnown = false, string? NotRetaliation = null);

    internal sealed record Alleging(Guid Key, Alleged Allegation);

    internal sealed record Finding(Guid Allegation, AllegationFinding Outcome, string Reason);

    internal sealed record Stating(Guid Key, IReadOnlyList<Finding> Findings);

    internal sealed record Answering(Guid Key, bool Agrees, string? Reason = null);

    internal sealed record Giving(Guid Key, string Reason, Guid? Investigator = null, string? Body = null);

    internal sealed record Proof(string Text);

    internal sealed record Origin(bool Holds, Guid? Report);

    internal sealed record Listed(Guid Id, DateOnly Opened, MatterStage Stage, DateOnly? Concluded);

    internal sealed record List(IReadOnlyList<Listed> Matters);

    public static void Map(RouteGroupBuilder routes, RouteGroupBuilder reports)
    {
        var api = routes.AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapGet("", ListAsync).WithName("listMatters").WithSummary("The internal inquiries that the caller has to do with.").Produces<List>().Refuses(401, 403);
        api.MapPost("", (HttpContext http, OpenMatter slice) => ApiCall.RunAsync<Opening>(http, MattersText.Of,
                async (person, body, cancel) => await slice.HandleAsync(person, new(OpenMatter.IdOf(person, body.Key), OpenMatter.FirstOf(person, body.Key), body.Investigator, body.Body, body.People, body.Allegation.Accusation), cancel),
                (person, body, index) => Answers.Made(OpenMatter.IdOf(person, body.Key), index)))
            .Command("openMatter", "Open an internal inquiry.").Accepts<Opening>("application/json").Produces<WrittenAs>(StatusCodes.Status201Created);
        api.MapPost("/{id:guid}/allegations", (Guid id, HttpContext http, AddAllegation slice) => ApiCall.RunAsync<Alleging>(http, MattersText.Of,
            (person, body, cancel) => slice.HandleAsync(person, new(id, body.Key, body.Allegation.Accusation), cancel))).Describe<Alleging>("addAllegation", "Add an allegation.");
        api.MapPost("/{id:guid}/findings", (Guid id, HttpContext http, StateFindings slice) => ApiCall.RunAsync<Stating>(http, MattersText.Of,
            (person, body, cancel) => slice.HandleAsync(person, new StateFindings.Command(id, body.Key, [.. body.Findings.Select(f => new StateFindings.Said(f.Allegation, f.Outcome, f.Reason))]), cancel)))
            .Describe<Stating>("stateFindings", "Say what was found of each allegation.");
        api.MapPost("/{id:guid}/findings/answer", (Guid id, HttpContext http, StateFindings slice) => ApiCall.RunAsync<Answering>(http, MattersText.Of,
            (person, body, cancel) => slice.HandleAsync(person, new StateFindings.Answer(id, body.Key, body.Agrees, body.Reason), cancel))).Describe<Answering>("answerFindings", "Confirm what was found, or return it.");
        api.MapPost("/{id:guid}/investigator", (Guid id, HttpContext http, GiveMatter slice) => ApiCall.RunAsync<Giving>(http, MattersText.Of,
            (person, body, cancel) => slice.HandleAsync(person, new(id, body.Key, body.Investigator, body.Body, body.Reason), cancel))).Describe<Giving>("giveMatter", "Give the inquiry to another investigator or body.");
        api.MapPost("/{id:guid}/origin", (Guid id, HttpContext http, MatterDesk desk) => OriginAsync(http, id, desk))
            .Command<Proof>("checkOrigin", "Whether a proof shows from which report an inquiry came. Nothing of it is filed but that the inquiry was opened.").Produces<Origin>().Refuses(404);
        reports.AddEndpointFilter<ApiGuard>().DisableAntiforgery().MapPost("/{id:guid}/matters", (Guid id, HttpContext http, ReportReader reader, OpenMatter slice) => ApiCall.RunAsync<FromReport>(http, MattersText.Of,
                async (person, body, cancel) => await slice.FromReportAsync(
                    person, id, await reader.OpenAsync(http.User, id, cancel), new(Guid.Empty, OpenMatter.FirstOf(person, body.Key), body.Investigator, body.Body, body.People, body.Allegation.Accusation, body.ProtectedKnown, body.NotRetaliation), cancel)))
            .Describe<FromReport>("openMatterOfReport", "Open an internal inquiry from a report.");
    }

    static async Task<IResult> ListAsync(HttpContext http, MatterList matters)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
        if (!MatterForms.Serves(http.User)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        await http.CaughtUpAsync(MatterView.ViewName, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        var rows = await (await matters.OfAsync(person, http.RequestAborted)).OrderByDescending(m => m.Opened).ThenBy(m => m.Matter).Take(Most).ToListAsync(http.RequestAborted);
        return Results.Json(new List([.. rows.Select(m => new Listed(m.Matter, m.Opened, m.Stage, m.Concluded))]), ApiJson.Options);
    }

    static async Task<IResult> OriginAsync(HttpContext http, Guid id, MatterDesk desk)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
        var (body, problem) = await ApiRequest.ReadAsync<Proof>(http);
        if (body is null) return problem!;
        if (await desk.OpenAsync(person, id, http.RequestAborted) is not { } facts) return Problem.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        var report = MatterLink.ReportOf(facts.Matter, body.Text);
        return Results.Json(new Origin(report is not null, report), ApiJson.Options);
    }

    static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class => route.Command<TBody>(name, summary).Refuses(404);
}
