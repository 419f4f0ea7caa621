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

    DateOnly? _published;

    /// <summary>Publishes if it is due, and says whether it was.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken ct)
    {
        var now = options.Time.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime.AddHours(-options.PublicationHour));
        if (_published == day || books.Current is not { } book) return false;
        // A process that was started anew does not know whether this day's was published: once more tells nothing.
        await record.CoverAsync(book, options.CoverStep, ct);
        folder.Publish(record.Checkpoint);
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

    [LoggerMessage(LogLevel.Error, "The checkpoint could not be published; it is tried again in a minute.")]
    static partial void Failed(ILogger log, Exception fault);
}
