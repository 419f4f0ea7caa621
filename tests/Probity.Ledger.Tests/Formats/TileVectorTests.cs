using System.Security.Cryptography;
using System.Text;
using Probity.Ledger.Formats;

namespace Probity.Ledger.Tests.Formats;

public class TileVectorTests
{
    [Fact]
    public void Paths_are_those_of_the_reference()
    {
        var vector = Vectors.Json("tile-paths.json");
        foreach (var row in vector.GetProperty("tile").EnumerateArray())
        {
            var width = row[2].GetInt32();
            var tile = new Tile(row[0].GetInt32(), row[1].GetInt64(), width == 0 ? Tile.FullWidth : width);
            Assert.Equal(row[3].GetString(), tile.Path);
            Assert.Equal(tile, Tile.Parse(tile.Path));
        }

        foreach (var row in vector.GetProperty("entriesForIndex").EnumerateArray())
        {
            var bundle = EntryBundle.Holding(row[0].GetInt64(), row[1].GetInt64());
            Assert.Equal(row[2].GetString(), bundle.Path);
            Assert.Equal(bundle, EntryBundle.Parse(bundle.Path));
        }
    }

    [Fact]
    public void A_size_has_the_tiles_of_the_reference()
    {
        foreach (var vector in Vectors.Json("tile-geometry.json").EnumerateArray())
        {
            var levels = Tile.Of(vector.GetProperty("size").GetInt64()).ToLookup(tile => tile.Level);
            var want = vector.GetProperty("tiles").EnumerateObject().ToArray();
            Assert.Equal(want.Length, levels.Count);
            foreach (var level in want)
            {
                var tiles = levels[int.Parse(level.Name, null)].ToArray();
                Assert.Equal(level.Value.GetProperty("full").GetInt32(), tiles.Count(tile => tile.IsFull));
                Assert.Equal(level.Value.GetProperty("partial").GetInt32(), tiles.Where(tile => !tile.IsFull).Sum(tile => tile.Width));
            }
        }
    }

    [Fact]
    public async Task The_log_of_Tessera_verifies_from_its_entries_and_from_its_tiles()
    {
        var about = Vectors.Json("tessera-log/KEY.json");
        var key = VerifierKey.Parse(about.String("vkey"));
        var entries = about.GetProperty("entriesInOrder").EnumerateArray().Select(x => Encoding.UTF8.GetBytes(x.GetString()!)).ToArray();
        var log = new List<Checkpoint>();
        foreach (var (_, path) in Vectors.Files("tessera-log", "checkpoint*"))
        {
            var checkpoint = Checkpoint.Open(File.ReadAllBytes(path), key).Checkpoint;
            var hashes = entries[..(int)checkpoint.Size].Select(entry => MerkleTree.LeafHash(entry)).ToArray();
            Assert.Equal(checkpoint.Root, MerkleTree.Root(hashes));
            log.Add(checkpoint);
            if (checkpoint.Size == 0) continue;

            var tile = Assert.Single(Tile.Of(checkpoint.Size));
            var tiles = Reader(checkpoint);
            Assert.Equal(hashes, await tiles.ReadRowAsync(tile, TestContext.Current.CancellationToken));
            var bundle = new EntryBundle(tile.Index, tile.Width);
            var bytes = Vectors.Bytes($"tessera-log/{bundle.Path}");
            Assert.Equal(entries[..tile.Width], bundle.Decode(bytes).Select(entry => entry.ToArray()));
            Assert.Equal(bytes, EntryBundle.Encode(bundle.Decode(bytes)));
        }

        var last = log.MaxBy(checkpoint => checkpoint.Size)!;
        foreach (var earlier in log)
        {
            var tiles = Reader(last);
            var proof = await ConsistencyProof.BuildAsync(earlier.Size, last.Size, node => tiles.ReadAsync(node));
            Assert.True(ConsistencyProof.Verify(earlier.Size, last.Size, proof, earlier.Root, last.Root));
        }
    }

    [Fact]
    public void Our_large_log_has_the_roots_and_tiles_that_Go_computed()
    {
        const int size = 70_000;
        var roots = Vectors.Json("derived/roots.json").GetProperty("roots");
        var want = Vectors.Json("derived/tiles-70000-sha256.json");
        var log = new GrowingLog(size);
        foreach (var root in roots.EnumerateObject())
            Assert.Equal(root.Value.GetString(), log.RootAt(long.Parse(root.Name, null)).ToString());

        var written = Tile.Of(size).ToDictionary(tile => tile.Path, tile => Hash.Bytes(log.Row(tile)).ToArray());
        foreach (var tile in Tile.Of(size).Where(tile => tile.Level == 0))
        {
            var bundle = new EntryBundle(tile.Index, tile.Width);
            var first = (int)(tile.Index * Tile.FullWidth);
            written[bundle.Path] = EntryBundle.Encode([.. Enumerable.Range(first, tile.Width).Select(i => (ReadOnlyMemory<byte>)GrowingLog.Entry(i))]);
        }

        Assert.NotEmpty(want.EnumerateObject());
        foreach (var tile in want.EnumerateObject())
            Assert.Equal(tile.Value.GetString(), Convert.ToHexStringLower(SHA256.HashData(written[tile.Name])));
    }

    static VerifiedTiles Reader(Checkpoint checkpoint) => new(checkpoint.Size, checkpoint.Root, (tile, _) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>(Vectors.Bytes($"tessera-log/{tile.Path}")));
}
