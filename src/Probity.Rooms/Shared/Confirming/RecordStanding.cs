using Microsoft.Extensions.Localization;
using Probity.Shared.Stopping;

namespace Probity.Shared.Confirming;

/// <summary>The row "Record unchanged" of the first screen.</summary>
internal sealed class RecordStanding(RecordConfirmation record, RecordStop stop, IStringLocalizer<RecordText> text, When when, TimeProvider clock) : IStanding
{
    public string Key => StandingKeys.Record;

    public Task<StandingRow> Read(CancellationToken cancel) => Task.FromResult(Row());

    StandingRow Row()
    {
        if (stop.IsStopped) return StandingRow.Measured(Key, good: false, 0, text["Row.Stopped"], clock.GetUtcNow(), StopPages.Href);
        if (record.Newest() is not { } newest)
            return StandingRow.Measured(Key, good: false, 0, text["Row.Nobody"], clock.GetUtcNow(), RecordPages.Href);
        var names = newest.Names;
        var by = names.Count == 1 ? names[0] : text.Count("By.More", names.Count - 1, names[0]);
        var share = (double)names.Count / newest.Witnesses.Count;
        return StandingRow.Measured(
            Key, !newest.IsStale, share, text[newest.IsStale ? "Row.Stale" : "Row.Confirmed", by, when.Ago(newest.At)], newest.At, RecordPages.Href);
    }
}
