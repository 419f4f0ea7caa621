using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace Probity.Shared;

/// <summary>The languages of the pages. A further one is one entry here and one file beside each .resx.</summary>
internal static class Languages
{
    internal const string CookieName = "probity-language";

    internal static readonly IReadOnlyList<(string Code, string Name)> All = [("en", "English"), ("es", "Español"), ("pt", "Português")];

    internal static RequestLocalizationOptions Options()
    {
        var cultures = All.Select(language => CultureInfo.GetCultureInfo(language.Code)).ToList();
        return new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture("en"),
            SupportedCultures = cultures,
            SupportedUICultures = cultures,
            FallBackToParentCultures = true,
            FallBackToParentUICultures = true,
            RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { QueryStringKey = "lang", UIQueryStringKey = "lang" },
                new CookieRequestCultureProvider { CookieName = CookieName },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ],
        };
    }

    /// <summary>Remembers the language and goes back to the page one came from, if that is a page of ours.</summary>
    internal static IResult Choose(HttpContext context, string code, string? @return)
    {
        if (All.All(language => language.Code != code)) return Results.NotFound();
        context.Response.Cookies.Append(CookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(code)), new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        });
        return Results.LocalRedirect(LocalPath.Or(@return, "/"));
    }
}
