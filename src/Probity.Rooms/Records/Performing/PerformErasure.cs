using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Records.Proposing;
using Probity.Shared.Record;

namespace Probity.Records.Performing;

/// <summary>
/// Erases what was approved. The append that says so expects the stream of the holds: one that is placed between approval and erasure
/// is not missed, and stops it.
/// </summary>
internal sealed class PerformErasure(ErasureDesk desk, TransparencyLog log) : IReaction
{
    public string Rule => "records.perform-erasure";
    public Type On => typeof(ErasureApproved);

    public static Decision Decide(ErasureFacts facts)
    {
        var (erasure, subject) = (facts.Erasure, facts.Subject);
        if (erasure.Stage != ErasureStage.Approved) return Decision.Accept();
        var own = Erasure.StreamOf(subject.Id);
        if (ProposeErasure.StandsInTheWay(facts) is { } code) return Decision.Accept(own, new ErasureStopped(code));
        var told = subject.Kind == SubjectKind.Matter
            // In the matter's stream, and not in its compartment, which takes nothing more.
            ? new Filing(new StreamId(subject.Id), new MatterErased(subject.Id), Compartment: new CompartmentId(own.Value))
            : new Filing(Register.Stream, new PersonErased(subject.Id));
        return new Decision.Accepted([told, new Filing(own, new ErasurePerformed(subject.Kind, subject.Id))])
        {
            Erases = subject.Kind == SubjectKind.Matter
                ? Compartments.ErasedWithMatter(new StreamId(subject.Id))
                : PersonCompartments.ErasedWith(subject.Id),
        };
    }

    public async Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel)
    {
        await desk.RunForHouseAsync(cause.Stream, commandId, Decide, cancel);
        // Where a fault came between the entry and the keys, the command has happened and the keys are still there.
        await log.FinishErasuresAsync(cancel);
    }
}
