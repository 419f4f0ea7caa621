using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Probity.Shared.Web;

/// <summary>A page as the answer to a request: whole, so that one that fails half way is an error page and not half a page.</summary>
internal static class Rendered
{
    /// <param name="parameters">The page's parameters by name; none where it has none.</param>
    /// <param name="status">200 if null; 422 where something on the page was refused.</param>
    public static IResult Page<TPage>(object? parameters = null, int? status = null) where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };
}
