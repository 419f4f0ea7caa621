using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Probity.Shared.Confirming;
using Probity.Shared.Web;

namespace Probity.Shared.Stopping;

/// <summary>
/// What anyone can see while the record has stopped, without signing in: what happened, who must be told, and the evidence. Nobody signs in
/// then, for nothing that they read would be on the record.
/// </summary>
internal static class StopPages
{
    public const string Href = "/record/stopped";
    public const string EvidenceHref = "/record/evidence";
    public const string ManualHref = "/record/witnessing.md";
    public const string RecoveryHref = "/record/recovery.md";

    const string Text = "text/plain; charset=utf-8";

    // The same as in docs: they have to be at hand where there is no network.
    static readonly string Manual = Read("witnessing.md");
    static readonly string Recovery = Read("recovery.md");

    /// <summary>Maps the pages.</summary>
    public static void MapStopPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Href, IResult (RecordStop record) => record.IsStopped ? Page(record.Sheet()) : Results.Redirect(RecordPages.Href));
        routes.MapGet(EvidenceHref, (RecordStop record) => record is { IsStopped: true, Facts.Evidence: { } evidence } ? Results.Text(evidence, Text) : Results.NotFound());
        routes.MapGet(ManualHref, () => Results.Text(Manual, Text));
        routes.MapGet(RecoveryHref, () => Results.Text(Recovery, Text));
    }

    /// <summary>The page; 503 where it answers something else that was asked.</summary>
    public static IResult Page(StopSheet sheet) => Rendered.Page<StopPage>(new { Sheet = sheet }, sheet.Incident is null ? null : StatusCodes.Status503ServiceUnavailable);

    /// <summary>Answers with the page while the record has stopped: for ways in, whose every use is recorded.</summary>
    public static TBuilder OnlyWhileRecording<TBuilder>(this TBuilder ways) where TBuilder : IEndpointConventionBuilder => ways.AddEndpointFilter((context, next) =>
    {
        context.HttpContext.RequestServices.GetRequiredService<RecordStop>().Require();
        return next(context);
    });

    static string Read(string manual)
    {
        using var stream = typeof(StopPages).Assembly.GetManifestResourceStream("Probity.Shared.Stopping." + manual)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
