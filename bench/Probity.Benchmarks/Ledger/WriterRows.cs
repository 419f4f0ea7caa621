using System.Diagnostics;
using System.Security.Cryptography;
using Probity.Ledger;

namespace Probity.Benchmarks.Ledger;

/// <summary>What one number of writers came to.</summary>
/// <param name="Writers">How many append at once, each waiting for its answer.</param>
/// <param name="EntriesPerSecond">What the log took.</param>
/// <param name="EntriesPerCommit">How many shared a commit.</param>
/// <param name="RawPerSecond">Raw rows of as many bytes in batches as large.</param>
/// <param name="ToRaw">The median of the rounds' ratios of the two.</param>
internal sealed record WriterRow(int Writers, double EntriesPerSecond, double EntriesPerCommit, double RawPerSecond, double ToRaw);

/// <summary>
/// Durable appends beside raw inserts of the same bytes in the same batches. Both have been written to before, so that neither
/// is the one whose file grows; they take turns, since a disk drifts, and the median of the rounds' ratios is given.
/// </summary>
internal static class WriterRows
{
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Span = TimeSpan.FromMilliseconds(300);

    public static async Task<WriterRow> MeasureAsync(Engine engine, int writers, int rounds)
    {
        var name = $"writers-{writers}";
        await using var log = await engine.OpenAsync(name);
        using var raw = engine.OpenRaw($"raw-{writers}", writers);
        var streams = Enumerable.Range(0, writers).Select(_ => new Stream(log)).ToArray();
        var (_, batch) = await AppendAsync(engine, name, log, streams, WarmUp);
        Raw(raw, batch, WarmUp);

        var found = new List<(double Log, double Batch, double Raw)>();
        for (var round = 0; round < rounds; round++)
        {
            var (perSecond, perCommit) = await AppendAsync(engine, name, log, streams, Span);
            found.Add((perSecond, perCommit, Raw(raw, perCommit, Span)));
        }

        return new WriterRow(writers, Median(found.Select(round => round.Log)), Median(found.Select(round => round.Batch)),
            Median(found.Select(round => round.Raw)), Median(found.Select(round => round.Log / round.Raw)));
    }

    static async Task<(double PerSecond, double PerCommit)> AppendAsync(
        Engine engine, string name, TransparencyLog log, Stream[] streams, TimeSpan span)
    {
        var (commits, size, begun) = (engine.CountCommits(name), log.Size, Stopwatch.GetTimestamp());
        await Task.WhenAll(streams.Select(stream => Task.Run(() => stream.AppendAsync(begun, span))));
        var (entries, seconds) = (log.Size - size, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        return (entries / seconds, entries / (double)Math.Max(1, engine.CountCommits(name) - commits));
    }

    static double Raw(RawTable table, double batch, TimeSpan span)
    {
        var size = Math.Max(1, (int)Math.Round(batch));
        var (begun, rows) = (Stopwatch.GetTimestamp(), 0L);
        for (; Stopwatch.GetElapsedTime(begun) < span; rows += size) table.Insert(size);
        return rows / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        var order = values.Order().ToArray();
        return order[order.Length / 2];
    }

    /// <summary>One writer's stream, under a compartment of its own as in the house.</summary>
    sealed class Stream(TransparencyLog log)
    {
        readonly StreamId _id = new(Guid.NewGuid());
        readonly byte[] _payload = RandomNumberGenerator.GetBytes(Engine.PayloadBytes);
        long _version;

        public async Task AppendAsync(long begun, TimeSpan span)
        {
            while (Stopwatch.GetElapsedTime(begun) < span)
            {
                var entry = new NewEntry(_id, "bench.written.v1", _payload, new ActorId(Guid.Empty), new CompartmentId(_id.Value));
                if (await log.AppendAsync([new Expectation(_id, _version)], [entry], CancellationToken.None) is not AppendResult.Appended)
                    throw new InvalidOperationException("A stream with one writer had a conflict.");
                _version++;
            }
        }
    }
}
