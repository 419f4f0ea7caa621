using Probity.Ledger;
using Probity.Ledger.Witnessing;
using Probity.Storage;

namespace Probity.Cli.Hosting;

/// <summary>A node's part in witnessing: those who confirm its log, as long as the server runs, and those whose logs it confirms.</summary>
internal sealed class NodeWitness : BackgroundService, IAsyncDisposable
{
    readonly NodeFolder _folder;
    readonly TransparencyLog _log;
    readonly StaffServerOptions _options;
    readonly ILogger _logger;
    readonly NodeWitnessing? _own;

    public NodeWitness(NodeFolder folder, TransparencyLog log, StaffServerOptions options, ILogger<NodeWitness> logger)
    {
        (_folder, _log, _options, _logger) = (folder, log, options, logger);
        _own = NodeWitnessing.Open(folder, log, options.Witnesses, Tell);
    }

    /// <summary>Whether the log has witnesses, whose quorum its public checkpoint waits for.</summary>
    public bool HasWitnesses => _own is { Policy.NeedsWitnesses: true };

    /// <summary>The witness that this node is to others, or null.</summary>
    public Witness? OfOthers { get; private set; }

    /// <summary>Compares the log with what its witnesses have seen of it, before anything is appended; and opens the witness of others.</summary>
    /// <exception cref="InvalidDataException">A file of the folder is not what it should be.</exception>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        if (_log.Stopped is { } reason) _logger.LogCritical("The log takes no entries: {Reason}", reason);
        if (File.Exists(_folder.WitnessedLogsFile))
        {
            OfOthers = await WitnessFolder.OpenAsync(
                _folder.Root, WitnessFolder.IsMade(_folder.Root) ? null : _log.Origin + "/witness", _folder.WitnessedLogsFile, _options.Time);
        }

        if (_own is not null) await _own.CompareAsync(cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        base.Dispose();
        _own?.Dispose();
        if (OfOthers is not null) await OfOthers.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _own?.RunAsync(stoppingToken) ?? Task.CompletedTask;

    void Tell(WitnessNews news) => _logger.Log(news.Kind switch
    {
        WitnessNewsKind.Alarm => LogLevel.Critical,
        WitnessNewsKind.Suspicion => LogLevel.Error,
        WitnessNewsKind.Trouble => LogLevel.Warning,
        _ => LogLevel.Information,
    }, "{News}", news.Message);
}
