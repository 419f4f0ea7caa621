using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Rotating;

/// <summary>The same commands for programs.</summary>
internal static class TenureApi
{
    internal sealed record ExtensionBody(Guid Extension, Guid Person, Guid Post, int? Months, string? Reason);

    internal sealed record AnswerBody(Guid Person, bool? Agree, string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/tenure").WithTags("Tenure").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapPost("/extensions", (HttpContext http, ExtendTenure slice) => RunAsync<ExtensionBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new ExtendTenure.Proposal(b.Extension, b.Person, b.Post, b.Months, b.Reason), cancel)))
            .Command("askTenureExtension", "Ask that somebody stay longer in a sensitive post.").Accepts<ExtensionBody>("application/json").Produces<Written>();
        api.MapPost("/extensions/{extension:guid}/answer", (Guid extension, HttpContext http, ExtendTenure slice) => RunAsync<AnswerBody>(http, (by, b, cancel) =>
            slice.HandleAsync(by, new ExtendTenure.Answer(b.Person, extension, b.Agree, b.Reason), cancel)))
            .Command("answerTenureExtension", "Agree, from outside the unit, that somebody stay longer in a sensitive post, or not.").Accepts<AnswerBody>("application/json").Produces<Written>();
    }

    static Task<IResult> RunAsync<TBody>(HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome>> run) where TBody : class =>
        ApiCall.RunAsync<TBody>(http, RotatingText.Of, async (by, body, cancel) => await run(by, body, cancel));
}
