using Microsoft.Data.Sqlite;
using Probity.Ledger;

namespace Probity.Storage.Sqlite;

/// <summary>The two files of a folder, opened without changing a byte of them.</summary>
internal sealed class SqliteNodeDatabase : INodeDatabase
{
    readonly NodeFolder _folder;

    /// <exception cref="IOException">The ledger's file is not there, or is no regular file.</exception>
    public SqliteNodeDatabase(NodeFolder folder)
    {
        _folder = folder;
        SqliteFile.RequireRegular(folder.LedgerFile);
    }

    public string Ledger => "ledger.db";

    public string Keys => "keys.db";

    public bool HasKeys => File.Exists(_folder.KeyFile);

    public bool CheckLedger(Findings findings)
    {
        RefuseJournal(findings, _folder.LedgerFile);
        RefuseJournal(findings, _folder.KeyFile);
        using var connection = SqliteFile.OpenUntouched(_folder.LedgerFile);
        return DatabaseAudit.HasTables(findings, connection, Ledger, LedgerSchema.Formats);
    }

    public bool CheckPages(Findings findings, CancellationToken ct)
    {
        using var connection = SqliteFile.OpenUntouched(_folder.LedgerFile);
        using var giving = ct.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle));
        return DatabaseAudit.IsWhole(findings, connection, Ledger);
    }

    public bool CheckKeys(Findings findings)
    {
        SqliteFile.RequireRegular(_folder.KeyFile);
        using var connection = SqliteFile.OpenUntouched(_folder.KeyFile);
        return DatabaseAudit.HasTables(findings, connection, Keys, [LedgerSchema.Keys]) && DatabaseAudit.IsWhole(findings, connection, Keys);
    }

    /// <summary>
    /// A rollback journal is of the making of a node alone, before it had its write-ahead log. One that is found later would be played
    /// back over the file by whoever opens it to write, and not by this verification, which changes nothing.
    /// </summary>
    static void RefuseJournal(Findings findings, string file)
    {
        if (new FileInfo(file + "-journal") is { Exists: true, Length: > 0 } journal)
            findings.Fault(DatabaseAudit.Database, null, $"{journal.Name} lies beside its database, and opening that would change it.");
    }

    public ILedgerReader OpenLedger() => new SqliteReader(SqliteFile.OpenUntouched(_folder.LedgerFile));

    public ILedgerReader OpenSnapshot() => new SqliteReader(SqliteFile.OpenSnapshot(_folder.LedgerFile));

    public IEnumerable<WrappedKey> ReadKeys()
    {
        using var connection = SqliteFile.OpenUntouched(_folder.KeyFile);
        using var command = new SqliteCommand("SELECT compartment, version, wrapped FROM key", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return new WrappedKey(new CompartmentId(SqliteReader.Id(reader, 0)), reader.GetInt32(1), SqliteKeyStore.Wrapped(reader, 2));
    }

    public IKeyStore OpenKeys() => SqliteKeyStore.OpenUntouched(_folder.KeyFile);

    public IReadOnlySet<Guid> ReadNodes() => _folder.ReadOtherNodes();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
