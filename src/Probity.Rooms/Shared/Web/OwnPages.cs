using Microsoft.AspNetCore.Http;

namespace Probity.Shared.Web;

/// <summary>Whether a request that changes something comes from our own pages, or from no browser at all.</summary>
/// <remarks>
/// A browser says where a request comes from in Sec-Fetch-Site and Origin, which no script can set. Under some referrer
/// policies it sends "null" for the Origin of a form of ours, so that alone is foreign only where Sec-Fetch-Site does not
/// say otherwise. A program that sends neither holds no cookie that it was tricked with.
/// </remarks>
internal static class OwnPages
{
    public static bool Sent(HttpRequest request)
    {
        var says = request.Headers.TryGetValue("Sec-Fetch-Site", out var site);
        if (says && site != "same-origin") return false;
        if (!request.Headers.TryGetValue("Origin", out var origin)) return true;
        return origin == "null" ? says : string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
