using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Protection.Plans;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Protection.Viewing;

/// <summary>A plan as the list shows it.</summary>
public sealed record PlanLine(Guid Id, string Person, string Level, string Owner, DateTimeOffset ReviewDue, string Stage, Tone Tone);

/// <summary>All that the list of plans shows.</summary>
public sealed record PlansSheet(IReadOnlyList<PlanLine> Lines, int Page, int Pages, Func<int, string> Href, IReadOnlyList<Link> Parts, bool UpToDate);

/// <summary>The protection plans that somebody may know of.</summary>
internal sealed class ShowPlans(Protections protections, IRegister registers, TimeProvider time)
{
    public const string Address = "/protection/plans";
    const int OnPage = 25;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet(Address, async (HttpContext http, ShowPlans show) => ProtectionForms.Serves(http.User) ? await show.ShowAsync(http) : Results.Forbid());

    async Task<IResult> ShowAsync(HttpContext http)
    {
        var (person, now, cancel) = (SignedInPerson.Of(http.User)!.Value, time.GetUtcNow(), http.RequestAborted);
        var current = await http.CaughtUpAsync(ProtectionView.ViewName, cancel);
        var register = await registers.ReadAsync(cancel);
        var rows = (await protections.PlansOfAsync(person, cancel)).OrderBy(p => p.Stage == PlanStage.Closed).ThenBy(p => p.ReviewDue).ThenBy(p => p.Plan);
        var pages = Math.Max(1, (await rows.CountAsync(cancel) + OnPage - 1) / OnPage);
        _ = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page);
        page = Math.Clamp(page, 1, pages);
        var shown = await rows.Skip((page - 1) * OnPage).Take(OnPage).ToListAsync(cancel);
        return Rendered.Page<PlansPage>(new
        {
            Sheet = new PlansSheet(
                [.. shown.Select(p => new PlanLine(
                    p.Plan, register.NameOf(p.Person), ProtectionText.Word(p.Level), p.Owner == Guid.Empty ? ProtectionText.Of("plan.no-owner") : register.NameOf(p.Owner), p.ReviewDue, ProtectionText.Word(p.Stage), ProtectionForms.ToneOf(p.Stage, p.ReviewDue < now)))],
                page, pages, number => string.Create(CultureInfo.InvariantCulture, $"{Address}?page={number}"), ProtectionForms.PagesOf(http.User), current),
        });
    }
}
