using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Probity.Intake.Pages;

/// <summary>The languages of the pages. Each has addresses of its own: no cookie remembers which one somebody reads.</summary>
internal static class Tongue
{
    /// <summary>Every language: its code, and its own name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("en", "English"), ("es", "Español"), ("pt", "Português")];

    /// <summary>The button that shows a form in another language: what comes with it is not sent, but shown again.</summary>
    public const string Field = "tongue";

    /// <summary>Whether a form came to be shown in another language.</summary>
    public static bool IsAsked(IFormCollection fields) => fields.ContainsKey(Field);

    /// <summary>The language of the request from here on: that of its address, else one that the browser asks for, else English.</summary>
    public static Task Set(HttpContext http, RequestDelegate next)
    {
        var code = http.Request.Path.Value!.Split('/', 3)[1];
        if (All.All(language => language.Code != code)) code = Asked(http.Request);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(code);
        return next(http);
    }

    static string Asked(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(asked => asked.Quality ?? 1).Select(asked => asked.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(asked => All.Any(language => language.Code == asked)) ?? "en";
}
