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

namespace Probity.Conduct.Gifts;

/// <summary>A gift as the list shows it.</summary>
public sealed record GiftLine(Guid Id, DateTimeOffset Declared, string By, string Direction, string Value, string Stage, Tone Tone, bool Late);

/// <summary>All that the list shows.</summary>
public sealed record GiftsSheet(IReadOnlyList<GiftLine> Lines, int Page, int Pages, Func<int, string> Href, bool All, bool MayDeclare, bool UpToDate);

/// <summary>A line of the public register.</summary>
public sealed record GiftRegisterLine(string When, string Unit, string Direction, string Value, string Measure, int Count);

/// <summary>Shows gifts: to who declared them their own, to integrity and the overseers all, and to everybody the register without names.</summary>
internal sealed class ShowGifts(DbContext views, IRegister registers, TimeProvider time)
{
    const string Address = "/conduct/gifts";
    const int OnPage = 25;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, async (HttpContext http, ShowGifts slice) =>
        {
            if (!GiftAccess.HasAnyRole(http.User)) return Results.Forbid();
            var current = await http.CaughtUpAsync(GiftsView.ViewName, http.RequestAborted);
            return await slice.ShowAsync(SignedInPerson.Of(http.User)!.Value, http.Request.Query["page"], current, http.RequestAborted);
        });
        pages.MapGet(Address + "/register", (HttpContext http, ShowGifts slice) => slice.ShowRegisterAsync(http.RequestAborted)).AllowAnonymous();
    }

    async Task<IResult> ShowAsync(Guid person, string? asked, bool current, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, now);
        var all = GiftAccess.SeesAll(actor);
        IQueryable<GiftRow> rows = views.Set<GiftRow>().AsNoTracking();
        if (!all) rows = rows.Where(g => g.Declarer == person);
        var pages = Math.Max(1, (await rows.CountAsync(cancel) + OnPage - 1) / OnPage);
        _ = int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var page);
        page = Math.Clamp(page, 1, pages);
        // What waits stands first.
        var shown = await rows.OrderByDescending(g => g.Waits).ThenByDescending(g => g.Declared).ThenBy(g => g.Gift).Skip((page - 1) * OnPage).Take(OnPage).ToListAsync(cancel);
        return Rendered.Page<GiftsPage>(new
        {
            Sheet = new GiftsSheet(
                [.. shown.Select(g => LineOf(g, register, now))], page, pages, number => string.Create(CultureInfo.InvariantCulture, $"{Address}?page={number}"), all, CodeDuty.Binds(actor), current),
        });
    }

    static GiftLine LineOf(GiftRow row, Register register, DateTimeOffset now)
    {
        var stage = Gift.StageOf(row.Reviewed is not null, row.Due, now);
        return new GiftLine(
            row.Gift, row.Declared, register.NameOf(row.Declarer), WordOf(row.Direction), Band(row.Band, row.Currency),
            row.Measure is { } measure ? WordOf(measure) : ConductText.Of("gift-stage." + ConductText.Camel(stage)), ToneOf(stage), row.Late);
    }

    async Task<IResult> ShowRegisterAsync(CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var counts = await views.Set<GiftRow>().AsNoTracking().Where(g => g.Measure != null)
            .GroupBy(g => new { g.Month, g.Unit, g.Direction, g.Band, g.Currency, g.Measure })
            .Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        var (told, leavesOut) = GiftRegister.Tell(counts.Select(c => new GiftCount(
            c.Key.Month / 100, c.Key.Month, c.Key.Unit, c.Key.Direction, c.Key.Band, c.Key.Currency, c.Key.Measure, c.Count)));
        return Rendered.Page<GiftRegisterPage>(new { Lines = told.Select(c => LineOf(c, register)).ToList(), LeavesOut = leavesOut });
    }

    static GiftRegisterLine LineOf(GiftCount count, Register register) => new(
        count.Month is { } month ? new DateOnly(month / 100, month % 100, 1).ToString("Y", CultureInfo.CurrentCulture) : count.Year?.ToString(CultureInfo.InvariantCulture) ?? ConductText.Of("register.years"),
        count.Unit is { } unit ? register.Units.GetValueOrDefault(unit)?.Name ?? "" : ConductText.Of("register.units"),
        count.Direction is { } direction ? WordOf(direction) : ConductText.Of("register.directions"),
        count.Band is { } band ? Band(band, count.Currency!) : ConductText.Of("register.values"),
        count.Measure is { } measure ? WordOf(measure) : ConductText.Of("register.measures"), count.Count);

    internal static string WordOf(GiftDirection direction) => ConductText.Of("direction." + ConductText.Camel(direction));

    internal static string WordOf(GiftMeasure measure) => ConductText.Of("measure." + ConductText.Camel(measure));

    internal static Tone ToneOf(GiftStage stage) => stage switch { GiftStage.Reviewed => Tone.Good, GiftStage.Overdue => Tone.Urgent, _ => Tone.Attention };

    static string Band(int band, string currency) => ConductText.Say(band == ValueBand.Highest ? "band.most" : "band.below", (decimal)Math.Pow(10, Math.Min(band + 1, ValueBand.Highest)), currency);
}
