using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Ledger;
using Probity.Lens.Procedures;

namespace Probity.Procedures.Following;

/// <summary>
/// Keeps the answer to "was the procedure followed?" up with the record: counted anew, beside the requests, whenever a case
/// has been closed or another version comes in force. Readers get the newest answer with its date and wait for none.
/// </summary>
internal sealed class FollowCases(TransparencyLog log, TimeProvider time, ILogger<FollowCases> logger) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    readonly CaseLog _cases = new();
    readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile Judgement? _newest;

    /// <summary>The house's own procedure for handling a case, which governs until the unit puts one of its own in force.</summary>
    public static PetriNet Procedure => HouseProcedures.CaseHandling.Net;

    /// <summary>The newest answer; null while the first one is still being counted.</summary>
    public Judgement? Newest => _newest;

    /// <summary>The newest answer, after a short wait where there is none yet.</summary>
    public async Task<Judgement?> NewestAsync(CancellationToken cancel)
    {
        try
        {
            await _first.Task.WaitAsync(Patience, cancel);
        }
        catch (TimeoutException)
        {
            // The page says that it is being counted.
        }

        return _newest;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CountAsync(always: _newest is null, stoppingToken);
                await foreach (var _ in log.SubscribeAsync(_cases.Next, stoppingToken)) await CountAsync(always: false, stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.LogError(fault, "The check of cases against their procedure stopped; it is tried again.");
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    async Task CountAsync(bool always, CancellationToken cancel)
    {
        var (opened, changed) = await _cases.CatchUpAsync(log, cancel);
        if (opened && !changed && _newest is { } standing) _newest = standing with { Open = _cases.Cases.Count - standing.Cases.Count };
        if (!changed && !always) return;
        _newest = await Task.Run(() => Judgement.Of(_cases, _cases.Governing, time.GetUtcNow(), cancel), cancel);
        _first.TrySetResult();
    }
}
