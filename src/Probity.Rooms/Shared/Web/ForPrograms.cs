using Microsoft.AspNetCore.Http;

namespace Probity.Shared.Web;

/// <summary>The addresses that programs ask: they get problems as JSON where people get pages.</summary>
internal static class ForPrograms
{
    public static bool Asked(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/openapi") || request.Path.StartsWithSegments("/log");
}
