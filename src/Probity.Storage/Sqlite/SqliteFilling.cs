using Microsoft.Data.Sqlite;
using Probity.Ledger;

namespace Probity.Storage.Sqlite;

/// <summary>Fills a new ledger file. Nothing is synced before <see cref="Finish"/>.</summary>
internal sealed class SqliteFilling : ILedgerFilling
{
    const int RecordsAtOnce = 10_000;

    readonly string _file;
    readonly SqliteConnection _connection;
    readonly SqliteCommand _record, _stream, _tile, _checkpoint;
    readonly TreeEdge _tree = TreeEdge.Empty();
    SqliteTransaction _transaction;

    public SqliteFilling(string file)
    {
        _file = file;
        _connection = SqliteFile.OpenWriter(file, Durability.OnlyWhenClosed, LedgerSchema.PageSize);
        _transaction = _connection.BeginTransaction(deferred: false);
        LedgerSchema.Prepare(_connection);
        _record = Prepare("INSERT INTO record (idx, header, sealed) VALUES ($a, $b, $c)", 3);
        _stream = Prepare("INSERT INTO stream (stream, version, idx) VALUES ($a, $b, $c)", 3);
        _tile = Prepare("INSERT INTO tile (level, number, hashes) VALUES ($a, $b, $c) ON CONFLICT DO UPDATE SET hashes = excluded.hashes", 3);
        _checkpoint = Prepare("INSERT INTO checkpoint (size, note) VALUES ($a, $b)", 2);
    }

    public void Write(BackupPart part)
    {
        switch (part)
        {
            case BackupPart.Identity(var log):
                using (var meta = Prepare("INSERT INTO meta (format, origin, node, vkey) VALUES ($a, $b, $c, $d)", 4))
                    Run(meta, LogIdentity.CurrentFormat, log.Origin, log.Node.ToByteArray(bigEndian: true), log.VerifierKey);
                break;
            case BackupPart.Predecessor(var one):
                using (var row = Prepare("INSERT INTO predecessor (place, origin, vkey, size, note) VALUES ($a, $b, $c, $d, $e)", 5))
                    Run(row, one.Place, one.Origin, one.VerifierKey, one.Size, one.Note);
                break;
            case BackupPart.Witnessed(var witnessed):
                using (var row = Prepare("INSERT INTO witnessed (one, size, time, note) VALUES (1, $a, $b, $c)", 3))
                    Run(row, witnessed.Size, witnessed.Time.ToUnixTimeSeconds(), witnessed.Note);
                break;
            case BackupPart.Record(var record):
                Run(_record, record.Index, record.Header.ToArray(), record.Sealed.ToArray());
                Run(_stream, record.Stream.Value.ToByteArray(bigEndian: true), record.Version, record.Index);
                _tree.Append(LogTiles.Leaf(record.Header.Span));
                if (_tree.Size % RecordsAtOnce == 0) Commit();
                break;
            case BackupPart.Signed(var checkpoint):
                Run(_checkpoint, checkpoint.Size, checkpoint.Note);
                break;
        }
    }

    public void Finish()
    {
        Commit();
        _transaction.Dispose();
        _connection.Close();
        using var file = new FileStream(_file, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    void Commit()
    {
        foreach (var tile in _tree.TakeTiles()) Run(_tile, tile.Level, tile.Number, tile.Hashes.ToArray());
        _transaction.Commit();
        _transaction.Dispose();
        _connection.Truncate();
        _transaction = _connection.BeginTransaction(deferred: false);
        foreach (var command in (SqliteCommand[])[_record, _stream, _tile, _checkpoint]) command.Transaction = _transaction;
    }

    SqliteCommand Prepare(string sql, int parameters)
    {
        var command = new SqliteCommand(sql, _connection, _transaction);
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter($"${(char)('a' + i)}", null));
        return command;
    }

    static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
        {
            throw new InvalidDataException("two of its records are filed under one place", fault);
        }
    }

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_record, _stream, _tile, _checkpoint]) command.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }
}
