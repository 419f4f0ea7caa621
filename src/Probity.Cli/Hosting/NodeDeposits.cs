using Probity.Reports.Exchanging;
using Probity.Sealing;
using Probity.Storage.Deposits;

namespace Probity.Cli.Hosting;

/// <summary>The deposits of a node as the room of reports asks for them.</summary>
internal sealed class NodeDeposits(DepositStore store, string files) : IDeposits, IDisposable
{
    public ValueTask<long> NextAsync(CancellationToken cancel) => new(store.ReadNext());

    public ValueTask KeepAsync(IReadOnlyList<KeptDeposit> deposits, long next, CancellationToken cancel)
    {
        store.Keep([.. deposits.Select(d => new StoredDeposit(d.Index, d.Day, d.Report, d.Deposit, d.Receipt))], next);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<KeptDeposit>> ReadAsync(long from, int most, CancellationToken cancel) => new([.. store.Read(from, most).Select(Kept)]);

    public ValueTask<IReadOnlyList<KeptDeposit>> OfReportAsync(Guid report, CancellationToken cancel) => new([.. store.OfReport(report).Select(Kept)]);

    public ValueTask RemoveAsync(Guid report, CancellationToken cancel)
    {
        // The files first: who tries again after a fault still knows from the deposits which they are.
        foreach (var file in store.OfReport(report).Select(d => KeptReports.Read(Kept(d))).OfType<Deposit>().SelectMany(d => d.Files))
        {
            File.Delete(KeptReports.FileOf(files, file.Id));
            File.Delete(KeptReports.FileOf(files, file.Id) + FetchFiles.Part);
        }

        store.Remove(report);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<(long Number, Guid Report)>> RemovedAsync(long after, CancellationToken cancel) => new(store.ReadRemoved(after));

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
