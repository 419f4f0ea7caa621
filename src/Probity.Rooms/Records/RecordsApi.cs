using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Records;

/// <summary>The way of an API call to a command about erasing or keeping, and of the command's answer back.</summary>
internal static class RecordsApi
{
    /// <summary>What a kind of subject is called in an address.</summary>
    public static string PathOf(SubjectKind kind) => kind == SubjectKind.Matter ? "cases" : "people";

    /// <summary>The kind that an address names, or null.</summary>
    public static SubjectKind? KindOf(string? path) => path switch { "cases" => SubjectKind.Matter, "people" => SubjectKind.Person, _ => null };

    /// <summary>Reads the call, runs the command and answers.</summary>
    public static async Task<IResult> RunAsync<TBody>(
        HttpContext http, string kind, Func<Guid, SubjectKind, TBody, CancellationToken, Task<Outcome?>> run) where TBody : class =>
        KindOf(kind) is not { } of ? Problem.NotFound()
        : await ApiCall.RunAsync<TBody>(http, RecordsText.Of, (person, body, cancel) => run(person, of, body, cancel));

    /// <summary>Says in the OpenAPI document what a command takes and answers.</summary>
    public static RouteHandlerBuilder Describe<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class =>
        route.Command<TBody>(name, summary).Refuses(404);
}
