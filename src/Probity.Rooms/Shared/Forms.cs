using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Probity.Shared.Web;

namespace Probity.Shared;

/// <summary>Every form must come from a page of ours: a write that a foreign page could make a browser send needs the page's token.</summary>
/// <remarks>The API takes no forms; <see cref="ApiGuard"/> stands before it.</remarks>
internal static class Forms
{
    internal static async Task Check(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var writes = !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method));
        var excused = context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false };
        // The framework has looked already where the endpoint reads a form; it looks once a request.
        var seen = context.Features.Get<IAntiforgeryValidationFeature>();
        if (writes && seen is { IsValid: false })
            throw seen.Error as AntiforgeryValidationException ?? new AntiforgeryValidationException("The form's token is missing or wrong.", seen.Error);
        if (writes && seen is null && !excused && !ForPrograms.Asked(request) && CanBeForged(request.ContentType))
            await context.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(context);
        await next(context);
    }

    // Other content types cannot leave a foreign page without the server's consent.
    static bool CanBeForged(string? contentType) =>
        contentType is null
        || contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase);
}
