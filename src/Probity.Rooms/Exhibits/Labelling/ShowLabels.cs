using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Web;
using Probity.Shared;

namespace Probity.Exhibits.Labelling;

/// <summary>One label: of the exhibit, or of a package of it.</summary>
/// <param name="Number">The exhibit's number.</param>
/// <param name="Package">The package, or null.</param>
/// <param name="Seal">Its seal.</param>
/// <param name="Code">The code, as people type it.</param>
/// <param name="Side">The side of the picture's square.</param>
/// <param name="Path">The path that fills its dark fields.</param>
public sealed record Label(string Number, int? Package, string? Seal, string Code, int Side, string Path);

/// <summary>The labels of an exhibit, to be printed: they say its number and a code, and nothing of what it is.</summary>
internal sealed class ShowLabels(ExhibitDesk desk, ExhibitCode codes)
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/exhibits/{id:guid}/labels", async (Guid id, HttpContext http, ShowLabels slice) =>
    {
        if (SignedInPerson.Of(http.User) is not { } person) return Results.Unauthorized();
        if (await slice.OpenAsync(person, id, "exhibits.labels", http.RequestAborted) is not { Exhibit: var exhibit } facts) return Results.NotFound();
        IReadOnlyList<Label> labels = [slice.LabelOf(exhibit, null, null), .. exhibit.SealsAt(facts.Now).Select(p => slice.LabelOf(exhibit, p.Number, p.Seal))];
        return Rendered.Page<LabelsPage>(new { exhibit.Id, exhibit.Number, Labels = labels });
    });

    Task<ExhibitFacts?> OpenAsync(Guid person, Guid id, string what, CancellationToken cancel) => desk.OpenAsync(person, id, what, cancel);

    Label LabelOf(Exhibit exhibit, int? package, string? seal)
    {
        var (side, path) = QrPicture.Draw(codes.OnLabel(exhibit.Id, package));
        return new Label(exhibit.Number, package, seal, ExhibitCode.Shown(codes.Of(exhibit.Id)), side, path);
    }
}
