using System.Globalization;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Storage;

public sealed partial class NodeVerifier
{
    const string Witnessed = "witnessed checkpoint";

    // Looked at before the ledger's own checkpoints: a server that is running may have a newer one cosigned meanwhile.
    void CheckWitnessed(ILedgerReader reader, CheckpointAudit signed, Lineage lineage) =>
        DatabaseAudit.Guard(_findings, Witnessed, _database.Ledger, () =>
        {
            var kept = reader.ReadWitnessed();
            if (_request.Policy is { } policy) WitnessAudit.Check(_findings, policy, lineage.Key, kept?.Note, reader.ReadCheckpoint(null)?.Size ?? 0);
            if (kept is not { } witnessed) return;
            _findings.Check(Witnessed, "The checkpoint that witnesses have cosigned is the log's, and the entries have the root that it signs.");
            if (lineage.KeyAt(witnessed.Size) != lineage.Key)
                _findings.Fault(Witnessed, null, "The witnessed checkpoint is one of a log that this one continues, whose witnesses say nothing of this one.");
            if (signed.Check(Witnessed, witnessed.Note, witnessed.Size, "The witnessed checkpoint") is null) return;
            // Whose they are is for those to say who know the witnesses' keys.
            if (!SignedNote.Parse(witnessed.Note).Signatures.Any(signature => IsOf(signature, witnessed.Time)))
                _findings.Fault(Witnessed, null, string.Create(CultureInfo.InvariantCulture,
                    $"None of the cosignatures is of {witnessed.Time:yyyy-MM-dd HH:mm:ss}, when the quorum is said to have been reached."));
        });

    static bool IsOf(NoteSignature signature, DateTimeOffset time)
    {
        try
        {
            return Cosignature.Time(signature) == time;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
