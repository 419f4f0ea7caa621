using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits.Balancing;

/// <summary>
/// Keeps the book of what was seized up with the record, beside the requests. It is kept nowhere else: a node that starts reads it from the record.
/// </summary>
internal sealed class FollowGrams(TransparencyLog log, ILogger<FollowGrams> logger) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    const int Batch = 500;

    volatile GramsBook _newest = GramsBook.Empty;
    volatile bool _caughtUp;

    /// <summary>The newest book; null while the first one is still being read.</summary>
    public GramsBook? Newest => _caughtUp ? _newest : null;

    /// <summary>The book of the record as it stands: what the newest one lacks is read for this reader.</summary>
    public Task<GramsBook> ReadAsync(CancellationToken cancel) => ReadAsync(_newest, log.Size, cancel);

    /// <summary>The book of the record's first entries, so many of them.</summary>
    public Task<GramsBook> ReadAsync(long size, CancellationToken cancel) => _newest is { } known && known.Next <= size ? ReadAsync(known, size, cancel) : ReadAnewAsync(size, cancel);

    /// <summary>The book of the record's first entries, read anew from the first one.</summary>
    /// <exception cref="InvalidDataException">An entry is not as it was recorded.</exception>
    public Task<GramsBook> ReadAnewAsync(long size, CancellationToken cancel) => ReadAsync(GramsBook.Empty, size, cancel);

    async Task<GramsBook> ReadAsync(GramsBook book, long size, CancellationToken cancel)
    {
        while (book.Next < size && await log.ReadAsync(book.Next, (int)Math.Min(Batch, size - book.Next), cancel) is { Count: > 0 } entries) book = Take(book, entries);
        return book;
    }

    static GramsBook Take(GramsBook book, IReadOnlyList<Entry> entries) => entries.Aggregate(book, (known, entry) => known.With(EventTypes.Read(entry)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _newest = await ReadAsync(stoppingToken);
                _caughtUp = true;
                await foreach (var entries in log.SubscribeAsync(_newest.Next, stoppingToken)) _newest = Take(_newest, entries);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                logger.LogError(fault, "The reckoning of grams stopped; it is tried again.");
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }
}
