using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Probity.Shared.Web;

/// <summary>Where a parameter stands in a call.</summary>
internal enum ParameterPlace { Query, Path, Header }

/// <summary>A parameter that a call reads by itself, for the OpenAPI document.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it is for.</param>
/// <param name="Values">What it may be, where only that.</param>
internal sealed record ApiParameter(ParameterPlace Place, string Name, string Text, IReadOnlyList<string>? Values = null)
{
    /// <summary>Whether it is an id or a number; text unless told.</summary>
    public string? Format { get; init; }

    /// <summary>The version that the caller saw.</summary>
    public static readonly ApiParameter IfMatch = new(
        ParameterPlace.Header, "If-Match", "The version that you saw, in quotes as the ETag gives it. Where the matter has moved on, the answer is 409.");
}

/// <summary>A header of the answer to success, for the OpenAPI document.</summary>
internal sealed record ApiHeader(string Name, string Text)
{
    public static readonly ApiHeader ETag = new("ETag", "The version of the matter, for If-Match.");

    public static readonly ApiHeader Index = new("Probity-Index", "The last entry of the command on the record.");
}

/// <summary>Says in the OpenAPI document what a call takes and answers.</summary>
internal static class ApiDescription
{
    /// <summary>A call that changes something.</summary>
    public static RouteHandlerBuilder Command(this RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name).WithSummary(summary).WithMetadata(ApiHeader.Index)
        .Refuses(400, 401, 403, 409, 413, 415, 422);

    /// <summary>The same of one that takes a body, and says where on the record it stands.</summary>
    public static RouteHandlerBuilder Command<TBody>(this RouteHandlerBuilder route, string name, string summary) where TBody : class =>
        route.Command(name, summary).Accepts<TBody>("application/json").Produces<Written>();

    /// <summary>The problems that a call may answer.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) route.Produces<Problem>(status, Problem.MediaType);
        return route;
    }
}
