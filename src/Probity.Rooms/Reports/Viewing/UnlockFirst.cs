using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Reports.Reading;
using Probity.Shared.Web;

namespace Probity.Reports.Viewing;

/// <summary>A field that was typed before the key locked.</summary>
public sealed record TypedField(string Name, string Value)
{
    /// <summary>Whether it is words rather than a choice: shown, so that it can be read and copied.</summary>
    public bool IsWords => Value.Length > 40 || Value.Any(char.IsWhiteSpace);
}

/// <summary>
/// Whoever reads reports and whose key is locked is asked to unlock it, whatever the address: the answer is the same for a report of theirs, of others and of nobody. A key locks by itself while
/// somebody writes, so what they typed stays on the page, to be sent once it is open.
/// </summary>
internal static class UnlockFirst
{
    /// <summary>The pages of one report: each asks for an unlocked key before it looks for the report.</summary>
    public static IEndpointRouteBuilder MapUnlocked(this IEndpointRouteBuilder pages)
    {
        var group = pages.MapGroup("");
        group.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            return !ReportForms.Serves(http.User) || http.RequestServices.GetRequiredService<ReportReader>().IsUnlocked(http.User) ? await next(context) : await AskAsync(http);
        });
        return group;
    }

    static async Task<IResult> AskAsync(HttpContext http)
    {
        var form = HttpMethods.IsPost(http.Request.Method) && http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        http.Response.Headers.CacheControl = "no-store";
        return Rendered.Page<LockedPage>(new
        {
            Path = http.Request.Path.Value ?? ShowQueue.Address,
            Typed = form is null ? [] : form.Where(f => !f.Key.StartsWith('_')).SelectMany(f => f.Value.OfType<string>().Select(v => new TypedField(f.Key, v))).ToList(),
        }, StatusCodes.Status403Forbidden);
    }
}
