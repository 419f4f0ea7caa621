using CsCheck;
using Probity.Ledger.Formats;
using Hash = Probity.Ledger.Formats.Hash;

namespace Probity.Ledger.Tests.Formats;

public class TileTests
{
    const int Largest = 66_000;
    static readonly GrowingLog Log = new(Largest);

    [Fact]
    public void Paths_come_back_as_they_went() => Gen.Select(Gen.Int[0, 63], Gen.Long[0, long.MaxValue], Gen.Int[1, 256])
        .Sample((level, index, width) =>
    {
        var (tile, bundle) = (new Tile(level, index, width), new EntryBundle(index, width));
        return Tile.Parse(tile.Path) == tile && EntryBundle.Parse(bundle.Path) == bundle;
    }, iter: 1000);

    [Theory]
    [InlineData("")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile//000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/-1/000")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/1")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/000/001")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/xx01/002")]
    [InlineData("tile/0/xx001/002")]
    [InlineData("tile/0/001.p/0")]
    [InlineData("tile/0/001.p/256")]
    [InlineData("tile/0/001.p/012")]
    [InlineData("tile/0/001.p/")]
    [InlineData("tile/0/001.p/1.p/1")]
    [InlineData("tile/0/+01")]
    [InlineData("tile/0/ 01")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("tile/entries/000")]
    public void A_path_that_is_not_canonical_is_refused(string path)
    {
        Assert.Throws<FormatException>(() => Tile.Parse(path));
        if (!path.EndsWith("entries/000", StringComparison.Ordinal))
            Assert.Throws<FormatException>(() => EntryBundle.Parse(path.Replace("tile/0/", "tile/entries/")));
    }

    [Fact]
    public void Appends_write_what_the_larger_tree_has_more() => Gen.Select(Gen.Int[0, 70_000], Gen.Int[0, 70_000]).Sample((a, b) =>
    {
        var (old, now) = (Math.Min(a, b), Math.Max(a, b));
        var before = Tile.Of(old).ToHashSet();
        Assert.Equal(Tile.Of(now).Where(tile => !before.Contains(tile)), Tile.Added(old, now));
        Assert.All(Tile.Of(now), tile => Assert.InRange(tile.Width, 1, 256));
    }, iter: 50);

    [Fact]
    public void Authentic_tiles_give_every_node() =>
        Gen.Select(Gen.Int[1, Largest], Gen.Int[0, 16], Gen.Int[0, Largest]).Sample((size, level, index) =>
        {
            level = Math.Min(level, System.Numerics.BitOperations.Log2((uint)size));
            var node = new NodeId(level, index % (size >> level));
            Assert.Equal(Log.Node(node), Read(Tiles(size, row: Log.Row), node));
        }, iter: 100);

    [Fact]
    public void Proofs_from_tiles_verify() => Gen.Select(Gen.Int[1, Largest], Gen.Int[0, Largest]).Sample((size, at) =>
    {
        var (index, tiles) = (at % size, Tiles(size, Log.Row));
        var proof = InclusionProof.BuildAsync(index, size, node => tiles.ReadAsync(node)).GetAwaiter().GetResult();
        return proof.SequenceEqual(InclusionProof.Build(index, size, Log.Node));
    }, iter: 30);

    [Fact]
    public void No_hash_comes_out_of_a_forged_tile() =>
        Gen.Select(Gen.Int[1, Largest], Gen.Int[0, int.MaxValue], Gen.Int[0, 255]).Sample((size, pick, bit) =>
        {
            var all = Tile.Of(size).ToArray();
            // Forge upper tiles as often as leaves' tiles, though there are few.
            var forged = pick % 2 == 0 ? all[pick % all.Length] : all[all.Length - 1 - pick % Math.Min(4, all.Length)];
            Hash[] Row(Tile tile) => tile == forged ? Forge(Log.Row(tile), bit) : Log.Row(tile);

            Assert.Throws<FormatException>(() => ReadRow(Tiles(size, Row), forged));
            var at = bit % forged.Width;
            var node = new NodeId(forged.Level * Tile.Height, forged.Index * Tile.FullWidth + at);
            Assert.Throws<FormatException>(() => Read(Tiles(size, Row), node));

            // What lies below the forged hash is out of reach as well: no tile vouches for it.
            if (forged.Level > 0) Assert.Throws<FormatException>(() => Read(Tiles(size, Row), new NodeId(0, node.Index << node.Level)));
        }, iter: 60);

    [Fact]
    public void A_child_tile_is_authenticated_even_where_its_parent_is_genuine()
    {
        // The trap of CVE-2026-56865: the top is genuine, the tile beside the right edge is not.
        var child = new Tile(0, 5);
        var tiles = Tiles(Largest, tile => tile == child ? Forge(Log.Row(tile), 3) : Log.Row(tile));
        Assert.Equal(Log.Node(new NodeId(8, 5)), Read(tiles, new NodeId(8, 5)));
        Assert.Throws<FormatException>(() => Read(tiles, new NodeId(0, 5 * 256 + 200)));
        Assert.Equal(Log.Node(new NodeId(0, 4 * 256)), Read(tiles, new NodeId(0, 4 * 256)));
        Assert.Throws<FormatException>(() => Read(tiles, new NodeId(3, 5 * 32)));
    }

    [Fact]
    public void Tiles_of_the_wrong_length_or_of_another_root_are_refused()
    {
        Assert.Throws<FormatException>(() => Read(Tiles(300, tile => Log.Row(tile)[1..]), new NodeId(0, 7)));
        Assert.Throws<FormatException>(() => Read(Tiles(300, tile => [.. Log.Row(tile), MerkleTree.EmptyRoot]), new NodeId(0, 7)));
        Assert.Throws<FormatException>(() => Read(new VerifiedTiles(300, Log.RootAt(299), Fetch(Log.Row)), new NodeId(0, 7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(Tiles(300, Log.Row), new NodeId(0, 300)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Read(Tiles(300, Log.Row), new NodeId(4, 18)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReadRow(Tiles(300, Log.Row), new Tile(0, 1, 43)));
    }

    [Fact]
    public void Bundles_come_back_as_they_went() => Gen.Byte.Array[0, 40].Array[1, 256].Sample(entries =>
    {
        var bytes = EntryBundle.Encode([.. entries.Select(entry => (ReadOnlyMemory<byte>)entry)]);
        var bundle = new EntryBundle(0, entries.Length);
        Assert.Equal(entries, bundle.Decode(bytes).Select(entry => entry.ToArray()));
        Assert.Throws<FormatException>(() => bundle.Decode(bytes.AsMemory(..^1)));
        Assert.Throws<FormatException>(() => bundle.Decode((byte[])[.. bytes, 0, 0]));
        Assert.Throws<FormatException>(() => (bundle with { Width = entries.Length + 1 }).Decode(bytes));
    }, iter: 50);

    [Fact]
    public void A_bundle_holds_no_entry_that_is_too_long()
    {
        Assert.Equal(2 + 65_535, EntryBundle.Encode([new byte[EntryBundle.MaxEntry]]).Length);
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([new byte[EntryBundle.MaxEntry + 1]]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode([]));
        Assert.Throws<ArgumentException>(() => EntryBundle.Encode(new ReadOnlyMemory<byte>[257]));
    }

    static VerifiedTiles Tiles(long size, Func<Tile, Hash[]> row) => new(size, Log.RootAt(size), Fetch(row));

    static Func<Tile, CancellationToken, ValueTask<ReadOnlyMemory<byte>>> Fetch(Func<Tile, Hash[]> row) =>
        (tile, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>(Hash.Bytes(row(tile)).ToArray());

    static Hash Read(VerifiedTiles tiles, NodeId node) => tiles.ReadAsync(node).AsTask().GetAwaiter().GetResult();

    static Hash[] ReadRow(VerifiedTiles tiles, Tile tile) =>
        tiles.ReadRowAsync(tile, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();

    static Hash[] Forge(Hash[] row, int at)
    {
        row[at % row.Length] = MerkleTree.LeafHash("forged"u8);
        return row;
    }
}
