using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Cases.Searching;
using Probity.Cases.Viewing;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Cases.ViewingDocket;

/// <summary>
/// One page of the docket. <paramref name="Total"/> counts what was asked for, <paramref name="Seen"/> all that the reader may
/// see, and nothing else; both up to <see cref="Docket.MostCounted"/>, and one more where there are more.
/// </summary>
internal sealed record DocketAnswer(IReadOnlyList<DocketCase> Cases, int Total, int Seen, int Page, int Pages);

/// <summary>
/// The docket of one reader: the cases that <see cref="CaseAccess"/> lets them view, and no trace of any other. The rule is
/// applied in the database, before anything is counted.
/// </summary>
internal sealed class Docket(
    DbContext views, IRegister registers, CaseReading reading, SearchWords words, IOptions<SharedOptions> options, TimeProvider time) : ICaseDirectory
{
    public const int PageSize = 25;

    /// <summary>So many cases are counted and shown page by page; whoever has more narrows the list down. A page then costs the same however many there are.</summary>
    public const int MostCounted = 1_000;

    /// <summary>An open case in which nothing happened for so long is quiet.</summary>
    public const int QuietDays = 60;

    /// <summary>A row as the API gives it.</summary>
    internal sealed record Item(
        Guid Id, string Number, Guid Unit, string Offence, Stage Stage, DateTimeOffset StageSince, DateTimeOffset Opened,
        DateTimeOffset LastActivity, Guid Opener, Guid? Handler, Guid? Prosecutor, CaseOutcome? Outcome, int Parties, int Steps, int Decisions);

    internal sealed record List(IReadOnlyList<Item> Items, int Total, int Page, int Pages, int PageSize, bool UpToDate);

    public async Task<DocketAnswer> ReadAsync(Guid person, DocketQuery query, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var visible = Visible(actor, register, now);
        var seen = await Sort(visible, new DocketQuery()).Take(MostCounted + 1).CountAsync(cancel);
        var found = Sort(await NarrowAsync(visible, query, actor, register, now, seen <= MostCounted, cancel), query);
        var total = query.IsFiltered ? await found.Take(MostCounted + 1).CountAsync(cancel) : seen;
        var pages = Math.Max(1, (Math.Min(total, MostCounted) + PageSize - 1) / PageSize);
        var page = Math.Min(query.Page, pages);
        var rows = await found.Skip((page - 1) * PageSize).Take(PageSize).AsNoTracking().ToListAsync(cancel);
        return new DocketAnswer(rows, total, seen, page, pages);
    }

    /// <summary>
    /// What the reader's cases can be narrowed down to: who works them, and where. Whoever sees few cases is told of nobody who works no case of
    /// theirs; whoever sees whole units, of all who may work cases there.
    /// </summary>
    public async Task<(IReadOnlyList<Guid> Handlers, IReadOnlyList<Guid> Units)> ChoicesAsync(Actor actor, Register register, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (CaseAccess.SeesAs(actor, null) || (CaseAccess.SeesAs(actor, Relation.UnitCommander) && Commanded(actor, register).Length > 0))
        {
            var everywhere = CaseAccess.SeesAs(actor, null);
            Guid[] units = everywhere ? [.. register.Units.Keys] : Commanded(actor, register);
            return ([.. register.Holders(Role.Officer, now).Union(register.Holders(Role.Investigator, now)).Where(p => everywhere || register.PostsOf(p, now).Any(post => units.Contains(post.Unit)))], units);
        }

        var visible = Visible(actor, register, now);
        return (
            await visible.Where(c => c.Handler != null).Select(c => c.Handler!.Value).Distinct().ToListAsync(cancel),
            await visible.Select(c => c.Unit).Distinct().ToListAsync(cancel));
    }

    public async Task<IReadOnlyList<CaseEntry>> AmongAsync(Guid person, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        return await Visible(Actor.From(register, person, now), register, now)
            .Where(c => ids.Contains(c.Id)).OrderBy(c => c.Number)
            .Select(c => new CaseEntry(c.Id, c.Number, c.Stage == Stage.Closed)).ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<CaseEntry>> AllAsync(Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        return await Visible(Actor.From(register, person, now), register, now).OrderBy(c => c.Number)
            .Select(c => new CaseEntry(c.Id, c.Number, c.Stage == Stage.Closed)).ToListAsync(cancel);
    }

    public async Task<IQueryable<Guid>> SeenAsync(Guid person, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        return Visible(Actor.From(register, person, now), register, now).Select(c => c.Id);
    }

    public async Task<IReadOnlySet<Guid>> BarringAsync(IReadOnlyList<Guid> ids, CancellationToken cancel) => await views.Set<DocketCase>()
        .Where(c => ids.Contains(c.Id) && (c.StaffNamed != null || views.Set<DocketWall>().Any(w => w.Case == c.Id))).Select(c => c.Id).ToHashSetAsync(cancel);

    public async Task<CaseEntry?> ByNumberAsync(Guid person, string number, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        return await Visible(Actor.From(register, person, now), register, now).Where(c => c.Number == number)
            .Select(c => new CaseEntry(c.Id, c.Number, c.Stage == Stage.Closed)).FirstOrDefaultAsync(cancel);
    }

    public async Task<CaseEntry?> OpenAsync(Guid person, Guid id, string what, CancellationToken cancel) =>
        await reading.OpenAsync(person, id, what, cancel) is { Case: var c } ? new CaseEntry(c.Id, c.Number, c.Stage == Stage.Closed) : null;

    public bool SeesCases(ClaimsPrincipal person) => CaseAccess.HasAnyRole(person);

    /// <summary>Need-to-know and the guard, as one condition. What somebody is to a case is its strongest relation alone.</summary>
    public IQueryable<DocketCase> Visible(Actor actor, Register register, DateTimeOffset now)
    {
        var me = actor.Person;
        var everything = CaseAccess.SeesAs(actor, null);
        var asHandler = CaseAccess.SeesAs(actor, Relation.Handler);
        var asProsecutor = CaseAccess.SeesAs(actor, Relation.Prosecutor);
        var asNamed = CaseAccess.SeesAs(actor, Relation.Named);
        var asOpener = CaseAccess.SeesAs(actor, Relation.Opener);
        var withGlass = CaseAccess.SeesAs(actor, Relation.BrokenGlass);
        var units = CaseAccess.SeesAs(actor, Relation.UnitCommander) ? Commanded(actor, register) : [];
        var barred = Recusal.BarredWith(me, register, now);
        var named = views.Set<DocketNamed>();
        var parties = views.Set<DocketParty>();
        var walls = views.Set<DocketWall>();
        var glasses = views.Set<DocketGlass>();
        return Near(me, everything || units.Length > 0).Where(c =>
            !parties.Any(p => p.Case == c.Id && barred.Contains(p.Person))
            && !walls.Any(w => w.Case == c.Id && w.Person == me)
            && (everything || units.Contains(c.Unit)
                || (withGlass && glasses.Any(g => g.Case == c.Id && g.Person == me && g.Until > now))
                || (c.Handler == me ? asHandler
                    : c.Prosecutor == me ? asProsecutor
                    : named.Any(n => n.Case == c.Id && n.Person == me) ? asNamed
                    : c.Opener == me && asOpener)));
    }

    // Where a reader sees only what they have something to do with, these are looked up, and the others never read. The rule itself comes after it.
    IQueryable<DocketCase> Near(Guid me, bool seesWhole)
    {
        var cases = views.Set<DocketCase>();
        if (seesWhole) return cases;
        var ids = cases.Where(c => c.Handler == me).Select(c => c.Id)
            .Union(cases.Where(c => c.Prosecutor == me).Select(c => c.Id))
            .Union(cases.Where(c => c.Opener == me).Select(c => c.Id))
            .Union(views.Set<DocketNamed>().Where(n => n.Person == me).Select(n => n.Case))
            .Union(views.Set<DocketGlass>().Where(g => g.Person == me).Select(g => g.Case));
        return cases.Where(c => ids.Contains(c.Id));
    }

    static Guid[] Commanded(Actor actor, Register register) => [.. register.Units.Keys.Where(u => actor.Commands(u, register))];

    async Task<IQueryable<DocketCase>> NarrowAsync(
        IQueryable<DocketCase> cases, DocketQuery query, Actor actor, Register register, DateTimeOffset now, bool few, CancellationToken cancel)
    {
        if (query.Stage is { } stage) cases = cases.Where(c => c.Stage == stage);
        if (query.Handler is { } handler) cases = cases.Where(c => c.Handler == handler);
        if (query.Unit is { } unit)
        {
            Guid[] within = [.. register.Units.Keys.Where(u => register.IsWithin(u, unit))];
            cases = cases.Where(c => within.Contains(c.Unit));
        }

        if (query.Offence is { } offence) cases = cases.Where(c => c.Offence == offence);
        if (query.Number is { } typed)
        {
            var (first, after) = (typed.ToUpperInvariant(), typed.ToUpperInvariant() + "\uFFFF");
#pragma warning disable CA1309 // The database compares, letter by letter; with an ordinal comparison named it could not.
            cases = cases.Where(c => string.Compare(c.Number, first) >= 0 && string.Compare(c.Number, after) < 0);
#pragma warning restore CA1309
        }

        if (query.From is { } from)
        {
            var since = Begins(from);
            cases = cases.Where(c => c.Opened >= since);
        }

        if (query.To is { } to)
        {
            var before = Begins(to.AddDays(1));
            cases = cases.Where(c => c.Opened < before);
        }

        if (query.Quiet)
        {
            var since = now.AddDays(-QuietDays);
            cases = cases.Where(c => c.Stage != Stage.Closed && c.LastActivity < since);
        }

        if (query.NeedsMe) cases = NeedsMe(cases, actor, register);
        // The last, as it brings its order with it.
        return query.Words is { } asked ? await HoldingAsync(cases, asked, few, cancel) : cases;
    }

    // Where the reader sees few cases, these lead: a word that many others hold is not gone through for them. Else the rarest word does: how often each is held is
    // asked of all cases alike, whoever asks, and is told to nobody.
    async Task<IQueryable<DocketCase>> HoldingAsync(IQueryable<DocketCase> cases, string asked, bool few, CancellationToken cancel)
    {
        var held = views.Set<DocketWord>();
        var marks = words.MarksOf(asked).Take(SearchWords.MostAsked).ToList();
        if (marks.Count == 0) return cases.Where(c => false).OrderBy(c => c.Id);
        if (few)
        {
            foreach (var mark in marks) cases = cases.Where(c => held.Any(w => w.Case == c.Id && w.Mark == mark));
            return cases.OrderByDescending(c => c.Opened).ThenBy(c => c.Id);
        }

        var often = new List<(int Count, string Mark)>();
        foreach (var mark in marks) often.Add((await held.Where(w => w.Mark == mark).OrderByDescending(w => w.Opened).Take(MostCounted + 1).CountAsync(cancel), mark));
        var leading = often.MinBy(o => o.Count).Mark;
        foreach (var mark in marks.Where(m => m != leading)) cases = cases.Where(c => held.Any(w => w.Case == c.Id && w.Mark == mark));
        // In the order of the words, which is that of the newest: the first page of a word that many hold is found without the others.
        return held.Where(w => w.Mark == leading).OrderByDescending(w => w.Opened).ThenBy(w => w.Case).Join(cases, w => w.Case, c => c.Id, (_, c) => c);
    }

    DateTimeOffset Begins(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, options.Value.TimeZone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    // What waits for this person: a decision as the second person, or the next move in a case where they sit.
    IQueryable<DocketCase> NeedsMe(IQueryable<DocketCase> cases, Actor actor, Register register)
    {
        var me = actor.Person;
        var outside = actor.Has(Role.Integrity) || actor.Has(Role.Overseer);
        var units = Commanded(actor, register);
        var seated = views.Set<DocketSeated>();
        var glasses = views.Set<DocketGlass>();
        var walls = views.Set<DocketWall>();
        // Those that wait for whoever may, and their own.
        var all = views.Set<DocketCase>();
        var ids = all.Where(c => c.Waits).Select(c => c.Id)
            .Union(all.Where(c => c.Handler == me && c.Stage <= Stage.Investigate).Select(c => c.Id))
            .Union(all.Where(c => c.Prosecutor == me && c.Stage >= Stage.Prosecute && c.Stage != Stage.Closed).Select(c => c.Id));
        return cases.Where(c => ids.Contains(c.Id)).Where(c => ((outside || units.Contains(c.Unit)) && glasses.Any(g => g.Case == c.Id && g.Justified == null && g.Person != me))
            || (outside && (c.OrdersAsked > 0 || c.LiftAsked != null) && !seated.Any(s => s.Case == c.Id && s.Person == me))
            || (c.Stage != Stage.Closed && (
            (c.ClosingAskedBy == null && c.Handler == me && c.Stage <= Stage.Investigate)
            || (c.ClosingAskedBy == null && c.Prosecutor == me && c.Stage >= Stage.Prosecute)
            || (outside && c.SeatVacant)
            || (outside && walls.Any(w => w.Case == c.Id && w.LiftAskedBy != null && w.LiftAskedBy != me && w.Person != me))
            || (!seated.Any(s => s.Case == c.Id && s.Person == me) && (
                (c.ClosingAskedBy != null && c.ClosingAskedBy != me
                    && (outside || (units.Contains(c.Unit) && c.ClosingAsked != CaseOutcome.NoFurtherAction)))
                || (outside && c.HandlerAskedBy != null && c.HandlerAskedBy != me && c.HandlerAsked != me)
                || (outside && c.ProsecutorAskedBy != null && c.ProsecutorAskedBy != me && c.ProsecutorAsked != me))))));
    }

    // The id last, so that equal rows never change places between two pages. What was searched for comes newest first already.
    static IQueryable<DocketCase> Sort(IQueryable<DocketCase> cases, DocketQuery query) => query.Sort switch
    {
        DocketSort.Newest when query.Words is not null => cases,
        DocketSort.Number => cases.OrderBy(c => c.Number).ThenBy(c => c.Id),
        DocketSort.Stage => cases.OrderBy(c => c.Stage).ThenBy(c => c.StageSince).ThenBy(c => c.Id),
        DocketSort.LastActivity => cases.OrderBy(c => c.LastActivity).ThenBy(c => c.Id),
        _ => cases.OrderByDescending(c => c.Opened).ThenBy(c => c.Id),
    };

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("/", async (HttpContext http, Docket docket) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Problem.SignIn();
            if (DocketQuery.Fault(http.Request.Query) is { } fault) return Problem.Malformed(fault);
            var current = await http.CaughtUpAsync(DocketView.ViewName, http.RequestAborted);
            var found = await docket.ReadAsync(person, DocketQuery.Of(http.Request.Query), http.RequestAborted);
            http.Response.Headers.CacheControl = "no-store";
            return Results.Json(new List([.. found.Cases.Select(Of)], found.Total, found.Page, found.Pages, PageSize, current), ApiJson.Options);
        })
        .WithName("listCases")
        .WithSummary("The cases that the caller may see, a page at a time.")
        .WithMetadata([.. DocketQuery.Parameters])
        .Produces<List>().Refuses(400, 401);

    static Item Of(DocketCase c) => new(
        c.Id, c.Number, c.Unit, c.Offence, c.Stage, c.StageSince, c.Opened, c.LastActivity, c.Opener, c.Handler, c.Prosecutor,
        c.Outcome, c.Parties, c.Steps, c.Decisions);
}
