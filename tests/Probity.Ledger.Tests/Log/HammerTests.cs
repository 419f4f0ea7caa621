using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Probity.Ledger.Formats;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteHammerTests() : HammerTests(new SqliteLogFixture());

/// <summary>
/// Readers from outside, who have the log's key and its tiles over HTTP and nothing else, check while writers append: each checkpoint holds all
/// that every earlier one held, entries stand where they stood, and what was acknowledged stands under the next checkpoint.
/// </summary>
public abstract class HammerTests(LogFixture fixture) : LogSuite(fixture)
{
    const int Writers = 4;
    const int Readers = 3;

    /// <summary>How long, in seconds: <c>PROBITY_HAMMER_SECONDS</c>.</summary>
    static readonly int Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("PROBITY_HAMMER_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 12;

    [Fact]
    public async Task Every_checkpoint_that_a_reader_saw_is_held_by_every_later_one()
    {
        await using var log = await Fixture.OpenAsync(new LogOptions());
        await using var served = new ServedLog(log);
        using var client = new HttpClient { BaseAddress = served.Prefix };
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        end.CancelAfter(TimeSpan.FromSeconds(Seconds));
        var acknowledged = new ConcurrentStack<(long Index, Hash Leaf)>();
        var seen = new ConcurrentDictionary<long, Hash>();
        var (appended, checks) = (0L, 0L);

        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            var stream = NewStream();
            while (!end.IsCancellationRequested)
            {
                var entries = Enumerable.Range(0, random.Next(1, 40)).Select(i => Entry(stream, $"{i}")).ToArray();
                var result = (AppendResult.Appended)await log.AppendAsync([], entries, Ct);
                Interlocked.Add(ref appended, entries.Length);
                var index = result.FirstIndex + random.Next(entries.Length);
                acknowledged.Push((index, MerkleTree.LeafHash(HeaderEncoding.LeafEntry((await log.ReadHeaderAsync(index, Ct))!.Value.Span))));
            }
        }, Ct));
        var reading = Enumerable.Range(0, Readers).Select(reader => Task.Run(async () =>
        {
            var random = new Random(100 + reader);
            while (!end.IsCancellationRequested) Interlocked.Add(ref checks, await CheckAsync(client, log.VerifierKey, acknowledged, seen, random));
        }, Ct));
        await Task.WhenAll(writing.Concat(reading));

        // And once more against everything that anyone saw.
        var newest = await ReadHeadAsync(client, log.VerifierKey);
        foreach (var (size, root) in seen) await RequireConsistentAsync(client, newest, size, root);
        TestContext.Current.SendDiagnosticMessage($"{appended} entries, {seen.Count} checkpoints seen, {checks} checks");
        Assert.True(seen.Count > 5 && checks > seen.Count);
        Assert.Equal(appended, newest.Size);
    }

    /// <summary>One visit of a reader: how many things were checked.</summary>
    static async Task<int> CheckAsync(
        HttpClient client, VerifierKey key, ConcurrentStack<(long Index, Hash Leaf)> acknowledged, ConcurrentDictionary<long, Hash> seen, Random random)
    {
        var owed = acknowledged.TryPeek(out var answered);
        var head = await ReadHeadAsync(client, key);
        if (head.Size == 0) return 0;
        Assert.Equal(head.Root, seen.GetOrAdd(head.Size, head.Root));
        var earlier = seen.ToArray();
        for (var i = 0; i < 3; i++)
        {
            var (size, root) = earlier[random.Next(earlier.Length)];
            if (size <= head.Size) await RequireConsistentAsync(client, head, size, root);
        }

        var tiles = Tiles(client, head);
        var index = random.NextInt64(head.Size);
        var bundle = EntryBundle.Holding(index, head.Size);
        var entries = bundle.Decode(await client.GetByteArrayAsync(bundle.Path, Ct));
        await RequireIncludedAsync(tiles, head, index, MerkleTree.LeafHash(entries[(int)(index % Tile.FullWidth)].Span));
        if (!owed) return 5;
        // It was acknowledged before the checkpoint was asked for.
        Assert.True(head.Size > answered.Index, $"entry {answered.Index} was acknowledged, and a later checkpoint counts {head.Size}");
        await RequireIncludedAsync(tiles, head, answered.Index, answered.Leaf);
        return 6;
    }

    static async Task RequireIncludedAsync(VerifiedTiles tiles, Checkpoint head, long index, Hash leaf)
    {
        var proof = await InclusionProof.BuildAsync(index, head.Size, node => tiles.ReadAsync(node, Ct));
        Assert.True(InclusionProof.Verify(leaf, index, head.Size, proof, head.Root), $"entry {index} of {head.Size}");
    }

    static async Task RequireConsistentAsync(HttpClient client, Checkpoint head, long size, Hash root)
    {
        var tiles = Tiles(client, head);
        var proof = await ConsistencyProof.BuildAsync(size, head.Size, node => tiles.ReadAsync(node, Ct));
        Assert.True(ConsistencyProof.Verify(size, head.Size, proof, root, head.Root), $"{size} and {head.Size}");
    }

    static VerifiedTiles Tiles(HttpClient client, Checkpoint head) =>
        new(head.Size, head.Root, async (tile, ct) => await client.GetByteArrayAsync(tile.Path, ct));

    static async Task<Checkpoint> ReadHeadAsync(HttpClient client, VerifierKey key) =>
        Checkpoint.Open(Encoding.UTF8.GetBytes(await client.GetStringAsync("checkpoint", Ct)), key).Checkpoint;
}
