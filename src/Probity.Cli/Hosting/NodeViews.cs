using Microsoft.Extensions.Logging.Abstractions;
using Probity.Access;
using Probity.Cases;
using Probity.Cases.Searching;
using Probity.Conduct;
using Probity.Exhibits;
using Probity.Exhibits.Labelling;
using Probity.Interdiction;
using Probity.Ledger;
using Probity.People;
using Probity.People.Declaring;
using Probity.People.Training;
using Probity.Procedures;
using Probity.Protection;
using Probity.Records;
using Probity.Reports.Viewing;
using Probity.Risk;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Storage;
using Probity.Storage.Views;

namespace Probity.Cli.Hosting;

/// <summary>The views of a stopped node, without the server around them.</summary>
internal sealed class NodeViews : IAsyncDisposable
{
    readonly TransparencyLog _log;
    readonly ServiceProvider _services;

    NodeViews(TransparencyLog log, NodeFolder folder)
    {
        _log = log;
        _services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(_ => log)
            .AddSingleton<ViewPositions>().AddSingleton<ViewRunner>()
            .AddViews(folder.ViewsFile, typeof(Clerk).Assembly)
            .AddSingleton(new SearchWords(folder.DeriveKey(SearchWords.Purpose))).AddSingleton(new ExhibitCode(folder.DeriveKey(ExhibitCode.Purpose)))
            // All rooms that have views.
            .AddTrainingPages()
            .AddAccessViews()
            .AddCasePages().AddExhibitPages().AddInterdictionPages().AddDeclarationPages().AddRecords().AddConductPages().AddPeoplePages().AddRiskPages().AddSops()
            .AddProtectionPages().AddHandlingPages()
            .BuildServiceProvider();
    }

    /// <summary>Opens the views of a node; nothing is appended to its log.</summary>
    /// <exception cref="IOException">A server has the node open.</exception>
    public static async Task<NodeViews> OpenAsync(NodeFolder folder, CancellationToken cancel) =>
        new(await NodeFolder.OpenAsync(folder.Root, TimeProvider.System, new LogOptions(), cancel), folder);

    /// <summary>Drops every view, makes them all again from entry 0, and says how they differ from what was there.</summary>
    /// <exception cref="InvalidDataException">A view cannot take an entry.</exception>
    public async Task<IReadOnlyList<ViewDifference>> RebuildAsync(CancellationToken cancel)
    {
        var runner = _services.GetRequiredService<ViewRunner>();
        await ViewsStorage.PrepareViewsAsync(_services, cancel);
        // What was not read yet when the server stopped is no difference. What cannot be read on, is.
        await TryCatchUpAsync(runner, cancel);
        var before = await ViewRows.ReadAsync(_services, cancel);
        await ViewsStorage.DropViewsAsync(_services, cancel);
        try
        {
            await runner.CatchUpAsync(cancel);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or IOException or InvalidDataException))
        {
            throw new InvalidDataException($"a view cannot take an entry, so the views are not whole: {fault.Message}", fault);
        }

        await ViewsStorage.PurgeAsync(_services, cancel);
        return (await ViewRows.ReadAsync(_services, cancel)).Since(before);
    }

    static async Task TryCatchUpAsync(ViewRunner runner, CancellationToken cancel)
    {
        try
        {
            await runner.CatchUpAsync(cancel);
        }
        catch (Exception fault) when (fault is Microsoft.EntityFrameworkCore.DbUpdateException or InvalidOperationException)
        {
            // Rows that were tampered with may stand in the way of the next entry: they show as differences.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _log.DisposeAsync();
    }
}
