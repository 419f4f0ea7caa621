namespace Probity.Ledger;

/// <summary>
/// Requests that will share a commit, sealed one after the other on the assumption that the log has a certain size. If it turns out
/// to have another, the draft is made again: nothing in it is true before its commit.
/// </summary>
internal sealed class Draft(long baseSize)
{
    readonly List<AppendRequest> _requests = [];

    /// <summary>The size of the log that it was made for.</summary>
    public long BaseSize { get; } = baseSize;

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

    /// <summary>Ends it. The checkpoint is signed here, and shown to nobody before the commit.</summary>
    public void Close(LogKeys secrets, string origin, TreeEdge edge)
    {
        if (Records.Count == 0) return;
        Head = secrets.Sign(origin, edge.Size, edge.Root());
        Commit = new LogCommit(Records, edge.TakeTiles(), new StoredCheckpoint(Head.Size, Head.Note));
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
