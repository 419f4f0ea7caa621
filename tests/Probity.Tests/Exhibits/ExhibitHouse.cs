using Probity.Cases.Charging;
using Probity.Cases.Contract;
using Probity.Cases.Hearing;
using Probity.Cases.Ordering;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Countersigning;
using Probity.Exhibits.Keeping;
using Probity.Exhibits.Photographing;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Weighing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Exhibits;

/// <summary>The room of exhibits on a real record: a case with its handler, a balance and a vault.</summary>
internal sealed class ExhibitHouse : IAsyncDisposable
{
    int _photos;

    ExhibitHouse(CaseHouse cases) => Cases = cases;

    public CaseHouse Cases { get; }
    public Guid Case { get; private set; }
    public Guid Handler { get; private set; }
    public Guid Balance { get; private set; }
    public Guid Vault { get; private set; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ExhibitHouse> CreateAsync(Staff? staff = null, string opener = "ana", params Party[] parties)
    {
        var house = new ExhibitHouse(await CaseHouse.CreateAsync(staff));
        house.Balance = Guid.CreateVersion7();
        house.Vault = Guid.CreateVersion7();
        Done(await house.Get<RegisterBalance>().HandleAsync(Staff.Id("chief"), new RegisterBalance.Command(
            house.Balance, Staff.Id("narcotics"), "B-1", new Grams(30_000m), new Grams(0.5m), new DateOnly(2026, 12, 31), "CAL-7"), Cancel));
        Done(await house.Get<OpenLocation>().HandleAsync(Staff.Id("chief"), new OpenLocation.Command(
            house.Vault, Staff.Id("narcotics"), "Vault 1", StorageClass.Vault, null, true, true, true), Cancel));
        house.Case = await house.Cases.OpenAsync(opener, true, parties);
        // Where the parties leave too few to draw from, somebody who watches over cases looks first.
        if ((await house.Cases.CaseAsync(house.Case)).Handler is null)
        {
            CaseHouse.Done(await house.Cases.RequestAsync(house.Case, Staff.Id("ines")));
            await house.Cases.ReactAsync();
        }

        house.Handler = (await house.Cases.CaseAsync(house.Case)).Handler!.Value;
        return house;
    }

    public T Get<T>() where T : notnull => Cases.Get<T>();

    public async Task<Exhibit> ExhibitAsync(Guid id) => await new RecordSession(Cases.Log).FoldAsync<Exhibit>(new StreamId(id));

    public static RecordSeizure.Circumstances Airport { get; } = new("CPV", "Santiago", "Praia", SeizurePlace.Airport, Transport.Airplane);

    public static RecordSeizure.Item Cocaine(params string[] seals) => new(
        ExhibitKind.Drug, "cocaine-hcl", "White powder in the lining of a suitcase.", null, [.. seals.Select((seal, i) => new SealedPackage(i + 1, seal))]);

    public async Task<Guid> SeizeAsync(Guid? by = null, params string[] seals)
    {
        var seizure = Guid.CreateVersion7();
        Done(await Get<RecordSeizure>().HandleAsync(by ?? Handler, new RecordSeizure.Command(
            Case, seizure, Airport, [Cocaine(seals.Length > 0 ? seals : ["S-1", "S-2"])], null), Cancel));
        return RecordSeizure.IdOf(seizure, 0);
    }

    public Task<Outcome?> WeighAsync(
        Guid exhibit, Guid by, decimal grams, SecondPerson second, int? package = 1, MassKind kind = MassKind.GrossSealed, Guid? act = null) =>
        Get<WeighExhibit>().HandleAsync(by, new WeighExhibit.Command(
            exhibit, act ?? Guid.CreateVersion7(), package, kind, new Grams(grams), null, Balance, Moment.Seizure, second, null), Cancel);

    public Task<Outcome?> SignAsync(Guid exhibit, Guid act, Guid by, string? objection = null) =>
        Get<CountersignAct>().HandleAsync(by, new CountersignAct.Command(exhibit, act, objection), Cancel);

    public static HandOverExhibit.Command Release(
        Guid exhibit, Guid to, Guid? half = null, Guid? transfer = null, DateTimeOffset? at = null, bool kept = false, Purpose purpose = Purpose.Store,
        string? authority = null, params SealedPackage[] seals) => new(
        exhibit, half ?? Guid.CreateVersion7(), transfer ?? Guid.CreateVersion7(), to, purpose, authority, null,
        seals.Length > 0 ? seals : [new(1, "S-1"), new(2, "S-2")], at, kept);

    public ReceiveExhibit.Command Receipt(
        Guid exhibit, Guid from, Guid? half = null, Guid? transfer = null, DateTimeOffset? at = null, bool kept = false, string? discrepancy = null,
        params SealedPackage[] seals) => new(
        exhibit, half ?? Guid.CreateVersion7(), transfer ?? Guid.CreateVersion7(), from, Vault, discrepancy,
        seals.Length > 0 ? seals : [new(1, "S-1"), new(2, "S-2")], at, kept);

    public Task<Outcome?> GiveAsync(Guid by, HandOverExhibit.Command command) => Get<HandOverExhibit>().HandleAsync(by, command, Cancel);

    public Task<Outcome?> TakeAsync(Guid by, ReceiveExhibit.Command command) => Get<ReceiveExhibit>().HandleAsync(by, command, Cancel);

    /// <summary>
    /// An order about exhibits of the case that nothing but the court's own business holds up: where a court has the case, its judge's; where it is closed and has no judge, the
    /// registry's, a week ago; else the prosecutor's, signed by the overseer.
    /// </summary>
    public async Task<Guid> OrderAsync(ExhibitOrderKind kind, params Guid[] exhibits)
    {
        var command = OrderOf(kind, exhibits);
        var (rita, judith) = (Staff.Id("rita"), Staff.Id("judith"));
        var @case = await Cases.CaseAsync(Case);
        if (@case.Stage >= Stage.Adjudicate)
        {
            var judge = @case.Court.Judge?.Person;
            if (judge is null && @case.Stage != Stage.Closed)
            {
                CaseHouse.Done(await Get<NameJudge>().HandleAsync(rita, new(Case, "Judith", judith, AssignedHow.Random, null), null, Cancel));
                judge = judith;
            }

            CaseHouse.Done(await Get<OrderExhibits>().HandleAsync(judge ?? rita, command, null, Cancel));
            if (judge is null) Cases.Time.Now += OrderPolicy.JudgeSeesWithin;
            return command.Order;
        }

        CaseHouse.Done(await Get<OrderExhibits>().ProposeAsync(await ProsecutorAsync(), command, null, Cancel));
        CaseHouse.Done(await Get<SignOrder>().HandleAsync(Staff.Id("oscar"), new(Case, command.Order, true, null), null, Cancel));
        return command.Order;
    }

    public OrderExhibits.Command OrderOf(ExhibitOrderKind kind, params Guid[] exhibits) => new(
        Case, Guid.CreateVersion7(), kind, exhibits, "Court 2, 17/2026", new DateOnly(2026, 3, 2), kind switch { ExhibitOrderKind.Return => "A. Ejemplo, passport X-1", ExhibitOrderKind.Forfeit => "Office for seized assets", _ => null }, false,
        CaseHouse.Reason, "Law 1, article 9");

    /// <summary>Who prosecutes the case; given the seat by hand where nobody has it yet.</summary>
    public async Task<Guid> ProsecutorAsync()
    {
        if ((await Cases.CaseAsync(Case)).Prosecutor is { } seated) return seated;
        CaseHouse.Done(await Cases.ProposeSeatAsync(Case, Staff.Id("ines"), Staff.Id("pia"), Seat.Prosecutor));
        CaseHouse.Done(await Cases.ApproveSeatAsync(Case, Staff.Id("oscar"), seat: Seat.Prosecutor));
        return Staff.Id("pia");
    }

    /// <summary>Brings the case before a court, on one charge that these exhibits prove.</summary>
    public async Task<Guid> ChargeAsync(params Guid[] proving)
    {
        var charge = await BringChargeAsync(proving);
        CaseHouse.Done(await Cases.EnterAsync(Case, await ProsecutorAsync(), Stage.Adjudicate));
        return charge;
    }

    /// <summary>Charges, and goes no further.</summary>
    public async Task<Guid> BringChargeAsync(params Guid[] proving)
    {
        CaseHouse.Done(await Cases.EnterAsync(Case, Handler, Stage.Investigate));
        CaseHouse.Done(await Cases.StepAsync(Case, Handler, Step.ReportFiled));
        CaseHouse.Done(await Cases.EnterAsync(Case, Handler, Stage.Prosecute));
        var (prosecutor, charge, element) = (await ProsecutorAsync(), Guid.CreateVersion7(), Guid.CreateVersion7());
        CaseHouse.Done(await Get<BringCharge>().HandleAsync(prosecutor, new(Case, charge, "Law 1", "2", "Trafficking.", CaseHouse.Reason), null, Cancel));
        CaseHouse.Done(await Get<StateElements>().HandleAsync(prosecutor, new(Case, charge, [(element, "It is a narcotic.")]), null, Cancel));
        foreach (var exhibit in proving) CaseHouse.Done(await Get<LinkEvidence>().HandleAsync(prosecutor, new(Case, element, new(EvidenceKind.Exhibit, exhibit, "")), null, Cancel));
        if (proving.Length == 0) CaseHouse.Done(await Get<LinkEvidence>().HandleAsync(prosecutor, new(Case, element, new(EvidenceKind.Document, Guid.CreateVersion7(), "A log")), null, Cancel));
        return charge;
    }

    public async Task JudgeAsync(Guid charge) =>
        CaseHouse.Done(await Get<GiveJudgment>().HandleAsync(Staff.Id("rita"), new(Case, charge, Verdict.Guilty, CaseHouse.Reason, "Law 1, article 2"), null, Cancel));

    public async Task<Guid> PhotographAsync(Guid exhibit, Guid by)
    {
        var photo = Guid.CreateVersion7();
        Done(await Get<KeepPhoto>().HandleAsync(by, new KeepPhoto.Command(exhibit, photo, Pictures.Png(++_photos), null), Cancel));
        return photo;
    }

    /// <summary>Every discrepancy on the record, each in its own stream.</summary>
    public async Task<IReadOnlyList<(Guid Id, DiscrepancyFound Found)>> DiscrepanciesAsync()
    {
        var entries = (await Cases.Log.ReadAsync(0, int.MaxValue, Cancel)).Select(EventTypes.Read);
        return [.. entries.Where(e => e.Event is DiscrepancyFound).Select(e => (e.Stream.Value, (DiscrepancyFound)e.Event!))];
    }

    public static long Done(Outcome? outcome) => Assert.IsType<Outcome.Done>(outcome).Index;

    public static Refusal Refused(string code, Outcome? outcome)
    {
        var refusal = Assert.IsType<Outcome.Refused>(outcome).Refusal;
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    public ValueTask DisposeAsync() => Cases.DisposeAsync();
}
