using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Exhibits.Listing;
using Probity.Ledger;
using Probity.Shared.Confirming;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Telling;

/// <summary>
/// Tells the story of an exhibit on one page, for the court, the prosecutor and who watches over both. What does not fit stands in it whether or not it is
/// explained: the defence sees it too.
/// </summary>
internal sealed class TellStory(ExhibitDesk desk, Stories stories, TransparencyLog log, DbContext views)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/exhibits/{id:guid}/story", async (Guid id, HttpContext http, TellStory slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return await slice.ReadAsync(person, id, http.RequestAborted) is { } sheet
                ? Rendered.Page<StoryPage>(new { Sheet = sheet })
                : Results.NotFound();
        });
        pages.MapGet("/exhibits/{id:guid}/receipt/{index:long}", async (Guid id, long index, HttpContext http, TellStory slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            if (await slice.ReceiptAsync(person, id, index, http.RequestAborted) is not { } receipt) return Results.NotFound();
            http.Response.Headers.CacheControl = "no-store";
            return PublicReceiptEndpoints.File(http, receipt);
        });
        pages.MapGet("/court/{id:guid}/exhibits", async (Guid id, HttpContext http, TellStory slice) =>
        {
            if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
            await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
            return await slice.ListAsync(person, id, http.RequestAborted) is { } list
                ? Rendered.Page<StoriesPage>(new { Case = id, list.Number, list.Lines, list.MayBundle })
                : Results.NotFound();
        });
    }

    async Task<(string Number, bool MayBundle, IReadOnlyList<ExhibitLine> Lines)?> ListAsync(Guid person, Guid @case, CancellationToken cancel)
    {
        var facts = await desk.OpenCaseAsync(person, @case, ExhibitAction.ReadStory, "exhibits.court-list", cancel);
        if (facts is null) return null;
        var rows = await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Case == @case).OrderBy(e => e.Number).ToListAsync(cancel);
        return (facts.Standing.Case.Number, ExhibitAccess.Refuses(ExhibitAction.MakeBundle, facts) is null, [.. rows.Select(e => ExhibitLine.Of(e, facts.Register))]);
    }

    async Task<StorySheet?> ReadAsync(Guid person, Guid id, CancellationToken cancel) =>
        await OpenAsync(person, id, "exhibits.story", cancel) is { } facts ? await stories.OfAsync(facts, cancel) : null;

    // Only what belongs to this exhibit: a receipt opens what it is for.
    async Task<Ledger.Receipt?> ReceiptAsync(Guid person, Guid id, long index, CancellationToken cancel)
    {
        if (await OpenAsync(person, id, "exhibits.receipt", cancel) is null) return null;
        return await log.ReadHeaderAsync(index, cancel) is { } bytes && HeaderEncoding.Decode(bytes).Stream == new StreamId(id)
            ? await log.WriteReceiptAsync(index, ReceiptForm.Content, cancel)
            : null;
    }

    async Task<ExhibitFacts?> OpenAsync(Guid person, Guid id, string what, CancellationToken cancel) =>
        await desk.OpenAsync(person, id, what, cancel, ExhibitAction.ReadStory) is { } facts && ExhibitAccess.Refuses(ExhibitAction.ReadStory, facts) is null ? facts : null;
}
