using System.Diagnostics;
using System.Security.Cryptography;
using Probity.Ledger;


namespace Probity.Benchmarks.Ledger;

/// <summary>What a log of many records came to.</summary>
/// <param name="Records">How many it has.</param>
/// <param name="ProofMicroseconds">The median of proofs of records at random.</param>
/// <param name="OpeningSeconds">From a closed folder to a log that takes entries.</param>
/// <param name="VerifySeconds">The whole verification.</param>
/// <param name="HashSeconds">The hashes alone that it needs, on all cores.</param>
/// <param name="BytesBeyondPayload">Bytes on the disk for each record beyond its payload, by what they are for.</param>
/// <param name="AppendToSmall">The cost of an append of new matters here, as a ratio to one to a log of ten thousand. Their ids are UUIDv7, as the rooms make them.</param>
/// <param name="AppendAtRandomToSmall">The same where every stream's id is random, as those are that are derived from a matter's: each then lies in a page of its own.</param>
internal sealed record LargeRow(
    long Records, double ProofMicroseconds, double OpeningSeconds, double VerifySeconds, double HashSeconds,
    IReadOnlyDictionary<string, double> BytesBeyondPayload, double AppendToSmall, double AppendAtRandomToSmall);

/// <summary>A log of many records: proofs, opening, verification, size, and whether an append still costs what it did.</summary>
internal static class LargeLog
{
    const long Small = 10_000;
    const int AtOnce = 1_000;
    const int StreamLength = 20;
    const int Proofs = 2_000;
    const int Turns = 15;
    const int VerifyTurns = 3;

    public static async Task<LargeRow> MeasureAsync(Engine engine, long records, Action<FormattableString> say)
    {
        await FillAsync(engine, "small", Small);
        var filling = Stopwatch.StartNew();
        await FillAsync(engine, "large", records);
        say($"{engine.Name}, {records} records written in {filling.Elapsed.TotalSeconds:0} s");

        var opening = Stopwatch.StartNew();
        var large = await engine.OpenAsync("large");
        var openingSeconds = opening.Elapsed.TotalSeconds;
        double proof, ratio, random;
        long size;
        await using (large)
        await using (var small = await engine.OpenAsync("small"))
        {
            say($"opened in {openingSeconds:0.000} s (goal 2 s)");
            proof = await ProveAsync(large);
            say($"proof of a record at random {proof:0} µs, median of {Proofs} (goal 1000 µs)");
            ratio = await CompareAsync(small, large, Guid.CreateVersion7);
            random = await CompareAsync(small, large, Guid.NewGuid);
            size = large.Size;
            say($"an append of new matters costs {ratio:0.00} times that to a log of {Small} (goal 1.2)");
            say($"an append to streams at random costs {random:0.00} times that");
        }

        var bytes = engine.Sizes("large").ToDictionary(row => row.What, row => Math.Round(row.Bytes / (double)size, 1));
        foreach (var (what, each) in bytes) say($"{each,8:0.0} bytes a record: {what}");
        var beyond = bytes.Values.Sum() - Engine.PayloadBytes;
        say($"{beyond,8:0.0} bytes a record beyond the payload (goal 320)");

        // In turns: what else the machine does meanwhile slows both.
        var (hashes, verifications) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < VerifyTurns; turn++)
        {
            hashes.Add(Seconds(() => Hash(size)));
            var verifying = Stopwatch.StartNew();
            var report = await engine.VerifyAsync("large");
            verifications.Add(verifying.Elapsed.TotalSeconds);
            if (!report.Ok) throw new InvalidDataException("The log does not verify: " + report.Checks.First(check => !check.Ok).Message);
        }

        var rate = WriterRows.Median([.. hashes.Zip(verifications, (hash, verification) => hash / verification)]);
        var (hashSeconds, verifySeconds) = (WriterRows.Median(hashes), WriterRows.Median(verifications));
        say($"verified in {verifySeconds:0.0} s; its hashes alone take {hashSeconds:0.0} s: {rate:0.00} of their rate, median of {VerifyTurns} (goal 0.5)");
        return new LargeRow(records, proof, openingSeconds, verifySeconds, hashSeconds, bytes, ratio, random);
    }

    static double Seconds(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    }

    static async Task FillAsync(Engine engine, string name, long records)
    {
        await using var log = await engine.OpenAsync(name, Durability.OnlyWhenClosed);
        for (var written = 0L; written < records;)
        {
            // Three requests wait while one is written.
            var requests = new List<Task<AppendResult>>();
            for (var i = 0; i < 4 && written < records; i++)
            {
                var count = (int)Math.Min(AtOnce, records - written);
                requests.Add(log.AppendAsync([], Entries(count), CancellationToken.None).AsTask());
                written += count;
            }

            await Task.WhenAll(requests);
        }
    }

    static NewEntry[] Entries(int count)
    {
        var entries = new NewEntry[count];
        var payloads = RandomNumberGenerator.GetBytes(count * Engine.PayloadBytes);
        var stream = Guid.NewGuid();
        for (var i = 0; i < count; i++)
        {
            if (i % StreamLength == 0) stream = Guid.NewGuid();
            entries[i] = new NewEntry(new StreamId(stream), "bench.written.v1", payloads.AsMemory(i * Engine.PayloadBytes, Engine.PayloadBytes),
                new ActorId(Guid.Empty), new CompartmentId(stream));
        }

        return entries;
    }

    static async Task<double> ProveAsync(TransparencyLog log)
    {
        var random = new Random(20260301);
        var times = new List<double>();
        for (var i = 0; i < Proofs; i++)
        {
            var (index, begun) = (random.NextInt64(log.Size), Stopwatch.GetTimestamp());
            await log.ProveInclusionAsync(index, log.Size, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds);
        }

        return WriterRows.Median(times);
    }

    /// <summary>A hundred entries of a hundred streams at a time, to the one log and to the other in turns.</summary>
    static async Task<double> CompareAsync(TransparencyLog small, TransparencyLog large, Func<Guid> id)
    {
        var ratios = new List<double>();
        for (var turn = -2; turn < Turns; turn++)
        {
            var (one, other) = (await AppendAsync(small, id), await AppendAsync(large, id));
            if (turn >= 0) ratios.Add(other / one);
        }

        return WriterRows.Median(ratios);
    }

    static async Task<double> AppendAsync(TransparencyLog log, Func<Guid> id)
    {
        const int Requests = 40, Each = 100;
        var entries = Enumerable.Range(0, Requests)
            .Select(_ => Entries(Each).Select(entry => entry with { Stream = new StreamId(id()) }).ToArray()).ToArray();
        var clock = Stopwatch.StartNew();
        foreach (var request in entries) await log.AppendAsync([], request, CancellationToken.None);
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// The hashes that a verification needs for each record: header, leaf, ciphertext, commitment, the salt's two, and a node.
    /// </summary>
    static void Hash(long records) => Parallel.For(0, Environment.ProcessorCount, core =>
    {
        const int Header = 220, Sealed = Engine.PayloadBytes + 40, Salted = Engine.PayloadBytes + 32, Leaf = 34, Hmac = 64 + 32;
        var bytes = new byte[1_024];
        Span<byte> hash = stackalloc byte[32];
        for (long i = core; i < records; i += Environment.ProcessorCount)
        {
            SHA256.HashData(bytes.AsSpan(0, Header), hash);
            SHA256.HashData(bytes.AsSpan(0, Leaf), hash);
            SHA256.HashData(bytes.AsSpan(0, Sealed), hash);
            SHA256.HashData(bytes.AsSpan(0, Salted), hash);
            SHA256.HashData(bytes.AsSpan(0, Hmac), hash);
            SHA256.HashData(bytes.AsSpan(0, Hmac), hash);
            SHA256.HashData(bytes.AsSpan(0, 65), hash);
        }
    });
}
