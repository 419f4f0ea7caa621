using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Probity.Ledger;
using Probity.Shared.Web;

namespace Probity.Shared.Confirming;

/// <summary>Receipts as anyone may have them: the public entry of a record and the proof of its place, which say nothing of it.</summary>
internal static class PublicReceiptEndpoints
{
    public const string PolicyHref = "/log/policy";

    /// <summary>The policy that keeps anybody from having the log read without end.</summary>
    public const string RateLimit = "public receipts";

    const string Text = "text/plain; charset=utf-8";
    const string Seconds = "public, max-age=2";

    /// <summary>Receipts that one address may ask for a minute: each reads a few tiles.</summary>
    const int PerMinute = 300;

    static readonly ApiParameter Index = new(ParameterPlace.Path, "index", "The record's number, from 0.") { Format = "int64" };

    public static IServiceCollection AddPublicReceipts(this IServiceCollection services) => services.AddRateLimiter(limits =>
        // The address is a key in memory for a minute; it is written nowhere.
        limits.AddPolicy(RateLimit, context => RateLimitPartition.GetSlidingWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 })));

    public static void MapPublicReceipts(this IEndpointRouteBuilder endpoints)
    {
        var log = endpoints.MapGroup("/log").WithTags("Log");
        log.MapGet("/receipt/{index}", ShowAsync).WithName("publicReceipt")
            .WithSummary("A receipt (C2SP tlog-proof) for the public entry of a record, under the newest checkpoint that the witnesses have confirmed.")
            .RequireRateLimiting(RateLimit).WithMetadata(Index).Produces<string>(200, "text/plain").Refuses(404, 429);
        log.MapGet("/policy", (HttpContext context, IOptions<RecordOptions> options) =>
        {
            if (options.Value.PolicyText is not { } policy) return Results.NotFound();
            context.Response.Headers.CacheControl = Seconds;
            return Results.Text(policy, Text);
        }).WithName("policy").WithSummary("Who has to confirm a checkpoint (C2SP tlog-policy). Take yours from somebody else.")
            .Produces<string>(200, "text/plain").Refuses(404);
    }

    /// <summary>The file, for whoever asked to save it under its name.</summary>
    public static IResult File(HttpContext context, Receipt receipt)
    {
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{receipt.FileName}\"";
        return Results.Text(receipt.Text, Text);
    }

    static async Task<IResult> ShowAsync(string index, HttpContext context, TransparencyLog log, CancellationToken cancel)
    {
        if (!IsIndex(index, out var number) || number >= log.Size) return Results.NotFound();
        var receipt = await log.WriteReceiptAsync(number, ReceiptForm.Entry, cancel);
        context.Response.Headers.CacheControl = Seconds;
        return File(context, receipt);
    }

    // One spelling for each record, as the tiles have one path.
    static bool IsIndex(string text, out long index) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out index)
        && (text[0] != '0' || text.Length == 1);
}
