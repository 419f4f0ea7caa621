using System.CommandLine;
using Probity.Cli.Hosting;
using Probity.Storage;

namespace Probity.Cli.Verbs;

/// <summary><c>probity rebuild</c>: what follows from the record is made from it again, and compared with what was there.</summary>
internal static class RebuildVerb
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The node's data folder; no server may have it open, for --tiles on PostgreSQL none of its log.", HelpName = "DIR", DefaultValueFactory = _ => "probity-data" };
        var tiles = new Option<bool>("--tiles") { Description = "Computes the hash tiles from the records instead, and writes those anew that differ, if the records have the root that was signed." };
        var verb = new Command("rebuild", "Makes every list (view) again from the record, and says which differed. Exit code 1: something did.") { data, tiles };
        verb.SetAction((call, cancel) => NodeFolder.At(call.GetValue(data)!) is { Exists: true } folder
            ? call.GetValue(tiles) ? TilesAsync(folder, cancel) : ViewsAsync(folder, cancel)
            : throw NodeFolder.At(call.GetValue(data)!).Missing());
        return verb;
    }

    static async Task<int> ViewsAsync(NodeFolder folder, CancellationToken cancel)
    {
        await using var views = await NodeViews.OpenAsync(folder, cancel);
        var tables = await views.RebuildAsync(cancel);
        foreach (var table in tables)
        {
            Console.WriteLine(table.IsSame
                ? $"  same   {table.Table}: {Said.Count(table.Rows, "row")}"
                : $"  WRONG  {PlainText.OneLine(table.Table)}: {Said.Count(table.Gone, "row")} that the record does not give, {Said.Count(table.Added, "row")} that it does were missing; {Said.Count(table.Rows, "row")} now");
        }

        var same = tables.All(table => table.IsSame);
        Console.WriteLine(same ? "Every view was what the record gives." : "What was wrong was replaced. Somebody wrote into views.db, or it was damaged, or made by another version.");
        return same ? ExitCodes.Fine : ExitCodes.Found;
    }

    static async Task<int> TilesAsync(NodeFolder folder, CancellationToken cancel)
    {
        TileReport report;
        using (var bar = new ProgressBar("Computing")) report = await Task.Run(() => TileRebuild.RunAsync(folder, bar, cancel), cancel);
        if (report.Fault is { } fault)
        {
            await Console.Error.WriteLineAsync($"probity rebuild: nothing was changed: {PlainText.OneLine(fault)}; restore a backup");
            return ExitCodes.Found;
        }

        Console.WriteLine($"{Said.Count(report.Tiles, "tile")} computed from {Said.Count(report.Records, "record")}; {(report.Wrong == 0 ? "all were right" : $"{report.Wrong} {(report.Wrong == 1 ? "was" : "were")} wrong, missing or too many, and put right")}.");
        return report.Wrong == 0 ? ExitCodes.Fine : ExitCodes.Found;
    }
}
