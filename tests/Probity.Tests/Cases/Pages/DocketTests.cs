using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Cases.Viewing;
using Probity.Cases.ViewingDocket;
using Probity.Shared.Views;
using Probity.Storage.Views;

namespace Probity.Tests.Cases.Pages;

/// <summary>The docket over a real database: it holds what the guard lets a person view, and is rebuilt as it was.</summary>
public sealed class DocketTests
{
    [Fact]
    public async Task The_docket_of_each_person_is_what_the_guard_lets_them_view()
    {
        await using var house = await CaseHouse.CreateAsync();
        await FillAsync(house);
        await using var views = await Views.OverAsync(house);
        var register = await house.Get<IRegister>().ReadAsync(CaseHouse.Cancel);
        var ids = await views.IdsAsync();
        Assert.True(ids.Count >= 4);
        var seen = 0;
        foreach (var person in register.People.Keys)
        {
            var actor = Actor.From(register, person, house.Time.Now);
            var allowed = new List<Guid>();
            foreach (var id in ids)
            {
                var @case = await house.CaseAsync(id);
                if (CaseAccess.Refuses(CaseAction.View, actor, @case, register, house.Time.Now) is null) allowed.Add(id);
            }

            var listed = await views.Docket.ReadAsync(person, new DocketQuery(), CaseHouse.Cancel);
            Assert.Equal(allowed.Order(), listed.Cases.Select(c => c.Id).Order());
            Assert.Equal(allowed.Count, listed.Total);
            seen += allowed.Count;
        }

        // Somebody sees something, and not everybody sees everything: else the comparison above proves nothing.
        Assert.InRange(seen, 1, (register.People.Count * ids.Count) - 1);
    }

    [Fact]
    public async Task Cleared_and_rebuilt_it_is_the_same()
    {
        await using var house = await CaseHouse.CreateAsync();
        await FillAsync(house);
        await using var views = await Views.OverAsync(house);
        var before = await views.DumpAsync();
        Assert.NotEqual("", before);
        await views.Runner.ForgetAsync(new DocketView(), CaseHouse.Cancel);
        Assert.Equal("", await views.DumpAsync());
        await views.Runner.CatchUpAsync(CaseHouse.Cancel);
        Assert.Equal(before, await views.DumpAsync());
    }

    [Fact]
    public async Task A_percent_sign_in_the_number_is_a_percent_sign()
    {
        await using var house = await CaseHouse.CreateAsync();
        var id = await house.OpenAsync();
        await using var views = await Views.OverAsync(house);
        var handler = (await house.CaseAsync(id)).Handler!.Value;
        var number = (await house.CaseAsync(id)).Number;
        Assert.Single((await views.Docket.ReadAsync(handler, new DocketQuery { Number = number[..4].ToLowerInvariant() }, CaseHouse.Cancel)).Cases);
        Assert.Empty((await views.Docket.ReadAsync(handler, new DocketQuery { Number = "%" }, CaseHouse.Cancel)).Cases);
    }

    static async Task FillAsync(CaseHouse house)
    {
        await house.OpenAsync();
        await house.OpenAsync(draw: false);
        await house.OpenAsync("ana", true, new Party(PartyRole.Witness, "Ana", Staff.Id("ben")));
        var prosecuted = await house.ProsecutedAsync();
        var prosecutor = (await house.CaseAsync(prosecuted)).Prosecutor!.Value;
        CaseHouse.Done(await house.DecideAsync(prosecuted, prosecutor, DecisionKind.Decline));
        CaseHouse.Done(await house.ProposeClosingAsync(prosecuted, prosecutor, CaseOutcome.Declined));
    }

    sealed class Views : IAsyncDisposable
    {
        readonly string _file = Path.Combine(Path.GetTempPath(), $"probity-views-{Guid.NewGuid():N}.db");
        readonly ServiceProvider _services;
        readonly AsyncServiceScope _scope;

        Views(CaseHouse house)
        {
            _services = new ServiceCollection().AddViews(_file, typeof(DocketView).Assembly).BuildServiceProvider();
            _scope = _services.CreateAsyncScope();
            Runner = new ViewRunner(
                house.Log, _services.GetRequiredService<IServiceScopeFactory>(), [new DocketView()], new ViewPositions(), NullLogger<ViewRunner>.Instance);
            Docket = new Docket(Db, house.Get<IRegister>(), house.Get<CaseReading>(), house.Time);
        }

        DbContext Db => _scope.ServiceProvider.GetRequiredService<DbContext>();

        public ViewRunner Runner { get; }
        public Docket Docket { get; }

        public static async Task<Views> OverAsync(CaseHouse house)
        {
            var views = new Views(house);
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
            return string.Join('\n', rows.Select(r => System.Text.Json.JsonSerializer.Serialize(r)).Concat(parties.Select(p => p.ToString()))
                .Concat(named.Select(p => p.ToString())).Concat(seated.Select(p => p.ToString())));
        }

        public async ValueTask DisposeAsync()
        {
            await _scope.DisposeAsync();
            await _services.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            foreach (var file in new[] { _file, _file + "-wal", _file + "-shm" }) File.Delete(file);
        }
    }
}
