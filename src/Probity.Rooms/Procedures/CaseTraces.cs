using Probity.Ledger;
using Probity.Lens.Logs;
using Probity.Procedures.Contract;
using Probity.Procedures.Deviating;

namespace Probity.Procedures;

/// <summary>Reads the steps of one case from its own streams.</summary>
internal sealed class CaseTraces(TransparencyLog log) : ICaseTraces
{
    public async Task<EventLog> ReadAsync(Guid @case, long before, CancellationToken cancel)
    {
        var cases = new CaseLog();
        foreach (var stream in (StreamId[])[new(@case), CaseDeviations.StreamOf(@case)])
        {
            foreach (var entry in await log.ReadStreamAsync(stream, 0, cancel))
            {
                if (entry.Header.Index < before) cases.Read(entry);
            }
        }

        return CaseLog.ToLog(cases.Cases);
    }
}
