using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>Gives a tile that is being checked, or null where it is not there.</summary>
internal delegate ValueTask<ReadOnlyMemory<byte>?> TileSource(Tile tile, CancellationToken ct);

/// <summary>A root that somebody signed for a size.</summary>
/// <param name="Check">The check that it belongs to.</param>
/// <param name="Size">The size.</param>
/// <param name="Root">The root.</param>
internal sealed record ClaimedRoot(string Check, long Size, Hash Root);

/// <summary>
/// Builds the tree again from its leaves, in order, and compares it with every tile and with every root that was signed. A tree
/// that has the root of an older checkpoint at its size holds all that it held.
/// </summary>
internal sealed class TreeAudit(Findings findings, TileSource tiles, IEnumerable<ClaimedRoot> claims, bool partialLeafTiles)
{
    public const string Tiles = "tiles";
    const int Levels = 8;

    readonly CompactRange _range = new();
    readonly Queue<ClaimedRoot> _claims = new(claims.OrderBy(claim => claim.Size));
    readonly Hash[][] _rows = [.. Enumerable.Range(0, Levels).Select(_ => new Hash[Tile.FullWidth])];
    readonly List<(Tile Tile, byte[] Bytes)> _full = [];
    long _lastGood;

    public long Size => _range.Size;

    public Hash Root() => _range.Root();

    /// <summary>Adds the leaves of one tile.</summary>
    public async ValueTask AppendAsync(ReadOnlyMemory<Hash> leaves, CancellationToken ct)
    {
        CompareRoots();
        for (var i = 0; i < leaves.Length; i++)
        {
            _range.Append(leaves.Span[i], Take);
            CompareRoots();
        }

        foreach (var (tile, bytes) in _full) await CompareAsync(tile, bytes, ct);
        _full.Clear();
    }

    /// <summary>Says of each root that was not reached that it was not compared.</summary>
    public void GiveUp()
    {
        foreach (var claim in _claims)
            findings.Fault(claim.Check, null, $"Whether the entries have the root that was signed at {claim.Size} could not be checked.");
    }

    /// <summary>Compares what is left when all leaves are in.</summary>
    public async ValueTask FinishAsync(CancellationToken ct)
    {
        CompareRoots();
        foreach (var claim in _claims)
            findings.Fault(claim.Check, Size, $"A signed checkpoint counts {claim.Size} entries, but there are only {Size}: entries were lost.");
        foreach (var tile in Tile.Of(Size).Where(tile => !tile.IsFull && (tile.Level > 0 || partialLeafTiles)))
            await CompareAsync(tile, Hash.Bytes(_rows[tile.Level].AsSpan(0, tile.Width)).ToArray(), ct);
    }

    void Take(NodeId node, Hash hash)
    {
        if (node.Level % Tile.Height != 0) return;
        var level = node.Level / Tile.Height;
        var place = (int)(node.Index % Tile.FullWidth);
        _rows[level][place] = hash;
        if (place == Tile.FullWidth - 1)
            _full.Add((new Tile(level, node.Index / Tile.FullWidth), Hash.Bytes(_rows[level]).ToArray()));
    }

    void CompareRoots()
    {
        while (_claims.TryPeek(out var claim) && claim.Size == Size)
        {
            _claims.Dequeue();
            if (claim.Root == Root())
            {
                _lastGood = Size;
                continue;
            }

            // Only where one entry lies between the last good root and this one is it known which it is.
            var range = Size - _lastGood == 1 ? $"entry {_lastGood}" : $"one of the entries {_lastGood} to {Size - 1}";
            findings.Fault(claim.Check, Size - _lastGood == 1 ? _lastGood : null,
                $"The entries do not have the root that was signed at {Size}: {range} is not what was signed.");
        }
    }

    async ValueTask CompareAsync(Tile tile, byte[] expected, CancellationToken ct)
    {
        var stored = await tiles(tile, ct);
        if (stored is { } bytes && bytes.Span.SequenceEqual(expected)) return;
        var span = 1L << (Tile.Height * tile.Level);
        var place = stored?.Span.CommonPrefixLength(expected) / Hash.Size ?? 0;
        findings.Fault(Tiles, Math.Min(((tile.Index * Tile.FullWidth) + place) * span, Size - 1),
            stored is null ? $"{tile.Path} is missing." : $"{tile.Path} is not computed from the entries, from its hash {place} on.");
    }
}
