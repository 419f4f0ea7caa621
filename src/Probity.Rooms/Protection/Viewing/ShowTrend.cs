using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Protection.Contract;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Protection.Viewing;

/// <summary>A row of counts with its name: one count for each column, and their sum.</summary>
public sealed record CountRow(string Name, IReadOnlyList<int> Counts, int Sum);

/// <summary>All that the trend shows.</summary>
public sealed record TrendSheet(IReadOnlyList<string> Months, IReadOnlyList<CountRow> Places, IReadOnlyList<CountRow> Kinds, IReadOnlyList<CountRow> Wishes, int All, IReadOnlyList<Link> Parts, bool UpToDate);

/// <summary>Integrity's map and trend: places by month, kinds by month, and what was wanted. It counts what the reader may know of, and nothing else.</summary>
internal sealed class ShowTrend(Protections protections, TimeProvider time)
{
    public const string Address = "/protection/trend";
    const int Months = 12;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(Address, async (HttpContext http, ShowTrend show) =>
    {
        if (!ProtectionForms.Watches(http.User)) return Results.Forbid();
        var current = await http.CaughtUpAsync(ProtectionView.ViewName, http.RequestAborted);
        return Rendered.Page<TrendPage>(new { Sheet = await show.ReadAsync(SignedInPerson.Of(http.User)!.Value, ProtectionForms.PagesOf(http.User), current, http.RequestAborted) });
    });

    async Task<TrendSheet> ReadAsync(Guid person, IReadOnlyList<Link> parts, bool current, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var months = Enumerable.Range(0, Months).Select(back => new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(back + 1 - Months)).ToList();
        var numbers = months.Select(m => m.Year * 100 + m.Month).ToList();
        var first = numbers[0];
        var counts = (await (await protections.WatchedByAsync(person, cancel)).Where(a => a.Month >= first).GroupBy(a => new { a.Month, a.Place, a.Kind, a.Wish })
            .Select(g => new { g.Key.Month, g.Key.Place, g.Key.Kind, g.Key.Wish, Count = g.Count() }).ToListAsync(cancel)).Where(c => numbers.Contains(c.Month)).ToList();
        return new TrendSheet(
            [.. months.Select(m => m.ToString("MMM yy", CultureInfo.CurrentCulture))],
            [.. Enum.GetValues<ApproachPlace>().Select(p => (ApproachPlace?)p).Append(null).Select(p => Row(p is { } place ? ProtectionText.Word(place) : NotSaid, m => counts.Where(c => c.Place == p && c.Month == m).Sum(c => c.Count)))],
            [.. Enum.GetValues<ApproachKind>().Select(k => Row(ProtectionText.Word(k), m => counts.Where(c => c.Kind == k && c.Month == m).Sum(c => c.Count)))],
            [.. Enum.GetValues<ApproachWish>().Select(w => (ApproachWish?)w).Append(null).Select(w => Row(w is { } wish ? ProtectionText.Word(wish) : NotSaid, m => counts.Where(c => c.Wish == w && c.Month == m).Sum(c => c.Count)))],
            counts.Sum(c => c.Count), parts, current);

        CountRow Row(string name, Func<int, int> count)
        {
            List<int> row = [.. numbers.Select(count)];
            return new CountRow(name, row, row.Sum());
        }
    }

    static string NotSaid => ProtectionText.Of("not-said");
}
