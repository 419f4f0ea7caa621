using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Probity.Intake.Keeping;

namespace Probity.Intake.Publishing;

/// <summary>
/// Once a day, at the same hour, the record is filled up with covers and its checkpoint is published, whether or not anything came: neither the time of a checkpoint nor, below the step, its size tells
/// of a report.
/// </summary>
internal sealed partial class Publication(IntakeOptions options, IntakeFolder folder, IntakeRecord record, BookInForce books, ILogger<Publication> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    // Before the first, the hour of the day on which the folder was first served is taken for gone by: the time at which a process starts tells nothing either, and whoever starts it anew each day puts nothing off.
    DateOnly _published = DayOf(options, folder.PublishedAt ?? folder.ServedSince(options.Time.GetUtcNow()));

    /// <summary>Publishes if it is due, and says whether it was.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken ct)
    {
        var now = options.Time.GetUtcNow();
        var day = DayOf(options, now);
        if (_published >= day || books.Current is not { } book) return false;
        await record.CoverAsync(book, options.CoverStep, ct);
        folder.Publish(record.Checkpoint, now);
        _published = day;
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
                await Task.Delay(Look, options.Time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Failed(log, fault);
                await Task.Delay(Look, options.Time, CancellationToken.None);
            }
        }
    }

    static DateOnly DayOf(IntakeOptions options, DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime.AddHours(-options.PublicationHour));

    [LoggerMessage(LogLevel.Error, "The checkpoint could not be published; it is tried again in a minute.")]
    static partial void Failed(ILogger log, Exception fault);
}
