using System.Runtime.CompilerServices;
using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>
/// An append-only record whose every entry is encrypted, and whose every state is a signed C2SP checkpoint that anyone can verify.
/// Safe for use by many callers at once.
/// </summary>
public sealed partial class TransparencyLog : IAsyncDisposable
{
    /// <summary>The longest payload of one entry, in bytes.</summary>
    public const int MaxPayloadBytes = 4 * 1024 * 1024;

    /// <summary>The most entries of one append.</summary>
    public const int MaxEntries = 10_000;

    const int SubscriptionBatch = 512;

    /// <summary>What the names of the ledger's own types begin with.</summary>
    const string OwnTypes = "ledger.";

    readonly ILogStore _store;
    readonly IKeyStore _keyStore;
    readonly LogKeys _secrets;
    readonly KeyRing _keys;
    readonly Erasures _erasures;
    readonly TreeReader _tree;
    readonly ReceiptWriter _receipts;
    readonly LogWriter _writer;
    readonly Task _writing;
    readonly Publisher? _publisher;
    readonly Task _publishing;
    readonly KnownHead _known;
    readonly Task _following;
    readonly CommitSignal _commits = new();
    readonly CancellationTokenSource _closing = new();
    volatile LogHead _head;
    int _closed;

    TransparencyLog(
        ILogStore store, IKeyStore keys, LogKeys secrets, TimeProvider time, LogOptions options, LogIdentity identity, LogHead head)
    {
        (_store, _keyStore, _secrets, _head) = (store, keys, secrets, head);
        (Origin, Id, Node) = (identity.Origin, identity.Node, options.Node ?? identity.Node);
        _keys = new KeyRing(keys, secrets.Wrapping);
        _tree = new TreeReader(store);
        _receipts = new ReceiptWriter(store, _tree, _keys);
        _publisher = options.Publish is null ? null : new Publisher(options.Publish);
        _publishing = _publisher is null ? Task.CompletedTask : Task.Run(_publisher.RunAsync);
        _publisher?.Offer(head.Note);
        _known = new KnownHead(_tree, secrets.Verifier, head, Advance);
        _erasures = new Erasures(store, _keys);
        _writer = new LogWriter(store, _keys, _erasures, secrets, time, options, identity, Node, _known);
        _writing = Task.Run(_writer.RunAsync);
        _following = store.IsShared ? Task.Run(() => FollowAsync(_closing.Token)) : Task.CompletedTask;
    }

    /// <summary>The log's name: the first line of its checkpoints.</summary>
    public string Origin { get; }

    /// <summary>
    /// The log's own id, the same on every node that serves it: that of the node which made it. What is derived from it is found
    /// by all of them.
    /// </summary>
    public Guid Id { get; }

    /// <summary>The node that records here, in the header of each of its entries.</summary>
    public Guid Node { get; }

    /// <summary>What the log's checkpoints verify with; give it to others by a way of its own.</summary>
    public VerifierKey VerifierKey => _secrets.Verifier;

    /// <summary>How many entries are on the record.</summary>
    public long Size => _head.Size;

    /// <summary>
    /// Opens a log; an empty store becomes the store of a new one. The log owns both stores and the keys from then on and closes
    /// them with itself; where it refuses, the caller keeps them.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The store was made with another signing key, its newest checkpoint does not verify, or its tree does not have the root that
    /// was signed.
    /// </exception>
    public static async Task<TransparencyLog> OpenAsync(
        ILogStore store, IKeyStore keys, LogKeys secrets, TimeProvider time, LogOptions options, CancellationToken ct)
    {
        var identity = await store.ReadIdentityAsync(ct);
        if (identity is null)
        {
            identity = new LogIdentity(
                LogIdentity.CurrentFormat, secrets.Verifier.Name, options.Node ?? Guid.NewGuid(), secrets.Verifier.ToString());
            var first = secrets.Sign(identity.Origin, 0, MerkleTree.EmptyRoot);
            await store.CreateAsync(identity, new StoredCheckpoint(first.Size, first.Note), ct);
        }

        if (!identity.IsReadable)
            throw new InvalidDataException($"The ledger has format {identity.Format}; this program reads formats up to {LogIdentity.CurrentFormat}: run a newer version.");
        if (identity.VerifierKey != secrets.Verifier.ToString())
            throw new InvalidDataException(
                $"The ledger was made with the key {identity.VerifierKey}, not with {secrets.Verifier}: put the right signing key back.");
        var head = await ReadHeadAsync(store, secrets.Verifier, ct);
        // Before anybody may read: an erasure that a crash cut short is finished.
        using (var ring = new KeyRing(keys, secrets.Wrapping))
        using (var erasures = new Erasures(store, ring)) await erasures.FinishAsync(ct);
        var witnessed = await ReadWitnessedAsync(store, secrets.Verifier, head, ct);
        var lineage = await ReadLineageAsync(store, secrets.Verifier, head, ct);
        return new TransparencyLog(store, keys, secrets, time, options, identity, head) { _witnessed = witnessed, _lineage = lineage };
    }

    /// <summary>
    /// Appends all entries or none, durably. A stream that has no expectation is appended to at whatever version it has.
    /// </summary>
    /// <param name="expectations">How many entries each stream held when the author read it.</param>
    /// <param name="entries">1 to <see cref="MaxEntries"/> entries, recorded one after the other.</param>
    /// <param name="leader">Appends only if this still leads.</param>
    /// <param name="ct">
    /// Gives up waiting for a place in the queue. Once the writer has the request, the answer is awaited and true.
    /// </param>
    /// <exception cref="LeadershipLostException">Another leads by now.</exception>
    /// <exception cref="ArgumentException">There is no entry, or one is longer or otherwise named than the record takes.</exception>
    /// <exception cref="KeyDestroyedException">An entry's compartment was erased.</exception>
    /// <exception cref="StoreFaultException">The store did not confirm the entries.</exception>
    /// <exception cref="SigningStoppedException">The log takes no entries: see <see cref="StopSigning"/>.</exception>
    public async ValueTask<AppendResult> AppendAsync(
        IReadOnlyList<Expectation> expectations, IReadOnlyList<NewEntry> entries, Leadership? leader, CancellationToken ct)
    {
        var request = new AppendRequest([.. expectations], [.. entries], leader);
        Check(request.Entries);
        await _writer.EnqueueAsync(request, ct);
        return await request.Answered;
    }

    /// <inheritdoc cref="AppendAsync(IReadOnlyList{Expectation}, IReadOnlyList{NewEntry}, Leadership?, CancellationToken)"/>
    public ValueTask<AppendResult> AppendAsync(
        IReadOnlyList<Expectation> expectations, IReadOnlyList<NewEntry> entries, CancellationToken ct) =>
        AppendAsync(expectations, entries, null, ct);

    /// <summary>How many entries a stream holds: 0 where there is none.</summary>
    public ValueTask<long> VersionAsync(StreamId stream, CancellationToken ct) => _store.ReadStreamVersionAsync(stream, ct);

    /// <summary>The entries of a stream after a version, in order; all of them for 0.</summary>
    /// <exception cref="InvalidDataException">A record is not as it was recorded.</exception>
    public ValueTask<IReadOnlyList<Entry>> ReadStreamAsync(StreamId stream, long afterVersion, CancellationToken ct) =>
        ReadStreamAsync(stream, afterVersion, int.MaxValue, ct);

    /// <summary>Up to <paramref name="limit"/> entries of a stream after a version, in order.</summary>
    /// <exception cref="InvalidDataException">A record is not as it was recorded.</exception>
    public async ValueTask<IReadOnlyList<Entry>> ReadStreamAsync(StreamId stream, long afterVersion, int limit, CancellationToken ct) =>
        await OpenAsync(await _store.ReadStreamAsync(stream, afterVersion, limit, ct),
            (header, place) => header.Stream == stream && header.Version == afterVersion + 1 + place, ct);

    /// <summary>Up to <paramref name="limit"/> entries from an index on, in order; none past the end.</summary>
    /// <exception cref="InvalidDataException">A record is not as it was recorded.</exception>
    public async ValueTask<IReadOnlyList<Entry>> ReadAsync(long fromIndex, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromIndex);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return await OpenAsync(await _store.ReadAsync(fromIndex, limit, ct), (header, place) => header.Index == fromIndex + place, ct);
    }

    /// <summary>All entries from an index on, in batches, and then each new one as it is committed, until the log closes.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Entry>> SubscribeAsync(long fromIndex, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var next = fromIndex; !_closing.IsCancellationRequested;)
        {
            var (more, size) = (_commits.Next, Size);
            if (await ReadUnlessClosedAsync(next, ct) is not { } batch) yield break;
            if (batch.Count > 0)
            {
                next += batch.Count;
                yield return batch;
            }
            else if (next < size) throw new InvalidDataException($"Record {next} is missing: run 'probity verify' on the data folder.");
            else await more.WaitAsync(ct);
        }
    }

    /// <summary>Answers what waits, publishes the last checkpoint and closes the stores.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        _writer.Close();
        await _writing;
        await _closing.CancelAsync();
        await _following;
        _commits.Raise();
        _publisher?.Close();
        await _publishing;
        await _keyStore.DisposeAsync();
        await _store.DisposeAsync();
        _erasures.Dispose();
        _keys.Dispose();
        _secrets.Dispose();
    }

    static void Check(IReadOnlyList<NewEntry> entries)
    {
        if (entries.Count is 0 or > MaxEntries)
            throw new ArgumentException($"An append takes 1 to {MaxEntries} entries, not {entries.Count}.", nameof(entries));
        foreach (var entry in entries)
        {
            if (!HeaderEncoding.IsType(entry.Type))
                throw new ArgumentException($"'{entry.Type}' is no type: 1 to 100 characters a–z, 0–9, dot and hyphen.", nameof(entries));
            if (entry.Type.StartsWith(OwnTypes, StringComparison.Ordinal) || IsOwn(entry.Stream, entry.Compartment))
                throw new ArgumentException($"'{entry.Type}' is named, or filed, as the ledger's own entries are.", nameof(entries));
            if (entry.Payload.Length > MaxPayloadBytes)
                throw new ArgumentException($"A payload has at most {MaxPayloadBytes} bytes, not {entry.Payload.Length}.", nameof(entries));
        }
    }

    static bool IsOwn(StreamId stream, CompartmentId compartment) =>
        stream == KeysDestroyed.Stream || stream == Succeeded.Stream || compartment == KeysDestroyed.Compartment || compartment == Succeeded.Compartment;

    /// <summary>Decodes and decrypts records; each has to be the one that is due at its place, so that none can be left out.</summary>
    async ValueTask<IReadOnlyList<Entry>> OpenAsync(
        IReadOnlyList<StoredRecord> records, Func<RecordHeader, int, bool> isDue, CancellationToken ct)
    {
        var entries = new Entry[records.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            RecordHeader header;
            try
            {
                header = HeaderEncoding.Decode(records[i].Header);
            }
            catch (FormatException fault)
            {
                throw new InvalidDataException($"Record {records[i].Index} cannot be read: run 'probity verify' on the data folder.", fault);
            }

            if (!isDue(header, i))
                throw new InvalidDataException($"A record before or at {header.Index} is missing or out of place: run 'probity verify' on the data folder.");
            var key = await _keys.FindAsync(header.Compartment, ct);
            entries[i] = new Entry(header, RecordSealing.Open(records[i], header, key));
        }

        return entries;
    }

    async ValueTask<IReadOnlyList<Entry>?> ReadUnlessClosedAsync(long fromIndex, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(fromIndex, SubscriptionBatch, ct);
        }
        catch (ObjectDisposedException) when (_closing.IsCancellationRequested)
        {
            return null;
        }
    }

    void Advance(LogHead head)
    {
        _head = head;
        _publisher?.Offer(head.Note);
        _commits.Raise();
    }

    static async ValueTask<LogHead> ReadHeadAsync(ILogStore store, VerifierKey key, CancellationToken ct)
    {
        var stored = await store.ReadCheckpointAsync(ct) ?? throw new InvalidDataException("The ledger has no checkpoint.");
        var head = LogKeys.Open(stored.Note, key)
            ?? throw new InvalidDataException($"The checkpoint of size {stored.Size} does not verify with the ledger's key.");
        var edge = await TreeEdge.LoadAsync(store, stored.Size, ct);
        return head.Size == stored.Size && edge.Root() == head.Root ? head
            : throw new InvalidDataException(
                $"The ledger's newest entries are not those of its checkpoint of size {stored.Size}: run 'probity verify' on it.");
    }
}
