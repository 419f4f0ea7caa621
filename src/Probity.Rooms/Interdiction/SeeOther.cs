using Microsoft.AspNetCore.Http;

namespace Probity.Interdiction;

/// <summary>303: whatever was done, the next page is read with GET.</summary>
internal sealed class SeeOther(string url) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = url;
        return Task.CompletedTask;
    }
}
