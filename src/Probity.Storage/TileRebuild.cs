using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>What a rebuild of the tiles found.</summary>
/// <param name="Records">How many records the tiles were computed from.</param>
/// <param name="Tiles">How many tiles there have to be.</param>
/// <param name="Wrong">How many were wrong, missing, or too many.</param>
/// <param name="Fault">Why nothing was changed, or null.</param>
public sealed record TileReport(long Records, long Tiles, long Wrong, string? Fault);

/// <summary>
/// Computes every tile of a stopped node from its records, and writes those anew that differ: all of them in one commit, and only if the
/// records have the root that was signed last.
/// </summary>
public static class TileRebuild
{
    /// <summary>Rebuilds the tiles.</summary>
    /// <param name="folder">The node.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up; nothing is changed.</param>
    /// <exception cref="InvalidDataException">The ledger cannot be read, or lies in PostgreSQL.</exception>
    /// <exception cref="IOException">The node is running, or a file cannot be read or written.</exception>
    public static async Task<TileReport> RunAsync(NodeFolder folder, IProgress<double>? progress, CancellationToken ct)
    {
        if (folder.IsOnPostgres) throw new InvalidDataException($"The ledger of {folder.Root} lies in PostgreSQL, where its tiles are not rebuilt: bring back a database that verifies.");
        if (!folder.Exists) throw new FileNotFoundException($"{folder.Root} holds no ledger: name the data folder of a node.", folder.LedgerFile);
        await using var own = new FolderLock(folder.LockFile);
        try
        {
            SqliteFile.RequireRegular(folder.LedgerFile);
            using var connection = SqliteFile.OpenWriter(folder.LedgerFile, Durability.EveryCommit);
            using var transaction = connection.BeginTransaction(deferred: false);
            var report = Run(connection, progress, ct);
            if (report is { Fault: null, Wrong: > 0 }) transaction.Commit();
            return report;
        }
        catch (SqliteException fault)
        {
            throw new InvalidDataException($"The tiles of {folder.Root} cannot be rebuilt. {SqliteFaults.Describe(fault, folder.Root)}", fault);
        }
    }

    static TileReport Run(SqliteConnection connection, IProgress<double>? progress, CancellationToken ct)
    {
        // Its connection is ours, and stays open.
        var reader = new SqliteReader(connection);
        if (reader.ReadIdentity() is not { } identity || reader.ReadCheckpoint(null) is not { } stored || LogKeys.Open(stored.Note, VerifierKey.Parse(identity.VerifierKey)) is not { } head)
            return new TileReport(0, 0, 0, "its newest checkpoint does not verify");
        var tree = TreeEdge.Empty();
        var growing = new SortedDictionary<int, StoredTile>();
        long tiles = 0, wrong = 0;
        while (tree.Size < head.Size && reader.ReadHeaders(tree.Size, (int)Math.Min(Tile.FullWidth, head.Size - tree.Size)) is { Count: > 0 } headers)
        {
            ct.ThrowIfCancellationRequested();
            foreach (var header in headers) tree.Append(LogTiles.Leaf(header.Span));
            foreach (var tile in tree.TakeTiles())
            {
                if (tile.Hashes.Length < Tile.FullWidth * Hash.Size) growing[tile.Level] = tile;
                else
                {
                    growing.Remove(tile.Level);
                    Compare(tile);
                }
            }

            progress?.Report((double)tree.Size / head.Size);
        }

        if (tree.Size != head.Size || tree.Root() != head.Root)
            return new TileReport(tree.Size, tiles, wrong, $"the records do not have the root that was signed for {head.Size} of them, so it is they that are wrong");
        foreach (var tile in growing.Values) Compare(tile);
        wrong += DropOthers(connection, head.Size);
        return new TileReport(tree.Size, tiles, wrong, null);

        void Compare(StoredTile tile)
        {
            tiles++;
            if (reader.ReadTile(tile.Level, tile.Number) is { } found && found.Span.SequenceEqual(tile.Hashes.Span)) return;
            wrong++;
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO tile (level, number, hashes) VALUES ($level, $number, $hashes) ON CONFLICT DO UPDATE SET hashes = excluded.hashes";
            command.Parameters.AddWithValue("$level", tile.Level);
            command.Parameters.AddWithValue("$number", tile.Number);
            command.Parameters.AddWithValue("$hashes", tile.Hashes.ToArray());
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Tiles beyond the tree: a level holds as many as its hashes fill, on level 0 the full ones alone.</summary>
    static long DropOthers(SqliteConnection connection, long size)
    {
        const int levels = 8;
        using var outside = connection.CreateCommand();
        outside.CommandText = "DELETE FROM tile WHERE level < 0 OR level >= $levels OR number < 0";
        outside.Parameters.AddWithValue("$levels", levels);
        long dropped = outside.ExecuteNonQuery();
        for (var level = 0; level < levels; level++)
        {
            var hashes = size >> (Tile.Height * level);
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM tile WHERE level = $level AND number >= $count";
            command.Parameters.AddWithValue("$level", level);
            command.Parameters.AddWithValue("$count", level == 0 ? hashes / Tile.FullWidth : (hashes + Tile.FullWidth - 1) / Tile.FullWidth);
            dropped += command.ExecuteNonQuery();
        }

        return dropped;
    }
}
