using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Storage.Views;
using Probity.Tests.Cases;
using static Probity.Tests.Cases.CaseHouse;

namespace Probity.Tests.Shared;

public sealed class ViewRunnerTests
{
    // Views that stand beside each other are read for together; one that was emptied, or that is new, is read for from the first entry.
    [Fact]
    public async Task Each_view_takes_each_entry_once_and_in_order_wherever_it_stands()
    {
        await using var house = await CaseHouse.CreateAsync();
        await AppendAsync(house, 1_300);
        var file = Path.Combine(Path.GetTempPath(), $"probity-views-{Guid.NewGuid():N}.db");
        Seen[] views = [new("one"), new("two"), new("three"), new("late")];
        await using (var services = new ServiceCollection().AddViews(file, typeof(Clerk).Assembly).BuildServiceProvider())
        {
            await ViewsStorage.PrepareViewsAsync(services, Cancel);
            ViewRunner Over(params Seen[] some) => new(
                house.Log, services.GetRequiredService<IServiceScopeFactory>(), some, new ViewPositions(), NullLogger<ViewRunner>.Instance);

            await Over(views[..2]).CatchUpAsync(Cancel);
            await AppendAsync(house, 700);
            await Over(views[..3]).CatchUpAsync(Cancel);
            await Over(views).ForgetAsync(views[1], Cancel);
            await AppendAsync(house, 1);
            await Over(views).CatchUpAsync(Cancel);
            Assert.All(views, view => Assert.Equal(Enumerable.Range(0, (int)house.Log.Size).Select(i => (long)i), view.Indexes));

            // Nothing new: nobody is shown anything again.
            await Over(views).CatchUpAsync(Cancel);
            Assert.All(views, view => Assert.Equal(house.Log.Size, view.Indexes.Count));
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var left in new[] { file, file + "-wal", file + "-shm" }) File.Delete(left);
    }

    // Running: those at the end go on together, one that is new catches up and joins them, one that breaks holds nobody up and comes back, and one that is emptied begins anew.
    [Fact]
    public async Task Views_that_run_take_each_entry_once_also_where_one_breaks_is_new_or_is_emptied()
    {
        await using var house = await CaseHouse.CreateAsync();
        await AppendAsync(house, 600);
        var file = Path.Combine(Path.GetTempPath(), $"probity-views-{Guid.NewGuid():N}.db");
        Seen[] views = [new("one"), new("two"), new("breaks"), new("late")];
        await using (var services = new ServiceCollection().AddViews(file, typeof(Clerk).Assembly).BuildServiceProvider())
        {
            await ViewsStorage.PrepareViewsAsync(services, Cancel);
            var positions = new ViewPositions();
            using (var before = Over(views[..3])) await before.CatchUpAsync(Cancel);
            using var runner = Over(views);
            await runner.StartAsync(Cancel);
            await AllReachAsync(house.Log.Size);

            views[2].Breaks = true;
            for (var i = 0; i < 5; i++) await AppendAsync(house, 1);
            foreach (var whole in views.Where(v => !v.Breaks)) await ReachesAsync(whole, house.Log.Size);
            Assert.True(positions.Next("breaks") < house.Log.Size);
            views[2].Breaks = false;
            await runner.ForgetAsync(views[0], Cancel);
            await AppendAsync(house, 3);
            await AllReachAsync(house.Log.Size);
            await AppendAsync(house, 1);
            await AllReachAsync(house.Log.Size);
            await runner.StopAsync(Cancel);
            // What was taken back is shown again.
            Assert.All(views, view => Assert.Equal(Enumerable.Range(0, (int)house.Log.Size).Select(i => (long)i), view.Indexes.Distinct()));

            ViewRunner Over(params Seen[] some) => new(house.Log, services.GetRequiredService<IServiceScopeFactory>(), some, positions, NullLogger<ViewRunner>.Instance);
            async Task AllReachAsync(long size) { foreach (var view in views) await ReachesAsync(view, size); }
            async Task ReachesAsync(Seen view, long size)
            {
                for (var i = 0; i < 15 && !await positions.WaitAsync(view.Name, size - 1, TimeProvider.System, Cancel); i++);
                Assert.Equal(size, positions.Next(view.Name));
            }
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var left in new[] { file, file + "-wal", file + "-shm" }) File.Delete(left);
    }

    static async Task AppendAsync(CaseHouse house, int count)
    {
        var stream = new StreamId(Guid.CreateVersion7());
        var step = EventTypes.Serialize(new StepRecorded(Step.ReportFiled, "As the procedure says."));
        await house.Log.AppendAsync([], [.. Enumerable.Range(0, count).Select(_ => new NewEntry(
            stream, EventTypes.NameOf(typeof(StepRecorded)), step, new ActorId(Staff.Id("ana")), new CompartmentId(stream.Value), house.Time.GetUtcNow()))], Cancel);
    }

    sealed class Seen(string name) : IView
    {
        public List<long> Indexes { get; } = [];

        /// <summary>Whether it fails at every entry.</summary>
        public bool Breaks { get; set; }

        public string Name => name;

        public int Version => 1;

        public Task ClearAsync(DbContext views, CancellationToken cancel)
        {
            Indexes.Clear();
            return Task.CompletedTask;
        }

        public ValueTask ApplyAsync(DbContext views, Recorded recorded, CancellationToken cancel)
        {
            if (Breaks) throw new InvalidOperationException("Broken on purpose.");
            Indexes.Add(recorded.Index);
            return ValueTask.CompletedTask;
        }
    }
}
