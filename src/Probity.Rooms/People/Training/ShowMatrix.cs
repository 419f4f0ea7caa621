using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Shared.Record;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Shared.Web;

namespace Probity.People.Training;

/// <summary>How somebody stands to one competence; null words where nothing is asked of it.</summary>
public sealed record MatrixCell(string? Level, string? State, Tone Tone, bool IsWanted);

/// <summary>A post with who holds it.</summary>
public sealed record MatrixLine(string Post, Guid? Person, string Holder, IReadOnlyList<MatrixCell> Cells);

/// <summary>A gap, and the course that closes it.</summary>
public sealed record GapLine(Guid Person, string Name, string Competence, bool IsMandatory, string State, Tone Tone, string? Until, string? Course);

/// <summary>All that the page of the matrix shows.</summary>
public sealed record MatrixSheet(IReadOnlyList<Choice> Units, string? Unit, string UnitName, IReadOnlyList<string> Competences, IReadOnlyList<MatrixLine> Lines, IReadOnlyList<GapLine> Gaps, int Page, int Pages, bool UpToDate);

/// <summary>Shows of a unit which post asks for what, who holds it, and how they stand to it: to its commanders, and of all units to integrity and overseers. It tells levels and days, no results.</summary>
internal sealed class ShowMatrix(Trainings trainings, FoldedStream<Catalogue> catalogues, IRegister registers, When when, TimeProvider time)
{
    const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("/training/matrix", async (HttpContext http, ShowMatrix show) =>
        SignedInPerson.Of(http.User) is not { } reader ? Results.Unauthorized() : !TrainingAccess.Lists(http.User) ? Results.Forbid()
        : await show.ShowAsync(http, reader, await http.CaughtUpAsync(TrainingView.ViewName, http.RequestAborted)));

    async Task<IResult> ShowAsync(HttpContext http, Guid reader, bool current)
    {
        var (cancel, now) = (http.RequestAborted, time.GetUtcNow());
        var (catalogue, register) = (await catalogues.ReadAsync(cancel), await registers.ReadAsync(cancel));
        var actor = Actor.From(register, reader, now);
        var seen = catalogue.Posts.Keys.Where(register.Posts.ContainsKey).Select(p => register.Posts[p]).Where(p => TrainingAccess.Lists(actor, p, register)).ToList();
        var units = seen.Select(p => register.Units[p.Unit]).Distinct().OrderBy(u => u.Name, StringComparer.CurrentCulture).ThenBy(u => u.Id).ToList();
        var unit = units.FirstOrDefault(u => u.Id.ToString("D") == http.Request.Query["unit"]) ?? units.FirstOrDefault();
        var rows = seen.Where(p => p.Unit == unit?.Id).OrderBy(p => p.Title.Length).ThenBy(p => p.Title, StringComparer.CurrentCulture).ThenBy(p => p.Id).SelectMany(p => HoldersOf(p, register, now)).ToList();
        var pages = Math.Max(1, (rows.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, pages);
        var shown = rows.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        var held = await trainings.OfAsync([.. shown.Select(r => r.Holder).OfType<Guid>().Distinct()], cancel);
        var columns = shown.SelectMany(r => catalogue.Of(r.Post.Id).Keys).Distinct().OrderBy(c => TrainingText.NameOf(catalogue, c), StringComparer.CurrentCulture).ToList();
        var lines = shown.Select(r => (r.Post, r.Holder, Needs: Need.OfPost(catalogue, r.Post.Id, r.Holder is { } h ? [.. held[h]] : [], now))).ToList();
        return Rendered.Page<MatrixPage>(new
        {
            Sheet = new MatrixSheet(
                [.. units.Select(u => new Choice(u.Id.ToString("D"), u.Name))], unit?.Id.ToString("D"), unit?.Name ?? "", [.. columns.Select(c => TrainingText.NameOf(catalogue, c))],
                [.. lines.Select(l => new MatrixLine(
                    l.Post.Title, l.Holder, l.Holder is { } holder ? register.NameOf(holder) : TrainingText.Of("vacant"),
                    [.. columns.Select(c => CellOf(l.Needs.FirstOrDefault(n => n.Competence == c), l.Holder is not null, now))]))],
                [.. lines.Where(l => l.Holder is not null).SelectMany(l => l.Needs.Where(n => n.IsGap).Select(n => GapOf(n, l.Holder!.Value, catalogue, register, now))).OrderByDescending(g => g.Tone == Tone.Urgent).ThenBy(g => g.Name, StringComparer.CurrentCulture)],
                page, pages, current),
        });
    }

    static IEnumerable<(Post Post, Guid? Holder)> HoldersOf(Post post, Register register, DateTimeOffset now)
    {
        var holders = register.PostingsOn(post.Id).Where(h => h.InForceAt(now)).Select(h => h.Person).Distinct().ToList();
        return holders.Count == 0 ? [(post, null)] : holders.Select(h => (post, (Guid?)h));
    }

    static MatrixCell CellOf(Need? need, bool isHeld, DateTimeOffset now) => need is null ? new MatrixCell(null, null, Tone.Neutral, false)
        : !isHeld ? new MatrixCell(TrainingText.Say("asks", need.Asked.Level), null, Tone.Neutral, !need.Asked.IsMandatory)
        : new MatrixCell(TrainingText.Say("of", need.Level, need.Asked.Level), TrainingForms.WordOf(need, now), TrainingForms.ToneOf(need), !need.Asked.IsMandatory);

    GapLine GapOf(Need need, Guid person, Catalogue catalogue, Register register, DateTimeOffset now) => new(
        person, register.NameOf(person), TrainingText.LevelOf(catalogue, need.Competence, need.Asked.Level), need.Asked.IsMandatory, TrainingForms.WordOf(need, now), TrainingForms.ToneOf(need),
        need.Until is { } until ? when.Day(until) : null, catalogue.Closing(need.Competence, need.Asked.Level) is { } course ? $"{course.Title} ({course.Provider})" : null);
}
