using System.Runtime.InteropServices;
using System.Text;
using Probity.Ledger.Formats;
using static Probity.Ledger.Tests.Log.LogFixture;

namespace Probity.Ledger.Tests.Log;

public sealed class SqliteProofTests() : ProofTests(new SqliteLogFixture());

public sealed class PostgresProofTests() : ProofTests(new PostgresLogFixture());

public abstract class ProofTests(LogFixture fixture) : LogSuite(fixture)
{
    [Fact]
    public async Task Every_tile_bundle_and_proof_of_every_size_up_to_600_verifies()
    {
        await using var log = await Fixture.OpenAsync();
        var stream = NewStream();
        List<Hash> leaves = [];
        List<Hash> roots = [MerkleTree.EmptyRoot];
        for (var size = 1; size <= 600; size++)
        {
            await log.AppendAsync([], [Entry(stream)], Ct);
            var header = await log.ReadHeaderAsync(size - 1, Ct);
            var entry = HeaderEncoding.LeafEntry(header!.Value.Span);
            leaves.Add(MerkleTree.LeafHash(entry));
            var checkpoint = Open(log);
            Assert.Equal((size, MerkleTree.Root(CollectionsMarshal.AsSpan(leaves))), (checkpoint.Size, checkpoint.Root));
            roots.Add(checkpoint.Root);

            // A client that trusts nothing reads the newest leaf and two older ones from tiles alone.
            var tiles = new VerifiedTiles(size, checkpoint.Root, async (tile, ct) =>
                await log.ReadTileAsync(tile, ct) ?? throw new InvalidDataException(tile.Path));
            foreach (var index in (int[])[0, size / 3, size - 1])
            {
                Assert.Equal(leaves[index], await tiles.ReadAsync(new NodeId(0, index), Ct));
                var proof = await log.ProveInclusionAsync(index, size, Ct);
                Assert.True(InclusionProof.Verify(leaves[index], index, size, proof, checkpoint.Root));
                var old = index + 1;
                Assert.True(ConsistencyProof.Verify(old, size, await log.ProveConsistencyAsync(old, size, Ct), roots[old], checkpoint.Root));
            }

            var bundle = EntryBundle.Holding(size - 1, size);
            var entries = bundle.Decode((await log.ReadEntriesAsync(bundle, Ct))!.Value);
            Assert.Equal(entry, entries[^1].ToArray());
        }

        // Every tile that was ever part of a published tree is still there, and says what it said.
        for (var size = 1; size <= 600; size++)
        {
            foreach (var tile in Tile.Of(size))
            {
                var row = Hash.Row((await log.ReadTileAsync(tile, Ct))!.Value.Span).ToArray();
                var span = 1 << (Tile.Height * tile.Level);
                for (var i = 0; i < row.Length; i += row.Length > 8 ? 37 : 1)
                {
                    var start = (int)((tile.Index * Tile.FullWidth) + i) * span;
                    Assert.Equal(MerkleTree.Root(CollectionsMarshal.AsSpan(leaves)[start..(start + span)]), row[i]);
                }
            }
        }
    }

    [Fact]
    public async Task What_is_not_in_the_tree_is_not_given()
    {
        await using var log = await Fixture.OpenAsync();
        Assert.Null(await log.ReadTileAsync(new Tile(0, 0, 1), Ct));
        await log.AppendAsync([], [.. Enumerable.Range(0, 300).Select(_ => Entry(NewStream()))], Ct);
        foreach (var tile in (Tile[])[new(0, 1, 45), new(0, 1), new(0, 2, 1), new(1, 0, 2), new(1, 0), new(2, 0, 1), new(0, -1, 1), new(8, 0, 1), new(63, 0, 1), new(0, long.MaxValue, 1)])
            Assert.Null(await log.ReadTileAsync(tile, Ct));
        Assert.NotNull(await log.ReadTileAsync(new Tile(0, 1, 44), Ct));
        Assert.Null(await log.ReadEntriesAsync(new EntryBundle(1, 45), Ct));
        Assert.Null(await log.ReadEntriesAsync(new EntryBundle(2, 1), Ct));
        Assert.Null(await log.ReadHeaderAsync(300, Ct));
        Assert.Null(await log.ReadHeaderAsync(-1, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.ProveInclusionAsync(300, 300, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.ProveInclusionAsync(300, 301, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.ProveConsistencyAsync(2, 301, Ct));
    }

    static Checkpoint Open(TransparencyLog log) =>
        Checkpoint.Open(Encoding.UTF8.GetBytes(log.Checkpoint), log.VerifierKey).Checkpoint;
}
