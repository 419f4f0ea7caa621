using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Reports.Viewing;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Reports.Matters;

/// <summary>A matter as the list shows it.</summary>
public sealed record MatterLine(Guid Id, string Reference, DateOnly Opened, string Stage, Tone Tone, DateOnly? Concluded);

/// <summary>All that the list shows.</summary>
public sealed record MattersSheet(bool MayOpen, IReadOnlyList<MatterLine> Lines, int Page, int Pages, Func<int, string> Href, bool UpToDate);

/// <summary>The list of the matters that somebody has to do with: no other is in it, nor counted.</summary>
internal sealed class ShowMatters(MatterList matters)
{
    const int OnPage = 50;

    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet(MatterForms.Address, async (HttpContext http, ShowMatters show) => MatterForms.Serves(http.User) ? await show.ShowAsync(http) : Results.Forbid());

    async Task<IResult> ShowAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var current = await http.CaughtUpAsync(MatterView.ViewName, cancel);
        var rows = (await matters.OfAsync(SignedInPerson.Of(http.User)!.Value, cancel)).OrderBy(m => m.Stage == MatterStage.Concluded).ThenByDescending(m => m.Opened).ThenBy(m => m.Matter);
        var pages = Math.Max(1, (await rows.CountAsync(cancel) + OnPage - 1) / OnPage);
        _ = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page);
        page = Math.Clamp(page, 1, pages);
        var shown = await rows.Skip((page - 1) * OnPage).Take(OnPage).ToListAsync(cancel);
        return Rendered.Page<MattersPage>(new
        {
            Sheet = new MattersSheet(MatterForms.Opens(http.User), [.. shown.Select(LineOf)], page, pages, number => string.Create(CultureInfo.InvariantCulture, $"{MatterForms.Address}?page={number}"), current),
        });
    }

    static MatterLine LineOf(MatterRow row) => new(row.Matter, ReportForms.Reference(row.Matter), row.Opened, MattersText.Word(row.Stage), MatterForms.ToneOf(row.Stage), row.Concluded);
}
