using Probity.Ledger;

namespace Probity.Storage;

public sealed partial class NodeVerifier
{
    static readonly TimeSpan ErasurePause = TimeSpan.FromMilliseconds(200);
    const int ErasurePauses = 10;

    /// <summary>A key is destroyed exactly where an entry says so.</summary>
    async ValueTask CheckErasuresAsync(RecordAudit records, NodeKeys keys, CancellationToken ct)
    {
        if (keys.Destroyed is not { } destroyed) return;
        if (destroyed.Contains(KeysDestroyed.Compartment))
            _findings.Fault(RecordAudit.Keys, null, "The key of the entries that say what was erased was destroyed.");
        if (records.UnreadErasures > 0)
        {
            _findings.Check(RecordAudit.Keys,
                "The entries that say which keys were destroyed could not be read for want of a key: whether each destroyed key has one was not checked.");
            return;
        }

        var unexplained = destroyed.Count(compartment => !records.Erased.ContainsKey(compartment));
        if (unexplained > 0)
            _findings.Fault(RecordAudit.Keys, null, $"{unexplained} {(unexplained == 1 ? "key was" : "keys were")} destroyed with no entry that says so.");
        foreach (var compartment in await FindThereAsync(records.Erased.Keys.Where(compartment => !destroyed.Contains(compartment)), keys.Store, ct))
        {
            var index = records.Erased[compartment];
            _findings.Fault(RecordAudit.Keys, index, $"The key of compartment {compartment} is there, although entry {index} says that it was destroyed.");
        }
    }

    /// <summary>
    /// Which keys are there to stay: a node that is running destroys them a moment after it has said so. All are waited for at once, or
    /// whoever puts thousands back could make this last for hours.
    /// </summary>
    static async ValueTask<IReadOnlyList<CompartmentId>> FindThereAsync(IEnumerable<CompartmentId> compartments, IKeyStore? store, CancellationToken ct)
    {
        var there = compartments.ToList();
        for (var pause = 0; pause < ErasurePauses && there.Count > 0; pause++)
        {
            if (pause > 0) await Task.Delay(ErasurePause, ct);
            if (store is null) continue;
            var still = new List<CompartmentId>();
            foreach (var compartment in there)
                if (await store.FindAsync(compartment, ct) is { Wrapped: not null }) still.Add(compartment);
            there = still;
        }

        return there;
    }
}
