using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Web;

namespace Probity.Reports.Exchanging;

/// <summary>The exchange for programs: how it stands, and what an overseer and a second person do about it. Sent twice, a call is refused the second time.</summary>
internal static class ExchangeApi
{
    internal sealed record Asked(string What, Guid By, DateTimeOffset At, string Reason, string? Record, string? Key);

    internal sealed record Range(string From, string To);

    internal sealed record Replaced(string? Key, string? Checkpoint, long Held, DateTimeOffset Until);

    internal sealed record Standing(
        string? Key, string? Checkpoint, DateTimeOffset? ComparedAt, long? Held, string? Stopped, string? Record, IReadOnlyList<Range> Returned, int PlantedRemovals, Asked? Asked, IReadOnlyList<Replaced> Earlier);

    internal sealed record Reasoned(string Reason);

    internal sealed record Answering(bool Agrees, string? Reason = null);

    public static void Map(RouteGroupBuilder routes)
    {
        var api = routes.AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapGet("", ShowAsync).WithName("showReportExchange").WithSummary("How the exchange with the reporter's side stands, by the record.").Produces<Standing>().Refuses(401, 403);
        api.MapPost("/resumption", (HttpContext http, ChangeExchange change) => RunAsync<Reasoned>(http, (person, body, cancel) => change.HandleAsync(person, new ChangeExchange.Resume(body.Reason), cancel)))
            .Command<Reasoned>("resumeReportExchange", "Let the exchange go on that was stopped.");
        api.MapPost("/look-into", (HttpContext http, ChangeExchange change) => RunAsync<Reasoned>(http, (person, body, cancel) => change.HandleAsync(person, new ChangeExchange.LookInto(body.Reason), cancel)))
            .Command<Reasoned>("lookIntoReturnedRecords", "Say how it came that sealed records had been missing.");
        api.MapPost("/passing", (HttpContext http, ChangeExchange change) => RunAsync<Reasoned>(http, (person, body, cancel) => change.HandleAsync(person, new ChangeExchange.AskPassing(body.Reason), cancel)))
            .Command<Reasoned>("askRecordPassing", "Ask that the record be passed over for which the exchange was stopped; a second person agrees.");
        api.MapPost("/replacement", (HttpContext http, ChangeExchange change) => RunAsync<Reasoned>(http, (person, body, cancel) => change.HandleAsync(person, new ChangeExchange.AskReplacing(body.Reason), cancel)))
            .Command<Reasoned>("askIntakeReplacing", "Ask that the record be taken up that the file of the connection names now; a second person agrees.");
        api.MapPost("/answer", (HttpContext http, ChangeExchange change) => RunAsync<Answering>(http, (person, body, cancel) => change.HandleAsync(person, new ChangeExchange.Answer(body.Agrees, body.Reason), cancel)))
            .Command<Answering>("answerReportExchange", "Agree to what was asked for, or say why not.");
    }

    static async Task<IResult> ShowAsync(HttpContext http, ChangeExchange change)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
        var facts = await change.FactsAsync(person, http.RequestAborted);
        if (ExchangeAccess.Refuses(ExchangeAction.See, facts.Actor) is not null) return Results.StatusCode(StatusCodes.Status403Forbidden);
        http.Response.Headers.CacheControl = "no-store";
        var state = facts.State;
        return Results.Json(new Standing(
            state.Key, state.Checkpoint, state.Compared?.At, state.Compared?.Held, state.Stopped?.Code, state.Stopped?.Record is { } place ? NameOf(place) : null,
            [.. (state.Returned?.Records ?? []).Select(r => new Range(NameOf(r.From), NameOf(r.To)))], state.Returned?.Removals ?? 0,
            state.Asked is { } asked ? new Asked(asked.Key is null ? "passing" : "replacement", asked.By, asked.At, asked.Reason, asked.Record is { } record ? NameOf(record) : null, asked.Key) : null,
            [.. state.Earlier.Select(e => new Replaced(e.Key, e.Note, e.Held, e.Until))]), ApiJson.Options);
    }

    // Which record, counted from 1, and the number on it.
    static string NameOf(long place) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{RecordPlace.RecordOf(place) + 1}/{RecordPlace.NumberOf(place)}");

    static Task<IResult> RunAsync<TBody>(HttpContext http, Func<Guid, TBody, CancellationToken, Task<Probity.Shared.Record.Outcome>> run) where TBody : class =>
        ApiCall.RunAsync<TBody>(http, ReportsText.Of, async (person, body, cancel) => await run(person, body, cancel));
}
