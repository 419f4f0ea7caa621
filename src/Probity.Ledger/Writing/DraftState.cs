namespace Probity.Ledger;

/// <summary>What a draft is made on: the log as it will be when all drafts before are committed.</summary>
internal sealed class DraftState(TreeEdge edge, long lastRecorded)
{
    /// <summary>How many streams' versions are kept at most; they are then read again.</summary>
    const int Capacity = 100_000;

    readonly Dictionary<StreamId, long> _versions = [];

    public TreeEdge Edge { get; } = edge;

    /// <summary>The newest recorded time, in microseconds.</summary>
    public long LastRecorded { get; set; } = lastRecorded;

    /// <summary>How many entries a stream will hold.</summary>
    public async ValueTask<long> VersionAsync(StreamId stream, ILogStore store)
    {
        if (!_versions.TryGetValue(stream, out var version))
            _versions[stream] = version = await store.ReadStreamVersionAsync(stream, CancellationToken.None);
        return version;
    }

    /// <summary>Counts one more entry; the stream's version was asked for before.</summary>
    public long Next(StreamId stream) => ++_versions[stream];

    /// <summary>Lets go of what was kept, once nothing that the store does not hold is in it.</summary>
    public void Trim()
    {
        if (_versions.Count > Capacity) _versions.Clear();
    }

    /// <summary>The log as the store holds it at a size.</summary>
    public static async ValueTask<DraftState> LoadAsync(ILogStore store, long size)
    {
        var edge = await TreeEdge.LoadAsync(store, size, CancellationToken.None);
        if (size == 0) return new DraftState(edge, long.MinValue);
        var last = await store.ReadHeadersAsync(size - 1, 1, CancellationToken.None);
        return new DraftState(edge, Microseconds.Of(HeaderEncoding.Decode(last[0]).Recorded));
    }
}
