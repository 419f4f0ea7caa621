using Microsoft.AspNetCore.Http;
using Probity.Shared.Record;

namespace Probity.Shared.Web;

/// <summary>
/// An RFC 9457 problem. It carries nothing of the request, so that two answers that should look alike are alike to the byte.
/// </summary>
/// <param name="Title">One clear line.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The stable code of a refusal, or null.</param>
/// <param name="Reroute">Where to turn instead, or null.</param>
/// <param name="Until">From when on it would not be refused, or null.</param>
internal sealed record Problem(string Title, int Status, string? Code = null, RerouteAnswer? Reroute = null, DateTimeOffset? Until = null)
{
    public const string MediaType = "application/problem+json";

    public IResult ToResult() => Results.Json(this, ApiJson.Options, MediaType, Status);

    /// <summary>Nobody is signed in, or nobody whom the register knows.</summary>
    public static IResult SignIn() => Of(StatusCodes.Status401Unauthorized).ToResult();

    /// <summary>There is nothing here, as far as this person may know.</summary>
    public static IResult NotFound() => Of(StatusCodes.Status404NotFound).ToResult();

    /// <summary>The call is not what it has to be.</summary>
    public static IResult Malformed(string line) => new Problem(line, StatusCodes.Status400BadRequest).ToResult();

    /// <summary>The record's store refused: its disk is full, say.</summary>
    public static Problem Store { get; } = new(
        "The record cannot be read or written just now, and this call was not confirmed. Try again in a few minutes; the server's log says what is wrong.",
        StatusCodes.Status503ServiceUnavailable);

    /// <summary>The problem of a status alone.</summary>
    public static Problem Of(int status) => new(status switch
    {
        StatusCodes.Status400BadRequest => "The call is not what it has to be.",
        StatusCodes.Status401Unauthorized => "Sign in first.",
        StatusCodes.Status403Forbidden => "You may not do this.",
        StatusCodes.Status404NotFound => "Not found.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take this method; Allow names those that it takes.",
        StatusCodes.Status413PayloadTooLarge => "The body is too long.",
        StatusCodes.Status415UnsupportedMediaType => "The body has to be application/json.",
        StatusCodes.Status429TooManyRequests => "Too many calls; try again in a minute.",
        StatusCodes.Status503ServiceUnavailable => "The record takes no entries at the moment; whoever runs the server finds the reason in its log.",
        >= 500 => "Probity could not do this. The fault is recorded.",
        _ => "This did not work.",
    }, status);
}

/// <summary>Where to turn after a refusal: the role that may, who of it is free, and in the same order what they are called.</summary>
internal sealed record RerouteAnswer(string Role, IReadOnlyList<Guid> People, IReadOnlyList<string> Names)
{
    public static RerouteAnswer? Of(Reroute? reroute, Func<Guid, string> nameOf) =>
        reroute is null ? null : new RerouteAnswer(reroute.Role, reroute.People, [.. reroute.People.Select(nameOf)]);
}
