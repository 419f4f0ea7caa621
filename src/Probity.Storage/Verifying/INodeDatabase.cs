using Probity.Ledger;

namespace Probity.Storage;

/// <summary>Where a node that is being verified keeps its log and its keys, as each database is asked natively.</summary>
internal interface INodeDatabase : IAsyncDisposable
{
    /// <summary>What the log's tables lie in, for people.</summary>
    string Ledger { get; }

    /// <summary>What the keys' table lies in, for people.</summary>
    string Keys { get; }

    /// <summary>Whether there are any keys.</summary>
    bool HasKeys { get; }

    /// <summary>Whether the log's tables are ours, before anything is asked of them.</summary>
    bool CheckLedger(Findings findings);

    /// <summary>Whether what the log's tables lie in is whole, so that they may be walked from end to end. Takes its time.</summary>
    bool CheckPages(Findings findings, CancellationToken ct);

    /// <summary>Whether the keys' table is ours and whole, before anything is asked of it.</summary>
    bool CheckKeys(Findings findings);

    /// <summary>Reads the log's tables; several may at once.</summary>
    ILedgerReader OpenLedger();

    /// <summary>Reads the log's tables as they stand at this moment, whatever is committed meanwhile.</summary>
    ILedgerReader OpenSnapshot();

    /// <summary>Each row of the keys' table.</summary>
    IEnumerable<WrappedKey> ReadKeys();

    /// <summary>What keys are looked up in.</summary>
    IKeyStore OpenKeys();

    /// <summary>The nodes that may have recorded, beside the one that made the log.</summary>
    IReadOnlySet<Guid> ReadNodes();
}

/// <summary>What a verifier asks of the log's tables; one caller at a time. Nothing longer than it may be is read.</summary>
internal interface ILedgerReader : IDisposable
{
    /// <summary>How often the log says what it is: 0, 1, or 2 for more.</summary>
    long CountIdentities();

    LogIdentity? ReadIdentity();

    /// <summary>The format that the tables are of: see <see cref="LogIdentity.Format"/>.</summary>
    int FormatOfTables { get; }

    WitnessedCheckpoint? ReadWitnessed();

    /// <summary>The logs that this one continues, in order; none where there is no table of them.</summary>
    List<StoredPredecessor> ReadPredecessors(int limit);

    /// <summary>The checkpoint of a size, or the newest for null.</summary>
    StoredCheckpoint? ReadCheckpoint(long? size);

    /// <summary>Signed checkpoints of sizes above one, in order; fewer than the limit where they are long.</summary>
    List<StoredCheckpoint> ReadCheckpoints(long afterSize, int limit);

    /// <summary>A negative size that a checkpoint is filed under.</summary>
    long? FindNegativeCheckpoint();

    /// <summary>Records from an index on, fewer where they take more memory than a number of bytes; at least one, where there is one.</summary>
    List<StoredRecord> ReadRecords(long fromIndex, int limit, long bytes);

    /// <summary>The lowest index of a record from one on.</summary>
    long? FindRecord(long fromIndex);

    ReadOnlyMemory<byte>? ReadTile(int level, long number);

    /// <summary>The tables that have one row for each record.</summary>
    IReadOnlyList<string> TablesOfRecords { get; }

    /// <summary>How many rows a table has, and the newest checkpoint's size, both at one moment.</summary>
    (long Rows, long Newest) Count(string table);

    /// <summary>Every record as the index of streams finds it.</summary>
    void ScanStreams(Action<long, Guid, long> row);

    /// <summary>Every record as the table has it, where that is another way than by index; false where it is not.</summary>
    bool ScanTable(Action<long, Guid, long> row);
}
