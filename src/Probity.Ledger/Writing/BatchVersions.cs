namespace Probity.Ledger;

/// <summary>How many entries each stream holds while a batch is put together: what the store has, and the batch's own on top.</summary>
internal sealed class BatchVersions(ILogAppend append)
{
    readonly Dictionary<StreamId, long> _versions = [];

    public async ValueTask<long> ReadAsync(StreamId stream)
    {
        if (!_versions.TryGetValue(stream, out var version))
            _versions[stream] = version = await append.ReadVersionAsync(stream, CancellationToken.None);
        return version;
    }

    /// <summary>Counts one more entry; the stream was read before.</summary>
    public long Next(StreamId stream) => ++_versions[stream];
}
