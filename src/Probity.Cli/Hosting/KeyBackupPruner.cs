using Probity.Storage;

namespace Probity.Cli.Hosting;

/// <summary>Removes backups of keys on the day on which they end, while the node runs; a node that starts does so too.</summary>
internal sealed class KeyBackupPruner(NodeFolder folder, TimeProvider time, ILogger<KeyBackupPruner> logger) : BackgroundService
{
    static readonly TimeSpan Pace = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hours = new PeriodicTimer(Pace);
        while (await hours.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (KeyBackups.Prune(folder, time.GetUtcNow()) is > 0 and var removed) logger.LogInformation("Removed {Count} backups of keys that have ended.", removed);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning(fault, "Backups of keys that have ended could not be removed; it is tried again.");
            }
        }
    }
}
