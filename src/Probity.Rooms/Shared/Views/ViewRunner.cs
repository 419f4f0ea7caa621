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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(views.Select(view => FollowAsync(view, stoppingToken)));

    /// <summary>Brings every view up to the record as it stands.</summary>
    public async Task CatchUpAsync(CancellationToken cancel)
    {
        foreach (var view in views)
        {
            var next = await BeginAsync(view, cancel);
            while (await log.ReadAsync(next, Batch, cancel) is { Count: > 0 } entries) next = await ApplyAsync(view, entries, cancel);
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
                await foreach (var entries in log.SubscribeAsync(await BeginAsync(view, cancel), cancel))
                    await ApplyAsync(view, entries, cancel);
                return;
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

    async Task<long> ApplyAsync(IView view, IReadOnlyList<Entry> entries, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var entry in entries) await view.ApplyAsync(db, EventTypes.Read(entry), cancel);
        var next = entries[^1].Header.Index + 1;
        var cursor = await db.Set<ViewCursor>().SingleOrDefaultAsync(c => c.Name == view.Name, cancel);
        if (cursor is null) db.Add(new ViewCursor { Name = view.Name, Version = view.Version, Next = next });
        else (cursor.Version, cursor.Next) = (view.Version, next);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        positions.Reached(view.Name, next);
        return next;
    }
}
