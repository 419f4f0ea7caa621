using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Probity.Shared.Web;

/// <summary>
/// Stands before every API call: it is signed in, and a call that changes something comes from our own pages or from no
/// browser at all.
/// </summary>
/// <remarks>
/// A browser sends our cookie with calls that another site caused. Another site cannot send <c>application/json</c>
/// without asking first (we answer no CORS request), and the browser itself says where a call comes from:
/// <see cref="OwnPages"/>. A call that says nothing needs no content type; there the browser's word and the cookie's
/// SameSite stand alone.
/// </remarks>
internal sealed class ApiGuard : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (context.HttpContext.User.Identity?.IsAuthenticated != true) return Problem.SignIn();
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return await next(context);
        if (!OwnPages.Sent(request))
            return new Problem("This call did not come from Probity's own pages.", StatusCodes.Status403Forbidden).ToResult();
        return request.HasJsonContentType() || SaysNothing(request)
            ? await next(context)
            : Problem.Of(StatusCodes.Status415UnsupportedMediaType).ToResult();
    }

    static bool SaysNothing(HttpRequest request) => request.ContentType is null
        && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };
}
