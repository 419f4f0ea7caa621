using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Localization;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Ordering;
using Probity.Cases.Searching;
using Probity.Cases.SeeingCourt;
using Probity.Cases.Viewing;
using Probity.Cases.ViewingDocket;
using Probity.Shared;
using Probity.Shared.Views;
using Probity.Storage.Views;

namespace Probity.Tests.Cases.Pages;

/// <summary>The docket of a house over a database of its own.</summary>
internal sealed class DocketViews : IAsyncDisposable
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"probity-views-{Guid.NewGuid():N}.db");
    readonly ServiceProvider _services;
    readonly CaseHouse _house;
    readonly AsyncServiceScope _scope;

    DocketViews(CaseHouse house)
    {
        _house = house;
        _services = new ServiceCollection().AddLogging().AddLocalization().AddViews(_file, typeof(DocketView).Assembly).BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
        Runner = new ViewRunner(
            house.Log, _services.GetRequiredService<IServiceScopeFactory>(), [View], new ViewPositions(), NullLogger<ViewRunner>.Instance);
        Docket = new Docket(Db, house.Get<IRegister>(), house.Get<CaseReading>(), Words, Options.Create(new SharedOptions()), house.Time);
    }

    DbContext Db => _scope.ServiceProvider.GetRequiredService<DbContext>();

    public static SearchWords Words { get; } = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    public DocketView View { get; } = new(Words);
    public ViewRunner Runner { get; }
    public Docket Docket { get; }
    public CourtList Court => new(Db);
    public CourtNextSteps CourtSteps => new(Court, _house.Log, _house.Get<IRegister>(), Text<CourtPages>(), When, _house.Time);
    public SignedOrderNextSteps SignedOrders => new(Db, _house.Log, _house.Get<IRegister>(), Text<CasesPages>(), When, _house.Time);

    When When => new(Text<SharedText>(), Options.Create(new SharedOptions()), _house.Time);

    IStringLocalizer<T> Text<T>() => _services.GetRequiredService<IStringLocalizer<T>>();

    public static async Task<DocketViews> OverAsync(CaseHouse house)
    {
        var views = new DocketViews(house);
        await ViewsStorage.PrepareViewsAsync(views._services, CaseHouse.Cancel);
        await views.Runner.CatchUpAsync(CaseHouse.Cancel);
        return views;
    }

    public Task<List<Guid>> IdsAsync() => Db.Set<DocketCase>().AsNoTracking().Select(c => c.Id).ToListAsync(CaseHouse.Cancel);

    public async Task<string> DumpAsync()
    {
        var rows = await Db.Set<DocketCase>().AsNoTracking().OrderBy(c => c.Id).ToListAsync(CaseHouse.Cancel);
        var parties = await Db.Set<DocketParty>().AsNoTracking().OrderBy(p => p.Case).ThenBy(p => p.Person).ToListAsync(CaseHouse.Cancel);
        var named = await Db.Set<DocketNamed>().AsNoTracking().OrderBy(p => p.Case).ThenBy(p => p.Person).ToListAsync(CaseHouse.Cancel);
        var seated = await Db.Set<DocketSeated>().AsNoTracking().OrderBy(p => p.Case).ThenBy(p => p.Person).ToListAsync(CaseHouse.Cancel);
        var more = (await Db.Set<DocketWall>().AsNoTracking().OrderBy(p => p.Case).ThenBy(p => p.Person).ToListAsync(CaseHouse.Cancel)).Select(p => System.Text.Json.JsonSerializer.Serialize(p))
            .Concat((await Db.Set<DocketGlass>().AsNoTracking().OrderBy(p => p.Id).ToListAsync(CaseHouse.Cancel)).Select(p => System.Text.Json.JsonSerializer.Serialize(p)))
            .Concat((await Db.Set<DocketHearing>().AsNoTracking().OrderBy(p => p.Id).ToListAsync(CaseHouse.Cancel)).Select(p => System.Text.Json.JsonSerializer.Serialize(p)))
            .Concat((await Db.Set<DocketWord>().AsNoTracking().OrderBy(p => p.Case).ThenBy(p => p.Mark).ToListAsync(CaseHouse.Cancel)).Select(p => p.ToString()));
        return string.Join('\n', rows.Select(r => System.Text.Json.JsonSerializer.Serialize(r)).Concat(parties.Select(p => p.ToString()))
            .Concat(named.Select(p => p.ToString())).Concat(seated.Select(p => p.ToString())).Concat(more));
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var file in new[] { _file, _file + "-wal", _file + "-shm" }) File.Delete(file);
    }
}
