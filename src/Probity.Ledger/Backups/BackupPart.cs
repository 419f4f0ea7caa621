namespace Probity.Ledger;

/// <summary>
/// What a backup consists of, in this order: the identity; the logs that this one continues; the nodes that recorded beside the one that made the log; the policy of
/// witnesses; the witnessed checkpoint; the checkpoint of the empty log; and again and again records and the checkpoint that they were
/// committed under; at the end, where that was asked for, the file of
/// credentials in pieces. Tiles are not in it: they are computed from the records.
/// </summary>
internal abstract record BackupPart
{
    public sealed record Identity(LogIdentity Log) : BackupPart;

    public sealed record Predecessor(StoredPredecessor Stored) : BackupPart;

    public sealed record Node(Guid Id) : BackupPart;

    public sealed record Policy(string Text) : BackupPart;

    public sealed record Witnessed(WitnessedCheckpoint Checkpoint) : BackupPart;

    public sealed record Record(StoredRecord Stored) : BackupPart;

    public sealed record Signed(StoredCheckpoint Checkpoint) : BackupPart;

    public sealed record Credentials(ReadOnlyMemory<byte> Piece) : BackupPart;
}
