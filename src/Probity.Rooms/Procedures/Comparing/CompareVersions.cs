using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using Probity.Lens.Procedures.Drawings;
using Probity.Shared.Web;
using Probity.Shared;

namespace Probity.Procedures.Comparing;

/// <summary>One thing about a step that differs, in words: what it was, null where the step is new, and what it is.</summary>
public sealed record PartLine(string Part, string? Before, string After);

/// <summary>A step that differs.</summary>
public sealed record ChangeLine(string Change, string Kind, string Name, IReadOnlyList<PartLine> Parts);

/// <summary>What differs between two versions.</summary>
public sealed record ChangesSheet(Link Sop, int From, int To, string FromHref, string ToHref, IReadOnlyList<ChangeLine> Lines, string BeforePicture, string AfterPicture)
{
    /// <summary>How many steps are new, changed and gone.</summary>
    public (int Added, int Changed, int Removed) Counts { get; init; }
}

/// <summary>Shows what differs between two versions of a procedure: two pictures with signs, and a table in words.</summary>
internal sealed class CompareVersions(SopDesk desk, IStringLocalizer<SopText> text)
{
    const string Address = "/procedures/sops/{id:guid}/changes";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Address, (Guid id, int? from, int? to, HttpContext http, CompareVersions slice) =>
            SopPages.ForAsync(http, person => slice.PageAsync(person, id, from ?? 0, to ?? 0, http.RequestAborted)));
        pages.MapGet(Address + "/{which:regex(^(before|after)$)}.svg", (Guid id, string which, int? from, int? to, HttpContext http, CompareVersions slice) =>
            SopPages.ForAsync(http, async person => await slice.PictureAsync(person, id, from ?? 0, to ?? 0, which == "after", http.RequestAborted) is { } svg
                ? Results.Text(svg, "image/svg+xml") : null));
    }

    // Both are seen with their own guard.
    async Task<(SopFacts Facts, ProcedureDrawing Before, ProcedureDrawing After)?> ReadAsync(Guid person, Guid id, int from, int to, CancellationToken cancel) =>
        await desk.SeeAsync(person, id, from, cancel) is { At: { } before } && await desk.SeeAsync(person, id, to, cancel) is { At: { } after } facts
            ? (facts, SopDrawings.Read(before.Drawing), SopDrawings.Read(after.Drawing))
            : null;

    async Task<string?> PictureAsync(Guid person, Guid id, int from, int to, bool later, CancellationToken cancel)
    {
        if (await ReadAsync(person, id, from, to, cancel) is not var (_, before, after)) return null;
        var changes = DrawingComparison.Of(before, after);
        var marks = changes.Select(c => (Step: later ? c.After : c.Before, c.Change)).Where(c => c.Step is not null).ToDictionary(c => c.Step!.Id, c => c.Change);
        return ProcedurePicture.Svg(later ? after : before, SopWords.PictureOf(text["Version.Title", later ? to : from], text) with { Changes = marks });
    }

    async Task<IResult?> PageAsync(Guid person, Guid id, int from, int to, CancellationToken cancel)
    {
        if (await ReadAsync(person, id, from, to, cancel) is not var (facts, before, after)) return null;
        var changes = DrawingComparison.Of(before, after);
        var path = $"/procedures/sops/{id:D}";
        var query = $"?from={SopWords.Number(from)}&to={SopWords.Number(to)}&lang={System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName}&at={facts.Sop.Version}";
        return Rendered.Page<ChangesPage>(new
        {
            Sheet = new ChangesSheet(
                new Link(path, SopWords.TitleOf(facts.Sop)), from, to, $"{path}/{SopWords.Number(from)}", $"{path}/{SopWords.Number(to)}", [.. changes.Select(LineOf)],
                $"{path}/changes/before.svg{query}", $"{path}/changes/after.svg{query}")
            {
                Counts = (changes.Count(c => c.Change == StepChange.Added), changes.Count(c => c.Change == StepChange.Changed), changes.Count(c => c.Change == StepChange.Removed)),
            },
        });
    }

    ChangeLine LineOf(ChangedStep change) => new(
        text[$"Change.{change.Change}"], change.Change.ToString(), ActivityNames.Of((change.After ?? change.Before)!.Name),
        change is { Change: StepChange.Added, After: { } added }
            ? [.. Asked.Select(part => new PartLine(text[$"Part.{part}"], null, Said(added, part))).Where(line => line.After != text["Part.Nothing"])]
            : [.. change.Parts.Select(part => new PartLine(text[$"Part.{part}"], Said(change.Before!, part), Said(change.After!, part)))]);

    // What is told of a new step: all that it asks for.
    static readonly StepPart[] Asked = [StepPart.Order, StepPart.Role, StepPart.Evidence, StepPart.DualControl, StepPart.Risk, StepPart.Within];

    string Said(DrawnStep step, StepPart part)
    {
        var line = SopWords.LineOf(step, text);
        var said = part switch
        {
            StepPart.Name => line.Name,
            StepPart.Order => line.After,
            StepPart.Role => line.Role,
            StepPart.Evidence => line.Evidence,
            StepPart.DualControl => text[line.TwoPeople ? "Step.TwoPeople" : "Step.OnePerson"],
            StepPart.Risk => line.Risk,
            _ => line.Within,
        };
        return said.Length > 0 ? said : text["Part.Nothing"];
    }
}
