using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Keeping;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Exhibits.Listing;

/// <summary>An exhibit in a list.</summary>
public sealed record ExhibitLine(
    Guid Id, string Number, string What, string Status, Tone Tone, string Holder, string? Place, DateTimeOffset Since, string? Gross, string? Net, string? Coming)
{
    /// <summary>Whether it was taken over from a register.</summary>
    public bool IsFromRegister { get; init; }
}

/// <summary>A list of exhibits: of the reader, or of a case.</summary>
public sealed record ExhibitListSheet(
    Guid? Case, string? CaseNumber, bool MaySeize, bool SeesStore, bool SeesDiscrepancies, IReadOnlyList<ExhibitLine> Coming, IReadOnlyList<ExhibitLine> Lines, int Total,
    bool UpToDate)
{
    /// <summary>Whether the reader sees the sums of a unit.</summary>
    public bool SeesGrams { get; init; }

    /// <summary>Whether the reader has to do with registers that are taken over.</summary>
    public bool SeesRegisters { get; init; }
}

/// <summary>Lists the exhibits that a person has or gets, and those of a case to who sees it.</summary>
internal sealed class ShowExhibits(DbContext views, TransparencyLog log, IRegister registers, ICaseDirectory cases, ExhibitDesk desk, TimeProvider time)
{
    /// <summary>The most that a list shows; a custodian with more looks for them by their number.</summary>
    const int Most = 200;

    /// <summary>Whether the room is of any use to this person.</summary>
    public static bool Serves(ClaimsPrincipal user) =>
        new[] { Role.Officer, Role.Investigator, Role.Custodian, Role.Analyst, Role.Prosecutor, Role.Commander, Role.Integrity, Role.Overseer }
            .Any(role => SignedInPerson.Has(user, role));

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits", async (string? number, HttpContext http, ShowExhibits slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var current = await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return Page(await slice.MineAsync(person, number, current, http));
        });
        pages.MapGet("/cases/{id:guid}/exhibits", async (Guid id, HttpContext http, ShowExhibits slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var current = await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return await slice.OfCaseAsync(person, id, current, http) is { } sheet ? Page(sheet) : Results.NotFound();
        });
    }

    async Task<ExhibitListSheet> MineAsync(Guid person, string? number, bool current, HttpContext http)
    {
        var cancel = http.RequestAborted;
        var coming = await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Addressee == person).OrderBy(e => e.HalfSince).Take(Most).ToListAsync(cancel);
        var mine = views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Holder == person && e.End == null);
        if (!string.IsNullOrWhiteSpace(number)) mine = mine.Where(e => e.Number.StartsWith(number.Trim()));
        var total = await mine.CountAsync(cancel);
        var held = await mine.OrderByDescending(e => e.Since).Take(Most).ToListAsync(cancel);
        var actor = await ActorAsync(person, cancel);
        return new ExhibitListSheet(
            null, null, false, StoreDesk.Allows(StoreAction.View, actor), SeesDiscrepancies(http.User),
            await LinesAsync(coming, cancel), await LinesAsync(held, cancel), total, current)
        {
            SeesGrams = GramsAccess.Serves(http.User), SeesRegisters = TakingOver.TakingOverAccess.Serves(actor),
        };
    }

    async Task<ExhibitListSheet?> OfCaseAsync(Guid person, Guid id, bool current, HttpContext http)
    {
        var cancel = http.RequestAborted;
        if (await cases.OpenAsync(person, id, "exhibits.list", cancel) is not { } found) return null;
        var rows = await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Case == id).OrderBy(e => e.Number).ToListAsync(cancel);
        return new ExhibitListSheet(
            id, found.Number, !found.Closed && ExhibitAccess.Refuses(ExhibitAction.Seize, await desk.ReadCaseAsync(new RecordSession(log), person, id, cancel)) is null, false, false, [], await LinesAsync(rows, cancel), rows.Count, current);
    }

    async Task<IReadOnlyList<ExhibitLine>> LinesAsync(List<ExhibitRow> rows, CancellationToken cancel)
    {
        if (rows.Count == 0) return [];
        var register = await registers.ReadAsync(cancel);
        var store = await new RecordSession(log).FoldAsync<Store>(Store.Stream, cancel);
        return [.. rows.Select(e => new ExhibitLine(
            e.Id, e.Number, ExhibitWords.What(e.Kind, e.Substance, e.IsNegative), ExhibitWords.Of(e.Status), ExhibitWords.ToneOf(e.Status), register.NameOf(e.Holder),
            e.Location is { } place ? store.Locations.GetValueOrDefault(place)?.Name : null, e.Since,
            e.Gross is { } gross ? ExhibitWords.Of(ExhibitRow.GramsOf(gross)) : null, e.Net is { } net ? ExhibitWords.Of(ExhibitRow.GramsOf(net)) : null,
            e.Addressee is { } to ? register.NameOf(to) : null) { IsFromRegister = e.IsFromRegister })];
    }

    async Task<Actor> ActorAsync(Guid person, CancellationToken cancel) => Actor.From(await registers.ReadAsync(cancel), person, time.GetUtcNow());

    static bool SeesDiscrepancies(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer);

    static RazorComponentResult<ExhibitListPage> Page(ExhibitListSheet sheet) => new(new { Sheet = sheet }) { PreventStreamingRendering = true };
}
