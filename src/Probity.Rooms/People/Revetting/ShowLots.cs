using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Revetting;

/// <summary>A draw in the list.</summary>
public sealed record LotLine(string Period, string Name, int Pool, int Drawn, DateTimeOffset FixedAt, bool? IsRight);

/// <summary>The list of draws, and the one that is due.</summary>
public sealed record LotsSheet(string Now, bool IsDrawn, bool HasPool, DateTimeOffset DueAt, bool IsOverdue, bool MayDraw, IReadOnlyList<LotLine> Lines, int Page, int Pages)
{
    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>Somebody who was drawn.</summary>
public sealed record DrawnLine(string Name, string Post, string Level, string State, Tone Tone, DateTimeOffset BeginUntil, Link? Do);

/// <summary>Entry and time of one of the three steps of a draw.</summary>
public sealed record LotMoment(string Name, long Index, DateTimeOffset At);

/// <summary>One draw.</summary>
public sealed record LotSheet(
    string Period, string Name, int Pool, int Count, string Policy, string By, string Commitment, long Place, string? Seed, bool? IsRight, IReadOnlyList<LotMoment> Moments,
    IReadOnlyList<DrawnLine> Drawn, int Page, int Pages, bool UpToDate);

/// <summary>The draws of re-vetting: which there were, the one that is due, and how anyone draws again.</summary>
internal sealed class ShowLots(FixPool fix, FoldedStream<Lots> lots, TransparencyLog log, DbContext views, IRegister registers, IPolicies policies, TimeProvider time)
{
    public const string Address = "/vetting/draws";
    const int PageSize = 25;
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    public static void Map(IEndpointRouteBuilder pages, RouteGroupBuilder api)
    {
        pages.MapGet(Address, async (HttpContext http, ShowLots show) => LotAccess.Sees(http.User) ? await show.ListAsync(http, null) : Results.Forbid());
        pages.MapPost(Address, async (HttpContext http, ShowLots show) => LotAccess.Sees(http.User) ? await show.TakeAsync(http) : Results.Forbid());
        pages.MapGet(Address + "/{period}", async (string period, HttpContext http, ShowLots show) => LotAccess.Sees(http.User) ? await show.ShowAsync(http, period) : Results.Forbid());
        pages.MapGet(Address + "/{period}/pool.txt", async (string period, HttpContext http, ShowLots show) =>
            LotAccess.Sees(http.User) && await show.FindAsync(period, http.RequestAborted) is { } lot
                ? Results.File(Encoding.ASCII.GetBytes(string.Concat(lot.Pool.Select(p => $"{p:D}\n"))), "text/plain; charset=us-ascii", $"pool-{lot.Period}.txt") : Results.NotFound());
        api.MapGet("/draws/{period}", async (string period, HttpContext http, ShowLots show) =>
        {
            if (!LotAccess.Sees(http.User) || await show.FindAsync(period, http.RequestAborted) is not { } lot) return Problem.NotFound();
            http.Response.Headers.CacheControl = "no-store";
            return Results.Json(LotFile.Of(lot, await show._lots.ReadAsync(http.RequestAborted)), ApiJson.Options);
        }).WithName("viewRevettingDraw").WithSummary("The draw of a quarter (2026-Q4) with all that is needed to draw again.").Produces<LotFile>().Refuses(401, 404);
        api.MapPost("/draws", (HttpContext http, FixPool slice) => ApiCall.RunAsync(http, TextOf, async (person, cancel) => await slice.HandleAsync(person, cancel)))
            .Command("drawRevetting", "Start the draw of the quarter: who can be drawn is recorded, and then the seed is revealed.").Produces<Written>();
    }

    readonly FixPool _fix = fix;
    readonly FoldedStream<Lots> _lots = lots;
    readonly IRegister _registers = registers;

    async Task<Lot?> FindAsync(string period, CancellationToken cancel) =>
        Quarter.Parse(period) is { } quarter ? (await _lots.ReadAsync(cancel)).All.GetValueOrDefault(quarter.ToString()) : null;

    async Task<IResult> TakeAsync(HttpContext http)
    {
        await http.Request.ReadFormAsync(http.RequestAborted);
        var outcome = await _fix.HandleAsync(SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        if (outcome is not Outcome.Done(var index)) return await ListAsync(http, outcome);
        http.Wrote(index);
        var period = Quarter.Of(time.GetUtcNow()).ToString();
        // The house draws a moment later, and whoever started it wants to see who was drawn.
        for (var waited = TimeSpan.Zero; waited < ViewPositions.Patience && await FindAsync(period, http.RequestAborted) is not { Seed: not null }; waited += s_look)
            await Task.Delay(s_look, http.RequestAborted);
        return new SeeOther($"{Address}/{period}");
    }

    async Task<IResult> ListAsync(HttpContext http, Outcome? refused)
    {
        var facts = await _fix.ReadAsync(log, SignedInPerson.Of(http.User)!.Value, http.RequestAborted);
        var all = facts.Lots.All.Values.Reverse().ToList();
        var (page, pages) = PageOf(http, all.Count);
        return Rendered.Page<LotsPage>(new
        {
            Sheet = new LotsSheet(
                RevettingText.Say(facts.Quarter), facts.IsDrawn, LotPool.HasAny(facts.Requirements, facts.Register, facts.Now), facts.DueAt, facts.Now >= facts.DueAt,
                LotAccess.Refuses(LotAction.Draw, facts) is null,
                [.. all.Skip((page - 1) * PageSize).Take(PageSize).Select(l => new LotLine(
                    l.Period, RevettingText.Say(Quarter.Parse(l.Period)!.Value), l.Pool.Length, l.Drawn.Length, l.FixedAt, l.Seed is null ? null : LotFile.Of(l, facts.Lots).IsRight))], page, pages)
            {
                Errors = refused is null ? [] : [new FieldError("", TextOf((refused as Outcome.Refused)?.Refusal.Code ?? Answers.Stale))],
            },
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    async Task<IResult> ShowAsync(HttpContext http, string period)
    {
        var cancel = http.RequestAborted;
        if (await FindAsync(period, cancel) is not { } lot) return Results.NotFound();
        var (current, policy) = (await http.CaughtUpAsync(LotView.ViewName, cancel), await policies.ReadAsync(cancel));
        var (register, now, all) = (await _registers.ReadAsync(cancel), time.GetUtcNow(), await _lots.ReadAsync(cancel));
        var (actor, file, chain) = (Actor.From(register, SignedInPerson.Of(http.User)!.Value, now), LotFile.Of(lot, all), all.ChainOf(lot.Chain)!);
        var (page, pages) = PageOf(http, lot.Drawn.Length);
        var shown = lot.Drawn.Skip((page - 1) * PageSize).Take(PageSize).Select(d => d.Person).ToList();
        var rows = await views.Set<LotRow>().AsNoTracking().Where(r => r.Period == lot.Period && shown.Contains(r.Person)).ToDictionaryAsync(r => r.Person, cancel);
        var moments = new List<LotMoment> { new(RevettingText.Of("moment.committed"), chain.Index, chain.At), new(RevettingText.Of("moment.fixed"), lot.FixedIndex, lot.FixedAt) };
        if (lot.DrawnIndex is { } index) moments.Add(new(RevettingText.Of("moment.drawn"), index, lot.DrawnAt!.Value));
        return Rendered.Page<LotPage>(new
        {
            Sheet = new LotSheet(
                lot.Period, RevettingText.Say(Quarter.Parse(lot.Period)!.Value), lot.Pool.Length, lot.Count, lot.Policy, register.NameOf(lot.By), chain.Commitment, lot.Place, lot.Seed,
                lot.Seed is null ? null : file.IsRight, moments, [.. lot.Drawn.Where(d => shown.Contains(d.Person)).Select(d => LineOf(d.Person, rows.GetValueOrDefault(d.Person), lot, actor, register, policy, now))], page, pages, current),
        });
    }

    static DrawnLine LineOf(Guid person, LotRow? row, Lot lot, Actor actor, Register register, Policy policy, DateTimeOffset now)
    {
        var (state, until) = (row?.State ?? RevettingState.Waiting, lot.BeginUntil!.Value);
        var (key, tone) = state switch
        {
            RevettingState.Waiting when now >= until => ("overdue", Tone.Urgent),
            RevettingState.Waiting => ("waiting", Tone.Attention),
            RevettingState.Begun when now >= policy.After(PolicyRules.RevettedWithin, lot.DrawnAt!.Value) => ("unfinished", Tone.Urgent),
            RevettingState.Begun => ("begun", Tone.Info),
            RevettingState.Granted => ("granted", Tone.Good),
            _ => ("refused", Tone.Neutral),
        };
        var may = actor.Has(Role.Vetting) && person != actor.Person;
        return new DrawnLine(
            register.NameOf(person), Viewing.ShowClearances.PostOf(person, register, now), PeopleText.Of("level." + PeopleText.Camel(lot.Drawn.First(d => d.Person == person).Level)),
            RevettingText.Of("state." + key), tone, until,
            may && state == RevettingState.Waiting ? new Link($"/vetting/new?person={person:D}", RevettingText.Of("next-do.begin"))
            : person != actor.Person && row?.Clearance is { } clearance ? new Link($"/vetting/{clearance:D}", RevettingText.Of("open")) : null);
    }

    static (int Page, int Pages) PageOf(HttpContext http, int total)
    {
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        return (Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages), pages);
    }

    static string TextOf(string code) => RevettingText.Of(code) is var text && text != code ? text : PeopleText.Of(code);
}
