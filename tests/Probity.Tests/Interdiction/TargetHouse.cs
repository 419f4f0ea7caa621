using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Probity.Access.Contract;
using Probity.Interdiction;
using Probity.Interdiction.Agreeing;
using Probity.Interdiction.Contract;
using Probity.Interdiction.Inspecting;
using Probity.Interdiction.PayingSources;
using Probity.Interdiction.Registering;
using Probity.Interdiction.Releasing;
using Probity.Interdiction.Selecting;
using Probity.Interdiction.Setting;
using Probity.Interdiction.ViewingTargets;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Shared.Views;
using Probity.Storage;
using Probity.Storage.Views;
using Probity.Tests.Cases;

namespace Probity.Tests.Interdiction;

/// <summary>The room of targets on a real record and a real database of lists, with the agency's staff in it.</summary>
internal sealed class TargetHouse : IAsyncDisposable
{
    public const string Reason = "The carrier is known and was here yesterday.";

    readonly string _folder;
    readonly ServiceProvider _services;
    readonly AsyncServiceScope _scope;

    TargetHouse(string folder, TransparencyLog log, FakeTime time)
    {
        (_folder, Log, Time) = (folder, log, time);
        var services = new ServiceCollection();
        CaseHouse.AddTo(services, log, time, CaseHouse.Secret);
        _services = services.AddInterdiction().AddViews(Path.Combine(folder, "views.db"), typeof(TargetsView).Assembly).BuildServiceProvider();
        _scope = _services.CreateAsyncScope();
        Runner = new ViewRunner(
            log, _services.GetRequiredService<IServiceScopeFactory>(), [new TargetsView(), new PaymentsView()], new ViewPositions(), NullLogger<ViewRunner>.Instance);
    }

    public TransparencyLog Log { get; }
    public FakeTime Time { get; }
    public ViewRunner Runner { get; }
    public DbContext Db => _scope.ServiceProvider.GetRequiredService<DbContext>();
    public Targets Targets => new(Db, Get<IRegister>(), Time);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<TargetHouse> CreateAsync(Staff? staff = null)
    {
        var folder = Directory.CreateTempSubdirectory("probity-targets-").FullName;
        var time = new FakeTime();
        var log = await NodeFolder.CreateAsync(
            Path.Combine(folder, "node"), "example.org/unit", time, new LogOptions { Durability = Durability.OnlyWhenClosed }, Cancel);
        await (staff ?? Staff.Agency()).AppendAsync(log);
        var house = new TargetHouse(folder, log, time);
        await ViewsStorage.PrepareViewsAsync(house._services, Cancel);
        return house;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task<Target> TargetAsync(Guid id) => await new RecordSession(Log).FoldAsync<Target>(new StreamId(id));

    public static RegisterTarget.Command Container(Guid id, int score, Guid? staff = null, string unit = "narcotics") => new(
        id, Staff.Id(unit), TargetKind.Container, "CSQU 305438-3", null, "brssz", new DateTimeOffset(2026, 3, 3, 4, 0, 0, TimeSpan.Zero), score,
        RiskSource.Profile, ["Frozen fish from a new shipper"], staff);

    public async Task<Guid> EnterAsync(int score = 80, string by = "ana", Guid? staff = null, string unit = "narcotics")
    {
        var id = Guid.CreateVersion7();
        Done(await Get<RegisterTarget>().HandleAsync(Staff.Id(by), Container(id, score, staff, unit), Cancel));
        return id;
    }

    public Task<Outcome?> SelectAsync(Guid id, string by, bool select = true, OverrideWords? words = null) =>
        Get<SelectTarget>().HandleAsync(Staff.Id(by), new(id, select, null, words ?? OverrideWords.None), null, Cancel);

    public Task<Outcome?> InspectAsync(Guid id, string by, bool found = false) =>
        Get<InspectTarget>().HandleAsync(Staff.Id(by), new(id, InspectionKind.Scan, found, found ? "NAR-2026-0001" : null, null), null, Cancel);

    public Task<Outcome?> ReleaseAsync(Guid id, string by, OverrideWords? words = null) =>
        Get<ReleaseTarget>().HandleAsync(Staff.Id(by), new(id, words ?? OverrideWords.None), null, Cancel);

    public Task<Outcome?> AnswerAsync(Guid id, string by, bool agree = true) =>
        Get<AnswerOverride>().HandleAsync(Staff.Id(by), new(id, agree, Reason), null, Cancel);

    public Task<Outcome?> CountersignAsync(Guid id, string by, bool agree = true) =>
        Get<CountersignOverride>().HandleAsync(Staff.Id(by), new(id, agree, Reason), null, Cancel);

    public static OverrideWords Alone(string countersigner) => new(Reason, true, "The other two are on sick leave.", Staff.Id(countersigner));

    public async Task ThresholdAsync(int score)
    {
        var slice = Get<SetThreshold>();
        Done(await slice.HandleAsync(Staff.Id("chief"), new SetThreshold.Proposal(Staff.Id("narcotics"), score, Reason), Cancel));
        Done(await slice.HandleAsync(Staff.Id("ines"), new SetThreshold.Answer(Staff.Id("narcotics"), true, null), Cancel));
    }

    public static void Done(Outcome? outcome) => Assert.IsType<Outcome.Done>(outcome);

    public static void Refused(string code, Outcome? outcome) => Assert.Equal(code, Assert.IsType<Outcome.Refused>(outcome).Refusal.Code);

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
        await Log.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
