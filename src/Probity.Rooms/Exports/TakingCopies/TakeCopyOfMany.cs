using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exports.Contract;
using Probity.Exports.Formats;
using Probity.Shared.Record;
using Probity.Shared.Web;

namespace Probity.Exports.TakingCopies;

/// <summary>
/// Takes a copy of all cases that somebody may take out: of the units under a commander, or of the agency for who watches over it. Names are in none; a case
/// that they may not see is not in it, and nothing says how many there are.
/// </summary>
internal sealed class TakeCopyOfMany(ExportDesk desk, ICaseDirectory directory, IRegister registers, TimeProvider time)
{
    internal sealed record Command(Guid Export, ExportFormat Format, string Purpose);

    /// <summary>A copy of many cases to take.</summary>
    internal sealed record Body(ExportFormat Format, string Purpose);

    /// <param name="command">What is asked.</param>
    /// <param name="mayCopy">Whether a post of the person takes copies of many.</param>
    public static Refusal? Refuses(Command command, bool mayCopy) =>
        !mayCopy ? new Refusal(Bars.Role)
        : !CopyWriting.OfMany.Contains(command.Format) ? new Refusal(ExportTexts.FormatUnknown)
        : ExportTexts.RefusesPurpose(command.Purpose);

    public static Decision Decide(Command command, bool mayCopy, IReadOnlyList<Guid> cases, TakeCopy.Made made) =>
        Refuses(command, mayCopy) is { } refusal ? refusal
        : cases.Count == 0 ? Decision.Refuse(ExportTexts.Nothing)
        : Decision.Accept(ExportDesk.OfMany, new CasesExported(command.Export, command.Format, command.Purpose.Trim(), made.Sha256, made.Bytes, made.Before, cases));

    public async Task<(Outcome Outcome, CopyFile? File)> HandleAsync(Guid person, Command command, CancellationToken cancel)
    {
        var before = desk.Size;
        var order = default(CopyOrder);
        var made = default(TakeCopy.Made);
        IReadOnlyList<Guid> cases = [];
        var outcome = await desk.FileManyAsync(person, async session =>
        {
            var actor = Actor.From(await registers.ReadAsync(session, cancel), person, time.GetUtcNow());
            if (Refuses(command, ExportAccess.CopiesMany(actor)) is { } refusal) return refusal;
            if (made is null)
            {
                cases = await FreeAsync(person, before, cancel);
                if (cases.Count == 0) return Decision.Refuse(ExportTexts.Nothing);
                order = new CopyOrder(() => ReadAsync(cases, before), command.Format, null);
                made = await ExportDesk.MakeAsync(order, before, cancel);
            }

            return Decide(command, ExportAccess.CopiesMany(actor), cases, made);
        }, cancel);
        return (outcome, outcome is Outcome.Done ? new CopyFile(order!, "cases" + CopyWriting.KindOf(command.Format).Ending, made!) : null);
    }

    // The list says which there may be; each is held against the record itself, where a wall stands from the moment it was declared.
    async Task<IReadOnlyList<Guid>> FreeAsync(Guid person, long before, CancellationToken cancel)
    {
        var free = new List<Guid>();
        foreach (var entry in await directory.AllAsync(person, cancel))
        {
            if (ExportAccess.Refuses(ExportAction.CopyMany, await desk.ReadAsync(person, entry.Id, cancel)) is null
                && await desk.Copies.ReadAsync(entry.Id, before, cancel) is not null) free.Add(entry.Id);
        }

        return free;
    }

    async IAsyncEnumerable<CopiedCase> ReadAsync(IReadOnlyList<Guid> cases, long before, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var id in cases)
        {
            if (await desk.Copies.ReadAsync(id, before, cancel) is { } copied) yield return copied;
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("/cases", (HttpContext http, TakeCopyOfMany slice) => ExportsApi.RunAsync<Body>(
            http, async (person, body, cancel) => await slice.HandleAsync(person, new Command(Guid.CreateVersion7(), body.Format, body.Purpose), cancel)))
        .Command("takeCopyOfCases", "Take a copy, without names, of all cases that you may take out. It is recorded, with the SHA-256 of the file.")
        .Accepts<Body>("application/json").Produces<byte[]>(200, "application/octet-stream");
}
