using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Confirming;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Balancing;

/// <summary>A unit whose balance was published.</summary>
public sealed record PublishedUnit(Guid Unit, string Name, DateTimeOffset At);

/// <summary>One published balance.</summary>
/// <param name="Index">Its entry on the record.</param>
/// <param name="At">When it was published.</param>
/// <param name="By">By whom: a post, no name.</param>
/// <param name="Size">How many entries it was computed from.</param>
/// <param name="Checkpoint">The signed note over them.</param>
/// <param name="Views">The pictures.</param>
/// <param name="Lines">The figures.</param>
/// <param name="Untold">What cannot be told, in words; null where there is none.</param>
/// <param name="Withheld">Whether lines were too small.</param>
/// <param name="Checked">What computing it again showed, in words.</param>
/// <param name="Tone">Whether that was as it should be.</param>
/// <param name="CheckedAt">When.</param>
/// <param name="Erased">How many seizures could be read no longer then.</param>
public sealed record PublishedBalance(
    long Index, DateTimeOffset At, string By, long Size, string Checkpoint, IReadOnlyList<GramsView> Views, IReadOnlyList<GramsSumLine> Lines, string? Untold, bool Withheld,
    string? Checked, Tone Tone, DateTimeOffset? CheckedAt, int Erased);

/// <summary>What was published of a unit; the statement shown, and the others.</summary>
public sealed record PublishedSheet(Guid Unit, string Name, PublishedBalance? Shown, IReadOnlyList<(long Index, DateTimeOffset At)> All, bool MayCheck, string? Error)
{
    /// <summary>The other published accounts that have exhibits of this one: of units below that it covers, and of units above that cover it.</summary>
    public IReadOnlyList<Link> Overlaps { get; init; } = [];

    /// <summary>Where a statement was just computed again: what came out now, beside what was published.</summary>
    public IReadOnlyList<GramsSumLine>? Now { get; init; }
}

/// <summary>
/// The published balances, for anybody: the figures, the checkpoint that they were computed at, a receipt by which anyone can check that exactly they stand on
/// the record, and all of it as JSON. Whoever may read the record has one computed again.
/// </summary>
internal sealed class ShowPublished(GramsDesk desk, CheckBalance slice, FollowGrams follow, IRegister registers, TransparencyLog log, TimeProvider time)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What everybody may see.</summary>
    public static void MapPublic(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/grams", async (ShowPublished page, CancellationToken cancel) =>
            Rendered.Page<PublishedUnitsPage>(new { Units = await page.UnitsAsync(cancel) }));
        pages.MapGet("/grams/{unit:guid}", (Guid unit, HttpContext http, ShowPublished page) => page.ShowAsync(unit, null, http, null, 200));
        pages.MapGet("/grams/{unit:guid}/{index:long}", (Guid unit, long index, HttpContext http, ShowPublished page) => page.ShowAsync(unit, index, http, null, 200));
        pages.MapGet("/grams/{unit:guid}/{index:long}/statement.json", (Guid unit, long index, ShowPublished page, CancellationToken cancel) => page.JsonAsync(unit, index, cancel));
        pages.MapGet("/grams/{unit:guid}/{index:long}/receipt", (Guid unit, long index, HttpContext http, ShowPublished page) => page.ReceiptAsync(unit, index, http))
            .RequireRateLimiting(PublicReceiptEndpoints.RateLimit);
    }

    /// <summary>What is for who may read the record.</summary>
    public static void Map(IEndpointRouteBuilder pages) =>
        pages.MapPost("/grams/{unit:guid}/{index:long}", (Guid unit, long index, HttpContext http, ShowPublished page) => page.CheckAsync(unit, index, http));

    async Task<IResult> JsonAsync(Guid unit, long index, CancellationToken cancel) => (await desk.StatementsAsync(unit, cancel)).At(index) is { } found
        ? Results.Json(new { index, publishedAt = found.At, origin = log.Origin, key = log.VerifierKey.ToString(), statement = found.Of }, Json) : Results.NotFound();

    async Task<IResult> ReceiptAsync(Guid unit, long index, HttpContext http) => (await desk.StatementsAsync(unit, http.RequestAborted)).At(index) is null
        ? Results.NotFound() : PublicReceiptEndpoints.File(http, await log.WriteReceiptAsync(index, ReceiptForm.Content, http.RequestAborted));

    // Nobody who is not signed in has the record read for them: until it was read once, the page says so.
    async Task<IReadOnlyList<PublishedUnit>?> UnitsAsync(CancellationToken cancel)
    {
        if (follow.Newest is not { } book) return null;
        var register = await registers.ReadAsync(cancel);
        return [.. book.Published.Where(p => register.Units.ContainsKey(p.Key))
            .Select(p => new PublishedUnit(p.Key, register.Units[p.Key].Name, p.Value.At)).OrderBy(p => p.Name, StringComparer.CurrentCulture)];
    }

    async Task<IResult> CheckAsync(Guid unit, long index, HttpContext http)
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        var outcome = await slice.HandleAsync(person, unit, index, http.RequestAborted);
        switch (outcome)
        {
            case Outcome.Done(var written):
                http.Wrote(written);
                return await ShowAsync(unit, index, http, null, 200, again: true);
            case null:
                return Results.NotFound();
            default:
                return await ShowAsync(unit, index, http, ExhibitsText.Of((outcome as Outcome.Refused)?.Refusal.Code ?? "record.stale"), StatusCodes.Status422UnprocessableEntity);
        }
    }

    async Task<IResult> ShowAsync(Guid unit, long? index, HttpContext http, string? error, int status, bool again = false)
    {
        var (cancel, now) = (http.RequestAborted, time.GetUtcNow());
        var register = await registers.ReadAsync(cancel);
        if (!register.Units.TryGetValue(unit, out var known)) return Results.NotFound();
        var all = (await desk.StatementsAsync(unit, cancel)).All;
        var shown = index is { } one ? all.FirstOrDefault(s => s.Index == one) : all.LastOrDefault();
        if (index is not null && shown is null) return Results.NotFound();
        var mayCheck = SignedInPerson.Of(http.User) is { } person && GramsAccess.Refuses(GramsAction.Check, Actor.From(register, person, now), unit, register, now) is null;
        var sheet = new PublishedSheet(
            unit, known.Name, shown is null ? null : Of(shown, known.Name, register), [.. all.Reverse().Where(s => s.Index != shown?.Index).Select(s => (s.Index, s.At))], mayCheck, error)
        {
            Overlaps = [.. (shown?.Of.Covers ?? []).Concat(Above(unit, register)).Where(register.Units.ContainsKey).Select(u => new Link($"/grams/{u:D}", register.Units[u].Name))],
        };
        if (again && shown!.IsContradicted && (await slice.ComputeAsync(shown, cancel)).Book is { } book)
            sheet = sheet with { Now = [.. CheckBalance.LinesOf(book, unit, register).Select(l => ShowUnitGrams.Line(l))] };
        return Rendered.Page<PublishedPage>(new { Sheet = sheet }, status);
    }

    IEnumerable<Guid> Above(Guid unit, Register register) => follow.Newest?.Published.Keys.Where(u => u != unit && register.IsWithin(unit, u)).Order() ?? Enumerable.Empty<Guid>();

    static PublishedBalance Of(BalanceStatement statement, string name, Register register)
    {
        var of = statement.Of;
        var found = statement.Checked?.Found;
        return new PublishedBalance(
            statement.Index, statement.At, string.Join(", ", register.PostsOf(statement.By, statement.At).Select(p => p.Title).Order(StringComparer.CurrentCulture)), of.Size, of.Checkpoint,
            [.. of.Lines.GroupBy(l => l.Basis).OrderBy(g => g.Key == MassKind.Net ? 0 : 1).Select(g => GramsWords.View(
                $"{name}, {GramsWords.BasisOf(g.Key)}", g.Key, GramsFigures.Sum([.. g.Select(GramsWords.FiguresOf)])))],
            [.. of.Lines.Select(l => ShowUnitGrams.Line(l))],
            of.Untold switch { null => ExhibitsText.Of("grams.untold-few"), 0 => null, { } many => ExhibitWords.Say("grams.untold", many) }, of.Withheld,
            found switch
            {
                null => null, { SameRoot: false } => ExhibitsText.Of("grams.check-root"), { SameFigures: true } => ExhibitsText.Of("grams.check-same"),
                { Erased: > 0 } => ExhibitsText.Of("grams.check-erased"), _ => ExhibitsText.Of("grams.check-differs"),
            },
            statement.IsContradicted ? Tone.Urgent : found is { SameFigures: true } ? Tone.Good : Tone.Attention, statement.Checked?.At, found?.Erased ?? 0);
    }
}
