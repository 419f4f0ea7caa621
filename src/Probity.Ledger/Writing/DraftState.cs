namespace Probity.Ledger;

/// <summary>What a draft is made on: the log as it will be when all drafts before are committed.</summary>
internal sealed class DraftState(TreeEdge edge, string newest, long lastRecorded)
{
    /// <summary>How many streams' versions are kept at most; they are then read again.</summary>
    const int Capacity = 100_000;

    readonly Dictionary<StreamId, long> _versions = [];

    public TreeEdge Edge { get; } = edge;

    /// <summary>The note of the newest checkpoint: what the next draft rests on.</summary>
    public string Newest { get; set; } = newest;

    /// <summary>The newest recorded time, in microseconds.</summary>
    public long LastRecorded { get; set; } = lastRecorded;

    /// <summary>What entries on the way to their commit erase: nothing after them joins it.</summary>
    public HashSet<CompartmentId> Erased { get; } = [];

    /// <summary>Reads how many entries streams hold, those that are not known.</summary>
    public async ValueTask ReadVersionsAsync(IReadOnlyCollection<StreamId> streams, ILogStore store)
    {
        var unknown = streams.Where(stream => !_versions.ContainsKey(stream)).ToList();
        if (unknown.Count == 0) return;
        foreach (var (stream, version) in await store.ReadStreamVersionsAsync(unknown, CancellationToken.None)) _versions[stream] = version;
    }

    /// <summary>How many entries a stream will hold; it was read before.</summary>
    public long Version(StreamId stream) => _versions[stream];

    /// <summary>Counts one more entry.</summary>
    public long Next(StreamId stream) => ++_versions[stream];

    /// <summary>Lets go of what was kept, once nothing is in it that the store does not hold.</summary>
    public void Trim()
    {
        if (_versions.Count > Capacity) _versions.Clear();
        Erased.Clear();
    }
}
