using Microsoft.EntityFrameworkCore;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Listing;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Seizing;

/// <summary>
/// The country in which a unit seizes: where its newest seizure was, since the register of units does not say. It is a suggestion on a form; whoever signs the
/// seizure corrects it.
/// </summary>
internal sealed class UsualCountry(TransparencyLog log, DbContext views)
{
    /// <summary>The country's code; null where the unit has seized nothing yet.</summary>
    public async Task<string?> OfAsync(Guid unit, CancellationToken cancel)
    {
        var newest = await views.Set<ExhibitRow>().AsNoTracking().Where(e => e.Unit == unit && e.Parent == null && !e.IsFromRegister)
            .OrderByDescending(e => e.SeizedAt).ThenBy(e => e.Number).Select(e => (Guid?)e.Id).FirstOrDefaultAsync(cancel);
        if (newest is not { } exhibit) return null;
        var seized = await new RecordSession(log).FoldAsync<Exhibit>(new StreamId(exhibit), cancel);
        return (await log.ReadStreamAsync(new StreamId(seized.Seizure), 0, cancel)).Select(e => EventTypes.Read(e).Event).OfType<SeizureRecorded>().FirstOrDefault()?.Country;
    }
}
