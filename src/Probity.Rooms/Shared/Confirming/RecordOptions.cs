using Probity.Ledger.Formats;
using Probity.Shared.Stopping;

namespace Probity.Shared.Confirming;

/// <summary>What the host tells of those who confirm the record from outside.</summary>
internal sealed class RecordOptions
{
    /// <summary>Who has to confirm; null where nobody was asked to.</summary>
    public TlogPolicy? Policy { get; set; }

    /// <summary>The policy as it was written, for others to take along.</summary>
    public string? PolicyText { get; set; }

    /// <summary>Reads what is written down of why the log takes no entries.</summary>
    public Func<StopFacts?>? ReadStop { get; set; }

    /// <summary>How old the newest confirmation may be before the pages warn.</summary>
    public TimeSpan Stale { get; set; } = TimeSpan.FromDays(1);
}
