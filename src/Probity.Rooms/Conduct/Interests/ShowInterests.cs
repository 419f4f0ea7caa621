using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Conduct.Interests;

/// <summary>An entry as a list shows it.</summary>
public sealed record InterestLine(string Href, DateTimeOffset Declared, string By, string Kind, string Stage, Tone Tone, DateTimeOffset? Due);

/// <summary>A tie as the list of whoever declared it shows it.</summary>
public sealed record TieLine(string Href, DateTimeOffset Since, string Other, string What, string State, Tone Tone);

/// <summary>All that the list shows.</summary>
public sealed record InterestsSheet(
    IReadOnlyList<InterestLine> Mine, IReadOnlyList<TieLine> Ties, IReadOnlyList<InterestLine> Others, bool SeesOthers, int Page, int Pages, Func<int, string> Href, bool MayDeclare, bool MayTie, bool UpToDate);

/// <summary>A line of the public register.</summary>
public sealed record InterestRegisterLine(string Year, string Unit, string Kind, string Outcome, int Count);

/// <summary>Shows people their own entries; to integrity and the overseers all, to commanders those that wait for their advice, and to everybody the register without names.</summary>
internal sealed class ShowInterests(DbContext views, IRegister registers, TimeProvider time)
{
    public const string Address = "/conduct/interests";
    const int OnPage = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowInterests slice) =>
        {
            if (!InterestAccess.HasAnyRole(http.User)) return Results.Forbid();
            var current = await http.CaughtUpAsync(InterestsView.ViewName, http.RequestAborted);
            return await slice.ShowAsync(SignedInPerson.Of(http.User)!.Value, http.Request.Query["page"], current, http.RequestAborted);
        });
        pages.MapGet(Address + "/register", (HttpContext http, ShowInterests slice) => slice.ShowRegisterAsync(http.RequestAborted)).AllowAnonymous();
    }

    async Task<IResult> ShowAsync(Guid person, string? asked, bool current, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var (all, commands) = (InterestAccess.SeesAll(actor), actor.Has(Role.Commander));
        var units = commands ? register.Units.Keys.Where(u => actor.Commands(u, register)).ToList() : [];
        var rows = views.Set<InterestRow>().AsNoTracking();
        var mine = await rows.Where(i => i.Person == person).OrderByDescending(i => i.Number).ToListAsync(cancel);
        var others = rows.Where(i => i.Person != person && (all || (units.Contains(i.Unit) && i.Stage == InterestStage.Declared && !i.ToOverseer)));
        var pages = all || commands ? Math.Max(1, (await others.CountAsync(cancel) + OnPage - 1) / OnPage) : 1;
        _ = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var page);
        page = Math.Clamp(page, 1, pages);
        // What waits longest stands first, and what is over last.
        var shown = all || commands ? await others.OrderBy(i => i.Due == null).ThenBy(i => i.Due).ThenBy(i => i.Person).ThenBy(i => i.Number).Skip((page - 1) * OnPage).Take(OnPage).ToListAsync(cancel) : [];
        return Rendered.Page<InterestsPage>(new
        {
            Sheet = new InterestsSheet(
                [.. mine.Select(i => LineOf(i, register, now))],
                [.. register.TiesDeclaredBy(person).OrderByDescending(t => t.Since).Select(t => LineOf(t, register))],
                [.. shown.Select(i => LineOf(i, register, now))], all || commands, page, pages,
                number => string.Create(CultureInfo.InvariantCulture, $"{Address}?page={number}"), CodeDuty.Binds(actor), !actor.Posts.IsEmpty, current),
        });
    }

    static InterestLine LineOf(InterestRow row, Register register, DateTimeOffset now) => new(
        string.Create(CultureInfo.InvariantCulture, $"{Address}/{row.Person:D}/{row.Number}"), row.Declared, register.NameOf(row.Person), InterestWords.Of(row.Kind), InterestWords.Of(row.Stage),
        InterestWords.ToneOf(row.Stage, row.Due < now), row.Due);

    static TieLine LineOf(Tie tie, Register register)
    {
        var (text, tone) = InterestWords.StateOf(tie, register);
        return new TieLine($"{Address}/ties/{tie.Id:D}", tie.Since, register.NameOf(tie.Other), InterestWords.Of(tie), text, tone);
    }

    async Task<IResult> ShowRegisterAsync(CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var counts = await views.Set<InterestRow>().AsNoTracking().Where(i => i.Year > 0)
            .GroupBy(i => new { i.Year, i.Unit, i.Kind, i.Measure, Allowed = i.Measure != null }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var (told, leavesOut) = InterestRegister.Tell(counts.Select(c => new InterestCount(c.Key.Year, c.Key.Unit, c.Key.Kind, c.Key.Allowed, c.Key.Measure, c.Count)));
        return Rendered.Page<InterestRegisterPage>(new { Lines = told.Select(c => LineOf(c, register)).ToList(), LeavesOut = leavesOut });
    }

    static InterestRegisterLine LineOf(InterestCount count, Register register) => new(
        count.Year?.ToString(CultureInfo.InvariantCulture) ?? ConductText.Of("register.years"),
        count.Unit is { } unit ? register.Units.GetValueOrDefault(unit)?.Name ?? "" : ConductText.Of("register.units"),
        count.Kind is { } kind ? InterestWords.Of(kind) : ConductText.Of("register.directions"),
        count switch { { Measure: { } measure } => InterestWords.Of(measure), { Allowed: false } => InterestWords.Of(InterestStage.Prohibited), { Allowed: true } => InterestWords.Of(InterestStage.Managed), _ => ConductText.Of("register.measures") }, count.Count);
}
