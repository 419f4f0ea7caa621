namespace Probity.Reports.Exchanging;

/// <summary>
/// Whether what is held has to be compared before the day is over: this process has not done so yet, or somebody's key met a record that is not what was fetched. In memory alone, and without which: the
/// comparison goes through all of them, with the next exchange and not in the moment in which somebody opened a report, so that what it records tells nobody which of them that was.
/// </summary>
internal sealed class HeldDoubt
{
    long _raised = 1, _settled;

    /// <summary>Up to which doubt there are any; null where there are none.</summary>
    public long? Open => Interlocked.Read(ref _raised) is var raised && raised > Interlocked.Read(ref _settled) ? raised : null;

    /// <summary>Says that there is one.</summary>
    public void Raise() => Interlocked.Increment(ref _raised);

    /// <summary>All was compared since these were raised.</summary>
    public void Settle(long upTo) => Interlocked.Exchange(ref _settled, upTo);
}
