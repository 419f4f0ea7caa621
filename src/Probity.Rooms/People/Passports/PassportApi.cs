using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.People.Passports;

/// <summary>What a program may do with passports: ask for the caller's own, and check a counterpart's. Issuing needs somebody who looks at a document.</summary>
internal static class PassportApi
{
    internal sealed record TokenBody(string Token);

    /// <summary>What a check came to; level and times only where a trusted key signed them.</summary>
    internal sealed record CheckAnswer(string Verdict, string Code, string Text, string? Issuer, string? Level, DateTimeOffset? From, DateTimeOffset? Until);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/vetting/passports").WithTags("Vetting").AddEndpointFilter<ApiGuard>().DisableAntiforgery();
        api.MapPost("", async (HttpContext http, AskPassport slice) =>
            SignedInPerson.Of(http.User) is { } person ? await AnswerAsync(http, await slice.HandleAsync(person, http.RequestAborted)) : Problem.SignIn())
            .Command("askForPassport", "Ask vetting for a passport of the caller's own clearance.").Produces<Written>();
        api.MapPost("/check", async (HttpContext http, CheckPassport slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
            var (body, problem) = await ApiRequest.ReadAsync<TokenBody>(http);
            if (body is null) return problem!;
            var (result, outcome) = await slice.HandleAsync(person, body.Token, http.RequestAborted);
            return result is null ? await AnswerAsync(http, outcome) : Results.Json(Of(result), ApiJson.Options);
        }).Command("checkPassport", "Check a counterpart's passport against the issuers that are trusted here. That it was checked is recorded.").Accepts<TokenBody>("application/json").Produces<CheckAnswer>();
    }

    static CheckAnswer Of(PassportResult result) => new(
        PeopleText.Camel(result.Verdict), result.Code, PassportText.Of("result." + result.Code), result.Token?.Issuer, result.Token is { } token ? PeopleText.Camel(token.Level) : null, result.Token?.From, result.Token?.Until);

    static Task<IResult> AnswerAsync(HttpContext http, Outcome outcome) => ApiCall.AnswerAsync(http, outcome, PassportText.Of);
}
