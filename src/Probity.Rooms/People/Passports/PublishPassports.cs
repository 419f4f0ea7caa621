using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Probity.Shared.Confirming;
using Probity.Shared.Web;

namespace Probity.People.Passports;

/// <summary>What a counterpart needs to check passports of this house, for anybody without signing in: the public key, and the signed list of those that count no longer.</summary>
internal static class PublishPassports
{
    /// <summary>Where the public key is.</summary>
    public const string KeyAddress = "/.well-known/probity-passports/key";

    /// <summary>Where the list is.</summary>
    public const string ListAddress = "/.well-known/probity-passports/revoked";

    const string Text = "text/plain; charset=utf-8";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var open = routes.MapGroup("/.well-known/probity-passports").WithTags("Passports").AllowAnonymous().RequireRateLimiting(PublicReceiptEndpoints.RateLimit);
        open.MapGet("/key", (HttpContext http, PassportKeys keys) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Text(keys.Verifier + "\n", Text);
        }).WithName("passportKey").WithSummary("The key that passports of this house are checked with (name+id+base64). Compare its fingerprint by telephone before you trust it.").Produces<string>(200, "text/plain").Refuses(429);
        open.MapGet("/revoked", async (HttpContext http, RevokedLists lists) =>
        {
            var list = await lists.CurrentAsync(http.RequestAborted);
            var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{list.List.Number}\""));
            http.Response.Headers.CacheControl = "public, max-age=60";
            http.Response.GetTypedHeaders().ETag = tag;
            return http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false)) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Text(list.Text + "\n", Text);
        }).WithName("passportsRevoked").WithSummary("The passports of this house that count no longer, as hashes, signed, with the time until which the list may be relied on.").Produces<string>(200, "text/plain").Refuses(429);
    }
}
