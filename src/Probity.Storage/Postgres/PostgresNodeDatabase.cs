using Npgsql;
using Probity.Ledger;

namespace Probity.Storage.Postgres;

/// <summary>
/// The two schemas of a database, read in sessions that can change nothing. A server that lies to each reader as it likes is found
/// by what is kept elsewhere, older checkpoints and witnesses, and not here.
/// </summary>
internal sealed class PostgresNodeDatabase : INodeDatabase
{
    const string ReadOnly = "SET default_transaction_read_only = on; SET search_path = pg_catalog; SET lock_timeout = '30s'";

    readonly NpgsqlDataSource _source;
    readonly string _connectionString;

    public PostgresNodeDatabase(string connectionString) =>
        (_connectionString, _source) = (connectionString, PostgresServer.Open(connectionString));

    public string Ledger => "the schema ledger";

    public string Keys => "the schema keys";

    public bool HasKeys
    {
        get
        {
            using var session = OpenSession();
            using var command = new NpgsqlCommand("SELECT to_regnamespace('keys') IS NOT NULL", session);
            return (bool)command.ExecuteScalar()!;
        }
    }

    public bool CheckLedger(Findings findings) => Check(findings, "ledger", PostgresCatalog.Ledger, PostgresCatalog.LedgerOfFormat2);

    public bool CheckPages(Findings findings, CancellationToken ct) => true;

    public bool CheckKeys(Findings findings) => Check(findings, "keys", PostgresCatalog.Keys);

    public ILedgerReader OpenLedger() => new PostgresReader(OpenSession());

    public ILedgerReader OpenSnapshot()
    {
        var session = OpenSession();
        try
        {
            using var command = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1", session);
            command.ExecuteNonQuery();
            return new PostgresReader(session, snapshot: true);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public IEnumerable<WrappedKey> ReadKeys()
    {
        using var session = OpenSession();
        using var command = new NpgsqlCommand("SELECT compartment, version, wrapped IS NOT NULL, substr(wrapped, 1, 128) FROM keys.key", session);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return new WrappedKey(new CompartmentId(reader.GetGuid(0)), reader.GetInt32(1), PostgresKeyStore.Wrapped(reader, 3));
    }

    public IKeyStore OpenKeys() => PostgresKeyStore.OpenUntouched(_connectionString);

    public IReadOnlySet<Guid> ReadNodes()
    {
        using var session = OpenSession();
        using var command = new NpgsqlCommand("SELECT id FROM ledger.node", session);
        using var reader = command.ExecuteReader();
        var nodes = new HashSet<Guid>();
        while (reader.Read()) nodes.Add(reader.GetGuid(0));
        return nodes;
    }

    bool Check(Findings findings, string schema, IReadOnlyList<string> expected, IReadOnlyList<string>? older = null)
    {
        findings.Check(DatabaseAudit.Database, "The database has the tables of a ledger and nothing else beside them, and each look-up through an index answers as a scan does.");
        var ours = false;
        DatabaseAudit.Guard(findings, DatabaseAudit.Database, $"the schema {schema}", () =>
        {
            using var session = OpenSession();
            var found = PostgresCatalog.Read(session, schema);
            if (older is not null && found.SequenceEqual(older)) expected = older;
            // Before anything else: a view under a table's name, or a policy on it, would be run by whatever asks the table.
            foreach (var line in found.Except(expected).Take(1))
                findings.Fault(DatabaseAudit.Database, null, $"The schema {schema} has what no ledger has, so it was read no further: {line}");
            foreach (var line in expected.Except(found).Take(1))
                findings.Fault(DatabaseAudit.Database, null, $"The schema {schema} has not what a ledger has, so it was read no further: {line}");
            ours = found.SequenceEqual(expected);
        });
        return ours;
    }

    NpgsqlConnection OpenSession()
    {
        var session = _source.OpenConnection();
        using var command = new NpgsqlCommand(ReadOnly, session);
        command.ExecuteNonQuery();
        return session;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
