using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Probity.Intake.Keeping;
using Probity.Intake.Pages;

namespace Probity.Intake.Returning;

/// <summary>
/// The one page that runs a script, for a browser that has it on: large files that go on where the line broke, and a recording of the source's voice. Whatever it does can be done without it.
/// </summary>
internal sealed class SendInParts(IntakeOptions options, IntakeFolder folder, SourceSessions sessions, AddFile files)
{
    /// <summary>The most bytes of one part.</summary>
    const int LongestPart = 1 << 20;

    /// <summary>The policy of this page: a script of our own, and its calls to ourselves.</summary>
    static readonly string Policy = Look.Policy.Replace("script-src 'none'", "script-src 'self'; connect-src 'self'; media-src blob:", StringComparison.Ordinal);

    static readonly string Script = ReadScript();

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/large", (HttpContext http, SendInParts slice) => slice.Show(http));
        pages.MapPost("/large", (HttpContext http, SendInParts slice) => slice.BeginAsync(http));
        pages.MapGet("/large/{upload:guid}", (HttpContext http, Guid upload, SendInParts slice) => slice.Where(http, upload));
        pages.MapPut("/large/{upload:guid}", (HttpContext http, Guid upload, long? at, SendInParts slice) => slice.TakeAsync(http, upload, at ?? 0));
        pages.MapPost("/large/{upload:guid}", (HttpContext http, Guid upload, SendInParts slice) => slice.EndAsync(http, upload));
    }

    public static void MapScript(IEndpointRouteBuilder root) => root.MapGet("/large.js", () => Results.Text(Script, "text/javascript; charset=utf-8"));

    IResult Show(HttpContext http)
    {
        if (sessions.Of(http) is not { Code: null }) return Answers.Page<GonePage>(new { Key = "Ended" }, StatusCodes.Status404NotFound);
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self), browsing-topics=()";
        return Answers.Page<LargePage>(new { Longest = options.LongestFile >> 20 });
    }

    async Task<IResult> BeginAsync(HttpContext http)
    {
        if (sessions.Of(http) is not { Code: null } session || !http.Request.HasFormContentType) return Results.NotFound();
        var name = (await http.Request.ReadFormAsync(http.RequestAborted))["name"].ToString();
        var upload = new UploadInParts(folder.FileOf(Guid.NewGuid()), AddFile.NameOf(name), options.LongestFile);
        // One at a time: what was begun before and never ended is gone.
        session.Upload?.Dispose();
        session.Upload = upload;
        return Results.Text($"{upload.Id}");
    }

    IResult Where(HttpContext http, Guid upload) => Of(http, upload) is { } known ? Results.Text($"{known.Received}") : Results.NotFound();

    async Task<IResult> TakeAsync(HttpContext http, Guid upload, long at)
    {
        if (Of(http, upload) is not { } known) return Results.NotFound();
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LongestPart;
        return await known.TakeAsync(at, http.Request.Body, http.RequestAborted) ? Results.Text($"{known.Received}") : Results.Conflict($"{known.Received}");
    }

    async Task<IResult> EndAsync(HttpContext http, Guid upload)
    {
        if (sessions.Of(http) is not { Code: null } session) return Results.NotFound();
        Task<int> status;
        lock (session)
        {
            // The answer to the first was lost: it lies there once, and is answered as then.
            if (session.Ended is { } ended && ended.Upload == upload) status = ended.Status;
            else if (session.Upload is { } known && known.Id == upload)
            {
                session.Upload = null;
                session.Ended = (upload, status = KeepAsync(session, known));
            }
            else return Results.NotFound();
        }

        return Results.StatusCode(await status);
    }

    async Task<int> KeepAsync(SourceSession session, UploadInParts upload)
    {
        using (upload)
        {
            if (await upload.EndAsync() is not { } length) return StatusCodes.Status413PayloadTooLarge;
            return await files.AddAsync(session, upload.Path, upload.Name, upload.Key, length) ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity;
        }
    }

    UploadInParts? Of(HttpContext http, Guid upload) => sessions.Of(http) is { Code: null, Upload: { } known } && known.Id == upload ? known : null;

    static string ReadScript()
    {
        using var reader = new StreamReader(typeof(SendInParts).Assembly.GetManifestResourceStream("Probity.Intake.large.js")!);
        return reader.ReadToEnd();
    }
}
