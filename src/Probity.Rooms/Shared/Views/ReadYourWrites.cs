using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Probity.Ledger;

namespace Probity.Shared.Views;

/// <summary>
/// Lets people read what they have just written. A write answers the index of its last entry; the next page waits, for
/// a moment, until the views that it shows have come so far.
/// </summary>
internal static class ReadYourWrites
{
    /// <summary>What a write answers.</summary>
    public const string IndexHeader = "Probity-Index";

    /// <summary>What a client of the API asks with.</summary>
    public const string AfterHeader = "Probity-After";

    const string Cookie = "probity-index";

    /// <summary>Says where a write stands on the record.</summary>
    public static void Wrote(this HttpContext context, long index)
    {
        var text = index.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers[IndexHeader] = text;
        context.Response.Cookies.Append(Cookie, text, new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, IsEssential = true,
            MaxAge = TimeSpan.FromMinutes(1),
        });
    }

    /// <summary>Waits until the view knows the reader's last write. False: show the page with a notice.</summary>
    public static async Task<bool> CaughtUpAsync(this HttpContext context, string view, CancellationToken cancel = default)
    {
        var services = context.RequestServices;
        // What is not on the record yet never was the reader's write: nobody waits for it.
        if (AskedFor(context.Request) is not { } index || index >= services.GetRequiredService<TransparencyLog>().Size) return true;
        return await services.GetRequiredService<ViewPositions>()
            .WaitAsync(view, index, services.GetRequiredService<TimeProvider>(), cancel);
    }

    static long? AskedFor(HttpRequest request)
    {
        var text = request.Headers[AfterHeader] is [{ } header] ? header : request.Cookies[Cookie];
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
