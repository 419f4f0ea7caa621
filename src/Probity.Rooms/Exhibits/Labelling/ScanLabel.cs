using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Exhibits.Listing;
using Probity.Exhibits.Transferring;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.Exhibits.Labelling;

/// <summary>
/// From a label to its exhibit. Who may see it comes to its page; who has a post that takes exhibits, to the form for taking it; everybody else learns
/// nothing.
/// </summary>
internal sealed class ScanLabel(DbContext views, ExhibitDesk desk, LabelGuesses guesses)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/exhibits/find", async (string? code, HttpContext http, ScanLabel slice) =>
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        HandOverKit.LetScriptsRun(http.Response.Headers);
        await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
        if (slice.IsBarred(person)) return Page(code, LabelGuesses.TooMany, StatusCodes.Status429TooManyRequests);
        return await slice.FindAsync(person, code, http.RequestAborted) is { } href ? Results.Redirect(href) : Page(code, "scan.unknown", StatusCodes.Status404NotFound);
    });

    static IResult Page(string? typed, string error, int status) =>
        Rendered.Page<ScanPage>(new { Typed = typed, Errors = (IReadOnlyList<FieldError>)[new FieldError("code", ExhibitsText.Of(error))] }, status);

    /// <summary>Whether this person has tried too many labels that lead nowhere.</summary>
    public bool IsBarred(Guid person) => guesses.IsBarred(person);

    /// <summary>The exhibit that a label is of, for who says that they have it in hand; or null, which counts as a try that led nowhere.</summary>
    public async Task<Guid?> IdOfAsync(Guid person, string? label, CancellationToken cancel)
    {
        var id = await IdOfAsync(label, cancel);
        if (id is null) await guesses.MissedAsync(person, 1, cancel);
        return id;
    }

    async Task<Guid?> IdOfAsync(string? label, CancellationToken cancel) => ExhibitCode.Read(label) is { Code: var code }
        && await views.Set<ExhibitRow>().AsNoTracking().FirstOrDefaultAsync(e => e.Code == code, cancel) is { Id: var id } ? id : null;

    async Task<string?> FindAsync(Guid person, string? label, CancellationToken cancel)
    {
        if (await IdOfAsync(person, label, cancel) is not { } id) return null;
        if (await desk.OpenAsync(person, id, "exhibits.scan", cancel, ExhibitAction.Receive) is not { } facts)
        {
            // What is there and not for them counts like what is not.
            await guesses.MissedAsync(person, 1, cancel);
            return null;
        }

        return ExhibitAccess.Refuses(ExhibitAction.View, facts) is null ? $"/exhibits/{id:D}" : $"/exhibits/{id:D}/take";
    }
}
