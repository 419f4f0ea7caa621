using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Exports.Contract;
using Probity.Exports.Formats;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exports.TakingCopies;

/// <summary>Takes a copy of one case out of the house. It is on the record, with the hash of the file, before the first byte leaves.</summary>
internal sealed class TakeCopy(ExportDesk desk)
{
    /// <param name="Case">The case.</param>
    /// <param name="Export">The id of the copy.</param>
    /// <param name="Format">Its form.</param>
    /// <param name="Names">Whether it tells names and what people wrote.</param>
    /// <param name="Purpose">What it is for, and for whom.</param>
    internal sealed record Command(Guid Case, Guid Export, ExportFormat Format, bool Names, string Purpose);

    /// <summary>A copy to take; <c>names</c> is false unless it is said.</summary>
    internal sealed record Body(ExportFormat Format, string Purpose, bool Names = false);

    /// <summary>What was made and will leave.</summary>
    /// <param name="Sha256">Of the file, in hexadecimal.</param>
    /// <param name="Bytes">How long it is.</param>
    /// <param name="Before">It holds what the record held before this entry.</param>
    internal sealed record Made(string Sha256, long Bytes, long Before);

    public static Decision Decide(Command command, ExportFacts facts, Made made) =>
        Refuses(command, facts) is { } refusal ? refusal : Decision.Accept(new Filing(
            ExportDesk.StreamOf(command.Case),
            new CaseExported(command.Export, command.Format, command.Names, command.Purpose.Trim(), made.Sha256, made.Bytes, made.Before),
            Compartment: Compartments.OfMatter(new StreamId(command.Case))));

    /// <summary>Why it is refused, which is known before anything is made; or null.</summary>
    public static Refusal? Refuses(Command command, ExportFacts facts) =>
        ExportAccess.Refuses(command.Names ? ExportAction.CopyNames : ExportAction.Copy, facts)
        ?? (Enum.IsDefined(command.Format) ? null : new Refusal(ExportTexts.FormatUnknown))
        ?? ExportTexts.RefusesPurpose(command.Purpose);

    /// <summary>Takes it; null where there is no such case, as far as this person may know.</summary>
    public async Task<(Outcome Outcome, CopyFile? File)?> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var copied = default(CopiedCase);
        var order = default(CopyOrder);
        var made = default(Made);
        var (sees, right) = (false, default(string));
        var before = desk.Size;
        var outcome = await desk.FileAsync(person, command.Case, $"exports.{(command.Names ? ExportAction.CopyNames : ExportAction.Copy)}", async facts =>
        {
            (sees, right) = (facts.Standing.Sees && !facts.Standing.Case.Erased, ExportAccess.RightOf(facts));
            if (Refuses(command, facts) is { } refusal) return refusal;
            if (made is null)
            {
                copied = await desk.Copies.ReadAsync(command.Case, before, cancel);
                if (copied is null) return new Refusal(Bars.Role);
                order = new CopyOrder(() => new[] { copied }.ToAsyncEnumerable(), command.Format, command.Names ? facts.Register.NameOf : null);
                made = await ExportDesk.MakeAsync(order, before, cancel);
            }

            return Decide(command, facts, made);
        }, cancel);
        if (!sees) return null;
        if (outcome is not Outcome.Done) return (outcome, null);
        await desk.FileReadAsync(person, command.Case, "exports.case", right, cancel);
        return (outcome, new CopyFile(order!, copied!.Number + CopyWriting.KindOf(command.Format).Ending, made!));
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/cases/{id:guid}", (Guid id, HttpContext http, TakeCopy slice) => ExportsApi.RunAsync<Body>(
            http, (person, body, cancel) => slice.HandleAsync(person, new Command(id, Guid.CreateVersion7(), body.Format, body.Names, body.Purpose), cancel)))
        .Command("takeCopy", "Take a copy of a case. It is recorded, with the SHA-256 of the file, which the answer has as Probity-Sha256.")
        .Accepts<Body>("application/json").Produces<byte[]>(200, "application/octet-stream").Refuses(404);
}
