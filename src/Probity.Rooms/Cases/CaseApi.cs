using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Probity.Access.Contract;
using Probity.Shared.Web;

namespace Probity.Cases;

/// <summary>The way of an API call to a command on a case, and of the command's answer back.</summary>
internal static class CaseApi
{
    /// <summary>Reads the call, runs the command and answers.</summary>
    public static async Task<IResult> RunAsync<TBody>(
        HttpContext http, Func<Guid, TBody, long?, CancellationToken, Task<CaseAnswer>> handle, Func<TBody, long, IResult>? done = null)
        where TBody : class
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
        var (expected, unclear) = ApiRequest.ExpectedVersion(http.Request);
        if (unclear is not null) return unclear;
        var (body, problem) = await ApiRequest.ReadAsync<TBody>(http);
        if (body is null) return problem!;
        return await handle(person, body, expected, http.RequestAborted) is CaseAnswer.Ended { Outcome: var outcome }
            ? Answers.Of(http, outcome, CasesText.Of, done is null ? null : index => done(body, index))
            : Problem.NotFound();
    }

    /// <summary>Says in the OpenAPI document what a command takes and answers.</summary>
    public static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary)
        where TBody : class => route.Describe<TBody, Written>(name, summary, StatusCodes.Status200OK);

    /// <summary>Says the same of a command whose success has an answer of its own.</summary>
    public static RouteHandlerBuilder Describe<TBody, TAnswer>(this RouteHandlerBuilder route, string name, string summary, int status)
        where TBody : class => route
        .WithName(name).WithSummary(summary)
        .Accepts<TBody>("application/json")
        .Produces<TAnswer>(status)
        .Produces(StatusCodes.Status415UnsupportedMediaType)
        .Refuses(400, 401, 403, 404, 409, 413, 422);

    /// <summary>The problems that a call may answer.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) route.Produces<Problem>(status, Problem.MediaType);
        return route;
    }
}
