using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Shared;

/// <summary>
/// Readers from outside, who have the log's key and what the staff server shows anyone under <c>/log/</c>, as a partner's monitor has, check while
/// writers append: each checkpoint holds all that every earlier one held, entries stand where they stood, and what was acknowledged stands under
/// the next checkpoint.
/// </summary>
public sealed class HammerTests
{
    const int Writers = 2;
    const int Readers = 3;

    /// <summary>Fewer checkpoints than this show nothing: a machine that has much else to do goes on for up to a minute.</summary>
    const int Least = 5;

    /// <summary>How long, in seconds: <c>PROBITY_HAMMER_SECONDS</c>.</summary>
    static readonly int Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("PROBITY_HAMMER_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 8;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_checkpoint_that_a_reader_saw_is_held_by_every_later_one()
    {
        await using var host = await StaffHost.StartAsync();
        var (log, before) = (host.Log, host.Log.Size);
        using var client = new HttpClient { BaseAddress = new Uri(host.Address, "/log/") };
        var begun = Stopwatch.StartNew();
        var acknowledged = new ConcurrentStack<(long Index, Hash Leaf)>();
        var seen = new ConcurrentDictionary<long, Hash>();
        var (appended, checks) = (0L, 0L);

        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            var (actor, stream) = (new ActorId(StaffHost.Of(Role.Officer)), new StreamId(Guid.NewGuid()));
            while (!IsOver())
            {
                var entries = Enumerable.Range(0, random.Next(1, 40)).Select(i => new NewEntry(
                    stream, EventTypes.NameOf(typeof(MatterRead)), EventTypes.Serialize(new MatterRead($"{i}")), actor, new CompartmentId(stream.Value))).ToArray();
                var result = (AppendResult.Appended)await log.AppendAsync([], entries, Ct);
                Interlocked.Add(ref appended, entries.Length);
                var index = result.FirstIndex + random.Next(entries.Length);
                acknowledged.Push((index, LeafOf((await log.ReadHeaderAsync(index, Ct))!.Value.Span)));
            }
        }, Ct));
        var reading = Enumerable.Range(0, Readers).Select(reader => Task.Run(async () =>
        {
            var random = new Random(100 + reader);
            while (!IsOver()) Interlocked.Add(ref checks, await CheckAsync(client, log.VerifierKey, acknowledged, seen, random));
        }, Ct));
        await Task.WhenAll(writing.Concat(reading));

        bool IsOver() => begun.Elapsed.TotalSeconds > Seconds
            && (begun.Elapsed > TimeSpan.FromMinutes(1) || (seen.Count > Least && Interlocked.Read(ref checks) > seen.Count));

        // And once more against everything that anyone saw.
        var newest = await ReadHeadAsync(client, log.VerifierKey);
        foreach (var (size, root) in seen) await RequireConsistentAsync(client, newest, size, root);
        TestContext.Current.SendDiagnosticMessage($"{appended} entries, {seen.Count} checkpoints seen, {checks} checks");
        Assert.True(seen.Count > Least && checks > seen.Count);
        // The house itself may have recorded something meanwhile.
        Assert.InRange(newest.Size, before + appended, log.Size);
    }

    /// <summary>The leaf as ARCHITECTURE.md has it, written a second time.</summary>
    static Hash LeafOf(ReadOnlySpan<byte> header) => MerkleTree.LeafHash([1, .. SHA256.HashData(header)]);

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
