using System.Threading.Channels;

namespace Probity.Ledger;

/// <summary>Hands the newest checkpoint to whoever publishes it, one at a time and never in the writer's way.</summary>
internal sealed class Publisher(Func<string, CancellationToken, ValueTask> publish)
{
    /// <summary>Publishing syncs a file of its own, and the disk's syncs are what the writer lives on.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Only the newest matters: an older one that was not yet taken is dropped.
    readonly Channel<string> _newest = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Offer(string note) => _newest.Writer.TryWrite(note);

    /// <summary>Publishes what was offered last, at once, and ends <see cref="RunAsync"/>.</summary>
    public void Close()
    {
        _newest.Writer.TryComplete();
        _closed.TrySetResult();
    }

    public async Task RunAsync()
    {
        await foreach (var note in _newest.Reader.ReadAllAsync())
        {
            try
            {
                await publish(note, CancellationToken.None);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The record is not in danger: the file lags, the next commit tries again, and 'verify' compares the two.
            }

            await Task.WhenAny(Task.Delay(Pace), _closed.Task);
        }
    }
}
