namespace Probity.Lens.Conformance;

/// <summary>The time that a check may take, beside its caller's wish to stop: the one leaves variants unfinished, the other leaves no result.</summary>
/// <param name="most">How long it may take from now; null for ever.</param>
/// <param name="caller">Stops the check.</param>
internal sealed class SearchTime(TimeSpan? most, CancellationToken caller) : IDisposable
{
    readonly CancellationTokenSource _both = Begin(most, caller);

    /// <summary>The caller's own token.</summary>
    public CancellationToken Caller => caller;

    /// <summary>Stops for either reason.</summary>
    public CancellationToken Token => _both.Token;

    /// <summary>Whether the time is over and the caller has not stopped it.</summary>
    public bool IsOver => _both.IsCancellationRequested && !caller.IsCancellationRequested;

    /// <summary>Whether there is time left.</summary>
    /// <exception cref="OperationCanceledException">The caller has stopped it.</exception>
    public bool Goes()
    {
        caller.ThrowIfCancellationRequested();
        return !_both.IsCancellationRequested;
    }

    public void Dispose() => _both.Dispose();

    static CancellationTokenSource Begin(TimeSpan? most, CancellationToken caller)
    {
        var both = CancellationTokenSource.CreateLinkedTokenSource(caller);
        if (most <= TimeSpan.Zero) both.Cancel();
        else if (most is { } time) both.CancelAfter(time);
        return both;
    }
}
