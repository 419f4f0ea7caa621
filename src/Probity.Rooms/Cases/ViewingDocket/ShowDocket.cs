using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Opening;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Cases.ViewingDocket;

/// <summary>A row of the docket as the page shows it.</summary>
public sealed record DocketRow(
    Guid Id, string Number, string Offence, string Unit, string Stage, bool Closed, DateTimeOffset StageSince,
    DateTimeOffset LastActivity, bool Quiet, string? Handler, string? Prosecutor);

/// <summary>All that the docket's page shows.</summary>
public sealed record DocketSheet(
    IReadOnlyList<DocketRow> Rows, int Total, int Seen, int Page, int Pages, Func<int, string> Href, bool Filtered, bool UpToDate, bool MayOpen, bool MayBreakGlass, bool Watches, bool Out,
    IReadOnlyDictionary<string, string?> Asked, IReadOnlyList<Choice> Stages, IReadOnlyList<Choice> Handlers,
    IReadOnlyList<Choice> Units, IReadOnlyList<Choice> Offences);

/// <summary>Shows the docket.</summary>
internal sealed class ShowDocket(Docket docket, IRegister registers, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/cases", async (HttpContext http, ShowDocket slice) =>
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var current = await http.CaughtUpAsync(DocketView.ViewName, http.RequestAborted);
        var sheet = await slice.ReadAsync(http.User, person, DocketQuery.Of(http.Request.Query), current, http.Request.Query["done"] == "out", http.RequestAborted);
        return Rendered.Page<DocketPage>(new { Sheet = sheet });
    });

    async Task<DocketSheet> ReadAsync(ClaimsPrincipal user, Guid person, DocketQuery query, bool current, bool isOut, CancellationToken cancel)
    {
        var found = await docket.ReadAsync(person, query, cancel);
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var quietSince = now.AddDays(-Docket.QuietDays);
        var choices = await docket.ChoicesAsync(actor, register, cancel);
        var units = register.Units.Values.Where(u => choices.Units.Any(c => register.IsWithin(c, u.Id)))
            .OrderBy(u => u.Name, StringComparer.CurrentCulture).Select(u => new Choice(u.Id.ToString("D"), u.Name));
        var handlers = choices.Handlers
            .Select(p => new Choice(p.ToString("D"), CaseWords.Of(p, register, now))).OrderBy(c => c.Text, StringComparer.CurrentCulture);
        return new DocketSheet(
            [.. found.Cases.Select(c => new DocketRow(
                c.Id, c.Number, CasesText.Of(Offences.TextKey(c.Offence)), register.Units.GetValueOrDefault(c.Unit)?.Name ?? "",
                CaseWords.Of(c.Stage), c.Stage == Stage.Closed, c.StageSince, c.LastActivity,
                c.Stage != Stage.Closed && c.LastActivity < quietSince,
                c.Handler is { } h ? register.NameOf(h) : null, c.Prosecutor is { } p ? register.NameOf(p) : null))],
            found.Total, found.Seen, found.Page, found.Pages, page => "/cases" + query.ToQuery(page), query.IsFiltered, current,
            register.Units.Keys.Any(u => OpenCase.MayOpenIn(u, actor, register)), CaseAccess.MayBreakGlass(user), CaseAccess.Watches(user), isOut,
            new Dictionary<string, string?>
            {
                ["stage"] = query.Stage is { } s ? DocketQuery.Camel(s) : null, ["handler"] = query.Handler?.ToString("D"),
                ["unit"] = query.Unit?.ToString("D"), ["offence"] = query.Offence, ["number"] = query.Number,
                ["words"] = query.Words, ["from"] = query.From?.ToString("O", CultureInfo.InvariantCulture), ["to"] = query.To?.ToString("O", CultureInfo.InvariantCulture),
                ["quiet"] = query.Quiet ? "yes" : null, ["mine"] = query.NeedsMe ? "yes" : null, ["sort"] = DocketQuery.Camel(query.Sort),
            },
            [.. Enum.GetValues<Stage>().Select(s => new Choice(DocketQuery.Camel(s), CaseWords.Of(s)))],
            [.. handlers], [.. units],
            [.. Offences.Codes.Select(code => new Choice(code, CasesText.Of(Offences.TextKey(code))))]);
    }
}
