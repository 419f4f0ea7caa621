using Probity.Exports.Contract;
using Probity.Lens.Logs;
using Probity.Lens.Objects.Writing;

namespace Probity.Exports.Formats;

/// <summary>What a copy is made of.</summary>
/// <param name="Cases">The cases, read anew each time: memory holds one of them.</param>
/// <param name="Format">The form.</param>
/// <param name="Names">What people are called; null where a copy tells no names and nothing that people wrote.</param>
internal sealed record CopyOrder(Func<IAsyncEnumerable<CopiedCase>> Cases, ExportFormat Format, Func<Guid, string>? Names)
{
    /// <summary>
    /// Where a database is put together, which is written here and there in the file: memory, unless told. One case fits into it, and nothing lies on a disk.
    /// </summary>
    public Func<Stream> Scratch { get; init; } = () => new MemoryStream();
}

/// <summary>Writes copies in every form. The same cases at the same entry give the same bytes.</summary>
internal static class CopyWriting
{
    /// <summary>The forms in which many cases leave the house as one file; the others are for one.</summary>
    public static IReadOnlyList<ExportFormat> OfMany { get; } = [ExportFormat.OcelJson, ExportFormat.XesCases, ExportFormat.XesExhibits, ExportFormat.IdsCsv, ExportFormat.IdsXlsx];

    /// <summary>How a file of this form is called behind its name, and its media type.</summary>
    public static (string Ending, string MediaType) KindOf(ExportFormat format) => format switch
    {
        ExportFormat.OcelJson => (".ocel.json", "application/json"),
        ExportFormat.OcelSqlite => (".ocel.sqlite", "application/vnd.sqlite3"),
        ExportFormat.XesCases => (".xes", "application/xml"),
        ExportFormat.XesExhibits => (".exhibits.xes", "application/xml"),
        ExportFormat.IdsCsv => (".ids.csv", "text/csv; charset=utf-8"),
        ExportFormat.IdsXlsx => (".ids.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        _ => (".case.jsonld", "application/ld+json"),
    };

    /// <summary>Writes the copy into <paramref name="sink"/>.</summary>
    public static Task WriteAsync(CopyOrder order, CopySink sink, CancellationToken cancel) => order.Format switch
    {
        ExportFormat.OcelJson or ExportFormat.OcelSqlite => WriteObjectsAsync(order, sink, cancel),
        ExportFormat.XesCases or ExportFormat.XesExhibits => WriteXesAsync(order, sink, cancel),
        ExportFormat.IdsCsv => WriteCsvAsync(order, sink, cancel),
        ExportFormat.IdsXlsx => WriteSheetAsync(order, sink, cancel),
        _ => WriteLinkedAsync(order, sink, cancel),
    };

    static async Task WriteObjectsAsync(CopyOrder order, CopySink sink, CancellationToken cancel)
    {
        if (order.Format == ExportFormat.OcelJson)
        {
            var log = await LogHead.ReadAsync(order, cancel);
            using var json = new JsonObjectWriter(sink, ObjectTypes.Objects, log.EventTypes);
            await log.WriteAsync(order, json, sink, cancel);
            await sink.DrainAsync(cancel);
            return;
        }

        var head = await LogHead.ReadAsync(order, cancel);
        await using var file = order.Scratch();
        await head.WriteAsync(order, new SqliteObjectWriter(file, ObjectTypes.Objects, head.EventTypes), null, cancel);
        file.Position = 0;
        var piece = new byte[64 * 1024];
        int read;
        while ((read = await file.ReadAsync(piece, cancel)) > 0)
        {
            sink.Write(piece.AsSpan(0, read));
            await sink.DrainAsync(cancel);
        }
    }

    static async Task WriteXesAsync(CopyOrder order, CopySink sink, CancellationToken cancel)
    {
        using (var xes = new XesTraces(sink))
        {
            await foreach (var copied in order.Cases().WithCancellation(cancel))
            {
                if (order.Format == ExportFormat.XesCases) CaseTracesXes.Write(copied, xes, order.Names);
                else ExhibitTracesXes.Write(copied, xes, order.Names);
                await sink.DrainAsync(cancel);
            }
        }

        await sink.DrainAsync(cancel);
    }

    static async Task WriteCsvAsync(CopyOrder order, CopySink sink, CancellationToken cancel)
    {
        using (var table = new Lens.Logs.Writing.CsvTable(sink))
        {
            table.Add(IdsRow.Headers);
            await foreach (var copied in order.Cases().WithCancellation(cancel))
            {
                foreach (var row in IdsRow.Of(copied)) table.Add(row.Cells().Select(c => c is decimal number ? IdsRow.Text(number) : (string?)c));
                await sink.DrainAsync(cancel);
            }
        }

        await sink.DrainAsync(cancel);
    }

    static async Task WriteSheetAsync(CopyOrder order, CopySink sink, CancellationToken cancel)
    {
        using (var sheet = new Lens.Logs.Writing.SheetFile(sink, "IDS"))
        {
            sheet.Add(IdsRow.Headers);
            await foreach (var copied in order.Cases().WithCancellation(cancel))
            {
                foreach (var row in IdsRow.Of(copied)) sheet.Add(row.Cells());
                await sink.DrainAsync(cancel);
            }
        }

        await sink.DrainAsync(cancel);
    }

    static async Task WriteLinkedAsync(CopyOrder order, CopySink sink, CancellationToken cancel)
    {
        await foreach (var copied in order.Cases().WithCancellation(cancel)) LinkedCase.Write(copied, order.Names, sink);
        await sink.DrainAsync(cancel);
    }
}
