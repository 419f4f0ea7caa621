using Microsoft.Data.Sqlite;
using Npgsql;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Storage.Postgres;
using Probity.Storage.Sqlite;

namespace Probity.Storage;

/// <summary>What a rebuild of the tiles found.</summary>
/// <param name="Records">How many records the tiles were computed from.</param>
/// <param name="Tiles">How many tiles there have to be.</param>
/// <param name="Wrong">How many were wrong, missing, or too many.</param>
/// <param name="Fault">Why nothing was changed, or null.</param>
public sealed record TileReport(long Records, long Tiles, long Wrong, string? Fault);

/// <summary>
/// Computes every tile of a stopped log from its records, and writes those anew that differ: all of them in one commit, and only if the
/// records have the root that was signed last.
/// </summary>
public static class TileRebuild
{
    /// <summary>The levels that a log's tiles have at most.</summary>
    const int Levels = 8;

    /// <summary>Rebuilds the tiles.</summary>
    /// <param name="folder">The node; on PostgreSQL one of those that serve the log, none of which is running.</param>
    /// <param name="progress">Takes the share done, 0 to 1.</param>
    /// <param name="ct">Gives up; nothing is changed.</param>
    /// <exception cref="InvalidDataException">The ledger cannot be read.</exception>
    /// <exception cref="IOException">A node is running, or a file or the database cannot be read or written.</exception>
    public static async Task<TileReport> RunAsync(NodeFolder folder, IProgress<double>? progress, CancellationToken ct)
    {
        if (!folder.Exists) throw new FileNotFoundException($"{folder.Root} holds no ledger: name the data folder of a node.", folder.LedgerFile);
        await using var alone = await folder.HoldAloneAsync(ct);
        try
        {
            await using ITileTable table = folder.ReadConnection() is { } connection
                ? await PostgresTileTable.OpenAsync(connection, ct) : new SqliteTileTable(folder.LedgerFile);
            var report = Run(table, progress, ct);
            if (report is { Fault: null, Wrong: > 0 }) table.Commit();
            return report;
        }
        catch (SqliteException fault)
        {
            throw new InvalidDataException($"The tiles of {folder.Root} cannot be rebuilt. {SqliteFaults.Describe(fault, folder.Root)}", fault);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new InvalidDataException($"There are tiles too many, and this role may not take them away: name the owner of the tables to {folder.Root} for this once (docs/postgresql.md).", fault);
        }
        catch (NpgsqlException fault)
        {
            throw folder.Unreachable(fault);
        }
    }

    static TileReport Run(ITileTable table, IProgress<double>? progress, CancellationToken ct)
    {
        var reader = table.Reader;
        if (reader.ReadIdentity() is not { } identity || reader.ReadCheckpoint(null) is not { } stored || LogKeys.Open(stored.Note, VerifierKey.Parse(identity.VerifierKey)) is not { } head)
            return new TileReport(0, 0, 0, "its newest checkpoint does not verify");
        var tree = TreeEdge.Empty();
        var growing = new SortedDictionary<int, StoredTile>();
        long tiles = 0, wrong = 0;
        while (tree.Size < head.Size && table.ReadHeaders(tree.Size, (int)Math.Min(Tile.FullWidth, head.Size - tree.Size)) is { Count: > 0 } headers)
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
        wrong += table.DropOthers([.. Enumerable.Range(0, Levels).Select(level => Count(level, head.Size))]);
        return new TileReport(tree.Size, tiles, wrong, null);

        void Compare(StoredTile tile)
        {
            tiles++;
            if (IsThere(tile)) return;
            wrong++;
            table.Put(tile);
        }

        bool IsThere(StoredTile tile)
        {
            try
            {
                return reader.ReadTile(tile.Level, tile.Number) is { } found && found.Span.SequenceEqual(tile.Hashes.Span);
            }
            catch (RowTooLargeException)
            {
                return false;
            }
        }
    }

    /// <summary>A level holds as many tiles as its hashes fill, on level 0 the full ones alone.</summary>
    static long Count(int level, long size)
    {
        var hashes = size >> (Tile.Height * level);
        return level == 0 ? hashes / Tile.FullWidth : (hashes + Tile.FullWidth - 1) / Tile.FullWidth;
    }
}
