using System.Collections.Concurrent;

namespace Probity.Shared.Views;

/// <summary>How far each view has come, so that a page can wait until it shows what its reader has just written.</summary>
internal sealed class ViewPositions
{
    /// <summary>How long a page waits before it is shown with a notice.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<string, (long Next, TaskCompletionSource Moved)> _views = new(StringComparer.Ordinal);

    /// <summary>The index of the first entry that a view does not know, as far as it has said.</summary>
    public long Next(string view) => _views.TryGetValue(view, out var known) ? known.Next : 0;

    /// <summary>Says that a view knows every entry before <paramref name="next"/>.</summary>
    public void Reached(string view, long next)
    {
        TaskCompletionSource? waiting = null;
        _views.AddOrUpdate(view, _ => (next, New()), (_, old) =>
        {
            waiting = old.Moved;
            return (next, New());
        });
        waiting?.TrySetResult();
    }

    /// <summary>Waits until a view knows the entry at <paramref name="index"/>. False where it does not in time.</summary>
    public async Task<bool> WaitAsync(string view, long index, TimeProvider time, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        while (true)
        {
            var (next, moved) = _views.GetOrAdd(view, _ => (0, New()));
            if (next > index) return true;
            try
            {
                await moved.Task.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
