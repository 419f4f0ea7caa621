using System.Threading.Channels;

namespace Probity.Ledger;

/// <summary>
/// The one writer. It takes what waits, checks each request against the log as it will be, seals its entries, and makes all of it
/// durable in one commit with the tree and a signed checkpoint; only then does anyone get an answer. While one draft is being
/// committed the next is made, on what that one will have changed.
/// </summary>
internal sealed class LogWriter(
    ILogStore store, KeyRing keys, LogKeys secrets, TimeProvider time, LogOptions options, LogIdentity identity, Action<LogHead> committed)
{
    readonly Channel<AppendRequest> _waiting = Channel.CreateBounded<AppendRequest>(
        new BoundedChannelOptions(options.WaitingRequests) { SingleReader = true });
    readonly List<AppendRequest> _taken = [];

    // Read again from the store after a fault and where another node appended in between.
    DraftState? _state;
    Draft? _draft;

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
            _draft ??= new Draft(_state.Edge.Size);
            await AddAsync(_draft, _state, _taken);
        }
        catch (Exception fault)
        {
            // What was drafted on a state that is half changed is not committed.
            await writing;
            (_draft ?? new Draft(0)).Fail(Told(fault));
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
            _draft = new Draft(_state.Edge.Size);
            await AddAsync(_draft, _state, old.Requests);
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
        draft.Close(secrets, identity.Origin, _state!.Edge);
        return draft.Requests.Count == 1 && !_waiting.Reader.TryPeek(out _) ? WriteAsync(draft) : Task.Run(() => WriteAsync(draft));
    }

    /// <summary>Commits a draft and answers. False where the store does not hold what was drafted on.</summary>
    async Task<bool> WriteAsync(Draft draft)
    {
        try
        {
            var asDrafted = true;
            await using (var append = await store.BeginAppendAsync(CancellationToken.None))
            {
                if (append.Size != draft.BaseSize)
                {
                    asDrafted = false;
                    var state = await LoadAsync(append.Size);
                    var anew = new Draft(append.Size);
                    await AddAsync(anew, state, draft.Requests);
                    anew.Close(secrets, identity.Origin, state.Edge);
                    draft = anew;
                }

                if (draft.Commit is { } commit) await append.CommitAsync(commit, CancellationToken.None);
            }

            if (draft.Head is { } head) committed(head);
            draft.Answer();
            return asDrafted;
        }
        catch (Exception fault)
        {
            draft.Fail(Told(fault));
            return false;
        }
    }

    async ValueTask AddAsync(Draft draft, DraftState state, IReadOnlyList<AppendRequest> requests)
    {
        var compartments = new HashSet<CompartmentId>();
        foreach (var request in requests)
            foreach (var entry in request.Entries) compartments.Add(entry.Compartment);
        // Keys first: an entry whose key was lost would be lost too.
        var held = await keys.EnsureAsync(compartments, CancellationToken.None);
        foreach (var request in requests)
        {
            (request.Result, request.Fault) = (await FindConflictAsync(request, state), null);
            if (request.Result is null)
            {
                if (FindDestroyed(request, held) is { } destroyed) request.Fault = new KeyDestroyedException(destroyed);
                else await RecordAsync(request, draft, state, held);
            }

            draft.Add(request);
        }
    }

    async ValueTask<AppendResult.Conflict?> FindConflictAsync(AppendRequest request, DraftState state)
    {
        foreach (var expectation in request.Expectations)
        {
            var actual = await state.VersionAsync(expectation.Stream, store);
            if (actual != expectation.Version) return new AppendResult.Conflict(expectation.Stream, expectation.Version, actual);
        }

        return null;
    }

    static CompartmentId? FindDestroyed(AppendRequest request, IReadOnlyDictionary<CompartmentId, CompartmentKey?> held)
    {
        foreach (var entry in request.Entries)
            if (held[entry.Compartment] is null) return entry.Compartment;
        return null;
    }

    async ValueTask RecordAsync(
        AppendRequest request, Draft draft, DraftState state, IReadOnlyDictionary<CompartmentId, CompartmentKey?> held)
    {
        foreach (var entry in request.Entries) await state.VersionAsync(entry.Stream, store);
        // A clock that was set back does not take the record with it.
        state.LastRecorded = Math.Max(state.LastRecorded, Microseconds.Of(time.GetUtcNow()));
        var recorded = Microseconds.ToTime(state.LastRecorded);
        var first = state.Edge.Size;
        foreach (var entry in request.Entries)
        {
            var record = RecordSealing.Seal(
                entry, state.Edge.Size, state.Next(entry.Stream), recorded, identity.Node, held[entry.Compartment]!, options.FillNonce);
            draft.Records.Add(record);
            state.Edge.Append(LogTiles.Leaf(record.Header.Span));
        }

        request.Result = new AppendResult.Appended(first, request.Entries.Count, recorded);
    }

    async ValueTask<DraftState> LoadAsync()
    {
        var newest = await store.ReadCheckpointAsync(CancellationToken.None) ?? throw new InvalidDataException("The ledger has no checkpoint.");
        return await LoadAsync(newest.Size);
    }

    ValueTask<DraftState> LoadAsync(long size) => DraftState.LoadAsync(store, size);

    static StoreFaultException Told(Exception fault) => new("The ledger's store did not take the entries: " + fault.Message, fault);
}
