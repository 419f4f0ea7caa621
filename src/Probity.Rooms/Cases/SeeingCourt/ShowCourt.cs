using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Cases.SeeingCourt;

/// <summary>A case before the court.</summary>
public sealed record CourtLine(
    Guid Id, string Number, string Accused, string Charges, int Gaps, bool Stale, bool Listed, DateTimeOffset? Next, string? Judge);

/// <summary>A hearing ahead.</summary>
public sealed record AheadLine(Guid Id, string Number, DateTimeOffset At);

/// <summary>All that the court's first page shows.</summary>
public sealed record CourtListSheet(
    IReadOnlyList<CourtLine> Cases, int Total, int Page, int Pages, IReadOnlyList<AheadLine> Ahead, bool IsJudge, bool UpToDate);

/// <summary>Shows the cases before the court with their next hearings, charges and disclosure. No figure about a judge is made of them.</summary>
internal sealed class ShowCourt(CourtList list, TransparencyLog log, IRegister registers, TimeProvider time)
{
    const int MostAhead = 20;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/court", async (HttpContext http, ShowCourt slice) =>
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        if (!CaseAccess.SeesCourt(http.User)) return Results.NotFound();
        var current = await http.CaughtUpAsync(DocketView.ViewName, http.RequestAborted);
        var page = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is > 0 and < 10_000 ? asked : 1;
        return Rendered.Page<CourtListPage>(new { Sheet = await slice.ReadAsync(person, page, current, http.RequestAborted) });
    });

    async Task<CourtListSheet> ReadAsync(Guid person, int page, bool current, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var (rows, total) = await list.ReadAsync(actor, register, now, page, cancel);
        var lines = new List<CourtLine>();
        foreach (var row in rows)
        {
            // What is charged and disclosed is read from the case: the list holds no words of it.
            var @case = await new RecordSession(log).FoldAsync<Case>(new StreamId(row.Id), cancel);
            if (CaseAccess.Refuses(CaseAction.ViewCourt, actor, @case, register, now) is null) lines.Add(Line(@case, now));
        }

        var ahead = await list.SetAsync(actor, register, now, now, now.AddDays(60), MostAhead, cancel);
        return new CourtListSheet(
            lines, total, page, Math.Max(1, (total + CourtList.PageSize - 1) / CourtList.PageSize),
            [.. ahead.Select(h => new AheadLine(h.Case, h.Number, h.At))], actor.Has(Role.Judge) && !actor.Has(Role.Registry), current);
    }

    static CourtLine Line(Case c, DateTimeOffset now) => new(
        c.Id, c.Number, string.Join(", ", c.CurrentParties.Where(p => p.Party.Role == PartyRole.Subject).Select(p => p.Party.Name)),
        string.Join("; ", c.Court.Upheld.Select(x => x.Basis)), c.Court.Upheld.Sum(x => x.Elements.Count(e => e.Evidence.IsEmpty)),
        c.Court.DisclosureIsStale, !c.Court.Disclosure.IsEmpty,
        c.Court.Hearings.Where(h => h.State == HearingState.Scheduled && h.At >= now).Select(h => (DateTimeOffset?)h.At).Min(), c.Court.Judge?.Name);
}
