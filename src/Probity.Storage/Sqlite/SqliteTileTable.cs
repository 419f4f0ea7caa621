using Microsoft.Data.Sqlite;
using Probity.Ledger;

namespace Probity.Storage.Sqlite;

/// <summary>The tiles of a ledger file.</summary>
internal sealed class SqliteTileTable : ITileTable
{
    readonly SqliteConnection _connection;
    readonly SqliteTransaction _transaction;
    readonly SqliteReader _reader;

    public SqliteTileTable(string file)
    {
        SqliteFile.RequireRegular(file);
        _connection = SqliteFile.OpenWriter(file, Durability.EveryCommit);
        try
        {
            _transaction = _connection.BeginTransaction(deferred: false);
            // Its connection is ours, and closed with it.
            _reader = new SqliteReader(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public ILedgerReader Reader => _reader;

    public IReadOnlyList<ReadOnlyMemory<byte>> ReadHeaders(long fromIndex, int limit) => _reader.ReadHeaders(fromIndex, limit);

    public void Put(StoredTile tile) => Run(
        "INSERT INTO tile (level, number, hashes) VALUES ($a, $b, $c) ON CONFLICT DO UPDATE SET hashes = excluded.hashes",
        tile.Level, tile.Number, tile.Hashes.ToArray());

    public long DropOthers(IReadOnlyList<long> counts)
    {
        long dropped = Run("DELETE FROM tile WHERE level < 0 OR level >= $a OR number < 0", counts.Count);
        for (var level = 0; level < counts.Count; level++) dropped += Run("DELETE FROM tile WHERE level = $a AND number >= $b", level, counts[level]);
        return dropped;
    }

    int Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = new SqliteCommand(sql, _connection, _transaction);
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i]);
        return command.ExecuteNonQuery();
    }

    public void Commit() => _transaction.Commit();

    public ValueTask DisposeAsync()
    {
        _transaction.Dispose();
        _reader.Dispose();
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
