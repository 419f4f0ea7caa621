using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
using Probity.Shared.Web;

namespace Probity.Exhibits.Listing;

/// <summary>An exhibit in a list.</summary>
public sealed record ExhibitLine(
    Guid Id, string Number, string What, string Status, Tone Tone, string Holder, string? Place, DateTimeOffset Since, string? Gross, string? Net, string? Coming)
{
    /// <summary>Whether it was taken over from a register.</summary>
    public bool IsFromRegister { get; init; }

    /// <summary>What has to be known of the gross mass so that it is not taken for today's: it was opened since, or comes of several weighings; null where nothing has.</summary>
    public string? GrossNote { get; init; }

    /// <summary>The same of the net mass.</summary>
    public string? NetNote { get; init; }

    /// <summary>The line of a row, without where it lies and who gets it.</summary>
    internal static ExhibitLine Of(ExhibitRow row, Register register) => new(
        row.Id, row.Number, ExhibitWords.What(row.Kind, row.Substance, row.IsNegative), ExhibitWords.Of(row.Status), ExhibitWords.ToneOf(row.Status),
        row.IsMissing && row.End is null ? ExhibitWords.Say("list.last-holder", register.NameOf(row.Holder)) : register.NameOf(row.Holder), null, row.Since,
        row.Gross is { } gross ? ExhibitWords.Of(ExhibitRow.GramsOf(gross)) : null, row.Net is { } net ? ExhibitWords.Of(ExhibitRow.GramsOf(net)) : null, null)
    {
        IsFromRegister = row.IsFromRegister,
        GrossNote = row.Gross is null ? null : row.IsGrossBefore ? ExhibitsText.Of("list.before") : row.IsGrossMixed ? ExhibitsText.Of("list.mixed") : null,
        NetNote = row.Net is not null && row.IsNetBefore ? ExhibitsText.Of("list.before") : null,
    };
}

/// <summary>A list of exhibits: of the reader, or of a case.</summary>
public sealed record ExhibitListSheet(
    Guid? Case, string? CaseNumber, bool MaySeize, bool SeesStore, bool SeesDiscrepancies, IReadOnlyList<ExhibitLine> Coming, IReadOnlyList<ExhibitLine> Lines, int Total,
    bool UpToDate)
{
    /// <summary>Whether the reader can have an exhibit in hand: civil society has nothing to scan.</summary>
    public bool MayScan { get; init; }

    /// <summary>Whether the reader sees the sums of a unit.</summary>
    public bool SeesGrams { get; init; }

    /// <summary>Whether the reader has to do with registers that are taken over.</summary>
    public bool SeesRegisters { get; init; }

    /// <summary>What was asked, by field of the form.</summary>
    public IReadOnlyDictionary<string, string?> Asked { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether the list is narrowed down.</summary>
    public bool Filtered { get; init; }

    /// <summary>Whether it is of all that the reader may see, and not of what they have in hand.</summary>
    public bool OfAll { get; init; }

    /// <summary>The places that it can be narrowed down to.</summary>
    public IReadOnlyList<Choice> Places { get; init; } = [];

    /// <summary>The page shown, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>How many there are.</summary>
    public int Pages { get; init; } = 1;

    /// <summary>The address of a page.</summary>
    public Func<int, string> Href { get; init; } = _ => "/exhibits";
}

/// <summary>Lists the exhibits that a person has or gets, and those of a case to who sees it.</summary>
internal sealed class ShowExhibits(DbContext views, TransparencyLog log, IRegister registers, ICaseDirectory cases, ExhibitDesk desk, TimeProvider time)
{
    const int PageSize = 25;

    // What is on its way to somebody waits for them: a list of more would be read by nobody.
    const int MostComing = 50;

    /// <summary>So many are counted and shown page by page; whoever has more narrows the list down. A page then costs the same however many there are.</summary>
    public const int MostCounted = 1_000;

    /// <summary>Whether the room is of any use to this person.</summary>
    public static bool Serves(ClaimsPrincipal user) =>
        new[] { Role.Officer, Role.Investigator, Role.Custodian, Role.Analyst, Role.Prosecutor, Role.Commander, Role.Integrity, Role.Overseer }
            .Any(role => SignedInPerson.Has(user, role));

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits", async (HttpContext http, ShowExhibits slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var current = await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return Page(await slice.ListAsync(person, ExhibitQuery.Of(http.Request.Query), current, http));
        });
        pages.MapGet("/cases/{id:guid}/exhibits", async (Guid id, HttpContext http, ShowExhibits slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var current = await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return await slice.OfCaseAsync(person, id, current, http) is { } sheet ? Page(sheet) : Results.NotFound();
        });
    }

    async Task<ExhibitListSheet> ListAsync(Guid person, ExhibitQuery query, bool current, HttpContext http)
    {
        var cancel = http.RequestAborted;
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, time.GetUtcNow());
        var seesStore = StoreDesk.Allows(StoreAction.View, actor);
        var store = await new RecordSession(log).FoldAsync<Store>(Store.Stream, cancel);
        // Whoever may count a place looks at what lies there, not at what should.
        var places = seesStore ? store.Locations.Values.Where(l => !StoreDesk.MayCount(l, actor, register, time.GetUtcNow())).OrderBy(l => l.Name, StringComparer.CurrentCulture).ToList() : [];
        if (places.TrueForAll(l => l.Id != query.Place)) query = query with { Place = null };
        // Who never has any in hand comes for those of the cases.
        query = query with { All = query.All ?? !ExhibitAccess.IsHandler(actor) };
        var all = query.All == true;
        var coming = query is { IsFiltered: false, Page: 1 }
            ? await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Addressee == person).OrderBy(e => e.HalfSince).ThenBy(e => e.Id).Take(MostComing).ToListAsync(cancel) : [];
        var among = query.Narrow(all ? await SeenAsync(person, cancel) : Held(person, query.Status is not null));
        // What lies nowhere, or waits to be weighed, for longest comes first.
        var found = (query.IsUnplaced ? Unplaced.Of(among, register, time.GetUtcNow()).OrderBy(e => e.Since)
            : query.IsUnweighed ? among.OrderBy(e => e.UnweighedSince) : among.OrderByDescending(e => e.Since)).ThenBy(e => e.Id);
        var total = await found.Take(MostCounted + 1).CountAsync(cancel);
        var pages = Math.Max(1, (Math.Min(total, MostCounted) + PageSize - 1) / PageSize);
        var page = Math.Min(query.Page, pages);
        var rows = await found.Skip((page - 1) * PageSize).Take(PageSize).AsNoTracking().ToListAsync(cancel);
        return new ExhibitListSheet(
            null, null, false, seesStore, SeesDiscrepancies(http.User), await LinesAsync(coming, cancel), await LinesAsync(rows, cancel), total, current)
        {
            MayScan = actor.Roles.Any(r => r != Role.Monitor), SeesGrams = GramsAccess.Serves(http.User), SeesRegisters = TakingOver.TakingOverAccess.Serves(actor), Asked = query.Asked, Filtered = query.IsFiltered, OfAll = all,
            Places = [
                .. places.Count > 0 || query.IsUnplaced ? [new Choice(ExhibitQuery.NoPlace, ExhibitsText.Of("filter.no-place"))] : (Choice[])[],
                .. places.Select(l => new Choice(l.Id.ToString("D"), l.Name))],
            Page = page, Pages = pages, Href = number => "/exhibits" + query.ToQuery(number),
        };
    }

    /// <summary>What somebody has in hand: what is there no longer is in nobody's, unless it is asked for.</summary>
    public IQueryable<ExhibitRow> Held(Guid person, bool gone) => views.Set<ExhibitRow>().Where(e => e.Holder == person && (gone || e.End == null));

    /// <summary>What somebody may see: by the case's own rule; and whoever has a thing in hand sees it whatever its case.</summary>
    public async Task<IQueryable<ExhibitRow>> SeenAsync(Guid person, CancellationToken cancel)
    {
        var seen = await cases.SeenAsync(person, cancel);
        // Asked of each exhibit, not gathered for all: the cases that somebody sees may be many.
        return views.Set<ExhibitRow>().Where(e => e.Holder == person || seen.Any(c => c == e.Case));
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
        return [.. rows.Select(e => ExhibitLine.Of(e, register) with
        {
            Place = e.Location is { } place ? store.Locations.GetValueOrDefault(place)?.Name : null, Coming = e.Addressee is { } to ? register.NameOf(to) : null,
        })];
    }

    static bool SeesDiscrepancies(ClaimsPrincipal user) => SignedInPerson.Has(user, Role.Integrity) || SignedInPerson.Has(user, Role.Overseer);

    static IResult Page(ExhibitListSheet sheet) => Rendered.Page<ExhibitListPage>(new { Sheet = sheet });
}
