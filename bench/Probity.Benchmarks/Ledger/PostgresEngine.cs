using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using Probity.Ledger;
using Probity.Storage;
using Probity.Testing;

namespace Probity.Benchmarks.Ledger;

/// <summary>A temporary PostgreSQL server on the machine's disk, each commit synced; a database for each log.</summary>
internal sealed class PostgresEngine(string folder) : Engine
{
    readonly PostgresCluster _server = PostgresCluster.StartIn(Path.GetTempPath(), "shared_buffers=256MB", "max_wal_size=4GB");
    readonly Dictionary<string, string> _databases = [];

    public override string Name => "PostgreSQL";

    public override async Task<TransparencyLog> OpenAsync(string name, Durability durability = Durability.EveryCommit)
    {
        var node = NodeFolder.At(Path.Combine(folder, "postgres-" + name));
        if (!Directory.Exists(node.SecretsFolder))
        {
            using (var keys = LogKeys.Generate("example.org/bench")) keys.Write(node.SecretsFolder);
            await File.WriteAllTextAsync(node.PostgresFile, Connection(name));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(node.PostgresFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return await NodeFolder.OpenAsync(node.Root, TimeProvider.System, new LogOptions { Durability = durability }, CancellationToken.None);
    }

    public override RawTable OpenRaw(string name, int streams) => new Table(Connection(name), streams);

    public override long CountCommits(string name) => Number(name, "SELECT count(*) - 1 FROM ledger.checkpoint");

    public override IReadOnlyList<(string What, long Bytes)> Sizes(string name)
    {
        var rows = new List<(string What, long Bytes)>
        {
            ("payloads", Number(name, "SELECT count(*) FROM ledger.record") * PayloadBytes),
            ("index of streams", Number(name, "SELECT pg_relation_size('ledger.record_stream')")),
            ("index of records", Number(name, "SELECT pg_relation_size('ledger.record_pkey')")),
            ("tiles", Number(name, "SELECT pg_total_relation_size('ledger.tile')")),
            ("checkpoints", Number(name, "SELECT pg_total_relation_size('ledger.checkpoint')")),
            ("keys", Number(name, "SELECT pg_total_relation_size('keys.key')")),
        };
        rows.Insert(1, ("rows beyond their payload", Number(name, "SELECT pg_table_size('ledger.record')") - rows[0].Bytes));
        return rows;
    }

    public override Task<VerifyReport> VerifyAsync(string name) =>
        NodeVerifier.VerifyAsync(Path.Combine(folder, "postgres-" + name), new VerifyRequest(null, []), null, CancellationToken.None);

    public override ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    string Connection(string name)
    {
        if (!_databases.TryGetValue(name, out var connection)) _databases[name] = connection = _server.NewDatabase();
        return connection;
    }

    long Number(string name, string sql)
    {
        using var connection = new NpgsqlConnection(Connection(name));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>One prepared statement for a whole transaction, which the server commits by itself: one round trip.</summary>
    sealed class Table : RawTable
    {
        readonly NpgsqlConnection _connection;
        readonly NpgsqlCommand _insert;
        readonly Guid[] _streams;
        readonly byte[] _header = RandomNumberGenerator.GetBytes(HeaderBytes);
        readonly byte[] _sealed = RandomNumberGenerator.GetBytes(PayloadBytes + SealingBytes);
        long _rows;

        public Table(string connection, int streams)
        {
            _streams = [.. Enumerable.Range(0, streams).Select(_ => Guid.NewGuid())];
            _connection = new NpgsqlConnection(connection);
            _connection.Open();
            foreach (var sql in (string[])
            [
                "CREATE TABLE record (idx bigint PRIMARY KEY, stream uuid NOT NULL, version bigint NOT NULL, header bytea NOT NULL, sealed bytea NOT NULL)",
                "ALTER TABLE record ALTER COLUMN sealed SET STORAGE EXTERNAL",
                "CREATE UNIQUE INDEX record_stream ON record (stream, version)",
            ])
            {
                using var command = new NpgsqlCommand(sql, _connection);
                command.ExecuteNonQuery();
            }

            _insert = new NpgsqlCommand("INSERT INTO record (idx, stream, version, header, sealed) SELECT * FROM unnest($1, $2, $3, $4, $5)", _connection);
            foreach (var type in (NpgsqlDbType[])[NpgsqlDbType.Bigint, NpgsqlDbType.Uuid, NpgsqlDbType.Bigint, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea])
                _insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type });
            _insert.Prepare();
        }

        public override void Insert(int rows)
        {
            var places = Enumerable.Range(0, rows).Select(i => _rows + i).ToArray();
            _insert.Parameters[0].Value = places;
            _insert.Parameters[1].Value = places.Select(place => _streams[place % _streams.Length]).ToArray();
            _insert.Parameters[2].Value = places;
            _insert.Parameters[3].Value = Enumerable.Repeat(_header, rows).ToArray();
            _insert.Parameters[4].Value = Enumerable.Repeat(_sealed, rows).ToArray();
            _insert.ExecuteNonQuery();
            _rows += rows;
        }

        public override void Dispose()
        {
            _insert.Dispose();
            _connection.Dispose();
        }
    }
}
