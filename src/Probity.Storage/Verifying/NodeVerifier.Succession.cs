using System.Globalization;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Storage;

public sealed partial class NodeVerifier
{
    /// <summary>The logs that this one continues, as their table says: the keys of the older checkpoints.</summary>
    Lineage ReadLineage(ILedgerReader reader, VerifierKey key)
    {
        var lineage = Lineage.Of(key);
        DatabaseAudit.Guard(_findings, CheckpointAudit.Predecessors, _database.Ledger, () =>
        {
            lineage = Lineage.Of(key, reader.ReadPredecessors(Lineage.Most + 1));
            foreach (var one in lineage.Predecessors.Where(one => reader.ReadCheckpoint(one.Size) is null))
                _findings.Fault(CheckpointAudit.Predecessors, one.Size, string.Create(CultureInfo.InvariantCulture,
                    $"The checkpoint of {one.Size} entries is missing, with which the log began that followed {one.Key.Name}."));
        });
        return lineage;
    }

    /// <summary>The table and the entries have to say the same: each log that is continued, at the very place.</summary>
    void CheckSuccessions(RecordAudit records, Lineage lineage, LogHead head)
    {
        foreach (var one in lineage.Predecessors)
        {
            if (!records.Successions.TryGetValue(one.Size, out var said))
                _findings.Fault(CheckpointAudit.Predecessors, Math.Min(one.Size, head.Size), string.Create(CultureInfo.InvariantCulture,
                    $"Record {one.Size} does not say that this log continues {one.Key.Name} there, as the table of its predecessors has it."));
            else if (said is not null && (said.Predecessor.Key != one.Key || said.Predecessor.Note != one.Note))
                _findings.Fault(CheckpointAudit.Predecessors, one.Size, string.Create(CultureInfo.InvariantCulture,
                    $"Record {one.Size} says that this log continues {said.Predecessor.Key}, and the table of its predecessors says {one.Key}, or another last checkpoint."));
        }

        foreach (var index in records.Successions.Keys.Where(index => lineage.Predecessors.All(one => one.Size != index)))
            _findings.Fault(CheckpointAudit.Predecessors, index, string.Create(CultureInfo.InvariantCulture,
                $"Record {index} says that this log continues another, and the table of its predecessors does not."));
    }
}
