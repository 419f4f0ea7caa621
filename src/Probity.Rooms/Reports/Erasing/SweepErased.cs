using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Files;
using Probity.Shared.Record;

namespace Probity.Reports.Erasing;

/// <summary>
/// Takes out of the deposits what the record says was erased: when it was, where a fault came between the two, and where an older copy of the deposits was put back. By the marks alone: which report was
/// erased stands nowhere.
/// </summary>
internal sealed class SweepErased(IDeposits deposits, Removals removals, HeldCopies copies) : IDisposable
{
    const int AtOnce = 256;

    readonly SemaphoreSlim _turn = new(1, 1);
    (long Erased, long Next)? _swept;

    /// <summary>Looks through the deposits where any has come, or any was erased, since it last did; the first time always.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var (known, next) = (await removals.ReadAsync(cancel), await deposits.NextAsync(cancel));
            if (known.Erased.Marks.IsEmpty || _swept == (known.Erased.Version, next)) return;
            for (long from = 0; await deposits.ReadAsync(from, AtOnce, cancel) is { Count: > 0 } some; from = some[^1].Index + 1)
            {
                foreach (var report in some.Select(kept => kept.Report).Distinct().Where(known.KnowsReport).ToList()) await RemoveAsync(report, cancel);
            }

            _swept = (known.Erased.Version, next);
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task RemoveAsync(Guid report, CancellationToken cancel)
    {
        foreach (var kept in await deposits.OfReportAsync(report, cancel)) copies.Forget([.. KeptReports.Read(kept)?.Files.Select(f => f.Id) ?? []]);
        await deposits.RemoveAsync(report, cancel);
    }

    public void Dispose() => _turn.Dispose();
}

/// <summary>Once a report's keys are gone: what the node holds beside the record goes too. Lists are cleared wherever keys were destroyed.</summary>
internal sealed class FinishReportErasure(TransparencyLog log, SweepErased sweep) : IReaction
{
    public string Rule => "reports.finish-erasure";
    public Type On => typeof(ReportErased);

    public async Task ReactAsync(Recorded cause, string commandId, CancellationToken cancel)
    {
        await log.FinishErasuresAsync(cancel);
        await sweep.RunAsync(cancel);
    }
}
