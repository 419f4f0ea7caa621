using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Probity.Ledger;
using Probity.Storage;

namespace Probity.Benchmarks.Ledger;

/// <summary>SQLite as the product opens it: write-ahead log, every commit synced.</summary>
internal sealed class SqliteEngine(string folder) : Engine
{
    public override string Name => "SQLite";

    public override Task<TransparencyLog> OpenAsync(string name, Durability durability = Durability.EveryCommit)
    {
        var path = Path.Combine(folder, name);
        var options = new LogOptions { Durability = durability };
        return NodeFolder.At(path).Exists
            ? NodeFolder.OpenAsync(path, TimeProvider.System, options, CancellationToken.None)
            : NodeFolder.CreateAsync(path, "example.org/bench", TimeProvider.System, options, CancellationToken.None);
    }

    public override RawTable OpenRaw(string name, int streams) => new Table(Path.Combine(folder, name), streams);

    public override long CountCommits(string name)
    {
        using var connection = Open(NodeFolder.At(Path.Combine(folder, name)).LedgerFile);
        return Number(connection, "SELECT count(*) - 1 FROM checkpoint");
    }

    public override IReadOnlyList<(string What, long Bytes)> Sizes(string name)
    {
        var node = NodeFolder.At(Path.Combine(folder, name));
        using var connection = Open(node.LedgerFile);
        var records = Number(connection, "SELECT count(*) FROM record");
        // What a table's rows hold; pages, their slack and the index are what the file has beyond it.
        var rows = new List<(string What, long Bytes)>
        {
            ("payloads", records * PayloadBytes),
            ("nonces and tags", records * SealingBytes),
            ("headers", Number(connection, "SELECT sum(length(header)) FROM record")),
            ("index and lengths beside each record", records * 8),
            ("tiles", Number(connection, "SELECT sum(length(hashes)) FROM tile")),
            ("checkpoints", Number(connection, "SELECT sum(length(note)) FROM checkpoint")),
        };
        rows.Add(("index of streams and pages' slack", new FileInfo(node.LedgerFile).Length - rows.Sum(row => row.Bytes)));
        rows.Add(("keys.db", new FileInfo(node.KeyFile).Length));
        return rows;
    }

    public override Task<VerifyReport> VerifyAsync(string name) =>
        NodeVerifier.VerifyAsync(Path.Combine(folder, name), new VerifyRequest(null, []), null, CancellationToken.None);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    sealed class Table : RawTable
    {
        readonly SqliteConnection _connection;
        readonly SqliteCommand _insert, _place;
        readonly SqliteParameter _stream, _version;
        readonly byte[][] _streams;
        long _rows;

        public Table(string file, int streams)
        {
            _streams = [.. Enumerable.Range(0, streams).Select(_ => Guid.NewGuid().ToByteArray())];
            _connection = Open(file);
            Run("PRAGMA page_size = 8192");
            Run("PRAGMA journal_mode = WAL");
            Run("PRAGMA synchronous = FULL");
            Run("CREATE TABLE record (idx INTEGER PRIMARY KEY, header BLOB, sealed BLOB)");
            Run("CREATE TABLE stream (stream BLOB, version INTEGER, idx INTEGER, PRIMARY KEY (stream, version)) WITHOUT ROWID");
            _insert = _connection.CreateCommand();
            _insert.CommandText = "INSERT INTO record (header, sealed) VALUES ($h, $p)";
            _place = _connection.CreateCommand();
            _place.CommandText = "INSERT INTO stream (stream, version, idx) VALUES ($s, $v, $v)";
            _stream = _place.Parameters.Add("$s", SqliteType.Blob);
            _version = _place.Parameters.Add("$v", SqliteType.Integer);
            _insert.Parameters.AddWithValue("$h", RandomNumberGenerator.GetBytes(HeaderBytes));
            _insert.Parameters.AddWithValue("$p", RandomNumberGenerator.GetBytes(PayloadBytes + SealingBytes));
        }

        public override void Insert(int rows)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            _insert.Transaction = _place.Transaction = transaction;
            for (var i = 0; i < rows; i++)
            {
                _stream.Value = _streams[_rows % _streams.Length];
                _version.Value = ++_rows;
                _insert.ExecuteNonQuery();
                _place.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        void Run(string sql)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        public override void Dispose()
        {
            _insert.Dispose();
            _place.Dispose();
            _connection.Dispose();
        }
    }
}
