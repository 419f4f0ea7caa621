using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exports.Contract;
using Probity.Exports.Formats;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Exports.TakingCopies;

/// <summary>Shows the form by which a copy of all one's cases is taken, and to who watches over the agency which ones were.</summary>
internal sealed class ShowCopiesOfMany(ExportDesk desk, TakeCopyOfMany slice, IRegister registers, TimeProvider time)
{
    public const string Href = "/exports";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Href, async (HttpContext http, ShowCopiesOfMany show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.PageAsync(person, new Dictionary<string, string>(), [], 200, http.RequestAborted) : Results.Unauthorized());
        pages.MapPost(Href, async (HttpContext http, ShowCopiesOfMany show) =>
            SignedInPerson.Of(http.User) is { } person ? await show.TakeAsync(person, http) : Results.Unauthorized());
    }

    async Task<IResult> TakeAsync(Guid person, HttpContext http)
    {
        var typed = CopyForm.Read(await http.Request.ReadFormAsync(http.RequestAborted));
        if (CopyForm.FormatOf(typed) is not { } format || CopyForm.Gaps(typed).Count > 0) return await PageAsync(person, typed, CopyForm.Gaps(typed), 422, http.RequestAborted);
        var (outcome, file) = await slice.HandleAsync(person, new(Guid.CreateVersion7(), format, typed.GetValueOrDefault(CopyForm.Purpose, "")), http.RequestAborted);
        switch (outcome)
        {
            case Outcome.Done(var index):
                http.Wrote(index);
                return file!;
            case Outcome.Refused(var refusal, _): return await PageAsync(person, typed, [refusal], 422, http.RequestAborted);
            default: return await PageAsync(person, typed, [new Refusal("record.stale")], 409, http.RequestAborted);
        }
    }

    async Task<IResult> PageAsync(Guid person, IReadOnlyDictionary<string, string> typed, IReadOnlyList<Refusal> refusals, int status, CancellationToken cancel)
    {
        var register = await registers.ReadAsync(cancel);
        var actor = Actor.From(register, person, time.GetUtcNow());
        if (!ExportAccess.CopiesMany(actor)) return Results.NotFound();
        var watches = ExportAccess.Watches(actor);
        var taken = watches ? (await desk.TakenAsync(ExportDesk.OfMany, cancel)).Where(r => r.Event is CasesExported).Reverse().Select(r => CopyForm.Line(r, register)) : [];
        return CopyForm.Page(
            new CopySheet(null, null, CopyForm.Choices(CopyWriting.OfMany), false, watches, [.. taken], typed, CopyForm.Errors(refusals)), status);
    }
}
