namespace Probity.Ledger;

/// <summary>
/// Requests that will share a commit, sealed one after the other on the assumption that a certain checkpoint is the log's newest. If it
/// turns out to be another, the draft is made again: nothing in it is true before its commit.
/// </summary>
internal sealed class Draft(string newest)
{
    readonly List<AppendRequest> _requests = [];

    /// <summary>The note of the checkpoint that it rests on.</summary>
    public string Base { get; } = newest;

    public IReadOnlyList<AppendRequest> Requests => _requests;

    public List<StoredRecord> Records { get; } = [];

    /// <summary>How many entries were asked for, those of refused requests too.</summary>
    public int Entries { get; private set; }

    public void Add(AppendRequest request)
    {
        _requests.Add(request);
        Entries += request.Entries.Count;
    }

    /// <summary>What it adds to the log once it is closed, or null where it adds nothing.</summary>
    public LogCommit? Commit { get; private set; }

    /// <summary>Where the log is after it.</summary>
    public LogHead? Head { get; private set; }

    /// <summary>The edge of the tree after it, where that is kept.</summary>
    public TreeEdge? Edge { get; private set; }

    /// <summary>Ends it. The checkpoint is signed here, and shown to nobody before the commit.</summary>
    public void Close(LogKeys secrets, string origin, DraftState state, bool keepEdge)
    {
        if (Records.Count == 0) return;
        Head = secrets.Sign(origin, state.Edge.Size, state.Edge.Root());
        Commit = new LogCommit(Records, state.Edge.TakeTiles(), new StoredCheckpoint(Head.Size, Head.Note));
        if (keepEdge) Edge = state.Edge.Clone();
        state.Newest = Head.Note;
    }

    public void Answer()
    {
        foreach (var request in _requests) request.Answer();
    }

    public void Fail(Exception fault)
    {
        foreach (var request in _requests) request.Fail(request.Fault ?? fault);
    }
}
