namespace Probity.Ledger;

/// <summary>What a store was made for; it never changes.</summary>
/// <param name="Format">The version of the store's layout.</param>
/// <param name="Origin">The log's name, first line of its checkpoints.</param>
/// <param name="Node">The node that made it; its id names the log where the house derives ids from it.</param>
/// <param name="VerifierKey">The key that its checkpoints verify with, as C2SP signed-note text.</param>
public sealed record LogIdentity(int Format, string Origin, Guid Node, string VerifierKey)
{
    /// <summary>The layout that this version of the program writes. A store brings an older one up to it when it is opened for writing.</summary>
    public const int CurrentFormat = 3;

    /// <summary>The oldest layout that this version reads.</summary>
    public const int OldestFormat = 1;

    /// <summary>Whether this version reads the layout.</summary>
    public bool IsReadable => Format is >= OldestFormat and <= CurrentFormat;
}

/// <summary>A record at rest. <paramref name="Stream"/> and <paramref name="Version"/> repeat the header, for look-up.</summary>
/// <param name="Index">Its place on the record.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its place in the stream.</param>
/// <param name="Header">Deterministic CBOR; see <see cref="HeaderEncoding"/>.</param>
/// <param name="Sealed">nonce (24 bytes) ‖ ciphertext.</param>
public sealed record StoredRecord(long Index, StreamId Stream, long Version, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Sealed);

/// <summary>A hash tile as far as it has grown: up to 256 hashes of 32 bytes. A narrower tile of an earlier size is its beginning.</summary>
public sealed record StoredTile(int Level, long Number, ReadOnlyMemory<byte> Hashes);

/// <summary>A signed checkpoint: the whole text of its note, and the size that it is for.</summary>
public sealed record StoredCheckpoint(long Size, string Note);

/// <summary>The newest checkpoint that a quorum of witnesses has cosigned.</summary>
/// <param name="Size">The size that it is for.</param>
/// <param name="Time">When the quorum was reached: see <see cref="Formats.TlogPolicy.QuorumTime"/>. To the second.</param>
/// <param name="Note">The whole text of its note, with the log's signature and the cosignatures.</param>
public sealed record WitnessedCheckpoint(long Size, DateTimeOffset Time, string Note)
{
    /// <summary>Whether it says more than another: it is of a larger size, or of the same at a later time.</summary>
    public bool IsNewerThan(WitnessedCheckpoint? other) => other is null || (Size, Time).CompareTo((other.Size, other.Time)) > 0;
}

/// <summary>What one commit adds; a tile that was there with fewer hashes is replaced.</summary>
public sealed record LogCommit(IReadOnlyList<StoredRecord> Records, IReadOnlyList<StoredTile> Tiles, StoredCheckpoint Checkpoint);

/// <summary>
/// Where a log lies: records, tiles and checkpoints. Each database has its own native implementation, and all pass one suite of
/// tests. A store holds full level-0 tiles; a level-0 tile still growing is computed from the headers, so nothing is held twice.
/// </summary>
public interface ILogStore : IAsyncDisposable
{
    /// <summary>What the store was made for, or null while it is empty.</summary>
    ValueTask<LogIdentity?> ReadIdentityAsync(CancellationToken ct);

    /// <summary>Makes an empty store the store of one log, with the checkpoint of size 0; durable on return.</summary>
    ValueTask CreateAsync(LogIdentity identity, StoredCheckpoint checkpoint, CancellationToken ct);

    /// <summary>Takes the log's tail for writing, so that nobody else appends until the answer is committed or disposed.</summary>
    ValueTask<ILogAppend> BeginAppendAsync(CancellationToken ct);

    /// <summary>
    /// Writes all of a commit, durably, if the newest checkpoint is still the one that it was made on; for a store to which each question
    /// is a way of its own.
    /// </summary>
    /// <param name="commit">What is written.</param>
    /// <param name="newest">The note of the newest checkpoint.</param>
    /// <param name="epoch">The epoch that has to be the log's; null for any.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False where nothing was written: the tail has to be held, and looked at, first.</returns>
    ValueTask<bool> TryAppendAsync(LogCommit commit, string newest, long? epoch, CancellationToken ct) => ValueTask.FromResult(false);

    /// <summary>Up to <paramref name="limit"/> records from an index on, in order.</summary>
    ValueTask<IReadOnlyList<StoredRecord>> ReadAsync(long fromIndex, int limit, CancellationToken ct);

    /// <summary>The headers of up to <paramref name="limit"/> records from an index on, in order.</summary>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadHeadersAsync(long fromIndex, int limit, CancellationToken ct);

    /// <summary>Up to <paramref name="limit"/> records of a stream after a version, in order.</summary>
    ValueTask<IReadOnlyList<StoredRecord>> ReadStreamAsync(StreamId stream, long afterVersion, int limit, CancellationToken ct);

    /// <summary>How many entries a stream holds.</summary>
    ValueTask<long> ReadStreamVersionAsync(StreamId stream, CancellationToken ct);

    /// <summary>How many entries each of some streams holds: a database far away is asked once.</summary>
    ValueTask<IReadOnlyDictionary<StreamId, long>> ReadStreamVersionsAsync(IReadOnlyCollection<StreamId> streams, CancellationToken ct);

    /// <summary>The hashes of a tile as far as it has grown, or null where it is not stored.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadTileAsync(int level, long number, CancellationToken ct);

    /// <summary>The newest checkpoint, or null in an empty store.</summary>
    ValueTask<StoredCheckpoint?> ReadCheckpointAsync(CancellationToken ct);

    /// <summary>The checkpoint that was signed for a size, or null where no commit ended there.</summary>
    ValueTask<StoredCheckpoint?> ReadCheckpointAsync(long size, CancellationToken ct);

    /// <summary>The logs that this one continues, in order; none in a store of an older format.</summary>
    ValueTask<IReadOnlyList<StoredPredecessor>> ReadPredecessorsAsync(CancellationToken ct);

    /// <summary>Whether other processes append here too. One that a single process opens says no, and need not give what follows.</summary>
    bool IsShared => false;

    /// <summary>Waits until another process may have changed something: at its notice, and from time to time without one.</summary>
    Task WaitForChangesAsync(CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, ct);

    /// <summary>
    /// Makes a process the one that leads, or renews that it does. Its epoch, higher than that of any leader before it, or null
    /// while another leads.
    /// </summary>
    /// <param name="holder">The process, not its node: one that was started anew leads anew.</param>
    /// <param name="term">For how long, by the store's own clock.</param>
    /// <param name="ct">Gives up.</param>
    ValueTask<long?> TryLeadAsync(Guid holder, TimeSpan term, CancellationToken ct) => ValueTask.FromResult<long?>(0);

    /// <summary>Lets another lead at once.</summary>
    ValueTask ResignAsync(Guid holder, CancellationToken ct) => ValueTask.CompletedTask;

    /// <summary>The checkpoint that <see cref="WriteWitnessedAsync"/> kept, or null.</summary>
    ValueTask<WitnessedCheckpoint?> ReadWitnessedAsync(CancellationToken ct);

    /// <summary>
    /// Keeps a witnessed checkpoint in place of the one before, if it is newer than that; durable on return. Whatever the order in which
    /// several arrive, the newest stays.
    /// </summary>
    /// <returns>Whether it was kept.</returns>
    ValueTask<bool> WriteWitnessedAsync(WitnessedCheckpoint witnessed, CancellationToken ct);
}

/// <summary>The log's tail, held for one commit. Disposing it without a commit leaves the store as it was.</summary>
public interface ILogAppend : IAsyncDisposable
{
    /// <summary>The newest checkpoint, read under the lock.</summary>
    StoredCheckpoint Newest { get; }

    /// <summary>How many records the log holds.</summary>
    long Size => Newest.Size;

    /// <summary>The epoch of whoever leads: what a leader of another epoch wants to append is refused.</summary>
    long Epoch => 0;

    /// <summary>Writes all of it or nothing; durable on return.</summary>
    ValueTask CommitAsync(LogCommit commit, CancellationToken ct);
}
