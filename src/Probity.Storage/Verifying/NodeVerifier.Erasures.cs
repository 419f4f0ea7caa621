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
        foreach (var (compartment, index) in records.Erased)
        {
            if (!destroyed.Contains(compartment) && await HasKeyAsync(compartment, keys, ct))
                _findings.Fault(RecordAudit.Keys, index, $"The key of compartment {compartment} is there, although entry {index} says that it was destroyed.");
        }
    }

    /// <summary>Whether a key is there to stay: a node that is running destroys it a moment after it has said so.</summary>
    static async ValueTask<bool> HasKeyAsync(CompartmentId compartment, NodeKeys keys, CancellationToken ct)
    {
        for (var pause = 0; pause < ErasurePauses; pause++)
        {
            if (keys.Store is not null && await keys.Store.FindAsync(compartment, ct) is not { Wrapped: not null }) return false;
            await Task.Delay(ErasurePause, ct);
        }

        return true;
    }
}
