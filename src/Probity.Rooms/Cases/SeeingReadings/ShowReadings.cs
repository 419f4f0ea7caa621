using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Cases.BreakingGlass;
using Probity.Cases.Viewing;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Cases.SeeingReadings;

/// <summary>One reading: who, when, what of the case, by which right; null where the record is older than the note of rights.</summary>
public sealed record ReadingLine(string Who, DateTimeOffset At, string What, string? Right);

/// <summary>An opening without being assigned.</summary>
public sealed record OpeningLine(
    Guid Id, string Who, DateTimeOffset At, DateTimeOffset Until, string Reason, bool Reviewed, bool Justified, string? ReviewedBy, string Reasons, bool Overdue, bool MayReview);

/// <summary>All that the page of a case's readings shows.</summary>
public sealed record ReadingsSheet(
    Guid Id, string Number, IReadOnlyList<ReadingLine> Lines, int All, IReadOnlyList<OpeningLine> Openings, ReadingStrip Strip, bool Filtered,
    IReadOnlyDictionary<string, string?> Asked, IReadOnlyList<Choice> People, bool Answered);

/// <summary>Shows who opened a case, when, what of it and by which right, to those who watch over it.</summary>
internal sealed class ShowReadings(TransparencyLog log, CaseReading reading, IOptions<SharedOptions> options)
{
    /// <summary>The most lines that a page shows; the picture and the count are of all.</summary>
    const int Most = 200;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/cases/{id:guid}/readings", async (Guid id, HttpContext http, ShowReadings slice) =>
        SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
        : await slice.ReadAsync(person, id, http.Request.Query, http.RequestAborted) is { } sheet
            ? Rendered.Page<ReadingsPage>(new { Sheet = sheet })
        : Results.NotFound());

    async Task<ReadingsSheet?> ReadAsync(Guid person, Guid id, IQueryCollection asked, CancellationToken cancel)
    {
        if (await reading.OpenAsync(person, id, "cases.readings", CaseAction.SeeReadings, cancel) is not { Case.ErasedAt: null } facts) return null;
        var (c, _, register, now, _) = facts;
        var query = ReadingsQuery.Of(asked);
        var zone = options.Value.TimeZone;
        var all = (await log.ReadStreamAsync(Streams.ReadsOf(c.Stream), 0, cancel)).Select(EventTypes.Read)
            .Where(r => r.Event is MatterRead).Select(r => (Who: r.Actor.Value, r.At, Read: (MatterRead)r.Event!)).Reverse().ToList();
        var found = all.Where(r => query.Takes(r.Who, r.Read.Right, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(r.At, zone).DateTime))).ToList();
        var mine = ReviewGlass.WaitingFor(facts).Select(g => g.Id).ToHashSet();
        return new ReadingsSheet(
            c.Id, c.Number, [.. found.Take(Most).Select(r => new ReadingLine(register.NameOf(r.Who), r.At, r.Read.What, r.Read.Right))], found.Count,
            [.. c.Glasses.Reverse().Select(g => new OpeningLine(
                g.Id, register.NameOf(g.Person), g.At, g.Until, g.Reason, g.IsReviewed, g.Justified, g.ReviewedBy is { } by ? register.NameOf(by) : null, g.Reasons,
                !g.IsReviewed && GlassPolicy.IsOverdue(g.At, now), mine.Contains(g.Id)))],
            ReadingStrip.Draw([.. found.Select(r => (register.NameOf(r.Who), r.At, r.Read.Right))], c.OpenedAt, now), query.IsFiltered,
            new Dictionary<string, string?>
            {
                ["person"] = query.Person?.ToString("D"), ["right"] = query.Right,
                ["from"] = asked["from"].ToString(), ["to"] = asked["to"].ToString(),
            },
            [.. all.Select(r => r.Who).Distinct().Select(p => new Choice(p.ToString("D"), register.NameOf(p))).OrderBy(p => p.Text, StringComparer.CurrentCulture)],
            asked["done"] == "answered");
    }
}
