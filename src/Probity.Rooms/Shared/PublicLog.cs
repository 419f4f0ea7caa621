using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Shared.Web;

namespace Probity.Shared;

/// <summary>
/// The log as anyone may read it, in the paths and bytes of C2SP tlog-tiles, under <c>/log/</c>. It says nothing about any entry
/// but that it is there. Where the log has witnesses, <c>/log/checkpoint</c> is the newest checkpoint with their quorum, as logs that are
/// witnessed do; <c>/log/newest</c> is always the newest that was signed.
/// <c>/log/predecessors</c> names the logs that this one continues; it is empty where there is none.
/// </summary>
internal static class PublicLog
{
    const string Bytes = "application/octet-stream";
    const string Text = "text/plain; charset=utf-8";
    const string ForEver = "public, max-age=31536000, immutable";
    const string Seconds = "public, max-age=2";

    static readonly ApiParameter Path = new(
        ParameterPlace.Path, "path", "A tile as C2SP tlog-tiles names it: level and number (0/x001/067), entries/number, each also with .p/width.");

    /// <summary>Maps the log that is registered as <see cref="TransparencyLog"/>.</summary>
    public static void MapPublicLog(this IEndpointRouteBuilder endpoints)
    {
        var log = endpoints.MapGroup("/log").WithTags("Log");
        log.MapGet("/checkpoint", (HttpContext context, [FromServices] TransparencyLog log, [FromServices] IOptions<SharedOptions> options) =>
            Show(context, options.Value.HasWitnesses && log.Witnessed is { } witnessed ? witnessed.Note : log.Checkpoint)).Produces<string>(200, "text/plain");
        log.MapGet("/newest", (HttpContext context, [FromServices] TransparencyLog log) => Show(context, log.Checkpoint)).Produces<string>(200, "text/plain");
        log.MapGet("/vkey", (HttpContext context, [FromServices] TransparencyLog log) => Show(context, log.VerifierKey + "\n")).Produces<string>(200, "text/plain");
        log.MapGet("/predecessors", (HttpContext context, [FromServices] TransparencyLog log) =>
            Show(context, PredecessorList.Write(log.Predecessors))).Produces<string>(200, "text/plain");
        log.MapGet("/tile/{**path}", ShowTileAsync).WithMetadata(Path).Produces(200, contentType: Bytes).Refuses(404);
    }

    static IResult Show(HttpContext context, string text)
    {
        context.Response.Headers.CacheControl = Seconds;
        return Results.Text(text, Text);
    }

    static async Task<IResult> ShowTileAsync(HttpContext context, [FromServices] TransparencyLog log, CancellationToken ct)
    {
        // Not the route's value, in which an escaped slash would have become one.
        var path = context.Request.PathBase.Add(context.Request.Path).Value!;
        path = path[(path.IndexOf("/log/tile/", StringComparison.Ordinal) + "/log/".Length)..];
        ReadOnlyMemory<byte>? bytes;
        try
        {
            bytes = path.StartsWith("tile/entries/", StringComparison.Ordinal)
                ? await log.ReadEntriesAsync(EntryBundle.Parse(path), ct)
                : await log.ReadTileAsync(Tile.Parse(path), ct);
        }
        catch (FormatException)
        {
            bytes = null;
        }

        if (bytes is not { } found) return Results.NotFound();
        // What a partial tile holds never changes either: a longer one has another path.
        context.Response.Headers.CacheControl = ForEver;
        return Results.Bytes(found, Bytes);
    }
}
