namespace Probity.Ledger;

/// <summary>Wakes all who wait for the next commit.</summary>
internal sealed class CommitSignal
{
    volatile TaskCompletionSource _next = Fresh();

    /// <summary>Ends at the next commit after this was asked for: ask first, then look, then wait.</summary>
    public Task Next => _next.Task;

    public void Raise() => Interlocked.Exchange(ref _next!, Fresh()).SetResult();

    static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
