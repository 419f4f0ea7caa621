using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Shared.Views;

/// <summary>
/// Keeps every view up with the record: a batch of entries and the cursor move in one transaction. A broken view stops
/// alone, says so, and blocks nothing else.
/// </summary>
internal sealed class ViewRunner(
    TransparencyLog log, IServiceScopeFactory scopes, IEnumerable<IView> views, ViewPositions positions,
    ILogger<ViewRunner> logger) : BackgroundService
{
    const int Batch = 500;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // Only the newest matters: whoever has passed that has passed those before.
    readonly Channel<long> _erasures = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    long _erased = -1;

    /// <summary>The index of an erasure that a view has met, on whichever node it was decided; the newest, where there are several.</summary>
    public ChannelReader<long> Erasures => _erasures.Reader;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(views.Select(view => FollowAsync(view, stoppingToken)));

    /// <summary>Brings every view up to the record as it stands. What several of them lack is read, and opened, once for all.</summary>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        var next = new Dictionary<IView, long>();
        foreach (var view in views) next[view] = await BeginAsync(view, cancel);
        for (var from = next.Values.Min(); await ReadAsync(from, cancel) is { Count: > 0 } entries; from = next.Values.Min())
        {
            foreach (var view in views.Where(v => next[v] < from + entries.Count))
                next[view] = await ApplyAsync(view, entries.GetRange((int)(next[view] - from), (int)(from + entries.Count - next[view])), cancel) ?? await BeginAsync(view, cancel);
        }
    }

    /// <summary>
    /// Waits until every view has taken in what stands on the record up to an entry. One that does not move is emptied whole: it fills
    /// again from what the record still says.
    /// </summary>
    public async Task PassAsync(long index, TimeProvider time, CancellationToken cancel)
    {
        foreach (var view in views)
        {
            var before = -1L;
            while (!await positions.WaitAsync(view.Name, index, time, cancel))
            {
                var now = positions.Next(view.Name);
                if (now == before)
                {
                    await ForgetAsync(view, cancel);
                    break;
                }

                before = now;
            }
        }
    }

    /// <summary>Empties a view and forgets its cursor: it fills again from entry 0.</summary>
    public async Task ForgetAsync(IView view, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await view.ClearAsync(db, cancel);
        await db.Set<ViewCursor>().Where(c => c.Name == view.Name).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    async Task FollowAsync(IView view, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var moved = false;
                await foreach (var entries in log.SubscribeAsync(await BeginAsync(view, cancel), cancel))
                {
                    moved = await ApplyAsync(view, [.. entries.Select(EventTypes.Read)], cancel) is null;
                    if (moved) break;
                }

                if (!moved) return;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.LogError(fault, "The view {View} stopped; it is tried again.", view.Name);
                await Task.Delay(Pause, cancel);
            }
        }
    }

    async Task<List<Recorded>> ReadAsync(long from, CancellationToken cancel) =>
        [.. (await log.ReadAsync(from, Batch, cancel)).Select(EventTypes.Read)];

    async Task<long> BeginAsync(IView view, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DbContext>();
        var cursor = await db.Set<ViewCursor>().SingleOrDefaultAsync(c => c.Name == view.Name, cancel);
        if (cursor is not null && cursor.Version == view.Version && cursor.Next <= log.Size)
        {
            positions.Reached(view.Name, cursor.Next);
            return cursor.Next;
        }

        await ForgetAsync(view, cancel);
        return 0;
    }

    /// <summary>The index of the entry after; null where the view was emptied meanwhile and has to begin anew.</summary>
    async Task<long?> ApplyAsync(IView view, List<Recorded> entries, CancellationToken cancel)
    {
        Notice(entries);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var cursor = await db.Set<ViewCursor>().SingleOrDefaultAsync(c => c.Name == view.Name, cancel);
        if ((cursor?.Next ?? 0) != entries[0].Index) return null;
        foreach (var entry in entries) await view.ApplyAsync(db, entry, cancel);
        var next = entries[^1].Index + 1;
        if (cursor is null) db.Add(new ViewCursor { Name = view.Name, Version = view.Version, Next = next });
        else (cursor.Version, cursor.Next) = (view.Version, next);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        positions.Reached(view.Name, next);
        return next;
    }

    /// <summary>Before they are taken in: a view that is broken may never come so far.</summary>
    void Notice(List<Recorded> entries)
    {
        var newest = entries.FindLast(entry => entry.Type == KeysDestroyed.Type)?.Index ?? -1;
        lock (_erasures)
        {
            if (newest <= _erased) return;
            _erased = newest;
            _erasures.Writer.TryWrite(newest);
        }
    }
}
