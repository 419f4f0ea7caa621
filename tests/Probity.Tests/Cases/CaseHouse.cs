using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Assigning;
using Probity.Cases.Closing;
using Probity.Cases.Contract;
using Probity.Cases.Deciding;
using Probity.Cases.Opening;
using Probity.Cases.Walling;
using Probity.Cases.Working;
using Probity.Conduct;
using Probity.Exhibits;
using Probity.Ledger;
using Probity.Policies;
using Probity.Shared.Drawing;
using Probity.Shared.Record;
using Probity.Storage;

namespace Probity.Tests.Cases;

/// <summary>The room of cases on a real record in a folder of its own, with the agency's staff in it.</summary>
internal sealed class CaseHouse : IAsyncDisposable
{
    public static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    public const string Reason = "Because it has to be so.";

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly string _folder;
    readonly ServiceProvider _services;
    readonly ReactionRunner _reactions;

    CaseHouse(string folder, TransparencyLog log, FakeTime time, byte[] secret)
    {
        (_folder, Log, Time) = (folder, log, time);
        var services = new ServiceCollection();
        AddTo(services, log, time, secret);
        _services = services.BuildServiceProvider();
        _reactions = new ReactionRunner(log, Get<Clerk>(), _services.GetServices<IReaction>(), NullLogger<ReactionRunner>.Instance);
    }

    public TransparencyLog Log { get; }
    public FakeTime Time { get; }

    public static void AddTo(IServiceCollection services, TransparencyLog log, FakeTime time, byte[] secret) => services
        .AddSingleton(log).AddSingleton<TimeProvider>(time).AddSingleton<IRegister, RegisterReader>().AddSingleton<Probity.Shared.Web.ICallers, Callers>()
        .AddSingleton(DrawSeeds.FromSecret(secret)).AddCases().AddExhibits().AddPolicies().AddConduct();

    public static async Task<CaseHouse> CreateAsync(Staff? staff = null, byte[]? secret = null)
    {
        var folder = Directory.CreateTempSubdirectory("probity-cases-").FullName;
        var time = new FakeTime();
        var log = await NodeFolder.CreateAsync(
            Path.Combine(folder, "node"), "example.org/unit", time, new LogOptions { Durability = Durability.OnlyWhenClosed }, Cancel);
        await (staff ?? Staff.Agency()).AppendAsync(log);
        return new CaseHouse(folder, log, time, secret ?? Secret);
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task ReactAsync() => _reactions.CatchUpAsync(Cancel);

    public async Task<Case> CaseAsync(Guid id) => await new RecordSession(Log).FoldAsync<Case>(new StreamId(id));

    public async Task<IReadOnlyList<Recorded>> EventsAsync(StreamId stream) =>
        [.. (await Log.ReadStreamAsync(stream, 0, Cancel)).Select(EventTypes.Read)];

    public async Task<Guid> OpenAsync(string by = "ana", bool draw = true, params Party[] parties)
    {
        var id = Guid.CreateVersion7();
        Done(await Get<OpenCase>().HandleAsync(
            Staff.Id(by), new OpenCase.Command(id, Staff.Id("narcotics"), "060121", "A container with a double floor.", parties), null, Cancel));
        if (draw) await ReactAsync();
        return id;
    }

    public Task<CaseAnswer> StepAsync(Guid id, Guid by, Step step) =>
        Get<RecordStep>().HandleAsync(by, new RecordStep.Command(id, step, "As instructed.", null), null, Cancel);

    public async Task<CaseAnswer> EnterAsync(Guid id, Guid by, Stage stage)
    {
        var answer = await Get<EnterStage>().HandleAsync(by, new EnterStage.Command(id, stage), null, Cancel);
        await ReactAsync();
        return answer;
    }

    public Task<CaseAnswer> DecideAsync(Guid id, Guid by, DecisionKind kind) =>
        Get<DecideInCase>().HandleAsync(by, new DecideInCase.Command(id, kind, Reason, "Law 1, article 2"), null, Cancel);

    public Task<CaseAnswer> ProposeClosingAsync(Guid id, Guid by, CaseOutcome outcome) =>
        Get<ProposeClosing>().HandleAsync(by, new ProposeClosing.Command(id, outcome, Reason), null, Cancel);

    public Task<CaseAnswer> ApproveClosingAsync(Guid id, Guid by, bool approve = true) =>
        Get<ApproveClosing>().HandleAsync(by, new ApproveClosing.Command(id, approve, Reason), null, Cancel);

    public Task<CaseAnswer> ProposeSeatAsync(Guid id, Guid by, Guid? person, Seat seat = Seat.Handler) =>
        Get<ProposeAssignment>().HandleAsync(by, new ProposeAssignment.Command(id, seat, person, Reason), null, Cancel);

    public async Task<CaseAnswer> ApproveSeatAsync(Guid id, Guid by, bool approve = true, Seat seat = Seat.Handler)
    {
        var answer = await Get<ApproveAssignment>().HandleAsync(by, new ApproveAssignment.Command(id, seat, approve, Reason), null, Cancel);
        await ReactAsync();
        return answer;
    }

    public Task<CaseAnswer> RequestAsync(Guid id, Guid by, Seat seat = Seat.Handler) =>
        Get<RequestAssignment>().HandleAsync(by, new RequestAssignment.Command(id, seat), null, Cancel);

    public async Task DeclareAsync(string by, string number)
    {
        Assert.IsType<Outcome.Done>(await Get<DeclareConflict>().HandleAsync(Staff.Id(by), new(number, ConflictKind.Kin), Cancel));
        await ReactAsync();
    }

    /// <summary>A case with its prosecutor seated.</summary>
    public async Task<Guid> ProsecutedAsync()
    {
        var id = await OpenAsync();
        var handler = (await CaseAsync(id)).Handler!.Value;
        Done(await EnterAsync(id, handler, Stage.Investigate));
        Done(await StepAsync(id, handler, Step.ReportFiled));
        Done(await EnterAsync(id, handler, Stage.Prosecute));
        return id;
    }

    public static long Done(CaseAnswer answer) =>
        Assert.IsType<Outcome.Done>(Assert.IsType<CaseAnswer.Ended>(answer).Outcome).Index;

    public static Refusal Refused(string code, CaseAnswer answer)
    {
        var refusal = Assert.IsType<Outcome.Refused>(Assert.IsType<CaseAnswer.Ended>(answer).Outcome).Refusal;
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    public static void Refused(string code, Decision decision) =>
        Assert.Equal(code, Assert.IsType<Decision.Refused>(decision).Refusal.Code);

    public static IEvent Accepted(Decision decision) => Assert.Single(Assert.IsType<Decision.Accepted>(decision).Filings).Event;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Log.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
