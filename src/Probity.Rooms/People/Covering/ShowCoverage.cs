using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.People.Vetting;
using Probity.People.Viewing;
using Probity.Shared.Record;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Covering;

/// <summary>How a post is covered.</summary>
public enum CoverState
{
    /// <summary>By somebody with a valid clearance of its level.</summary>
    Cleared,

    /// <summary>The same, and the clearance ends within 180 days.</summary>
    Ending,

    /// <summary>By somebody without one.</summary>
    Lacking,

    /// <summary>By somebody who was drawn to be vetted anew and is not in time: their clearance covers no sensitive post meanwhile.</summary>
    Overdue,

    /// <summary>By nobody.</summary>
    Vacant,
}

/// <summary>A sensitive post with who holds it.</summary>
public sealed record CoverLine(string Post, string Unit, int Level, string LevelName, string Holder, DateTimeOffset? Until, CoverState State);

/// <summary>A clearance that ends, with how far away that is.</summary>
public sealed record EndLine(string Name, string Post, string Level, DateTimeOffset Until, int Days);

/// <summary>All that the page of coverage shows; for the public the figure alone.</summary>
public sealed record CoverageSheet(StandingRow Standing, IReadOnlyList<CoverLine>? Lines, IReadOnlyList<EndLine> Ending, int Page, int Pages, bool UpToDate);

/// <summary>Which sensitive posts are covered, and whose clearance ends when: for a commander of theirs, for vetting, integrity and overseer of all; and for everybody the figure of the first screen.</summary>
internal sealed class ShowCoverage(Clearances clearances, FoldedStream<Requirements> requirements, IRegister registers, StaffStanding standing, CoverRules rules, PostTitles titles, TimeProvider time)
{
    const int PageSize = 50;
    const int MostEnding = 50;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet(StaffStanding.Page, async (HttpContext http, ShowCoverage show) =>
        await show.ShowAsync(http, await http.CaughtUpAsync(ClearancesView.ViewName, http.RequestAborted), http.RequestAborted)).AllowAnonymous();

    async Task<IResult> ShowAsync(HttpContext http, bool current, CancellationToken cancel)
    {
        var figure = await standing.Read(cancel);
        if (SignedInPerson.Of(http.User) is not { } person || !ClearanceAccess.Lists(http.User))
            return Rendered.Page<CoveragePage>(new { Sheet = new CoverageSheet(figure, null, [], 1, 1, true) });
        var (register, known, now) = (await registers.ReadAsync(cancel), await requirements.ReadAsync(cancel), time.GetUtcNow());
        var (actor, cover) = (Actor.From(register, person, now), await rules.ReadAsync(register, now, cancel));
        var seen = titles.InOrder(register, ShowPosts.SeenBy(http, actor, register, known.Marked.Keys)).ToList();
        var pages = Math.Max(1, (seen.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages);
        var shown = seen.Skip((page - 1) * PageSize).Take(PageSize).Select(p => (Post: p, Holders: register.PostingsOn(p.Id).Where(h => h.InForceAt(now)).Select(h => h.Person).Distinct().ToList())).ToList();
        var rows = await clearances.OfAsync([.. shown.SelectMany(s => s.Holders).Distinct()], cancel);
        var lines = shown.SelectMany(s => s.Holders.Count == 0 ? [LineOf(s.Post, null, [])] : s.Holders.Select(h => LineOf(s.Post, h, rows[h]))).ToList();
        // Of few all are asked for; of many as far as the list goes, since those that end first may be in posts that ask for none.
        var ends = clearances.Ending(now, now + Clearances.Ahead);
        var few = seen.Count <= MostEnding ? seen.SelectMany(p => register.PostingsOn(p.Id)).Where(p => p.InForceAt(now)).Select(p => p.Person).ToHashSet() : null;
        var ending = (await (few is null ? ends.Take(10 * MostEnding) : ends.Where(r => few.Contains(r.Person))).Select(r => new { r.Person, r.Level, r.Until }).ToListAsync(cancel))
            .Select(r => (Row: r, Posts: register.PostsOf(r.Person, now).Where(p => known.Marked.ContainsKey(p.Id) && (ClearanceAccess.ListsAll(http.User) || actor.Commands(p.Unit, register))).ToList()))
            .Where(r => r.Posts.Count > 0).Take(MostEnding)
            .Select(r => new EndLine(register.NameOf(r.Row.Person), string.Join("; ", r.Posts.Select(p => p.Title)), LevelOf(r.Row.Level), r.Row.Until!.Value, (int)Math.Ceiling((r.Row.Until.Value - now).TotalDays))).ToList();
        return Rendered.Page<CoveragePage>(new { Sheet = new CoverageSheet(figure, lines, ending, page, pages, current) });

        CoverLine LineOf(Post post, Guid? holder, IEnumerable<ClearanceRow> of)
        {
            var (level, all) = (known.Marked[post.Id], of.ToList());
            var counts = all.Where(r => r.Level >= level && r.IsValidAt(now)).OrderBy(r => r.Until).LastOrDefault();
            var state = holder is not { } who ? CoverState.Vacant : counts is null || register.IsShutOut(who) ? CoverState.Lacking : cover.IsOverdue(who, all) ? CoverState.Overdue
                : counts.Until <= now + Clearances.Ahead ? CoverState.Ending : CoverState.Cleared;
            return new CoverLine(
                post.Title, register.Units[post.Unit].Name, (int)level, LevelOf(level), holder is { } named ? register.NameOf(named) : PeopleText.Of("coverage.vacant"),
                (counts ?? Clearances.Current(all, now))?.Until, state);
        }

        static string LevelOf(ClearanceLevel level) => PeopleText.Of("level." + PeopleText.Camel(level));
    }
}
