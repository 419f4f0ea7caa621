using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Cases.BreakingGlass;

/// <summary>A case that somebody opened without being assigned to it.</summary>
public sealed record UnassignedLine(
    Guid CaseId, string Number, string Who, DateTimeOffset At, DateTimeOffset Until, bool? Justified, bool Overdue);

/// <summary>How many cases were opened so in a month, by what became of it.</summary>
public sealed record UnassignedMonth(DateOnly Month, int Justified, int NotJustified, int Waiting)
{
    /// <summary>All of them.</summary>
    public int All => Justified + NotJustified + Waiting;
}

/// <summary>All that the page of such openings shows; of the last twelve months, the newest first.</summary>
public sealed record UnassignedSheet(IReadOnlyList<UnassignedLine> Lines, IReadOnlyList<UnassignedMonth> Months, int Waiting, int Overdue, bool UpToDate);

/// <summary>Shows those who watch over cases which were opened without being assigned: in those that they may see, and of nobody whom they are barred from.</summary>
internal sealed class ShowUnassigned(Docket docket, DbContext views, IRegister registers, TimeProvider time)
{
    const int Months = 12;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/cases/unassigned", async (HttpContext http, ShowUnassigned slice) =>
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        if (!CaseAccess.Watches(http.User)) return Results.NotFound();
        var current = await http.CaughtUpAsync(DocketView.ViewName, http.RequestAborted);
        return Rendered.Page<UnassignedPage>(new { Sheet = await slice.ReadAsync(person, current, http.RequestAborted) });
    });

    async Task<UnassignedSheet> ReadAsync(Guid person, bool current, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var since = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1 - Months);
        var barred = Recusal.BarredWith(person, register, now);
        var found = await (
            from glass in views.Set<DocketGlass>()
            join seen in docket.Visible(Actor.From(register, person, now), register, now) on glass.Case equals seen.Id
            where (glass.At >= since || glass.Justified == null) && !barred.Contains(glass.Person)
            orderby glass.Justified != null, glass.At descending, glass.Id
            select new { glass, seen.Number }).AsNoTracking().ToListAsync(cancel);
        var lines = found.ConvertAll(f => new UnassignedLine(
            f.glass.Case, f.Number, register.NameOf(f.glass.Person), f.glass.At, f.glass.Until, f.glass.Justified,
            f.glass.Justified is null && GlassPolicy.IsOverdue(f.glass.At, now)));
        var months = Enumerable.Range(0, Months).Select(n => DateOnly.FromDateTime(since.AddMonths(n).DateTime)).Select(month =>
        {
            var within = lines.Where(l => l.At.Year == month.Year && l.At.Month == month.Month).ToList();
            return new UnassignedMonth(month, within.Count(l => l.Justified == true), within.Count(l => l.Justified == false), within.Count(l => l.Justified is null));
        });
        return new UnassignedSheet(lines, [.. months], lines.Count(l => l.Justified is null), lines.Count(l => l.Overdue), current);
    }
}
