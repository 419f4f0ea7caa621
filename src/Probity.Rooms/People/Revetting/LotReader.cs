using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.People.Revetting;

/// <summary>The draws, folded once and then kept up from where they were.</summary>
internal sealed class LotReader(TransparencyLog log) : IDisposable
{
    readonly SemaphoreSlim _turn = new(1, 1);
    Lots _known = Lots.Initial;

    public async ValueTask<Lots> ReadAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            foreach (var entry in await log.ReadStreamAsync(Lots.Stream, _known.Version, cancel)) _known = _known.Apply(EventTypes.Read(entry));
            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>For a decision: the session will expect that they have not changed.</summary>
    public async ValueTask<Lots> ReadAsync(RecordSession session, CancellationToken cancel)
    {
        var lots = await ReadAsync(cancel);
        session.Expect(Lots.Stream, lots.Version);
        return lots;
    }

    public void Dispose() => _turn.Dispose();
}
