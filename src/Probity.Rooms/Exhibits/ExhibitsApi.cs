using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exhibits;

/// <summary>The way of an API call to a command on an exhibit, and of the command's answer back.</summary>
internal static class ExhibitsApi
{
    /// <summary>Reads the call, runs the command and answers.</summary>
    public static Task<IResult> RunAsync<TBody>(
        HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome?>> run, Func<TBody, long, IResult>? done = null) where TBody : class =>
        ApiCall.RunAsync(http, ExhibitsText.Of, run, done is null ? null : (_, body, index) => done(body, index));

    /// <summary>Says in the OpenAPI document what a command takes and answers.</summary>
    public static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class =>
        route.Describe<TBody, Written>(name, summary, StatusCodes.Status200OK);

    /// <summary>Says the same of a command whose success has an answer of its own.</summary>
    public static RouteHandlerBuilder Describe<TBody, TAnswer>(this RouteHandlerBuilder route, string name, string summary, int status)
        where TBody : class => route.Command(name, summary).Accepts<TBody>("application/json").Produces<TAnswer>(status).Refuses(404);
}
