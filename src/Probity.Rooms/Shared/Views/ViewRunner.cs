using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Shared.Views;

/// <summary>
/// Keeps every view up with the record: a batch of entries and the cursor move in one transaction. Those that stand where the record ends are read for together, in one
/// transaction; one that is behind, or broken, follows alone, says so, and blocks nothing else.
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

    // SQLite has one writer, and whoever waits for it in the database sleeps for a sixth of a second at a time: here they take turns.
    readonly SemaphoreSlim _turn = new(1, 1);

    // Which views are read for together, and up to where entries were taken for them: whoever stands there can join.
    readonly Lock _joining = new();
    readonly List<IView> _level = [];
    long _taken;

    /// <summary>The index of an erasure that a view has met, on whichever node it was decided; the newest, where there are several.</summary>
    public ChannelReader<long> Erasures => _erasures.Reader;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _taken = log.Size;
        return Task.WhenAll([FollowTogetherAsync(stoppingToken), .. views.Select(view => FollowAsync(view, stoppingToken))]);
    }

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
        await InTurnAsync(async db =>
        {
            await view.ClearAsync(db, cancel);
            await db.Set<ViewCursor>().Where(c => c.Name == view.Name).ExecuteDeleteAsync(cancel);
            return true;
        }, cancel);
    }

    /// <summary>Writes in one transaction, when it is this one's turn; what says that it could not is taken back.</summary>
    async Task<bool> InTurnAsync(Func<DbContext, Task<bool>> write, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (!await write(db)) return false;
            await transaction.CommitAsync(cancel);
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task FollowTogetherAsync(CancellationToken cancel)
    {
        var alone = new List<Task>();
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in log.SubscribeAsync(_taken, cancel)) alone.AddRange((await TakeTogetherAsync(batch, cancel)).Select(view => FollowAsync(view, cancel)));
                break;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                logger.LogError(fault, "The views stopped; they are tried again.");
                await Task.Delay(Pause, cancel);
            }
        }

        await Task.WhenAll(alone);
    }

    /// <summary>Takes a batch in for those that are read for together, and names those that have to follow alone from now on.</summary>
    async Task<IReadOnlyList<IView>> TakeTogetherAsync(IReadOnlyList<Entry> batch, CancellationToken cancel)
    {
        IView[] level;
        lock (_joining) (level, _taken) = ([.. _level], batch[^1].Header.Index + 1);
        if (level.Length == 0) return [];
        var entries = batch.Select(EventTypes.Read).ToList();
        if (await TryTogetherAsync(level, entries, cancel)) return [];
        // One of them broke, or was emptied meanwhile: each by itself shows which.
        var apart = new List<IView>();
        foreach (var view in level)
        {
            if (!await TryAloneAsync(view, entries, cancel)) apart.Add(view);
        }

        lock (_joining) _level.RemoveAll(apart.Contains);
        return apart;
    }

    async Task<bool> TryTogetherAsync(IReadOnlyList<IView> level, List<Recorded> entries, CancellationToken cancel)
    {
        Notice(entries);
        var (names, next) = (level.Select(v => v.Name).ToList(), entries[^1].Index + 1);
        try
        {
            var taken = await InTurnAsync(async db =>
            {
                var cursors = await db.Set<ViewCursor>().AsNoTracking().Where(c => names.Contains(c.Name)).ToDictionaryAsync(c => c.Name, cancel);
                if (level.Any(v => (cursors.GetValueOrDefault(v.Name)?.Next ?? 0) != entries[0].Index)) return false;
                foreach (var view in level)
                {
                    foreach (var entry in entries) await view.ApplyAsync(db, entry, cancel);
                    await db.SaveChangesAsync(cancel);
                    db.ChangeTracker.Clear();
                }

                await db.Set<ViewCursor>().Where(c => names.Contains(c.Name)).ExecuteUpdateAsync(c => c.SetProperty(x => x.Next, next), cancel);
                db.AddRange(level.Where(v => !cursors.ContainsKey(v.Name)).Select(v => new ViewCursor { Name = v.Name, Version = v.Version, Next = next }));
                await db.SaveChangesAsync(cancel);
                return true;
            }, cancel);
            if (taken) foreach (var name in names) positions.Reached(name, next);
            return taken;
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    async Task<bool> TryAloneAsync(IView view, List<Recorded> entries, CancellationToken cancel)
    {
        try
        {
            return await ApplyAsync(view, entries, cancel) is not null;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            logger.LogError(fault, "The view {View} stopped; it is tried again.", view.Name);
            return false;
        }
    }

    // Whether a view stands where those do that are read for together: it goes on with them.
    bool Joins(IView view, long next)
    {
        lock (_joining)
        {
            if (next != _taken) return false;
            _level.Add(view);
            return true;
        }
    }

    async Task FollowAsync(IView view, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var (moved, from) = (false, await BeginAsync(view, cancel));
                if (Joins(view, from)) return;
                await foreach (var entries in log.SubscribeAsync(from, cancel))
                {
                    var next = await ApplyAsync(view, [.. entries.Select(EventTypes.Read)], cancel);
                    moved = next is null;
                    if (moved) break;
                    if (Joins(view, next!.Value)) return;
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
        var next = entries[^1].Index + 1;
        var taken = await InTurnAsync(async db =>
        {
            var cursor = await db.Set<ViewCursor>().SingleOrDefaultAsync(c => c.Name == view.Name, cancel);
            if ((cursor?.Next ?? 0) != entries[0].Index) return false;
            foreach (var entry in entries) await view.ApplyAsync(db, entry, cancel);
            if (cursor is null) db.Add(new ViewCursor { Name = view.Name, Version = view.Version, Next = next });
            else (cursor.Version, cursor.Next) = (view.Version, next);
            await db.SaveChangesAsync(cancel);
            return true;
        }, cancel);
        if (!taken) return null;
        positions.Reached(view.Name, next);
        return next;
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
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
