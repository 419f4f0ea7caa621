using Probity.Access.Contract;
using Probity.Shared.Record;

namespace Probity.Cases.Contract;

/// <summary>What the taking over of a register that was kept before this record needs of cases.</summary>
internal interface ICaseTakingOver
{
    /// <summary>The case of a number, whoever may see it; an id that no case has where there is none. Nothing is guarded: the caller has to.</summary>
    ValueTask<Guid> FindAsync(string number, Register register, CancellationToken cancel);

    /// <summary>
    /// The number and the entries of a case for what belongs to no case on the record: opened in a unit, with access for who keeps it. A handler is drawn
    /// for it as for any other.
    /// </summary>
    ValueTask<(string Number, IReadOnlyList<Filing> Filings)> OpenAsync(
        RecordSession session, Guid id, Guid unit, string summary, Guid keeper, Register register, DateTimeOffset now, CancellationToken cancel);
}
