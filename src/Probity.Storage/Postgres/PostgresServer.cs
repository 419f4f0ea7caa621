using Npgsql;

namespace Probity.Storage.Postgres;

/// <summary>Opens a PostgreSQL database as the ledger needs it.</summary>
internal static class PostgresServer
{
    /// <summary>The oldest version of the server that the tests run on.</summary>
    const int OldestVersion = 15;

    /// <summary>Sessions of one kind (log, keys, credentials) at once: a node takes three times as many at most.</summary>
    const int MostSessions = 25;

    /// <summary>Connections to a database.</summary>
    /// <param name="connectionString">Npgsql's form: <c>Host=…;Database=…;Username=…;Password=…</c>. Several hosts are a primary and its standbys.</param>
    /// <exception cref="InvalidDataException">It is malformed; what is said of it holds no part of it.</exception>
    public static NpgsqlDataSource Open(string connectionString)
    {
        NpgsqlDataSourceBuilder builder;
        try
        {
            builder = new NpgsqlDataSourceBuilder(connectionString);
            var given = builder.ConnectionStringBuilder;
            given.ApplicationName ??= "probity";
            given.Enlist = false;
            given.PersistSecurityInfo = false;
            given.IncludeErrorDetail = false;
            given.MaxPoolSize = Math.Min(given.MaxPoolSize, MostSessions);
            given.MaxAutoPrepare = 64;
            given.AutoPrepareMinUsages = 2;
            // A server that lost its power says nothing: the system's own probes find it out in half a minute.
            given.TcpKeepAlive = true;
            given.TcpKeepAliveTime = 10;
            given.TcpKeepAliveInterval = 5;
            if (given.Host?.Contains(',', StringComparison.Ordinal) == true)
            {
                given.TargetSessionAttributes ??= "primary";
                given.HostRecheckSeconds = 1;
            }
            else given.TargetSessionAttributes = null;

            return builder.Build();
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidOperationException or NotSupportedException or KeyNotFoundException)
        {
            // The driver's own words may repeat a password.
            throw new InvalidDataException(
                "The connection to PostgreSQL cannot be read: it looks like Host=db.example;Database=probity;Username=probity_node;Password=…;SSL Mode=VerifyFull.");
        }
    }

    /// <summary>Refuses a server that acknowledges what it may lose.</summary>
    /// <exception cref="InvalidDataException">The server is too old, does not sync its commits, or is a standby.</exception>
    public static async ValueTask RequireDurableAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "SELECT current_setting('server_version_num')::integer / 10000, current_setting('synchronous_commit'), current_setting('fsync'), current_setting('full_page_writes'), pg_is_in_recovery()");
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (reader.GetInt32(0) < OldestVersion)
            throw new InvalidDataException($"The server is PostgreSQL {reader.GetInt32(0)}; the ledger needs {OldestVersion} or newer.");
        RequireSynchronous(reader.GetString(1));
        if (reader.GetString(2) != "on" || reader.GetString(3) != "on")
            throw new InvalidDataException("The server has fsync or full_page_writes off and can lose what it confirms: set both to on in postgresql.conf and restart it.");
        if (reader.GetBoolean(4)) throw new InvalidDataException("The server is a standby, which takes no entries: name the primary, or all hosts of the cluster.");
    }

    /// <summary>
    /// The rows of a query that changes nothing. Sessions that a lost server left behind are found one by one, so it is asked once
    /// more with new ones.
    /// </summary>
    public static async ValueTask<List<T>> ReadAsync<T>(
        NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object[] values)
    {
        for (var again = false; ; again = true)
        {
            try
            {
                await using var command = source.CreateCommand(sql);
                foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
                await using var reader = await command.ExecuteReaderAsync(ct);
                var rows = new List<T>();
                while (await reader.ReadAsync(ct)) rows.Add(read(reader));
                return rows;
            }
            catch (NpgsqlException fault) when (!again && fault.IsTransient)
            {
                source.Clear();
            }
        }
    }

    /// <summary>Makes a schema and its tables, once, where they are not there.</summary>
    /// <exception cref="PostgresException">The role may not; docs/postgresql.md says who makes them.</exception>
    public static async ValueTask MakeAsync(NpgsqlDataSource source, string schema, string sql, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var ask = new NpgsqlCommand("SELECT to_regnamespace($1) IS NOT NULL", connection) { Parameters = { new() { Value = schema } } };
        if ((bool)(await ask.ExecuteScalarAsync(ct))!) return;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var one = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = PostgresSchema.MakingLock } } })
            await one.ExecuteNonQueryAsync(ct);
        if ((bool)(await ask.ExecuteScalarAsync(ct))!) return;
        await using (var make = new NpgsqlCommand(sql, connection)) await make.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Brings tables of an older format up to date where the role may; the role of the nodes may not, and goes on with the older one.</summary>
    /// <param name="source">The database.</param>
    /// <param name="table">What the newer format has and the older has not.</param>
    /// <param name="sql">Makes it.</param>
    /// <param name="ct">Gives up.</param>
    public static async ValueTask UpgradeAsync(NpgsqlDataSource source, string table, string sql, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var ask = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = table } } };
        if ((bool)(await ask.ExecuteScalarAsync(ct))!) return;
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await using (var one = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = PostgresSchema.MakingLock } } })
                await one.ExecuteNonQueryAsync(ct);
            if ((bool)(await ask.ExecuteScalarAsync(ct))!) return;
            await using (var make = new NpgsqlCommand(sql, connection)) await make.ExecuteNonQueryAsync(ct);
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await transaction.RollbackAsync(CancellationToken.None);
        }
    }

    /// <summary>Refuses a session whose commits are confirmed before they are on the disk.</summary>
    /// <exception cref="InvalidDataException">They are.</exception>
    public static void RequireSynchronous(string setting)
    {
        if (setting is not ("on" or "remote_apply"))
            throw new InvalidDataException(
                $"The server has synchronous_commit = {setting} and confirms commits that it can lose: set it to on in postgresql.conf, and for the role and the database too (ALTER ROLE … RESET synchronous_commit).");
    }
}
