using Probity.Reports.Exchanging;
using Probity.Sealing;
using Probity.Storage.Deposits;

namespace Probity.Cli.Hosting;

/// <summary>The deposits of a node as the room of reports asks for them.</summary>
internal sealed class NodeDeposits(DepositStore store, string files, Removals removals) : IDeposits, IDisposable
{
    public ValueTask<long> NextAsync(CancellationToken cancel) => new(store.ReadNext());

    public ValueTask KeepAsync(IReadOnlyList<KeptDeposit> deposits, IReadOnlyList<KeptProof> proofs, CancellationToken cancel)
    {
        store.Keep([.. deposits.Select(d => new StoredDeposit(d.Index, d.Day, d.Report, d.Deposit, d.Receipt))], [.. proofs.Select(p => new StoredProof(p.Index, p.Receipt))]);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<HeldRecord>> HeldAsync(long from, int most, CancellationToken cancel) => new(Held(store, from, most));

    public ValueTask DropAsync(long index, CancellationToken cancel)
    {
        store.Drop(index);
        return ValueTask.CompletedTask;
    }

    /// <summary>The same of a store that is read by itself.</summary>
    public static IReadOnlyList<HeldRecord> Held(DepositStore store, long from, int most) => [.. store.ReadAll(from, most).Select(r => new HeldRecord(r.Index, r.Receipt, r.Deposit is { } deposit ? Kept(deposit) : null))];

    public ValueTask<IReadOnlyList<KeptDeposit>> ReadAsync(long from, int most, CancellationToken cancel) => new([.. store.Read(from, most).Select(Kept)]);

    public ValueTask<IReadOnlyList<KeptDeposit>> OfReportAsync(Guid report, CancellationToken cancel) => new([.. store.OfReport(report).Select(Kept)]);

    public async ValueTask RemoveAsync(Guid report, CancellationToken cancel)
    {
        var kept = store.OfReport(report).Select(Kept).ToList();
        await removals.RecordAsync(report, kept, cancel);
        // The files first: who tries again after a fault still knows from the deposits which they are.
        foreach (var file in kept.Select(KeptReports.Read).OfType<Deposit>().SelectMany(d => d.Files))
        {
            File.Delete(KeptReports.FileOf(files, file.Id));
            File.Delete(KeptReports.FileOf(files, file.Id) + FetchFiles.Part);
        }

        store.Remove(report, [.. kept.Select(KeptReports.LeafOf).OfType<KeptProof>().Select(p => new StoredProof(p.Index, p.Receipt))]);
    }

    public async ValueTask<IReadOnlyList<(long Number, Guid Report)>> RemovedAsync(long after, CancellationToken cancel)
    {
        var known = await removals.ReadAsync(cancel);
        return [.. store.ReadRemoved(after).Where(r => known.KnowsReport(r.Report))];
    }

    public async ValueTask<int> DropPlantedAsync(CancellationToken cancel)
    {
        var known = await removals.ReadAsync(cancel);
        var planted = store.ReadRemoved(0).Where(r => !known.KnowsReport(r.Report)).ToList();
        foreach (var (number, _) in planted) store.DropRemoval(number);
        return planted.Count;
    }

    public ValueTask<long> ReadCursorAsync(ExchangeCursor cursor, CancellationToken cancel) => new(store.ReadCursor(NameOf(cursor)));

    public ValueTask MoveCursorAsync(ExchangeCursor cursor, long value, CancellationToken cancel)
    {
        store.MoveCursor(NameOf(cursor), value);
        return ValueTask.CompletedTask;
    }

    static string NameOf(ExchangeCursor cursor) => cursor.ToString().ToLowerInvariant();

    static KeptDeposit Kept(StoredDeposit deposit) => new(deposit.Index, deposit.Day, deposit.Report, deposit.Deposit, deposit.Receipt);

    public void Dispose() => store.Dispose();
}
