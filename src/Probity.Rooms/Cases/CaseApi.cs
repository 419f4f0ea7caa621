using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Probity.Shared.Web;

namespace Probity.Cases;

/// <summary>The way of an API call to a command on a case, and of the command's answer back.</summary>
internal static class CaseApi
{
    /// <summary>Reads the call, runs the command and answers.</summary>
    public static Task<IResult> RunAsync<TBody>(
        HttpContext http, Func<Guid, TBody, long?, CancellationToken, Task<CaseAnswer>> handle, Func<TBody, long, IResult>? done = null)
        where TBody : class => ApiCall.RunAsync<TBody>(
            http, CasesText.Of, async (person, body, expected, cancel) => (await handle(person, body, expected, cancel) as CaseAnswer.Ended)?.Outcome,
            done is null ? null : (_, body, index) => done(body, index));

    /// <summary>Says in the OpenAPI document what a command takes and answers.</summary>
    public static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary)
        where TBody : class => route.Describe<TBody, Written>(name, summary, StatusCodes.Status200OK).WithMetadata(ApiParameter.IfMatch);

    /// <summary>Says the same of a command whose success has an answer of its own.</summary>
    public static RouteHandlerBuilder Describe<TBody, TAnswer>(this RouteHandlerBuilder route, string name, string summary, int status)
        where TBody : class => route.Command(name, summary).Accepts<TBody>("application/json").Produces<TAnswer>(status).Refuses(404);
}
