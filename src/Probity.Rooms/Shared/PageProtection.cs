using Microsoft.AspNetCore.Http;

namespace Probity.Shared;

/// <summary>The headers of every answer. A page loads nothing but its own style sheet and pictures, and nobody may frame or keep it.</summary>
internal static class PageProtection
{
    internal const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>
    /// The policy of the one page that runs script, on which a procedure is drawn: our own files, and the font of the drawing tool's signs.
    /// Still no inline script or style, and nothing is fetched.
    /// </summary>
    internal const string DrawingPolicy = ContentSecurityPolicy + "; script-src 'self'; font-src 'self'";

    internal static Task Apply(HttpContext context, RequestDelegate next)
    {
        Set(context.Response.Headers);
        return next(context);
    }

    internal static void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        // Nothing is said to others. To ourselves, or browsers would send our own forms without their origin.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] =
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), browsing-topics=()";
        headers.CacheControl = "no-store";
    }
}
