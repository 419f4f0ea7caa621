using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Protection.Approaches;
using Probity.Protection.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Protection;

/// <summary>The room's part of the API: recording, and the answers to what was recorded. Rosters and plans are for people at a page.</summary>
internal static class ProtectionApi
{
    /// <summary>What a program records; all but what and when may be left out. The key makes that one sent twice is recorded once.</summary>
    internal sealed record Recording(
        Guid Key, ApproachKind Kind, DateTimeOffset Happened, bool ViolenceThreatened = false, ApproachPlace? Place = null, string? Spot = null, ApproachWay? Way = null, ApproachWish? Wish = null,
        decimal? Amount = null, string? Currency = null, ApproachAnswer? Answer = null, string? Who = null, string? Told = null, IReadOnlyList<Guid>? People = null, IReadOnlyList<Guid>? Units = null);

    internal sealed record Nothing;

    internal sealed record Handling(ApproachOutcome Outcome, string Reason);

    internal sealed record NotingAnswer(bool Agrees, string? Reason = null);

    internal sealed record Acting(string Words);

    public static void Map(RouteGroupBuilder routes)
    {
        var api = routes.AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapPost("", (HttpContext http, RecordApproach slice) => RunAsync<Recording>(
                http, async (person, body, cancel) => await slice.HandleAsync(person, CommandOf(person, body), cancel),
                (person, body, index) => Answers.Made(RecordApproach.IdOf(person, body.Key), index)))
            .Command("recordApproach", "Record an offer, a threat or violence. Violence alerts somebody on duty at once.").Accepts<Recording>("application/json").Produces<WrittenAs>(StatusCodes.Status201Created);
        api.MapPost("/{id:guid}/acknowledgement", (Guid id, HttpContext http, AnswerAlert slice) => RunAsync<Nothing>(http, (person, _, cancel) => slice.HandleAsync(person, new(id), cancel)))
            .Describe<Nothing>("acknowledgeAlert", "Say that you have an alert in hand.");
        api.MapPost("/{id:guid}/reading", (Guid id, HttpContext http, HandleApproach slice) => RunAsync<Nothing>(http, (person, _, cancel) => slice.HandleAsync(person, new HandleApproach.Reading(id), cancel)))
            .Describe<Nothing>("readApproach", "Say that integrity has read it.");
        api.MapPost("/{id:guid}/outcome", (Guid id, HttpContext http, HandleApproach slice) => RunAsync<Handling>(
                http, (person, body, cancel) => slice.HandleAsync(person, new HandleApproach.Command(id, body.Outcome, body.Reason), cancel)))
            .Describe<Handling>("handleApproach", "Say what was done about it, and why. That violence is noted waits for an overseer.");
        api.MapPost("/{id:guid}/noting", (Guid id, HttpContext http, HandleApproach slice) => RunAsync<NotingAnswer>(
                http, (person, body, cancel) => slice.HandleAsync(person, new HandleApproach.Answer(id, body.Agrees, body.Reason), cancel)))
            .Describe<NotingAnswer>("answerNoting", "Say whether violence may be noted with nothing more done.");
        api.MapPost("/{id:guid}/acting", (Guid id, HttpContext http, AnswerAlert slice) => RunAsync<Acting>(
                http, (person, body, cancel) => slice.ActAsync(person, new AnswerAlert.Acting(id, body.Words), cancel)))
            .Describe<Acting>("actOnAlert", "Write what you did about an alert that you have in hand.");
    }

    static RecordApproach.Command CommandOf(Guid person, Recording body) => new(RecordApproach.IdOf(person, body.Key), body.Kind, body.Happened)
    {
        ViolenceThreatened = body.ViolenceThreatened, Place = body.Place, Spot = body.Spot, Way = body.Way, Wish = body.Wish, Amount = body.Amount, Currency = body.Currency, Answer = body.Answer,
        Who = body.Who, Told = body.Told, People = body.People ?? [], Units = body.Units ?? [],
    };

    static Task<IResult> RunAsync<TBody>(
        HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome?>> run, Func<Guid, TBody, long, IResult>? done = null) where TBody : class =>
        ApiCall.RunAsync(http, ProtectionText.Of, run, done);

    static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class =>
        route.Command<TBody>(name, summary).Refuses(404);
}
