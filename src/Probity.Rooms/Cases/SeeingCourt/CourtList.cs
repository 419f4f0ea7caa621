using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.ViewingDocket;

namespace Probity.Cases.SeeingCourt;

/// <summary>A hearing of a case that somebody may see.</summary>
internal sealed record DatedHearing(Guid Case, string Number, DateTimeOffset At);

/// <summary>The cases before the court that one reader may see, and their hearings. The rule is applied in the database.</summary>
internal sealed class CourtList(DbContext views)
{
    public const int PageSize = 25;

    /// <summary>Those that <see cref="CaseAccess"/> lets them see the court's part of.</summary>
    public IQueryable<DocketCase> Visible(Actor actor, Register register, DateTimeOffset now)
    {
        var me = actor.Person;
        var everything = CaseAccess.SeesCourtAs(actor, null);
        var asJudge = CaseAccess.SeesCourtAs(actor, Relation.Judge);
        var asHandler = CaseAccess.SeesCourtAs(actor, Relation.Handler);
        var asProsecutor = CaseAccess.SeesCourtAs(actor, Relation.Prosecutor);
        var barred = Recusal.BarredWith(me, register, now);
        var parties = views.Set<DocketParty>();
        var walls = views.Set<DocketWall>();
        return views.Set<DocketCase>().Where(c => c.Stage >= Stage.Adjudicate
            && !parties.Any(p => p.Case == c.Id && barred.Contains(p.Person))
            && !walls.Any(w => w.Case == c.Id && w.Person == me)
            && (everything || (c.Judge == me ? asJudge : c.Handler == me ? asHandler : c.Prosecutor == me && asProsecutor)));
    }

    /// <summary>Hearings that were set and of which nothing else is recorded, between two moments, the earliest first.</summary>
    public async Task<IReadOnlyList<DatedHearing>> SetAsync(
        Actor actor, Register register, DateTimeOffset now, DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancel) => await (
        from hearing in views.Set<DocketHearing>()
        join seen in Visible(actor, register, now) on hearing.Case equals seen.Id
        where hearing.Open && (seen.Stage != Stage.Closed || seen.TriedAnew) && hearing.At >= @from && hearing.At < to
        orderby hearing.At, hearing.Id
        select new DatedHearing(seen.Id, seen.Number, hearing.At)).Take(most).ToListAsync(cancel);

    /// <summary>
    /// Cases in which an order of the court about exhibits was put on the record by somebody other than the judge, the newest first; closed or not: their judge's own, and for
    /// those who watch over all of them each that has no judge who could see it; for their prosecutor, by whomever it was put there.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> OrderedAsync(Actor actor, Register register, DateTimeOffset now, DateTimeOffset since, int most, CancellationToken cancel)
    {
        var watches = actor.Has(Role.Overseer) || actor.Has(Role.Integrity);
        return await Visible(actor, register, now)
            .Where(c => ((c.Judge == actor.Person || (watches && c.Judge == null)) && c.OrderedForJudge >= since) || (c.Prosecutor == actor.Person && c.Ordered >= since))
            .OrderByDescending(c => c.Ordered).ThenBy(c => c.Id).Take(most).Select(c => c.Id).ToListAsync(cancel);
    }

    /// <summary>
    /// Cases that were taken from a judge since then, the newest first: for an overseer those they see; for a judge all, as from whom one was taken is read from the case and
    /// it is theirs no more.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> ReplacedAsync(Actor actor, Register register, DateTimeOffset now, DateTimeOffset since, CancellationToken cancel) =>
        await (actor.Has(Role.Judge) ? views.Set<DocketCase>() : Visible(actor, register, now)).Where(c => c.JudgeReplaced >= since)
            .OrderByDescending(c => c.JudgeReplaced).ThenBy(c => c.Id).Select(c => c.Id).ToListAsync(cancel);

    /// <summary>Cases in which a judge has confirmed an order about exhibits since then, the newest first.</summary>
    public async Task<IReadOnlyList<Guid>> ConfirmedAsync(Actor actor, Register register, DateTimeOffset now, DateTimeOffset since, CancellationToken cancel) =>
        await Visible(actor, register, now).Where(c => c.OrderConfirmed >= since).OrderByDescending(c => c.OrderConfirmed).ThenBy(c => c.Id).Select(c => c.Id).ToListAsync(cancel);

    /// <summary>One page of the cases that the court has still to hear or to judge, open or tried anew, those with the nearest hearing first, and how many there are.</summary>
    public async Task<(IReadOnlyList<DocketCase> Cases, int Total)> ReadAsync(
        Actor actor, Register register, DateTimeOffset now, int page, CancellationToken cancel)
    {
        var (cases, hearings) = (views.Set<DocketCase>(), views.Set<DocketHearing>());
        // Each by an index of its own, past all that is closed for good.
        var ids = cases.Where(c => c.Stage != Stage.Closed).Select(c => c.Id)
            .Union(cases.Where(c => c.TriedAnew && (c.SetAside > 0 || hearings.Any(h => h.Case == c.Id && h.Open))).Select(c => c.Id));
        var open = Visible(actor, register, now).Where(c => ids.Contains(c.Id));
        var total = await open.CountAsync(cancel);
        var rows = await open
            .OrderBy(c => !hearings.Any(h => h.Case == c.Id && h.Open)).ThenBy(c => hearings.Where(h => h.Case == c.Id && h.Open).Min(h => (DateTimeOffset?)h.At)).ThenBy(c => c.StageSince).ThenBy(c => c.Id)
            .Skip((page - 1) * PageSize).Take(PageSize).AsNoTracking().ToListAsync(cancel);
        return (rows, total);
    }
}
