using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exhibits;

/// <summary>The way of an API call to a command on an exhibit, and of the command's answer back.</summary>
internal static class ExhibitsApi
{
    /// <summary>Reads the call, runs the command and answers.</summary>
    public static async Task<IResult> RunAsync<TBody>(
        HttpContext http, Func<Guid, TBody, CancellationToken, Task<Outcome?>> run, Func<TBody, long, IResult>? done = null) where TBody : class
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
        var (body, problem) = await ApiRequest.ReadAsync<TBody>(http);
        if (body is null) return problem!;
        if (await run(person, body, http.RequestAborted) is not { } outcome) return Problem.NotFound();
        var register = await http.RequestServices.GetRequiredService<IRegister>().ReadAsync(http.RequestAborted);
        return Answers.Of(http, outcome, ExhibitsText.Of, register.NameOf, done is null ? null : index => done(body, index));
    }

    /// <summary>Says in the OpenAPI document what a command takes and answers.</summary>
    public static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class =>
        route.Describe<TBody, Written>(name, summary, StatusCodes.Status200OK);

    /// <summary>Says the same of a command whose success has an answer of its own.</summary>
    public static RouteHandlerBuilder Describe<TBody, TAnswer>(this RouteHandlerBuilder route, string name, string summary, int status)
        where TBody : class => route.Command(name, summary).Accepts<TBody>("application/json").Produces<TAnswer>(status).Refuses(404);
}
