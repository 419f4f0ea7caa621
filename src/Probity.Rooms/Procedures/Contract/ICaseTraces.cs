using Probity.Lens.Logs;

namespace Probity.Procedures.Contract;

/// <summary>The steps of cases as their procedure names them, for other rooms.</summary>
internal interface ICaseTraces
{
    /// <summary>
    /// One case as an event log, as the record stood before an entry: times are when things happened, resources people's ids. Without a case where there is
    /// none any more. Nothing is guarded: the caller has to.
    /// </summary>
    Task<EventLog> ReadAsync(Guid @case, long before, CancellationToken cancel);
}
