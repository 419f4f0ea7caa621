using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Probity.Shared.Web;

/// <summary>303: whatever was done, the next page is read with GET.</summary>
internal sealed class SeeOther(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }

    /// <summary>The address where it is one of ours, else the first page: a link may not send people who sign in elsewhere.</summary>
    public static string Local(string? url) =>
        url is { Length: > 0 and <= 500 } && url[0] == '/' && RedirectHttpResult.IsLocalUrl(url) ? url : "/";
}
