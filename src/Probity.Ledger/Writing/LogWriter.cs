using System.Threading.Channels;

namespace Probity.Ledger;

/// <summary>
/// The one writer. It takes what waits, checks each request against the store and the batch before it, and makes all of it
/// durable in one commit with the tree and a signed checkpoint; only then does anyone get an answer.
/// </summary>
internal sealed class LogWriter(
    ILogStore store, KeyRing keys, Erasures erasures, LogKeys secrets, TimeProvider time, LogOptions options, LogIdentity identity, Guid node, KnownHead known)
{
    /// <summary>So many entries of others are followed one by one; after more, the edge of the tree is read anew.</summary>
    const int Nearby = 4_096;

    readonly Channel<AppendRequest> _waiting = Channel.CreateBounded<AppendRequest>(
        new BoundedChannelOptions(options.WaitingRequests) { SingleReader = true });
    readonly List<AppendRequest> _batch = [];

    // Both are read again from the store after a fault and where another node appended in between.
    TreeEdge? _edge;
    string? _newest;
    long _lastRecorded;

    volatile string? _stopped;

    /// <summary>Why nothing is signed, or null. Set, it fails every request that is not committed yet.</summary>
    public string? Stopped
    {
        get => _stopped;
        set => _stopped = value;
    }

    /// <summary>Goes on, unless it was stopped for another reason meanwhile.</summary>
    public void Resume(string reason) => Interlocked.CompareExchange(ref _stopped, null, reason);

    /// <summary>Hands a request over. Once this returns, its answer is the truth, whether or not anyone still waits for it.</summary>
    public async ValueTask EnqueueAsync(AppendRequest request, CancellationToken ct)
    {
        try
        {
            await _waiting.Writer.WriteAsync(request, ct);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(TransparencyLog), "The log is closed.");
        }
    }

    /// <summary>Takes no further request; <see cref="RunAsync"/> ends when those that wait are answered.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    public async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            var entries = 0;
            while (_waiting.Reader.TryPeek(out var next)
                   && (_batch.Count == 0 || entries + next.Entries.Count <= options.BatchEntries)
                   && _waiting.Reader.TryRead(out next))
            {
                _batch.Add(next);
                entries += next.Entries.Count;
            }

            try
            {
                if (Stopped is { } reason)
                    foreach (var request in _batch) request.Fault = new SigningStoppedException(reason);
                else await CommitAsync(_batch);
                foreach (var request in _batch) request.Answer();
            }
            catch (Exception fault)
            {
                // The next batch starts from what the store says it holds.
                _edge = null;
                var told = fault as StoreFaultException
                    ?? new StoreFaultException("The ledger's store did not take the entries: " + fault.Message, fault);
                foreach (var request in _batch) request.Fail(request.Fault ?? told);
            }

            _batch.Clear();
        }
    }

    async ValueTask CommitAsync(List<AppendRequest> batch)
    {
        var compartments = new HashSet<CompartmentId>();
        var streams = new HashSet<StreamId>();
        foreach (var request in batch)
        {
            foreach (var expectation in request.Expectations) streams.Add(expectation.Stream);
            foreach (var entry in request.Entries)
            {
                streams.Add(entry.Stream);
                compartments.Add(entry.Compartment);
            }
        }

        // From the first commit on, so that it is in every backup of keys: without it nobody knows what was erased.
        compartments.Add(KeysDestroyed.Compartment);
        streams.Add(KeysDestroyed.Stream);
        // Keys first: an entry whose key was lost would be lost too.
        var held = await keys.EnsureAsync(compartments, CancellationToken.None);

        await using var append = await store.BeginAppendAsync(streams, CancellationToken.None);
        if (_edge is null || _newest != append.Newest.Note) await FollowAsync(append.Newest);
        // Another node has erased, or this one is about to destroy the key: nothing joins what is gone. Whether or not the erasure is
        // news by now, the keys were taken before the tail.
        if (await append.ReadVersionAsync(KeysDestroyed.Stream, CancellationToken.None) != erasures.Seen) await erasures.NoticeAsync(CancellationToken.None);
        foreach (var compartment in held.Keys.Where(keys.IsForgotten).ToList()) held[compartment] = null;

        var versions = new BatchVersions(append);
        var records = new List<StoredRecord>();
        foreach (var request in batch)
        {
            if (await FindConflictAsync(request, versions) is { } conflict) request.Result = conflict;
            else if (request.Leader is { } leader && leader.Epoch != append.Epoch) request.Fault = new LeadershipLostException();
            else if (FindDestroyed(request, held) is { } destroyed) request.Fault = new KeyDestroyedException(destroyed);
            else
            {
                await RecordAsync(request, versions, held, records);
                foreach (var erased in request.Erases) held[erased] = null;
            }
        }

        if (records.Count == 0) return;
        var head = secrets.Sign(identity.Origin, _edge!.Size, _edge.Root());
        var commit = new LogCommit(records, _edge.TakeTiles(), new StoredCheckpoint(head.Size, head.Note));
        await append.CommitAsync(commit, CancellationToken.None);
        foreach (var erased in batch.Where(request => request.Result is AppendResult.Appended).SelectMany(request => request.Erases)) keys.Forget(erased);
        _newest = head.Note;
        known.Advance(head);
    }

    /// <summary>
    /// Takes up what the store holds after a fault, or after another node's commit. Nothing is signed on top of a store that does
    /// not hold all that this log has shown before.
    /// </summary>
    async ValueTask FollowAsync(StoredCheckpoint newest)
    {
        var edge = _edge;
        _edge = null;
        var head = known.RequireSigned(newest);
        if (edge is not null && head.Size > edge.Size && head.Size - edge.Size <= Nearby)
        {
            var headers = await store.ReadHeadersAsync(edge.Size, (int)(head.Size - edge.Size), CancellationToken.None);
            foreach (var header in headers) edge.Append(LogTiles.Leaf(header.Span));
            // Who committed them has written their tiles.
            edge.TakeTiles();
        }
        else edge = await TreeEdge.LoadAsync(store, head.Size, CancellationToken.None);

        if (edge.Size != head.Size || edge.Root() != head.Root)
            throw new InvalidDataException($"its entries are not those of its checkpoint of size {head.Size}: nothing is signed; run 'probity verify' on it.");
        await known.FollowAsync(head, CancellationToken.None);
        if (head.Size > 0)
        {
            var last = await store.ReadHeadersAsync(head.Size - 1, 1, CancellationToken.None);
            _lastRecorded = Math.Max(_lastRecorded, Microseconds.Of(HeaderEncoding.Decode(last[0]).Recorded));
        }

        (_edge, _newest) = (edge, newest.Note);
    }

    static async ValueTask<AppendResult.Conflict?> FindConflictAsync(AppendRequest request, BatchVersions versions)
    {
        foreach (var expectation in request.Expectations)
        {
            var actual = await versions.ReadAsync(expectation.Stream);
            if (actual != expectation.Version) return new AppendResult.Conflict(expectation.Stream, expectation.Version, actual);
        }

        return null;
    }

    static CompartmentId? FindDestroyed(AppendRequest request, Dictionary<CompartmentId, CompartmentKey?> held)
    {
        foreach (var entry in request.Entries)
            if (held[entry.Compartment] is null) return entry.Compartment;
        return null;
    }

    async ValueTask RecordAsync(
        AppendRequest request, BatchVersions versions, Dictionary<CompartmentId, CompartmentKey?> held, List<StoredRecord> records)
    {
        // A clock that was set back does not take the record with it.
        _lastRecorded = Math.Max(_lastRecorded, Microseconds.Of(time.GetUtcNow()));
        var recorded = Microseconds.ToTime(_lastRecorded);
        var first = _edge!.Size;
        foreach (var entry in request.Entries)
        {
            await versions.ReadAsync(entry.Stream);
            var record = RecordSealing.Seal(
                entry, _edge.Size, versions.Next(entry.Stream), recorded, node, held[entry.Compartment]!, options.FillNonce);
            records.Add(record);
            _edge.Append(LogTiles.Leaf(record.Header.Span));
        }

        request.Result = new AppendResult.Appended(first, request.Entries.Count, recorded);
    }
}
