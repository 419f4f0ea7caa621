using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Probity.Intake.Pages;

/// <summary>How requests are answered.</summary>
internal static class Answers
{
    /// <summary>A page, whole.</summary>
    public static IResult Page<TPage>(object? parameters = null, int status = StatusCodes.Status200OK) where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>To another page after a form, so that going back or anew sends nothing twice.</summary>
    public static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The language of the request.</summary>
    public static string Language => System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
}
