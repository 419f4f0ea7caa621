using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Ledger;

namespace Probity.Shared.Views;

/// <summary>
/// Clears what was erased out of the files of this node's own lists: when the record says that keys were destroyed, whichever node did
/// it, and when the node starts, for what was erased while it was down.
/// </summary>
internal sealed class ViewPurger(TransparencyLog log, ViewRunner runner, IPurge purge, TimeProvider time, ILogger<ViewPurger> logger) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var due = log.Size - 1; ; due = await runner.Erasures.ReadAsync(stoppingToken)) await PurgeAsync(due, stoppingToken);
    }

    async Task PurgeAsync(long index, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await runner.PassAsync(index, time, cancel);
                await purge.PurgeViewsAsync(cancel);
                return;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                logger.LogWarning(fault, "What was erased could not be cleared out of the lists' file; it is tried again.");
                await Task.Delay(Pause, cancel);
            }
        }
    }
}
