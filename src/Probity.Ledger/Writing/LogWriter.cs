using System.Threading.Channels;

namespace Probity.Ledger;

/// <summary>
/// The one writer. It takes what waits, checks each request against the log as it will be, seals its entries, and makes all of it
/// durable in one commit with the tree and a signed checkpoint; only then does anyone get an answer. While one draft is being
/// committed the next is made, on what that one will have changed.
/// </summary>
internal sealed class LogWriter(
    ILogStore store, KeyRing keys, Erasures erasures, LogKeys secrets, TimeProvider time, LogOptions options, LogIdentity identity, Guid node, KnownHead known)
{
    /// <summary>So many entries of others are followed one by one; after more, the edge of the tree is read anew.</summary>
    const int Nearby = 4_096;

    readonly Channel<AppendRequest> _waiting = Channel.CreateBounded<AppendRequest>(
        new BoundedChannelOptions(options.WaitingRequests) { SingleReader = true });
    readonly List<AppendRequest> _taken = [];

    // Read again from the store after a fault and where another node appended in between.
    DraftState? _state;
    Draft? _draft;

    // The edge as it was last committed here, to follow other nodes from.
    TreeEdge? _settled;

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
        var writing = Task.FromResult(true);
        Task<bool>? more = null;
        while (true)
        {
            var full = await DraftWaitingAsync(writing);
            if (!writing.IsCompleted && !full)
            {
                more ??= _waiting.Reader.WaitToReadAsync().AsTask();
                if (await Task.WhenAny(more, writing) == more && await more)
                {
                    more = null;
                    continue;
                }
            }

            if (!await writing) await DraftAnewAsync();
            if (_draft is { } draft)
            {
                _draft = null;
                writing = StartWriting(draft);
                continue;
            }

            _state?.Trim();
            more ??= _waiting.Reader.WaitToReadAsync().AsTask();
            if (!await more) return;
            more = null;
        }
    }

    /// <summary>Puts what waits into the draft. True where the draft takes no more.</summary>
    async ValueTask<bool> DraftWaitingAsync(Task writing)
    {
        var entries = _draft?.Entries ?? 0;
        var full = false;
        while (_waiting.Reader.TryPeek(out var next))
        {
            full = entries > 0 && entries + next.Entries.Count > options.BatchEntries;
            if (full || !_waiting.Reader.TryRead(out next)) break;
            _taken.Add(next);
            entries += next.Entries.Count;
        }

        if (_taken.Count == 0) return full;
        try
        {
            _state ??= await LoadAsync();
            _draft ??= new Draft(_state.Newest);
            await AddAsync(_draft, _state, _taken, null);
        }
        catch (Exception fault)
        {
            // What was drafted on a state that is half changed is not committed.
            await writing;
            _draft?.Fail(Told(fault));
            foreach (var request in _taken) request.Fail(Told(fault));
            (_draft, _state) = (null, null);
        }

        _taken.Clear();
        return full;
    }

    /// <summary>The commit before failed, or another node's came first: what was drafted on it is drafted on what is there.</summary>
    async ValueTask DraftAnewAsync()
    {
        _state = null;
        if (_draft is not { } old) return;
        _draft = null;
        try
        {
            _state = await LoadAsync();
            _draft = new Draft(_state.Newest);
            await AddAsync(_draft, _state, old.Requests, null);
        }
        catch (Exception fault)
        {
            old.Fail(Told(fault));
            (_draft, _state) = (null, null);
        }
    }

    /// <summary>One request alone is not worth another thread: nothing else could be done meanwhile.</summary>
    Task<bool> StartWriting(Draft draft)
    {
        if (Stopped is { } reason)
        {
            draft.Fail(new SigningStoppedException(reason));
            return Task.FromResult(false);
        }

        draft.Close(secrets, identity.Origin, _state!, keepEdge: store.IsShared);
        return draft.Requests.Count == 1 && !_waiting.Reader.TryPeek(out _) ? WriteAsync(draft) : Task.Run(() => WriteAsync(draft));
    }

    /// <summary>Commits a draft and answers. False where the store does not hold what was drafted on.</summary>
    async Task<bool> WriteAsync(Draft draft)
    {
        try
        {
            var asDrafted = true;
            if (!await TryWriteAsync(draft))
            {
                await using var append = await store.BeginAppendAsync(CancellationToken.None);
                if (draft.Base != append.Newest.Note || draft.Requests.Any(request => request.IsLate(append.Epoch)))
                {
                    asDrafted = false;
                    draft = await DraftUnderLockAsync(draft.Requests, append);
                }

                if (Stopped is { } reason) throw new SigningStoppedException(reason);
                if (draft.Commit is { } commit) await append.CommitAsync(commit, CancellationToken.None);
            }

            if (draft.Head is { } head)
            {
                foreach (var erased in draft.Requests.Where(request => request.Result is AppendResult.Appended).SelectMany(request => request.Erases))
                    keys.Forget(erased);
                _settled = draft.Edge;
                known.Advance(head);
            }

            draft.Answer();
            return asDrafted;
        }
        catch (Exception fault)
        {
            draft.Fail(Told(fault));
            return false;
        }
    }

    /// <summary>In one go, where the store does that and the draft is what it was. Requests of two leaders are looked at one by one.</summary>
    async ValueTask<bool> TryWriteAsync(Draft draft)
    {
        var leaders = draft.Requests.Select(request => request.Leader?.Epoch).OfType<long>().Distinct().ToArray();
        return draft.Commit is { } commit && Stopped is null && leaders.Length <= 1
            && await store.TryAppendAsync(commit, draft.Base, leaders is [var one] ? one : null, CancellationToken.None);
    }

    /// <summary>Another node has appended, or leads by now: nobody can while the tail is held, so this draft is true.</summary>
    async ValueTask<Draft> DraftUnderLockAsync(IReadOnlyList<AppendRequest> requests, ILogAppend append)
    {
        var state = await LoadAsync(append.Newest, known.Head);
        await erasures.NoticeAsync(CancellationToken.None);
        var draft = new Draft(state.Newest);
        await AddAsync(draft, state, requests, append.Epoch);
        draft.Close(secrets, identity.Origin, state, keepEdge: store.IsShared);
        return draft;
    }

    /// <summary>Decides requests one after the other, and seals the entries of those that are taken.</summary>
    async ValueTask AddAsync(Draft draft, DraftState state, IReadOnlyList<AppendRequest> requests, long? epoch)
    {
        // From the first commit on, so that it is in every backup of keys: without it nobody knows what was erased.
        var compartments = new HashSet<CompartmentId> { KeysDestroyed.Compartment };
        var streams = new HashSet<StreamId>();
        foreach (var request in requests)
        {
            foreach (var expectation in request.Expectations) streams.Add(expectation.Stream);
            foreach (var entry in request.Entries)
            {
                streams.Add(entry.Stream);
                compartments.Add(entry.Compartment);
            }
        }

        // Keys first: an entry whose key was lost would be lost too.
        var held = await keys.EnsureAsync(compartments, CancellationToken.None);
        await state.ReadVersionsAsync(streams, store);
        foreach (var request in requests)
        {
            (request.Result, request.Fault) = (FindConflict(request, state), null);
            if (request.Result is null)
            {
                if (epoch is { } leads && request.IsLate(leads)) request.Fault = new LeadershipLostException();
                else if (FindDestroyed(request, state, held) is { } destroyed) request.Fault = new KeyDestroyedException(destroyed);
                else Record(request, draft, state, held);
            }

            draft.Add(request);
        }
    }

    static AppendResult.Conflict? FindConflict(AppendRequest request, DraftState state)
    {
        foreach (var expectation in request.Expectations)
        {
            var actual = state.Version(expectation.Stream);
            if (actual != expectation.Version) return new AppendResult.Conflict(expectation.Stream, expectation.Version, actual);
        }

        return null;
    }

    static CompartmentId? FindDestroyed(AppendRequest request, DraftState state, Dictionary<CompartmentId, CompartmentKey?> held)
    {
        foreach (var entry in request.Entries)
            if (held[entry.Compartment] is null || state.Erased.Contains(entry.Compartment)) return entry.Compartment;
        return null;
    }

    void Record(AppendRequest request, Draft draft, DraftState state, Dictionary<CompartmentId, CompartmentKey?> held)
    {
        // A clock that was set back does not take the record with it.
        state.LastRecorded = Math.Max(state.LastRecorded, Microseconds.Of(time.GetUtcNow()));
        var recorded = Microseconds.ToTime(state.LastRecorded);
        var first = state.Edge.Size;
        foreach (var entry in request.Entries)
        {
            var record = RecordSealing.Seal(
                entry, state.Edge.Size, state.Next(entry.Stream), recorded, node, held[entry.Compartment]!, options.FillNonce);
            draft.Records.Add(record);
            state.Edge.Append(LogTiles.Leaf(record.Header.Span));
        }

        state.Erased.UnionWith(request.Erases);
        request.Result = new AppendResult.Appended(first, request.Entries.Count, recorded);
    }

    async ValueTask<DraftState> LoadAsync()
    {
        // Known before it is read, for what other nodes append is followed meanwhile.
        var least = known.Head;
        return await LoadAsync(
            await store.ReadCheckpointAsync(CancellationToken.None) ?? throw new InvalidDataException("it has no checkpoint."), least);
    }

    /// <summary>
    /// Takes up what the store holds: at first, after a fault, after another node's commit. Nothing is signed on top of a store that
    /// does not hold all that this log has shown before.
    /// </summary>
    async ValueTask<DraftState> LoadAsync(StoredCheckpoint newest, LogHead least)
    {
        var head = known.RequireSigned(newest);
        await known.FollowAsync(head, least, CancellationToken.None);
        var edge = await FollowEdgeAsync(head) ?? await TreeEdge.LoadAsync(store, head.Size, CancellationToken.None);
        if (edge.Size != head.Size || edge.Root() != head.Root)
            throw new InvalidDataException($"its entries are not those of its checkpoint of size {head.Size}: nothing is signed; run 'probity verify' on it.");
        var recorded = long.MinValue;
        if (head.Size > 0)
        {
            var last = await store.ReadHeadersAsync(head.Size - 1, 1, CancellationToken.None);
            recorded = Microseconds.Of(HeaderEncoding.Decode(last[0]).Recorded);
        }

        return new DraftState(edge, newest.Note, recorded);
    }

    /// <summary>The edge at a size from the last one that was committed here and the entries since, or null where they are many.</summary>
    async ValueTask<TreeEdge?> FollowEdgeAsync(LogHead head)
    {
        if (_settled is not { } settled || head.Size < settled.Size || head.Size - settled.Size > Nearby) return null;
        var edge = settled.Clone();
        var headers = await store.ReadHeadersAsync(edge.Size, (int)(head.Size - edge.Size), CancellationToken.None);
        foreach (var header in headers) edge.Append(LogTiles.Leaf(header.Span));
        // Who committed them has written their tiles.
        edge.TakeTiles();
        return edge;
    }

    static Exception Told(Exception fault) => fault is SigningStoppedException or StoreFaultException ? fault : new StoreFaultException("The ledger's store did not take the entries: " + fault.Message, fault);
}
