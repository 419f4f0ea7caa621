using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Storage;

namespace Probity.Benchmarks;

/// <summary>
/// Durable appends beside what the same disk gives at best in the same run: raw SQLite inserts of as many bytes in batches as large,
/// and raw fdatasync. A disk drifts, so figures are compared within a short round and the median of many is given.
/// </summary>
internal static class LedgerBenchmark
{
    const int PayloadBytes = 500;
    const int Rounds = 21;
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    static readonly TimeSpan Span = TimeSpan.FromMilliseconds(250);

    /// <summary>What one round measured, each per second.</summary>
    sealed record Round(double Fdatasync, double OneWriter, double RawByOne, double SixteenWriters, double BatchOfSixteen, double RawBySixteen, double Requests1000, double RawBy1000);

    public static async Task<int> RunAsync(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("probity-bench-").FullName;
        try
        {
            await MeasureAsync(Path.Combine(folder, "warm-up"), TimeSpan.FromMilliseconds(300));
            var rounds = new List<Round>();
            for (var i = 0; i < Rounds; i++) rounds.Add(await MeasureAsync(Path.Combine(folder, $"round-{i}"), Span));
            var answer = new
            {
                payloadBytes = PayloadBytes,
                rounds = Rounds,
                fdatasyncPerSecond = Median(rounds, round => round.Fdatasync),
                appendsPerSecondBy1Writer = Median(rounds, round => round.OneWriter),
                appendsPerSecondBy16Writers = Median(rounds, round => round.SixteenWriters),
                entriesPerCommitBy16Writers = Median(rounds, round => round.BatchOfSixteen),
                entriesPerSecondInRequestsOf1000 = Median(rounds, round => round.Requests1000),
                by1WriterToRawSqlite = Median(rounds, round => round.OneWriter / round.RawByOne),
                by1WriterToFdatasync = Median(rounds, round => round.OneWriter / round.Fdatasync),
                by16WritersToRawSqlite = Median(rounds, round => round.SixteenWriters / round.RawBySixteen),
                by16WritersToFdatasync = Median(rounds, round => round.SixteenWriters / round.Fdatasync),
                inRequestsOf1000ToRawSqlite = Median(rounds, round => round.Requests1000 / round.RawBy1000),
            };
            var json = JsonSerializer.Serialize(answer, Indented);
            if (args is ["--json", var target, ..] && target != "-") await File.WriteAllTextAsync(target, json + "\n");
            else Console.WriteLine(json);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Round> MeasureAsync(string folder, TimeSpan span)
    {
        Directory.CreateDirectory(folder);
        var fdatasync = Fdatasync(Path.Combine(folder, "sync"), span);
        var (one, _) = await AppendAsync(Path.Combine(folder, "one"), 1, 1, span);
        var rawOne = Raw(Path.Combine(folder, "raw-1.db"), 1, span);
        var (sixteen, batch) = await AppendAsync(Path.Combine(folder, "sixteen"), 16, 1, span);
        var rawSixteen = Raw(Path.Combine(folder, "raw-16.db"), Math.Max(1, (int)Math.Round(batch)), span);
        var (thousand, _) = await AppendAsync(Path.Combine(folder, "thousand"), 2, 1_000, span);
        return new Round(fdatasync, one, rawOne, sixteen, batch, rawSixteen, thousand, Raw(Path.Combine(folder, "raw-1000.db"), 1_000, span));
    }

    static async Task<(double PerSecond, double EntriesPerCommit)> AppendAsync(string folder, int writers, int entriesPerRequest, TimeSpan span)
    {
        await using var log = await NodeFolder.CreateAsync(folder, "example.org/bench", TimeProvider.System, new LogOptions(), CancellationToken.None);
        var compartment = new CompartmentId(Guid.NewGuid());
        await log.AppendAsync([], [New(new StreamId(Guid.NewGuid()), compartment)], CancellationToken.None);
        var (begun, before) = (Stopwatch.GetTimestamp(), log.Size);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            var stream = new StreamId(Guid.NewGuid());
            for (var version = 0L; Stopwatch.GetElapsedTime(begun) < span; version += entriesPerRequest)
            {
                var entries = Enumerable.Range(0, entriesPerRequest).Select(_ => New(stream, compartment)).ToArray();
                if (await log.AppendAsync([new Expectation(stream, version)], entries, CancellationToken.None) is not AppendResult.Appended)
                    throw new InvalidOperationException("A stream with one writer had a conflict.");
            }
        })));
        var (entries, seconds) = (log.Size - before, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        using var connection = new SqliteConnection($"Data Source={NodeFolder.At(folder).LedgerFile};Pooling=False");
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) - 2 FROM checkpoint";
        return (entries / seconds, entries / (double)Math.Max(1, (long)count.ExecuteScalar()!));
    }

    static NewEntry New(StreamId stream, CompartmentId compartment) =>
        new(stream, "bench.written.v1", RandomNumberGenerator.GetBytes(PayloadBytes), new ActorId(Guid.Empty), compartment);

    /// <summary>Rows a second of the bytes that a record has, with the same durability and one unique index.</summary>
    static double Raw(string file, int batch, TimeSpan span)
    {
        const int HeaderBytes = 190, Overhead = 40;
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        Run(connection, "CREATE TABLE record (idx INTEGER PRIMARY KEY, stream BLOB, version INTEGER, header BLOB, sealed BLOB)");
        Run(connection, "CREATE UNIQUE INDEX record_stream ON record (stream, version)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO record (stream, version, header, sealed) VALUES ($s, $v, $h, $p)";
        insert.Parameters.AddWithValue("$s", Guid.NewGuid().ToByteArray());
        var version = insert.Parameters.Add("$v", SqliteType.Integer);
        insert.Parameters.AddWithValue("$h", RandomNumberGenerator.GetBytes(HeaderBytes));
        insert.Parameters.AddWithValue("$p", RandomNumberGenerator.GetBytes(PayloadBytes + Overhead));
        var (begun, rows) = (Stopwatch.GetTimestamp(), 0L);
        while (Stopwatch.GetElapsedTime(begun) < span)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            for (var i = 0; i < batch; i++)
            {
                version.Value = ++rows;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Appends of as many bytes a second, each on the disk before the next.</summary>
    static double Fdatasync(string file, TimeSpan span)
    {
        var bytes = RandomNumberGenerator.GetBytes(PayloadBytes);
        using var stream = File.OpenHandle(file, FileMode.Create, FileAccess.Write);
        var (begun, writes) = (Stopwatch.GetTimestamp(), 0L);
        while (Stopwatch.GetElapsedTime(begun) < span)
        {
            RandomAccess.Write(stream, bytes, writes++ * PayloadBytes);
            RandomAccess.FlushToDisk(stream);
        }

        return writes / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static double Median(List<Round> rounds, Func<Round, double> figure) =>
        double.Parse(rounds.Select(figure).Order().ElementAt(rounds.Count / 2).ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
