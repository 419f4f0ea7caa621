using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Reports.Routing;

namespace Probity.Reports.Keys;

/// <summary>Each minute: keys of whoever is no recipient any more are wiped from memory, and the book is issued where something has changed.</summary>
internal sealed class KeepLocked(UnlockedKeys unlocked, ChangeKeys keys, Books books, ILogger<KeepLocked> logger) : BackgroundService
{
    static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    public async Task RunOnceAsync(CancellationToken cancel)
    {
        foreach (var person in unlocked.People)
        {
            var facts = await keys.FactsAsync(person, cancel);
            if (KeyAccess.PartOf(person, facts.Recipients, facts.Register, facts.Now) is null) unlocked.End(person);
        }

        await books.InForceAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                logger.LogError(fault, "The keys of reports could not be looked after; it is tried again.");
            }

            await Task.Delay(s_every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
