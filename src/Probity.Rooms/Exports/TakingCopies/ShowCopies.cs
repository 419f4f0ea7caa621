using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exports.Contract;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Exports.TakingCopies;

/// <summary>A copy that was taken.</summary>
public sealed record CopyLine(DateTimeOffset At, string Who, string Format, string Names, string Purpose, string Sha256);

/// <summary>All that a page of copies shows.</summary>
/// <param name="Case">The case, null for copies of many.</param>
/// <param name="Number">Its number.</param>
/// <param name="Formats">The forms; none where the reader takes no copies.</param>
/// <param name="MayName">Whether names can be asked for.</param>
/// <param name="SeesTaken">Whether the reader sees which copies were taken.</param>
/// <param name="Taken">Those, the newest first.</param>
/// <param name="Typed">What was typed.</param>
/// <param name="Errors">What was refused.</param>
public sealed record CopySheet(
    Guid? Case, string? Number, IReadOnlyList<Choice> Formats, bool MayName, bool SeesTaken, IReadOnlyList<CopyLine> Taken,
    IReadOnlyDictionary<string, string> Typed, IReadOnlyList<FieldError> Errors);

/// <summary>Shows the form by which a copy of a case is taken, and to those who watch over it which copies were.</summary>
internal sealed class ShowCopies(ExportDesk desk, TakeCopy slice)
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/cases/{id:guid}/copies", async (Guid id, HttpContext http, ShowCopies show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.PageAsync(person, id, new Dictionary<string, string>(), [], 200, http.RequestAborted) : Results.Unauthorized());
        pages.MapPost("/cases/{id:guid}/copies", async (Guid id, HttpContext http, ShowCopies show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(person, id, http) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(Guid person, Guid id, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var typed = CopyForm.Read(form);
        if (CopyForm.FormatOf(typed) is not { } format || CopyForm.Gaps(typed).Count > 0) return await PageAsync(person, id, typed, CopyForm.Gaps(typed), 422, http.RequestAborted);
        var command = new TakeCopy.Command(id, Guid.CreateVersion7(), format, typed.GetValueOrDefault(CopyForm.Names) == "yes", typed.GetValueOrDefault(CopyForm.Purpose, ""));
        switch (await slice.HandleAsync(person, command, http.RequestAborted))
        {
            case null: return Results.NotFound();
            case { Outcome: Outcome.Done(var index), File: { } file }:
                http.Wrote(index);
                return file;
            case { Outcome: Outcome.Refused(var refusal, _) }: return await PageAsync(person, id, typed, [refusal], 422, http.RequestAborted);
            default: return await PageAsync(person, id, typed, [new Refusal("record.stale")], 409, http.RequestAborted);
        }
    }

    async Task<IResult> PageAsync(Guid person, Guid id, IReadOnlyDictionary<string, string> typed, IReadOnlyList<Refusal> refusals, int status, CancellationToken cancel)
    {
        var facts = await desk.ReadAsync(person, id, cancel);
        var (takes, sees) = (ExportAccess.Refuses(ExportAction.Copy, facts), ExportAccess.Refuses(ExportAction.SeeCopies, facts) is null);
        if (takes is not null && !sees)
        {
            // Filed for a case that is not there too: the answer takes as long either way.
            await desk.FileAsync(person, id, $"exports.{ExportAction.Copy}", _ => ValueTask.FromResult<Decision>(takes), cancel);
            return Results.NotFound();
        }

        await desk.FileReadAsync(person, id, "exports.copies", ExportAccess.RightOf(facts), cancel);
        var taken = sees ? await TakenAsync(id, facts.Register, cancel) : [];
        return CopyForm.Page(
            new CopySheet(
                id, facts.Standing.Case.Number, takes is null ? CopyForm.Choices(Enum.GetValues<ExportFormat>()) : [], ExportAccess.Refuses(ExportAction.CopyNames, facts) is null, sees,
                taken, typed, CopyForm.Errors(refusals)),
            status);
    }

    async Task<IReadOnlyList<CopyLine>> TakenAsync(Guid id, Register register, CancellationToken cancel)
    {
        var own = (await desk.TakenAsync(ExportDesk.StreamOf(id), cancel)).Where(r => r.Event is CaseExported);
        var many = (await desk.TakenAsync(ExportDesk.OfMany, cancel)).Where(r => r.Event is CasesExported e && e.Cases.Contains(id));
        return [.. own.Concat(many).OrderByDescending(r => r.At).Select(r => CopyForm.Line(r, register))];
    }
}
