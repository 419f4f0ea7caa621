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

    public override RawTable OpenRaw(string name) => new Table(Path.Combine(folder, name));

    public override long CountCommits(string name)
    {
        using var connection = Open(NodeFolder.At(Path.Combine(folder, name)).LedgerFile);
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) - 1 FROM checkpoint";
        return (long)count.ExecuteScalar()!;
    }

    public override IReadOnlyList<(string What, long Bytes)> Sizes(string name)
    {
        using var connection = Open(NodeFolder.At(Path.Combine(folder, name)).LedgerFile);
        using var pages = connection.CreateCommand();
        pages.CommandText = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC";
        var sizes = new List<(string, long)>();
        using var reader = pages.ExecuteReader();
        while (reader.Read()) sizes.Add((reader.GetString(0), reader.GetInt64(1)));
        return sizes;
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

    sealed class Table : RawTable
    {
        readonly SqliteConnection _connection;
        readonly SqliteCommand _insert;
        readonly SqliteParameter _version;
        long _rows;

        public Table(string file)
        {
            _connection = Open(file);
            Run("PRAGMA journal_mode = WAL");
            Run("PRAGMA synchronous = FULL");
            Run("CREATE TABLE record (idx INTEGER PRIMARY KEY, stream BLOB, version INTEGER, header BLOB, sealed BLOB)");
            Run("CREATE UNIQUE INDEX record_stream ON record (stream, version)");
            _insert = _connection.CreateCommand();
            _insert.CommandText = "INSERT INTO record (stream, version, header, sealed) VALUES ($s, $v, $h, $p)";
            _insert.Parameters.AddWithValue("$s", Guid.NewGuid().ToByteArray());
            _version = _insert.Parameters.Add("$v", SqliteType.Integer);
            _insert.Parameters.AddWithValue("$h", RandomNumberGenerator.GetBytes(HeaderBytes));
            _insert.Parameters.AddWithValue("$p", RandomNumberGenerator.GetBytes(PayloadBytes + SealingBytes));
        }

        public override void Insert(int rows)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            _insert.Transaction = transaction;
            for (var i = 0; i < rows; i++)
            {
                _version.Value = ++_rows;
                _insert.ExecuteNonQuery();
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
            _connection.Dispose();
        }
    }
}
