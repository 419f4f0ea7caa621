using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Listing;
using Probity.Exhibits.Telling;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Bundling;

/// <summary>A bundle that was printed: when, by whom, for whom, and the sum by which it is recognised.</summary>
public sealed record BundleLine(DateTimeOffset At, string By, string For, int Pages, string Sha256);

/// <summary>The page from which a bundle is printed.</summary>
public sealed record BundleSheet(Guid Case, string Number, int Exhibits, IReadOnlyList<BundleLine> Made)
{
    /// <summary>What was typed as whom it is for.</summary>
    public string? For { get; init; }

    /// <summary>What was refused.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];
}

/// <summary>The bundles that were printed of a case, in the order of time.</summary>
internal sealed record Bundles(ImmutableArray<(BundleMade Bundle, DateTimeOffset At, Guid By)> Made) : IState<Bundles>
{
    public static Bundles Initial { get; } = new([]);

    /// <summary>The stream of a case's bundles.</summary>
    public static StreamId StreamOf(Guid @case) => new(Streams.Derive(@case, "court bundles"));

    public Bundles Apply(Recorded recorded) => recorded.Event is BundleMade e ? new(Made.Add((e, recorded.When, recorded.Actor.Value))) : this;
}

/// <summary>
/// Prints a case for the court: charges and what proves them, disclosure, hearings, every decision, each exhibit's story with what does not fit, and the
/// receipts, which the defence checks without us. The file is recorded by its sum and kept nowhere.
/// </summary>
internal sealed class MakeBundle(ExhibitDesk desk, Clerk clerk, TransparencyLog log, Stories stories, ICourtParts courts, BundlePrinter printer, DbContext views, TimeProvider time)
{
    public const string ForMissing = "exhibits.bundle-for-missing";
    public const string TooMany = "exhibits.bundle-too-many";

    /// <summary>The most exhibits in one bundle.</summary>
    public const int Most = 300;

    // One at a time: a printed paper is held in memory, and the printer is not made for several.
    static readonly SemaphoreSlim s_printing = new(1);

    internal sealed record Command(Guid Case, string For);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/court/{id:guid}/bundle", async (Guid id, HttpContext http, MakeBundle slice) =>
            SignedInPerson.Of(http.User) is not { } person ? Results.Unauthorized()
            : await slice.SheetAsync(http, person, id) is { } sheet ? Page(sheet, StatusCodes.Status200OK)
            : Results.NotFound());
        pages.MapPost("/court/{id:guid}/bundle", async (Guid id, HttpContext http, MakeBundle slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            var whom = (await http.Request.ReadFormAsync(http.RequestAborted))["for"].ToString();
            await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            if (await slice.HandleAsync(person, new Command(id, whom), http.RequestAborted) is not { } made) return Results.NotFound();
            if (made.Bytes is { } bytes)
            {
                http.Response.Headers.CacheControl = "no-store";
                return Results.File(bytes, "application/pdf", made.Name);
            }

            return await slice.SheetAsync(http, person, id) is { } sheet
                ? Page(sheet with { For = whom, Errors = [new FieldError(made.Refusal!.Code == TooMany ? "" : "for", ExhibitsText.Of(made.Refusal.Code))] }, StatusCodes.Status422UnprocessableEntity)
                : Results.NotFound();
        });
    }

    public static Decision Decide(Command command, BundleMade made, ExhibitFacts facts)
    {
        if (ExhibitAccess.Refuses(ExhibitAction.MakeBundle, facts) is { } refusal) return refusal;
        return ExhibitTexts.Refuses(command.For, ExhibitTexts.MaxLine, ForMissing) is { } unsaid ? unsaid
            : made.Exhibits > Most ? Decision.Refuse(TooMany)
            : Decision.Accept(new Filing(Bundles.StreamOf(command.Case), made, Compartment: Compartments.OfMatter(new StreamId(command.Case))));
    }

    /// <summary>Prints it; null where this person may not know of the case. What is refused is not printed.</summary>
    public async Task<(byte[]? Bytes, string Name, Refusal? Refusal)?> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        if (await desk.OpenCaseAsync(person, command.Case, ExhibitAction.MakeBundle, "exhibits.bundle", cancel) is not { } facts) return null;
        if (await courts.ReadAsync(command.Case, cancel) is not { } court) return null;
        var ids = await ExhibitsOf(command.Case).Take(Most + 1).ToListAsync(cancel);
        var made = new BundleMade(Guid.CreateVersion7(), "", 0, 0, ids.Count, log.Size, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, command.For.Trim());
        byte[]? bytes = null;
        if (Decide(command, made, facts) is Decision.Accepted)
        {
            await s_printing.WaitAsync(cancel);
            try
            {
                (bytes, var pages) = printer.Print(new BundleContent(
                    made.For, facts.Register.NameOf(person), time.GetUtcNow(), log.Checkpoint, court.Part, court.Decisions, await ReadAsync(person, ids, cancel)));
                made = made with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)), Bytes = bytes.Length, Pages = pages };
            }
            finally
            {
                s_printing.Release();
            }
        }

        var outcome = await clerk.FileAsync(
            new ActorId(person), new StreamId(command.Case), $"exhibits.{ExhibitAction.MakeBundle}",
            async session => Decide(command, made, await desk.ReadCaseAsync(session, person, command.Case, cancel)), cancel: cancel);
        return outcome is Outcome.Done
            ? (bytes, $"{court.Part.Number}.pdf", null)
            : (null, "", outcome is Outcome.Refused refused ? refused.Refusal : new Refusal("record.stale"));
    }

    IQueryable<Guid> ExhibitsOf(Guid @case) => views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Case == @case).OrderBy(e => e.Number).Select(e => e.Id);

    async Task<IReadOnlyList<BundledExhibit>> ReadAsync(Guid person, List<Guid> ids, CancellationToken cancel)
    {
        var exhibits = new List<BundledExhibit>();
        foreach (var id in ids)
        {
            var story = await stories.OfAsync(await desk.ReadAsync(new RecordSession(log), person, id, cancel), cancel);
            var receipts = new List<Ledger.Receipt>();
            foreach (var line in story.Annex) receipts.Add(await log.WriteReceiptAsync(line.Index, ReceiptForm.Content, cancel));
            exhibits.Add(new BundledExhibit(story, receipts));
        }

        return exhibits;
    }

    async Task<BundleSheet?> SheetAsync(HttpContext http, Guid person, Guid id)
    {
        var cancel = http.RequestAborted;
        await http.CaughtUpAsync(ExhibitsView.ViewName, cancel);
        if (await desk.OpenCaseAsync(person, id, ExhibitAction.MakeBundle, "exhibits.bundles", cancel) is not { } facts) return null;
        var bundles = await new RecordSession(log).FoldAsync<Bundles>(Bundles.StreamOf(id), cancel);
        return new BundleSheet(
            id, facts.Standing.Case.Number, await ExhibitsOf(id).CountAsync(cancel),
            [.. bundles.Made.Reverse().Select(b => new BundleLine(b.At, facts.Register.NameOf(b.By), b.Bundle.For, b.Bundle.Pages, b.Bundle.Sha256))]);
    }

    static IResult Page(BundleSheet sheet, int status) => Rendered.Page<MakeBundlePage>(new { Sheet = sheet }, status);
}
