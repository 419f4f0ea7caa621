using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Exhibits.Listing;
using Probity.Exhibits.Transferring;
using Probity.Shared;
using Probity.Shared.Views;

namespace Probity.Exhibits.Labelling;

/// <summary>
/// From a label to its exhibit. Who may see it comes to its page; who has a post that takes exhibits, to the form for taking it; everybody else learns
/// nothing.
/// </summary>
internal sealed class ScanLabel(DbContext views, ExhibitDesk desk)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/exhibits/find", async (string? code, HttpContext http, ScanLabel slice) =>
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        HandOverKit.LetScriptsRun(http.Response.Headers);
        await http.CaughtUpAsync(ExhibitsView.ViewName, http.RequestAborted);
        return await slice.FindAsync(person, code, http.RequestAborted) is { } href
            ? Results.Redirect(href)
            : new RazorComponentResult<ScanPage>(new { Typed = code, Errors = (IReadOnlyList<FieldError>)[new FieldError("code", ExhibitsText.Of("scan.unknown"))] })
            {
                StatusCode = StatusCodes.Status404NotFound, PreventStreamingRendering = true,
            };
    });

    /// <summary>The exhibit that a label is of, or null.</summary>
    public async Task<Guid?> IdOfAsync(string? label, CancellationToken cancel) => ExhibitCode.Read(label) is { Code: var code }
        && await views.Set<ExhibitRow>().AsNoTracking().FirstOrDefaultAsync(e => e.Code == code, cancel) is { Id: var id } ? id : null;

    async Task<string?> FindAsync(Guid person, string? label, CancellationToken cancel)
    {
        if (await IdOfAsync(label, cancel) is not { } id) return null;
        if (await desk.OpenAsync(person, id, "exhibits.scan", cancel, ExhibitAction.Receive) is not { } facts) return null;
        return ExhibitAccess.Refuses(ExhibitAction.View, facts) is null ? $"/exhibits/{id:D}" : $"/exhibits/{id:D}/take";
    }
}
