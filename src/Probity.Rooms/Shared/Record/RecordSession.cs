using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>
/// One reading of the record for one decision. It remembers the version of every stream that it read, so that the
/// append fails if any of them has moved on meanwhile.
/// </summary>
internal sealed class RecordSession(TransparencyLog log)
{
    readonly Dictionary<StreamId, long> _versions = [];

    /// <summary>What was read, for the append.</summary>
    public IReadOnlyList<Expectation> Expectations => [.. _versions.Select(v => new Expectation(v.Key, v.Value))];

    /// <summary>The state of a stream, folded from all its events.</summary>
    public async ValueTask<T> FoldAsync<T>(StreamId stream, CancellationToken cancel = default) where T : IState<T>
    {
        var state = T.Initial;
        var entries = await log.ReadStreamAsync(stream, 0, cancel);
        foreach (var entry in entries) state = state.Apply(EventTypes.Read(entry));
        Expect(stream, entries.Count == 0 ? 0 : entries[^1].Header.Version);
        return state;
    }

    /// <summary>How many entries a stream holds, for streams whose length is all that matters.</summary>
    public async ValueTask<long> CountAsync(StreamId stream, CancellationToken cancel = default)
    {
        var version = await log.VersionAsync(stream, cancel);
        Expect(stream, version);
        return version;
    }

    /// <summary>Notes that a decision rests on this version of a stream that was read elsewhere.</summary>
    public void Expect(StreamId stream, long version)
    {
        if (_versions.TryGetValue(stream, out var known) && known != version)
            throw new StaleReadException(stream);
        _versions[stream] = version;
    }
}

/// <summary>A stream moved on between two reads of one session: the decision is taken anew.</summary>
internal sealed class StaleReadException(StreamId stream) : Exception($"Stream {stream} moved on while it was being read.");
