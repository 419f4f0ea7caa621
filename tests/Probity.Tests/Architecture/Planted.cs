// Violations on purpose, one for each arrow: a rule that does not report them guards nothing.
using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Probity.Ledger;
using Probity.PlantedEast;
using Probity.PlantedEast.Contract;
using Probity.Shared.Record;

namespace Probity.PlantedEast.Contract
{
    internal sealed record EastHappened(Guid Id);

    internal static class ContractWithClock
    {
        public static DateTimeOffset Now() => DateTimeOffset.UtcNow;
    }

    internal static class ContractWithTimeProvider
    {
        public static DateTimeOffset Now(TimeProvider time) => time.GetUtcNow();
    }

    internal static class ContractWithChance
    {
        public static IEnumerable<Guid> Ids() => Enumerable.Range(0, 3).Select(_ => Guid.NewGuid());
        public static int Dice() => Random.Shared.Next();
        public static byte[] Bytes() => RandomNumberGenerator.GetBytes(1);
    }

    internal static class ContractWithWeb
    {
        public static string Path(HttpContext context) => context.Request.Path;
    }

    internal static class ContractWithDatabase
    {
        public static int Save(DbContext db) => db.SaveChanges();
    }

    internal static class PureContract
    {
        public static DateTimeOffset Later(DateTimeOffset now) => now.AddDays(1);
    }
}

namespace Probity.PlantedEast
{
    internal static class EastHandler
    {
        public static void Handle() { }
    }

    internal sealed record ClockedState(DateTimeOffset At) : IState<ClockedState>
    {
        public static ClockedState Initial { get; } = new(default(DateTimeOffset));
        public ClockedState Apply(Recorded recorded) => this with { At = DateTimeOffset.Now };
    }
}

namespace Probity.PlantedWest
{
    internal static class NamesContract
    {
        public static object Make() => new EastHappened(Guid.Empty);
    }

    internal static class CallsHandler
    {
        public static void Run() => EastHandler.Handle();
    }

    internal static class CallsHandlerLater
    {
        public static async Task RunAsync()
        {
            await Task.Yield();
            var act = () => EastHandler.Handle();
            act();
        }
    }

    internal static class ImpureSlice
    {
        public static object Decide() => Task.FromResult(DateTime.UtcNow);
    }

    internal static class PureSlice
    {
        public static object Decide(DateTimeOffset now) => now;
        public static DateTimeOffset Handle(TimeProvider time) => time.GetUtcNow();
    }

    internal static class OpensDatabase
    {
        public static object Open() => new SqliteConnection();
    }

    internal static class NamesLedger
    {
        public static object Name() => new StreamId(Guid.Empty);
    }

    public sealed record PageModel(string Text);

    public sealed class PlantedPage : ComponentBase
    {
        [Parameter] public IReadOnlyList<PageModel> Rows { get; set; } = [];
    }

    public static class PlantedRoom;

    public sealed record OpenForNothing(string Text);
}

namespace Probity.Shared.Planted
{
    internal static class SharedNamesContract
    {
        public static object Make() => new Probity.PlantedEast.Contract.EastHappened(Guid.Empty);
    }
}
