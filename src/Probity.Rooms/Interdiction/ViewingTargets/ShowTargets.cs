using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Interdiction.ViewingTargets;

/// <summary>A target as the list shows it.</summary>
public sealed record TargetLine(
    Guid Id, string Number, string Kind, string Port, DateTimeOffset Arrival, int Score, string Stage, Tone Tone, string? Waits, bool Mine, bool Overridden);

/// <summary>All that the list shows.</summary>
public sealed record TargetsSheet(
    IReadOnlyList<TargetLine> Lines, int Total, int Page, int Pages, Func<int, string> Href, bool Filtered, bool UpToDate, bool MayRegister, bool MayWatch,
    IReadOnlyDictionary<string, string?> Asked);

/// <summary>Shows the list of targets.</summary>
internal sealed class ShowTargets(Targets targets, IRegister registers, IOptions<SharedOptions> options, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/interdiction", async (HttpContext http, ShowTargets slice) =>
    {
        if (!TargetAccess.HasAnyRole(http.User)) return Results.Forbid();
        var current = await http.CaughtUpAsync(TargetsView.ViewName, http.RequestAborted);
        var sheet = await slice.ReadAsync(SignedInPerson.Of(http.User)!.Value, TargetQuery.Of(http.Request.Query), current, http.RequestAborted);
        return Rendered.Page<TargetsPage>(new { Sheet = sheet });
    });

    async Task<TargetsSheet> ReadAsync(Guid person, TargetQuery query, bool current, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var found = await targets.ReadAsync(person, query, options.Value.TimeZone, cancel);
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        return new TargetsSheet(
            [.. found.Rows.Select(r => LineOf(r.Row, r.Mine, now))], found.Total, found.Page, found.Pages,
            page => "/interdiction" + query.ToQuery(page), query.IsFiltered, current,
            register.Units.Keys.Any(u => TargetAccess.RegistersIn(u, actor, register)), TargetAccess.SeesAll(actor), query.Fields.ToDictionary());
    }

    static TargetLine LineOf(TargetRow row, bool mine, DateTimeOffset now) => new(
        row.Id, row.Number, InterdictionText.Of("kind." + InterdictionText.Camel(row.Kind)), row.Port, row.Arrival, row.Score,
        InterdictionText.Of("stage." + InterdictionText.Camel(row.Stage)), ToneOf(row.Stage), WaitsFor(row, now), mine, row.Overrides > 0);

    static string? WaitsFor(TargetRow row, DateTimeOffset now) =>
        row.AskedBy is not null ? InterdictionText.Of("waits.second")
        : row.Due is { } due ? InterdictionText.Of(due < now ? "waits.overdue" : "waits.countersignature")
        : null;

    internal static Tone ToneOf(TargetStage stage) => stage switch
    {
        TargetStage.Registered or TargetStage.Selected => Tone.Info,
        TargetStage.Inspected => Tone.Good,
        TargetStage.Found => Tone.Attention,
        _ => Tone.Neutral,
    };
}
