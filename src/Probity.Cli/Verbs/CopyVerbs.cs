using System.CommandLine;
using System.Runtime.CompilerServices;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Exports;
using Probity.Exports.Contract;
using Probity.Exports.Formats;
using Probity.Ledger;
using Probity.Lens;
using Probity.Procedures;
using Probity.Shared.Record;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary>
/// <c>probity export ocel | exhibits | ids | case</c>: copies of a stopped node's cases for other programs. Each is recorded by the node itself, with its purpose
/// and its hash, before the file is there.
/// </summary>
internal static class CopyVerbs
{
    sealed record Asked(string Data, string File, string? Number, string Purpose, bool Names, ExportFormat Format);

    public static IEnumerable<Command> Create()
    {
        var sqlite = new Option<bool>("--sqlite") { Description = "As an SQLite database; as JSON unless told." };
        yield return Create(
            "ocel", "Writes cases with their exhibits and custody as an object-centric log (OCEL 2.0).", single: false, sqlite,
            call => call.GetValue(sqlite) ? ExportFormat.OcelSqlite : ExportFormat.OcelJson);
        yield return Create("exhibits", "Writes the steps of each exhibit as an XES event log.", single: false, null, _ => ExportFormat.XesExhibits);
        var xlsx = new Option<bool>("--xlsx") { Description = "As a workbook; as CSV unless told." };
        yield return Create(
            "ids", "Writes the seizures as UNODC's table of individual drug seizures.", single: false, xlsx, call => call.GetValue(xlsx) ? ExportFormat.IdsXlsx : ExportFormat.IdsCsv);
        yield return Create("case", "Writes one case in CASE/UCO, as JSON-LD.", single: true, null, _ => ExportFormat.CaseJsonLd);
    }

    static Command Create(string name, string description, bool single, Option<bool>? more, Func<ParseResult, ExportFormat> format)
    {
        var data = new Option<string>("--data") { Description = "The node's data folder; no server may have it open.", HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };
        var file = new Option<string>("--out") { Description = "The file to write.", HelpName = "FILE", Required = true };
        var purpose = new Option<string>("--purpose") { Description = "Who gets the copy and what for; it is recorded.", HelpName = "TEXT", Required = true };
        var number = new Option<string?>("--case") { Description = single ? "The case's number." : "One case alone, by its number.", HelpName = "NUMBER", Required = single };
        var names = new Option<bool>("--names") { Description = "With names and what people wrote; for one case alone." };
        var command = new Command(name, description) { data, file, purpose, number, names };
        if (more is not null) command.Options.Add(more);
        command.SetAction((call, cancel) => RunAsync(
            new Asked(call.GetValue(data)!, call.GetValue(file)!, call.GetValue(number), call.GetValue(purpose)!, call.GetValue(names), format(call)), cancel));
        return command;
    }

    static async Task<int> RunAsync(Asked asked, CancellationToken cancel)
    {
        if (!NodeFolder.At(asked.Data).Exists) throw NodeFolder.At(asked.Data).Missing();
        WholeFile.Check(asked.File, asked.Data);
        if (ExportTexts.RefusesPurpose(asked.Purpose) is { } refusal) throw new BadInputException($"--purpose: {ExportsText.Of(refusal.Code)}");
        if (asked is { Names: true, Number: null }) throw new BadInputException("--names is for one case: name it with --case.");
        await using var log = await NodeFolder.OpenAsync(asked.Data, TimeProvider.System, new Ledger.LogOptions(), cancel);
        var before = log.Size;
        var copies = new CaseCopies(log, new ExhibitFiles(log), new CaseTraces(log));
        var cases = await FindAsync(log, copies, asked, before, cancel);
        var register = await new RecordSession(log).FoldAsync<Register>(Register.Stream, cancel);
        var order = new CopyOrder(() => ReadAsync(copies, cases, before), asked.Format, asked.Names ? register.NameOf : null) { Scratch = () => Scratch(asked.File) };
        var made = await ExportDesk.MakeAsync(order, before, cancel);
        await RecordAsync(log, asked, cases, made, cancel);
        WholeFile.Write(asked.File, stream =>
        {
            using var sink = new CopySink(stream);
            CopyWriting.WriteAsync(order, sink, cancel).GetAwaiter().GetResult();
            if (sink.Sha256 != made.Sha256) throw new InvalidDataException("the second writing of the copy is not the first one's; nothing was written");
        });
        await Console.Error.WriteLineAsync($"{Said.Count(cases.Count, "case")} written to {asked.File}; recorded with SHA-256 {made.Sha256}");
        return ExitCodes.Fine;
    }

    static async Task<List<Guid>> FindAsync(TransparencyLog log, CaseCopies copies, Asked asked, long before, CancellationToken cancel)
    {
        var opened = EventTypes.NameOf(typeof(CaseOpened));
        var found = new SortedDictionary<string, Guid>(StringComparer.Ordinal);
        for (long next = 0; next < before;)
        {
            var batch = await log.ReadAsync(next, 1_000, cancel);
            foreach (var entry in batch)
            {
                if (entry.Header.Type != opened || EventTypes.Read(entry).Event is not CaseOpened { Number: var number }) continue;
                if (asked.Number is null || asked.Number == number) found[number] = entry.Header.Stream.Value;
            }

            next += batch.Count;
        }

        var cases = new List<Guid>();
        foreach (var id in found.Values)
        {
            if (await copies.ReadAsync(id, before, cancel) is not null) cases.Add(id);
        }

        return cases.Count > 0 ? cases
            : throw new InvalidDataException(asked.Number is null ? $"there is no case in {Path.GetFullPath(asked.Data)}; there is nothing to write" : $"there is no case {asked.Number} in {Path.GetFullPath(asked.Data)}");
    }

    static async Task RecordAsync(TransparencyLog log, Asked asked, List<Guid> cases, Exports.TakingCopies.TakeCopy.Made made, CancellationToken cancel)
    {
        var clerk = new Clerk(log);
        var id = Guid.CreateVersion7();
        var purpose = asked.Purpose.Trim();
        var filing = asked.Number is null
            ? new Filing(ExportDesk.OfMany, new CasesExported(id, asked.Format, purpose, made.Sha256, made.Bytes, made.Before, cases))
            : new Filing(
                ExportDesk.StreamOf(cases[0]), new CaseExported(id, asked.Format, asked.Names, purpose, made.Sha256, made.Bytes, made.Before),
                Compartment: Compartments.OfMatter(new StreamId(cases[0])));
        if (await clerk.FileAsync(clerk.House, filing.Stream, "exports.cli", _ => ValueTask.FromResult(Decision.Accept(filing)), cancel: cancel) is not Outcome.Done)
            throw new InvalidDataException("the record did not take the entry of this copy; nothing was written");
    }

    static async IAsyncEnumerable<CopiedCase> ReadAsync(CaseCopies copies, List<Guid> cases, long before, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        foreach (var id in cases)
        {
            if (await copies.ReadAsync(id, before, cancel) is { } copied) yield return copied;
        }
    }

    // Beside the file that is written, where there is room for one as long, and gone when it is closed.
    static FileStream Scratch(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file)) is { } own && Directory.Exists(own) && !own.StartsWith("/dev", StringComparison.Ordinal) ? own : Path.GetTempPath();
        return new FileStream(Path.Combine(folder, $".{Path.GetRandomFileName()}.part"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
    }
}
