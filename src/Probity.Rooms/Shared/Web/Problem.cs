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
internal sealed record Problem(string Title, int Status, string? Code = null, Reroute? Reroute = null)
{
    public const string MediaType = "application/problem+json";

    public IResult ToResult() => Results.Json(this, ApiJson.Options, MediaType, Status);

    /// <summary>Nobody is signed in, or nobody whom the register knows.</summary>
    public static IResult SignIn() => new Problem("Sign in first.", StatusCodes.Status401Unauthorized).ToResult();

    /// <summary>There is nothing here, as far as this person may know.</summary>
    public static IResult NotFound() => new Problem("Not found.", StatusCodes.Status404NotFound).ToResult();
}
