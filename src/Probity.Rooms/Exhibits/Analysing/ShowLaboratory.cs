using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Listing;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Analysing;

/// <summary>One thing that waits in the laboratory, as the page shows it.</summary>
/// <param name="Exhibit">The exhibit.</param>
/// <param name="Number">Its number.</param>
/// <param name="What">What it is said to be.</param>
/// <param name="Who">Whom it waits for, or who had it before.</param>
/// <param name="Since">Since when.</param>
/// <param name="Due">Until when it should not.</param>
/// <param name="IsOverdue">Whether that is past.</param>
/// <param name="IsReturned">Whether a report of it was returned.</param>
/// <param name="Do">What to do about it; null where somebody else has to.</param>
public sealed record LaboratoryLine(
    Guid Exhibit, string Number, string What, string? Who, DateTimeOffset Since, DateTimeOffset Due, bool IsOverdue, bool IsReturned, Link? Do);

/// <summary>One list of the page: what waits for the same.</summary>
/// <param name="Key">The key of its texts.</param>
/// <param name="Lines">What waits, what is due first at the top.</param>
/// <param name="AreMore">Whether there are more.</param>
public sealed record LaboratoryList(string Key, IReadOnlyList<LaboratoryLine> Lines, bool AreMore);

/// <summary>Shows an analyst what waits in the laboratory.</summary>
internal sealed class ShowLaboratory(LaboratoryWork work)
{
    public const string Address = "/laboratory";

    public static bool Serves(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Analyst);

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, async (HttpContext http, ShowLaboratory page) =>
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        if (!Serves(http.User)) return Results.NotFound();
        var current = await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
        return Rendered.Page<LaboratoryPage>(new { Lists = await page.ReadAsync(person, http.RequestAborted), UpToDate = current });
    });

    async Task<IReadOnlyList<LaboratoryList>> ReadAsync(Guid person, CancellationToken cancel) =>
    [
        Of("review", await work.ToReviewAsync(person, cancel), i => i.Facts.Register.NameOf(i.Analysis!.Analyst), i => new Link($"/exhibits/{i.Facts.Exhibit.Id:D}/review/{i.Analysis!.Id:D}", ExhibitsText.Of("next.review.do"))),
        Of("report", await work.ToReportAsync(person, cancel), _ => null, i => ExhibitAccess.Refuses(ExhibitAction.Analyse, i.Facts) is null
            ? new Link($"/exhibits/{i.Facts.Exhibit.Id:D}/analysis", ExhibitsText.Of("next.analyse.do")) : null),
        Of("coming", await work.ComingAsync(person, cancel), i => i.Facts.Register.NameOf(i.Facts.Exhibit.Chain.Given.Last(r => r.To == person).From), i => new Link($"/exhibits/{i.Facts.Exhibit.Id:D}/take", ExhibitsText.Of("take.title"))),
        Of("own", await work.OwnAsync(person, cancel), _ => null, _ => null),
    ];

    static LaboratoryList Of(string key, LaboratoryItems found, Func<LaboratoryItem, string?> who, Func<LaboratoryItem, Link?> act) => new(
        key, [.. found.Items.Select(i => new LaboratoryLine(
            i.Facts.Exhibit.Id, i.Facts.Exhibit.Number, ExhibitWords.What(i.Facts.Exhibit, i.Facts.Family), who(i), i.Since, i.Due, i.IsOverdue, i.IsReturned, act(i)))], found.AreMore);
}
