using Probity.Ledger;

namespace Probity.Storage;

/// <summary>
/// Fills new tables of a ledger with the parts of a backup, and computes its tiles. Before <see cref="Finish"/> it is nobody's: what
/// is disposed of without it leaves nothing that anybody would take for a log.
/// </summary>
internal interface ILedgerFilling : IDisposable
{
    /// <summary>Takes the next part.</summary>
    /// <exception cref="InvalidDataException">Two records claim one place.</exception>
    void Write(BackupPart part);

    /// <summary>Writes what is left, and brings all of it to the disk.</summary>
    void Finish();
}
