using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>A state that is the whole of one stream of the agency, such as the register.</summary>
internal interface IStreamState<TSelf> : IState<TSelf> where TSelf : IStreamState<TSelf>
{
    /// <summary>The stream.</summary>
    static abstract StreamId Stream { get; }

    /// <summary>How many entries of it were applied.</summary>
    long Version { get; }
}

/// <summary>One stream as it stands, folded once and then kept up from where it was.</summary>
internal sealed class FoldedStream<T>(TransparencyLog log) : IDisposable where T : IStreamState<T>
{
    readonly SemaphoreSlim _turn = new(1, 1);
    T _known = T.Initial;

    /// <summary>For a page.</summary>
    public async ValueTask<T> ReadAsync(CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            foreach (var entry in await log.ReadStreamAsync(T.Stream, _known.Version, cancel)) _known = _known.Apply(EventTypes.Read(entry));
            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>For a decision: the session will expect that the stream has not moved on.</summary>
    public async ValueTask<T> ReadAsync(RecordSession session, CancellationToken cancel = default)
    {
        var known = await ReadAsync(cancel);
        session.Expect(T.Stream, known.Version);
        return known;
    }

    public void Dispose() => _turn.Dispose();
}
