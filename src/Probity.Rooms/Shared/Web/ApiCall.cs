using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Probity.Shared.Record;

namespace Probity.Shared.Web;

/// <summary>Who calls, and what people are called. The register knows it, and what is shared names no room.</summary>
internal interface ICallers
{
    /// <summary>The person of a session, or null.</summary>
    Guid? Of(ClaimsPrincipal user);

    /// <summary>What people are called, as the register stands.</summary>
    ValueTask<Func<Guid, string>> NamesAsync(CancellationToken cancel);
}

/// <summary>The one way of an API call to a command, and of the command's end to an answer.</summary>
internal static class ApiCall
{
    /// <summary>Reads the body, runs the command and answers.</summary>
    /// <param name="http">The call.</param>
    /// <param name="textOf">The words for a refusal's code, in the caller's language.</param>
    /// <param name="run">The command, of this person and this body; null where there is nothing that they may know of.</param>
    /// <param name="done">The answer to success, given its last entry; <see cref="Written"/> unless given.</param>
    public static async Task<IResult> RunAsync<TBody>(
        HttpContext http, Func<string, string> textOf, Func<Guid, TBody, CancellationToken, Task<Outcome?>> run, Func<Guid, TBody, long, IResult>? done = null) where TBody : class
    {
        if (Callers(http).Of(http.User) is not { } person) return Problem.SignIn();
        var (body, problem) = await ApiRequest.ReadAsync<TBody>(http);
        return body is null ? problem!
            : await run(person, body, http.RequestAborted) is not { } outcome ? Problem.NotFound()
            : await AnswerAsync(http, outcome, textOf, done is null ? null : index => done(person, body, index));
    }

    /// <summary>The same of a matter whose version the caller may state (If-Match).</summary>
    public static async Task<IResult> RunAsync<TBody>(
        HttpContext http, Func<string, string> textOf, Func<Guid, TBody, long?, CancellationToken, Task<Outcome?>> run, Func<Guid, TBody, long, IResult>? done = null) where TBody : class
    {
        var (expected, unclear) = ApiRequest.ExpectedVersion(http.Request);
        return unclear ?? await RunAsync<TBody>(http, textOf, (person, body, cancel) => run(person, body, expected, cancel), done);
    }

    /// <summary>Runs a command that says all in its address.</summary>
    public static async Task<IResult> RunAsync(
        HttpContext http, Func<string, string> textOf, Func<Guid, CancellationToken, Task<Outcome?>> run, Func<Guid, long, IResult>? done = null) =>
        Callers(http).Of(http.User) is not { } person ? Problem.SignIn()
        : await run(person, http.RequestAborted) is not { } outcome ? Problem.NotFound()
        : await AnswerAsync(http, outcome, textOf, done is null ? null : index => done(person, index));

    /// <summary>The answer to how a command ended, for a call that reads or runs in its own way.</summary>
    public static async Task<IResult> AnswerAsync(HttpContext http, Outcome outcome, Func<string, string> textOf, Func<long, IResult>? done = null) =>
        Answers.Of(http, outcome, textOf, await Callers(http).NamesAsync(http.RequestAborted), done);

    static ICallers Callers(HttpContext http) => http.RequestServices.GetRequiredService<ICallers>();
}
