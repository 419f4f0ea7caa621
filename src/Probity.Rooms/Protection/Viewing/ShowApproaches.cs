using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Protection.Approaches;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Protection.Viewing;

/// <summary>An approach as a list shows it.</summary>
public sealed record ApproachLine(Guid Id, DateTimeOffset Recorded, string Kind, string Place, string Unit, string Stage, Tone Tone, bool Alerting);

/// <summary>All that a list shows.</summary>
public sealed record ApproachesSheet(string Title, bool Own, IReadOnlyList<ApproachLine> Lines, int Page, int Pages, Func<int, string> Href, IReadOnlyList<Link> Parts, string Address, bool UpToDate);

/// <summary>A year of the public figure.</summary>
public sealed record YearLine(string Years, int Count);

/// <summary>Lists: one's own; those of others for integrity; and for everybody how many there were in past years.</summary>
internal sealed class ShowApproaches(Protections protections, IRegister registers, TimeProvider time)
{
    /// <summary>What somebody who watches recorded themselves: their first page here is what waits for them.</summary>
    public const string Own = "/protection/own";

    const int OnPage = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/protection", async (HttpContext http, ShowApproaches show) => ProtectionForms.Serves(http.User) ? await show.ShowAsync(http, own: !ProtectionForms.Watches(http.User)) : Results.Forbid());
        pages.MapGet(Own, async (HttpContext http, ShowApproaches show) => ProtectionForms.Serves(http.User) ? await show.ShowAsync(http, own: true) : Results.Forbid());
        pages.MapGet("/protection/approaches", async (HttpContext http, ShowApproaches show) => ProtectionForms.Watches(http.User) ? await show.ShowAsync(http, own: false) : Results.Forbid());
        pages.MapGet("/protection/count", async (HttpContext http, ShowApproaches show) => Rendered.Page<CountPage>(new
        {
            Lines = YearCounts.Tell(await show.YearsAsync(http.RequestAborted)).Select(y =>
                new YearLine(y.From == y.To ? $"{y.From}" : $"{y.From}–{y.To}", y.Count)).ToList(),
        })).AllowAnonymous();
    }

    Task<IReadOnlyList<(int Year, int Count)>> YearsAsync(CancellationToken cancel) => protections.YearsAsync(YearCounts.LastTold(time.GetUtcNow()), cancel);

    async Task<IResult> ShowAsync(HttpContext http, bool own)
    {
        var cancel = http.RequestAborted;
        var (person, now) = (SignedInPerson.Of(http.User)!.Value, time.GetUtcNow());
        var current = await http.CaughtUpAsync(ProtectionView.ViewName, cancel);
        var register = await registers.ReadAsync(cancel);
        var rows = own ? protections.OwnOf(person) : (await protections.WatchedByAsync(person, cancel)).OrderBy(a => a.Handled).ThenByDescending(a => a.Recorded).ThenBy(a => a.Approach);
        var pages = Math.Max(1, (await rows.CountAsync(cancel) + OnPage - 1) / OnPage);
        _ = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page);
        page = Math.Clamp(page, 1, pages);
        var shown = await rows.Skip((page - 1) * OnPage).Take(OnPage).ToListAsync(cancel);
        var address = !own ? "/protection/approaches" : ProtectionForms.Watches(http.User) ? Own : "/protection";
        return Rendered.Page<ApproachesPage>(new
        {
            Sheet = new ApproachesSheet(
                ProtectionText.Of(own ? "own.title" : "list.title"), own, [.. shown.Select(a => LineOf(a, register, now))], page, pages,
                number => string.Create(CultureInfo.InvariantCulture, $"{address}?page={number}"), ProtectionForms.PagesOf(http.User), address, current),
        });
    }

    static ApproachLine LineOf(ApproachRow row, Register register, DateTimeOffset now)
    {
        var stage = row.Handled ? ApproachStage.Handled : row.Read ? ApproachStage.Read : ApproachStage.Recorded;
        return new ApproachLine(
            row.Approach, row.Recorded, ProtectionText.Word(row.Kind), row.Place is { } place ? ProtectionText.Word(place) : ProtectionText.Of("not-said"), register.Units.GetValueOrDefault(row.Unit)?.Name ?? "",
            ProtectionForms.StageOf(stage), ProtectionForms.ToneOf(stage, row.ReadBy < now), row.Alerting);
    }
}
