using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Barring;

/// <summary>The barred list and its commands for programs. As on the pages, whoever does not see the list gets none of it, and nobody their own entry.</summary>
internal static class BarApi
{
    const int Most = 1_000;

    /// <summary>The newest entries, and who may be who is on the list.</summary>
    internal sealed record ListFile(int Total, IReadOnlyList<EntryFile> Entries, IReadOnlyList<MatchFile> Matches);

    /// <summary>An entry. Without a time since when it counts it waits for a second person.</summary>
    internal sealed record EntryFile(Guid Id, Guid Person, string Name, BarReason Reason, bool Advice, DateOnly Notified, Guid AskedBy, DateTimeOffset AskedAt, DateTimeOffset? Since, DateTimeOffset? ReviewFrom, ReviewFile? Review);

    /// <summary>That somebody asks that an entry be kept or taken off.</summary>
    internal sealed record ReviewFile(bool Keep, string Reason, Guid By, DateTimeOffset At);

    /// <summary>Somebody who may be who is on the list; whoever said alone that they are not.</summary>
    internal sealed record MatchFile(Guid Bar, Guid Person, string Name, bool? Same, Guid? SaidAnother);

    internal sealed record EntryBody(Guid Person, BarReason Reason, DateOnly Notified);

    internal sealed record AnswerBody(bool Agree, string? Reason = null);

    internal sealed record ReviewBody(bool Keep, string Reason);

    internal sealed record MatchBody(bool Same);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/vetting/barred").WithTags("Vetting").AddEndpointFilter<ApiGuard>()
            .AddEndpointFilter(async (call, next) => BarAccess.Sees(call.HttpContext.User) ? await next(call) : Problem.Of(StatusCodes.Status403Forbidden).ToResult()).DisableAntiforgery();
        api.MapGet("", async (HttpContext http, BarDesk desk, PeopleNames names, IRegister registers, TimeProvider time) =>
            {
                if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
                var (list, register) = (await desk.ReadAsync(http.RequestAborted), await registers.ReadAsync(http.RequestAborted));
                var shown = list.ShownTo(person, register).ToList();
                return Told(http, new ListFile(shown.Count, [.. shown.Take(Most).Select(b => Of(b, register))], [.. AnswerMatch.ShownTo(person, list, register, names, time.GetUtcNow()).Take(ShowBarred.MostMatches)
                    .Select(m => new MatchFile(m.Entry.Id, m.Person, register.NameOf(m.Person), m.Same, list.SaidAnother(m.Entry.Id, m.Person)))]));
            })
            .WithName("viewBarredList").WithSummary("The barred list, the newest entries first and a thousand at most, and who in the register may be on it.").Produces<ListFile>().Refuses(401, 403);
        api.MapGet("/{id:guid}", async (Guid id, HttpContext http, BarDesk desk, IRegister registers) =>
            {
                if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
                var register = await registers.ReadAsync(http.RequestAborted);
                return (await desk.ReadAsync(http.RequestAborted)).ShownTo(person, register).FirstOrDefault(b => b.Id == id) is { } entry ? Told(http, Of(entry, register)) : Problem.NotFound();
            })
            .WithName("viewBarEntry").WithSummary("One entry.").Produces<EntryFile>().Refuses(401, 403, 404);
        api.MapPost("", (HttpContext http, EnterBar slice) =>
            {
                var id = Guid.CreateVersion7();
                return ApiCall.RunAsync<EntryBody>(
                    http, BarringText.Of, async (by, b, cancel) => await slice.HandleAsync(by, new EnterBar.Proposal(id, b.Person, b.Reason, b.Notified), cancel),
                    (_, _, index) => Answers.Made(id, index));
            })
            .Command("enterBar", "Ask that somebody be put on the list; there is one entry for a person.").Accepts<EntryBody>("application/json").Produces<WrittenAs>(StatusCodes.Status201Created);
        api.MapPost("/{id:guid}/agreement", (Guid id, HttpContext http, EnterBar slice) => RunAsync<AnswerBody>(http, id, (by, b, cancel) => slice.HandleAsync(by, new EnterBar.Answer(id, b.Agree, b.Reason), cancel)))
            .Command<AnswerBody>("answerBar", "Agree as a second person to an entry, or say why not.").Refuses(404);
        api.MapPost("/{id:guid}/review", (Guid id, HttpContext http, ReviewBar slice) => RunAsync<ReviewBody>(http, id, (by, b, cancel) => slice.HandleAsync(by, new ReviewBar.Asking(id, b.Keep, b.Reason), cancel)))
            .Command<ReviewBody>("askBarReview", "Ask that an entry be kept, when its time has come, or taken off.").Refuses(404);
        api.MapPost("/{id:guid}/review/agreement", (Guid id, HttpContext http, ReviewBar slice) => RunAsync<AnswerBody>(http, id, (by, b, cancel) => slice.HandleAsync(by, new ReviewBar.Answer(id, b.Agree, b.Reason), cancel)))
            .Command<AnswerBody>("answerBarReview", "Agree as a second person to that, or say why not.").Refuses(404);
        api.MapPost("/{id:guid}/matches/{person:guid}", (Guid id, Guid person, HttpContext http, AnswerMatch slice) => RunAsync<MatchBody>(http, id, (by, b, cancel) => slice.HandleAsync(by, new(id, person, b.Same), cancel)))
            .Command<MatchBody>("answerBarMatch", "Say whether somebody of the same name is who is on the list; that they are not takes two.").Refuses(404);
    }

    // It is filed, whatever it comes to; nobody learns by it of an entry that they do not read.
    static Task<IResult> RunAsync<TBody>(HttpContext http, Guid id, Func<Guid, TBody, CancellationToken, Task<Outcome>> run) where TBody : class =>
        ApiCall.RunAsync<TBody>(http, BarringText.Of, async (by, body, cancel) =>
        {
            var services = http.RequestServices;
            var (list, register) = (await services.GetRequiredService<BarDesk>().ReadAsync(cancel), await services.GetRequiredService<IRegister>().ReadAsync(cancel));
            var outcome = await run(by, body, cancel);
            return list.ShownTo(by, register).Any(b => b.Id == id) ? outcome : null;
        });

    static EntryFile Of(BarEntry entry, Register register) => new(
        entry.Id, entry.Person, register.NameOf(entry.Person), entry.Reason, entry.IsAdvice, entry.Notified, entry.By, entry.At, entry.Since, entry.ReviewFrom,
        entry.Asked is { } asked ? new ReviewFile(asked.Keep, asked.Reason, asked.By, asked.At) : null);

    static IResult Told(HttpContext http, object file)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(file, ApiJson.Options);
    }
}
