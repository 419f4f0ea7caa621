using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
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

    static async Task<IResult> RunAsync<TBody>(HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome>> run) where TBody : class
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
        var (body, problem) = await ApiRequest.ReadAsync<TBody>(http);
        if (body is null) return problem!;
        var outcome = await run(person, body, http.RequestAborted);
        var register = await http.RequestServices.GetRequiredService<IRegister>().ReadAsync(http.RequestAborted);
        return Answers.Of(http, outcome, RotatingText.Of, register.NameOf);
    }
}
