using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Probity.Testing;

namespace Probity.Benchmarks.Ledger;

/// <summary><c>ledger</c>: the record beside what the same machine, disk and database give at best in the same run.</summary>
internal static class LedgerBenchmark
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var json = new Option<string?>("--json") { Description = "Write the figures as JSON to a file, or to standard output for '-'." };
        var rounds = new Option<int>("--rounds") { Description = "How often log and raw inserts take turns.", DefaultValueFactory = _ => 15 };
        var records = new Option<long>("--records") { Description = "Also measures a log of so many records: 10000000 for the published figures, some minutes and 8 GB.", DefaultValueFactory = _ => 0 };
        var store = new Option<string?>("--store") { Description = "sqlite or postgresql alone." };
        store.AcceptOnlyFromAmong("sqlite", "postgresql");
        var verb = new Command("ledger", "Appends, proofs, verification and size of the record.") { json, rounds, records, store };
        verb.SetAction(async (call, _) => await RunAsync(call.GetValue(json), call.GetValue(rounds), call.GetValue(records), call.GetValue(store)));
        return verb;
    }

    static async Task<int> RunAsync(string? json, int rounds, long records, string? only)
    {
        var folder = Directory.CreateTempSubdirectory("probity-bench-").FullName;
        var print = json == "-" ? Console.Error : Console.Out;
        try
        {
            var stores = new List<object>();
            if (only is null or "sqlite") stores.Add(await MeasureAsync(new SqliteEngine(folder), rounds, records, print));
            if (only is null or "postgresql")
            {
                if (PostgresCluster.WhyNot is { } why) Line(print, $"PostgreSQL: skipped. {why}");
                else stores.Add(await MeasureAsync(new PostgresEngine(folder), rounds, records, print));
            }

            var answer = JsonSerializer.Serialize(new { payloadBytes = Engine.PayloadBytes, rounds, stores }, Indented);
            if (json == "-") Console.WriteLine(answer);
            else if (json is not null) await File.WriteAllTextAsync(json, answer + "\n");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<object> MeasureAsync(Engine engine, int rounds, long records, TextWriter print)
    {
        await using var closing = engine;
        var writers = new List<WriterRow>();
        foreach (var (count, goal) in ((int, string)[])[(1, "at least 0.67"), (16, ""), (128, "at least 0.60")])
        {
            var row = await WriterRows.MeasureAsync(engine, count, rounds);
            writers.Add(row);
            Line(print, $"{engine.Name}, {count} writers: {row.EntriesPerSecond:0} entries/s, {row.EntriesPerCommit:0.0} a commit, {row.ToRaw:0.00} of raw inserts {(goal == "" ? "" : $"(goal {goal})")}");
        }

        var large = records == 0 ? null : await LargeLog.MeasureAsync(engine, records, text => Line(print, text));
        return new { engine.Name, writers, large };
    }

    static void Line(TextWriter to, FormattableString text) => to.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
