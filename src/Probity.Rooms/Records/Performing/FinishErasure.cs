using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Records.Performing;

/// <summary>
/// Once the keys are gone: what lists and credentials held of it goes from their files too, and that it is done is filed. A list that
/// does not keep up is emptied whole: it fills again from what the record still says.
/// </summary>
internal sealed class FinishErasure(
    ErasureDesk desk, TransparencyLog log, ViewRunner runner, IEnumerable<IErasedTraces> traces, IPurge purge, TimeProvider time) : IReaction
{
    public string Rule => "records.finish-erasure";
    public Type On => typeof(ErasurePerformed);

    public static Decision Decide(ErasureFacts facts) => facts.Erasure.Stage != ErasureStage.Performed
        ? Decision.Accept()
        : Decision.Accept(Erasure.StreamOf(facts.Subject.Id), new ErasureFinished(facts.Subject.Kind, facts.Subject.Id));

    public async Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel)
    {
        var done = (ErasurePerformed)cause.Event!;
        await log.FinishErasuresAsync(cancel);
        await runner.PassAsync(cause.Index, time, cancel);
        foreach (var trace in traces) await trace.RemoveAsync(done.Kind, done.Subject, cancel);
        await purge.PurgeAsync(cancel);
        await desk.RunForHouseAsync(cause.Stream, commandId, Decide, cancel);
    }
}
