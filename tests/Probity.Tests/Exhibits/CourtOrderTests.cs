using Probity.Access.Contract;
using Probity.Cases;
using Probity.Cases.Contract;
using Probity.Cases.Hearing;
using Probity.Cases.Ordering;
using Probity.Exhibits;
using Probity.Exhibits.Analysing;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Sampling;
using Probity.Exhibits.Seizing;
using Probity.Exhibits.Settling;
using Probity.Exhibits.Weighing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>What ends an exhibit rests on an order that stands on the record of its case: a custodian who types one, or does not wait for the court, gets nowhere.</summary>
public sealed class CourtOrderTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Chief = Staff.Id("chief"), Rita = Staff.Id("rita"), Judith = Staff.Id("judith"), Oscar = Staff.Id("oscar"),
        Igor = Staff.Id("igor"), Lena = Staff.Id("lena"), Leo = Staff.Id("leo"), Vera = Staff.Id("vera"), Maria = Staff.Id("maria");
    const string Law = "Law 1, article 9", Receipt = "A. Ejemplo, passport X-1: one telephone.";

    internal static Task<ExhibitHouse> HouseAsync() => ExhibitHouse.CreateAsync(Staff.Agency().Unit("lab", "LAB").Post("lena", "lab", Role.Analyst).Post("leo", "lab", Role.Analyst)
        .Post("ivan", "narcotics", Role.Integrity).Post("director", "agency", Role.Commander));

    internal static Task<Outcome?> ProposeAsync(ExhibitHouse house, Guid exhibit, Guid? order) => house.Get<ProposeDestruction>().HandleAsync(
        Keeper, new(exhibit, Guid.CreateVersion7(), order, "Cement works", "Kiln, 1,000 °C", [Vera, Maria]), Cancel);

    static Task<Outcome?> ReadAsync(ExhibitHouse house, Guid exhibit, string seal) => house.Get<CarryOutDestruction>().ReadAsync(Keeper, new(exhibit, [new(1, seal)]), Cancel);

    static Task<Outcome?> ReturnAsync(ExhibitHouse house, Guid exhibit, Guid? order, Guid? witness, Guid? act = null, string receipt = Receipt, string? to = null) =>
        house.Get<ReturnExhibit>().HandleAsync(Keeper, new(exhibit, act ?? Guid.CreateVersion7(), order, to, receipt, witness), Cancel);

    static async Task<Guid> StoredAsync(ExhibitHouse house, RecordSeizure.Item item)
    {
        var seizure = Guid.CreateVersion7();
        Done(await house.Get<RecordSeizure>().HandleAsync(house.Handler, new(house.Case, seizure, Airport, [item], null), Cancel));
        var exhibit = RecordSeizure.IdOf(seizure, 0);
        if (item.Kind == ExhibitKind.Drug) await WeighAsync(house, exhibit, house.Handler, Moment.Seizure, 1_000m);
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper) with { Seals = item.Packages }));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler) with { Seals = item.Packages }));
        return exhibit;
    }

    internal static Task<Guid> DrugAsync(ExhibitHouse house) => StoredAsync(house, Cocaine("S-1"));

    static Task<Guid> TelephoneAsync(ExhibitHouse house) => StoredAsync(house, new(ExhibitKind.Device, null, "A telephone.", null, [new(1, "D-1")]));

    static async Task WeighAsync(ExhibitHouse house, Guid exhibit, Guid by, Moment moment, decimal grams)
    {
        var act = Guid.CreateVersion7();
        Done(await house.Get<WeighExhibit>().HandleAsync(by, new(
            exhibit, act, 1, MassKind.Net, new Grams(grams), null, house.Balance, moment, new(Chief, null, null), null), Cancel));
        Done(await house.SignAsync(exhibit, act, Chief));
    }

    /// <summary>A sample that was drawn, and taken by the laboratory.</summary>
    static async Task<Guid> SampleAsync(ExhibitHouse house, Guid exhibit, string seal)
    {
        var act = Guid.CreateVersion7();
        Done(await house.Get<DrawSample>().HandleAsync(Keeper, new(exhibit, act, 1, new Grams(5m), house.Balance, seal, "M" + seal, "ST/NAR/38", 1, 1, new(Chief, null, null), null), Cancel));
        Done(await house.SignAsync(exhibit, act, Chief));
        var sample = (await house.ExhibitAsync(exhibit)).Samples[^1].Id;
        SealedPackage[] seals = [new(1, "M" + seal)];
        Done(await house.GiveAsync(Keeper, Release(sample, Lena, purpose: Purpose.Laboratory, authority: "REQ-1", seals: seals)));
        Done(await house.TakeAsync(Lena, new(sample, Guid.CreateVersion7(), Guid.CreateVersion7(), Keeper, null, null, seals, null)));
        return sample;
    }

    static async Task AnalyseAsync(ExhibitHouse house, Guid sample, decimal usedUp = 0m)
    {
        var analysis = Guid.CreateVersion7();
        Done(await house.Get<ReportAnalysis>().HandleAsync(Lena, new(sample, analysis, null, "cocaine-hcl", null, null, "GC-MS", null, null, new Grams(usedUp), null, null, null, "It had to be done twice."), Cancel));
        Done(await house.Get<ReviewAnalysis>().HandleAsync(Leo, new(sample, analysis, true, null, true), Cancel));
    }

    [Fact]
    public async Task The_proof_of_a_running_trial_is_not_burned_on_the_custodians_own_word()
    {
        await using var house = await HouseAsync();
        var exhibit = await DrugAsync(house);
        var charge = await house.ChargeAsync(exhibit);
        var hearing = Guid.CreateVersion7();
        CaseHouse.Done(await house.Get<SetHearing>().HandleAsync(Rita, new(house.Case, hearing, house.Cases.Time.Now.AddHours(1), "Room 2", "Trial, second day"), null, Cancel));

        // None stands; one that is made up is none either; and the custodian cannot put one there.
        Refused(DisposalFacts.OrderMissing, await ProposeAsync(house, exhibit, null));
        Refused(DisposalFacts.OrderMissing, await ProposeAsync(house, exhibit, Guid.CreateVersion7()));
        Assert.IsType<CaseAnswer.NotFound>(await house.Get<OrderExhibits>().HandleAsync(Keeper, house.OrderOf(ExhibitOrderKind.Destroy, exhibit), null, Cancel));
        CaseHouse.Refused(OrderRules.IsCourts, await house.Get<OrderExhibits>().ProposeAsync(await house.ProsecutorAsync(), house.OrderOf(ExhibitOrderKind.Destroy, exhibit), null, Cancel));

        // The court's waits for its own judgment, hearings and appeals, unless it says otherwise.
        var order = await house.OrderAsync(ExhibitOrderKind.Destroy, exhibit);
        Refused(DisposalFacts.Undecided, await ProposeAsync(house, exhibit, order));
        await house.JudgeAsync(charge);
        Refused(DisposalFacts.HearingAhead, await ProposeAsync(house, exhibit, order));
        house.Cases.Time.Now += TimeSpan.FromHours(2);
        Refused(DisposalFacts.HearingAhead, await ProposeAsync(house, exhibit, order));
        CaseHouse.Done(await house.Get<EndHearing>().HandleAsync(Rita, new(house.Case, hearing, null, "", ""), null, Cancel));
        CaseHouse.Done(await house.Get<LodgeAppeal>().HandleAsync(Rita, new(house.Case, CourtSide.Defence, CaseHouse.Reason), null, Cancel));
        Refused(DisposalFacts.UnderAppeal, await ProposeAsync(house, exhibit, order));
        CaseHouse.Done(await house.Get<DecideAppeal>().HandleAsync(Rita, new(house.Case, CourtSide.Defence, AppealOutcome.Dismissed, CaseHouse.Reason, Law), null, Cancel));
        Done(await ProposeAsync(house, exhibit, order));
        var ordered = (await house.ExhibitAsync(exhibit)).Destruction!.Order;
        Assert.Equal(((Guid?)order, "Court 2, 17/2026", new DateOnly(2026, 3, 2)), (ordered.OrderId, ordered.Order, ordered.Ordered));
    }

    [Fact]
    public async Task Who_ever_had_an_exhibit_in_hand_neither_judges_its_case_nor_orders_about_it_whatever_post_they_left()
    {
        // Kurt keeps the store until the evening and is a judge the next day; Karla has always been both, as an old register may have it.
        var (kurt, karla, morrow) = (Staff.Id("kurt"), Staff.Id("karla"), new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero));
        await using var house = await ExhibitHouse.CreateAsync(Staff.Agency().Post("kurt", "narcotics", Role.Custodian, until: morrow).Hold("kurt", "post of judith", morrow).Hold("kurt", "post of rita", morrow)
            .Post("karla", "narcotics", Role.Custodian).Hold("karla", "post of judith"));
        var exhibit = await house.SeizeAsync(null, "S-1");
        await GiveAsync(house.Handler, kurt);
        await house.ChargeAsync(exhibit);
        house.Cases.Time.Now += TimeSpan.FromDays(1);
        Task<CaseAnswer> NameAsync(Guid judge) => house.Get<NameJudge>().HandleAsync(Rita, new(house.Case, "The judge", judge, AssignedHow.Manual, CaseHouse.Reason), null, Cancel);
        Task<CaseAnswer> OrderAsync(Guid by, Guid? order = null) => house.Get<OrderExhibits>().HandleAsync(by, house.OrderOf(ExhibitOrderKind.Destroy, exhibit) with { Order = order ?? Guid.CreateVersion7() }, null, Cancel);

        CaseHouse.Refused(NameJudge.HadPart, await NameAsync(kurt));
        CaseHouse.Refused(OrderRules.HadInHand, await OrderAsync(kurt));
        CaseHouse.Done(await NameAsync(karla));
        await GiveAsync(kurt, karla);
        var order = Guid.CreateVersion7();
        CaseHouse.Refused(OrderRules.HadInHand, await OrderAsync(karla));
        CaseHouse.Done(await OrderAsync(Rita, order));
        CaseHouse.Refused(OrderRules.HadInHand, await house.Get<ConfirmOrder>().HandleAsync(karla, new(house.Case, order), null, Cancel));
        CaseHouse.Refused(NameJudge.HadPart, await NameAsync(karla));
        CaseHouse.Done(await NameAsync(Judith));
        CaseHouse.Done(await house.Get<ConfirmOrder>().HandleAsync(Judith, new(house.Case, order), null, Cancel));

        async Task GiveAsync(Guid from, Guid to)
        {
            SealedPackage[] seals = [new(1, "S-1")];
            Done(await house.GiveAsync(from, Release(exhibit, to, seals: seals)));
            Done(await house.TakeAsync(to, house.Receipt(exhibit, from, seals: seals)));
        }
    }

    [Fact]
    public async Task An_order_is_of_its_kind_and_about_its_exhibits_and_no_older_than_the_seizure()
    {
        await using var house = await HouseAsync();
        var (one, other) = (await TelephoneAsync(house), await TelephoneAsync(house));
        await house.JudgeAsync(await house.ChargeAsync());
        var order = await house.OrderAsync(ExhibitOrderKind.Destroy, one);
        Refused(DisposalFacts.OrderOfOther, await ProposeAsync(house, other, order));
        Refused(DisposalFacts.OrderOfOther, await ReturnAsync(house, one, order, Igor));
        Refused(DisposalFacts.OrderOfOther, await house.Get<ReturnExhibit>().ForfeitAsync(Keeper, new(one, order), Cancel));
        Refused(DisposalFacts.OrderMissing, await house.Get<ReturnExhibit>().ForfeitAsync(Keeper, new(one, null), Cancel));
        var old = house.OrderOf(ExhibitOrderKind.Destroy, other) with { Ordered = new(2026, 3, 1) };
        CaseHouse.Done(await house.Get<OrderExhibits>().HandleAsync(Judith, old, null, Cancel));
        Refused(DisposalFacts.OrderDay, await ProposeAsync(house, other, old.Order));
    }

    [Fact]
    public async Task Before_the_judgment_only_as_the_court_says_and_with_a_sample_that_is_kept()
    {
        await using var house = await HouseAsync();
        var exhibit = await DrugAsync(house);
        await house.ChargeAsync(exhibit);
        CaseHouse.Done(await house.Get<NameJudge>().HandleAsync(Rita, new(house.Case, "Judith", Judith, AssignedHow.Random, null), null, Cancel));
        var command = house.OrderOf(ExhibitOrderKind.Destroy, exhibit) with { BeforeJudgment = true };
        CaseHouse.Done(await house.Get<OrderExhibits>().HandleAsync(Judith, command, null, Cancel));
        Done(await ProposeAsync(house, exhibit, command.Order));
        var sample = await SampleAsync(house, exhibit, "S-2");
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 995m);

        // Analysed for the destruction itself, so that nothing but the sample is missing: one without a reviewed result proves nothing.
        Assert.Equal("Retest Sample Packages", await MissingAsync(house, exhibit));
        await AnalyseAsync(house, sample);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));

        // Nor one that is itself to be destroyed.
        var both = house.OrderOf(ExhibitOrderKind.Destroy, sample) with { BeforeJudgment = true };
        CaseHouse.Done(await house.Get<OrderExhibits>().HandleAsync(Judith, both, null, Cancel));
        SealedPackage[] seals = [new(1, "MS-2")];
        Done(await house.GiveAsync(Lena, Release(sample, Keeper, seals: seals)));
        Done(await house.TakeAsync(Keeper, house.Receipt(sample, Lena, seals: seals)));
        Done(await ProposeAsync(house, sample, both.Order));
        Assert.Equal("Sample Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await ReadAsync(house, exhibit, "S-2"));
    }

    [Fact]
    public async Task An_order_that_the_court_takes_back_stops_what_was_begun()
    {
        await using var house = await HouseAsync();
        var exhibit = await DrugAsync(house);
        await house.JudgeAsync(await house.ChargeAsync(exhibit));
        var order = await house.OrderAsync(ExhibitOrderKind.Destroy, exhibit);
        Done(await ProposeAsync(house, exhibit, order));
        await AnalyseAsync(house, await SampleAsync(house, exhibit, "S-2"));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 995m);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));
        CaseHouse.Done(await house.Get<LiftOrder>().HandleAsync(Rita, new(house.Case, order, CaseHouse.Reason, Law), null, Cancel));
        Assert.Equal("Order Packages", await MissingAsync(house, exhibit));
        Refused(DisposalFacts.OrderMissing, await ReadAsync(house, exhibit, "S-2"));
        CaseHouse.Refused(OrderRules.Unknown, await house.Get<LiftOrder>().HandleAsync(Rita, new(house.Case, order, CaseHouse.Reason, Law), null, Cancel));
    }

    [Fact]
    public async Task The_prosecutors_order_needs_a_second_signature_and_ends_with_the_charge()
    {
        await using var house = await HouseAsync();
        var (exhibit, phone) = (await DrugAsync(house), await TelephoneAsync(house));
        var prosecutor = await house.ProsecutorAsync();
        CaseHouse.Refused(OrderExhibits.OnlyCourt, await house.Get<OrderExhibits>().ProposeAsync(prosecutor, house.OrderOf(ExhibitOrderKind.Forfeit, phone), null, Cancel));
        var command = house.OrderOf(ExhibitOrderKind.Destroy, exhibit);
        CaseHouse.Done(await house.Get<OrderExhibits>().ProposeAsync(prosecutor, command, null, Cancel));
        Refused(DisposalFacts.OrderMissing, await ProposeAsync(house, exhibit, command.Order));
        CaseHouse.Refused(Bars.Role, await house.Get<SignOrder>().HandleAsync(prosecutor, new(house.Case, command.Order, true, null), null, Cancel));
        CaseHouse.Refused(CaseTexts.ReasonMissing, await house.Get<SignOrder>().HandleAsync(Oscar, new(house.Case, command.Order, false, null), null, Cancel));
        CaseHouse.Done(await house.Get<SignOrder>().HandleAsync(Oscar, new(house.Case, command.Order, false, CaseHouse.Reason), null, Cancel));
        Refused(DisposalFacts.OrderMissing, await ProposeAsync(house, exhibit, command.Order));

        var signed = await house.OrderAsync(ExhibitOrderKind.Destroy, exhibit);
        Done(await ProposeAsync(house, exhibit, signed));
        // It may prove something yet: nothing is burned without a sample of it.
        Assert.Equal("Retest Sample Weighing Packages", await MissingAsync(house, exhibit));
        // With the charge, and not only once the court has it.
        await house.BringChargeAsync(exhibit);
        Refused(DisposalFacts.OrderMissing, await ReadAsync(house, exhibit, "S-1"));
    }

    [Fact]
    public async Task A_sample_that_is_used_up_is_kept_by_nobody()
    {
        await using var house = await HouseAsync();
        var exhibit = await DrugAsync(house);
        Done(await ProposeAsync(house, exhibit, await house.OrderAsync(ExhibitOrderKind.Destroy, exhibit)));
        var sample = await SampleAsync(house, exhibit, "S-2");
        await AnalyseAsync(house, sample, 4m);
        // So much used up is a matter by itself; two from outside have explained it.
        await DestructionScene.SettleAsync(house, Assert.Single(await house.DiscrepanciesAsync()).Id, true);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 995m);
        Assert.Equal("Sample Packages", await MissingAsync(house, exhibit));
        await AnalyseAsync(house, await SampleAsync(house, exhibit, "S-3"), 2m);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 990m);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));
    }

    [Fact]
    public async Task What_was_given_back_is_gone_with_the_signature_of_somebody_of_another_unit()
    {
        await using var house = await HouseAsync();
        var phone = await TelephoneAsync(house);
        await house.JudgeAsync(await house.ChargeAsync());
        Refused(DisposalFacts.OrderMissing, await ReturnAsync(house, phone, null, Igor));
        var order = await house.OrderAsync(ExhibitOrderKind.Return, phone);
        Refused(SecondPerson.Missing, await ReturnAsync(house, phone, order, null));
        Refused(ProposeDestruction.HoldersUnit, await ReturnAsync(house, phone, order, Chief));
        Refused(ProposeDestruction.HoldersUnit, await ReturnAsync(house, phone, order, Staff.Id("director")));
        Refused(ReturnExhibit.ReceiptMissing, await ReturnAsync(house, phone, order, Igor, receipt: " "));
        var act = Guid.CreateVersion7();
        // To whom is the court's to say, whatever is typed.
        for (var i = 0; i < 2; i++) Done(await ReturnAsync(house, phone, order, Igor, act, to: "Juan Perez"));
        var given = await house.ExhibitAsync(phone);
        Assert.Equal((ExhibitStatus.BeingReturned, false, "A. Ejemplo, passport X-1", Receipt, order), (given.Status, given.IsGone, given.Return!.To, given.Return.Receipt, given.Return.OrderId!.Value));
        Assert.Equal(1, await new ExhibitsOfCase(house.Cases.Log).CountAsync(new RecordSession(house.Cases.Log), house.Case, Cancel));

        // Nothing else is done with it meanwhile, and nobody of the unit ends it.
        Refused(ExhibitAccess.BeingReturned, await house.GiveAsync(Keeper, Release(phone, house.Handler) with { Seals = [new(1, "D-1")] }));
        Refused(ExhibitAccess.BeingReturned, await ReturnAsync(house, phone, order, Igor));
        Refused(ExhibitAccess.BeingReturned, await house.Get<ReturnExhibit>().ForfeitAsync(Keeper, new(phone, order), Cancel));
        house.Cases.Time.Now += TimeSpan.FromHours(25);
        Refused(ProposeDestruction.HoldersUnit, await house.SignAsync(phone, act, Staff.Id("ivan")));
        Done(await house.SignAsync(phone, act, Igor));
        var gone = await house.ExhibitAsync(phone);
        Assert.Equal((ExhibitStatus.Returned, gone.Acts[act].SignedAt), (gone.Status, gone.EndedAt));
        Assert.Equal(0, await new ExhibitsOfCase(house.Cases.Log).CountAsync(new RecordSession(house.Cases.Log), house.Case, Cancel));
        Refused(ExhibitAccess.Gone, await ReturnAsync(house, phone, order, Igor));
    }

    [Fact]
    public async Task A_return_whose_order_the_court_took_back_is_signed_by_nobody_and_what_was_given_back_keeps_its_order()
    {
        await using var house = await HouseAsync();
        var (phone, other) = (await TelephoneAsync(house), await TelephoneAsync(house));
        await house.JudgeAsync(await house.ChargeAsync());
        var (order, kept) = (await house.OrderAsync(ExhibitOrderKind.Return, phone), await house.OrderAsync(ExhibitOrderKind.Return, other));
        var act = Guid.CreateVersion7();
        Done(await ReturnAsync(house, phone, order, Igor, act));
        Task<CaseAnswer> LiftAsync(Guid id) => house.Get<LiftOrder>().HandleAsync(Rita, new(house.Case, id, CaseHouse.Reason, Law), null, Cancel);
        CaseHouse.Done(await LiftAsync(order));
        Refused(DisposalFacts.OrderMissing, await house.SignAsync(phone, act, Igor));
        Done(await house.SignAsync(phone, act, Igor, "The order is none any more."));
        Assert.Equal(ExhibitStatus.Held, (await house.ExhibitAsync(phone)).Status);

        // While it is being given back nobody takes it, without a line either.
        act = Guid.CreateVersion7();
        Done(await ReturnAsync(house, other, kept, Igor, act));
        house.Cases.Time.Now += TimeSpan.FromMinutes(5);
        Refused(ExhibitAccess.Gone, await house.GiveAsync(Keeper, Release(other, house.Handler, kept: true) with { Seals = [new(1, "D-1")] }));
        Done(await house.SignAsync(other, act, Igor));
        CaseHouse.Refused(LiftOrder.CarriedOut, await LiftAsync(kept));
    }

    [Fact]
    public async Task Who_saw_that_nobody_came_ends_nothing()
    {
        await using var house = await HouseAsync();
        var phone = await TelephoneAsync(house);
        var order = await house.OrderAsync(ExhibitOrderKind.Return, phone);
        var act = Guid.CreateVersion7();
        Done(await ReturnAsync(house, phone, order, Igor, act));
        Done(await house.SignAsync(phone, act, Igor, "Nobody came for it."));
        Assert.Equal(ExhibitStatus.Held, (await house.ExhibitAsync(phone)).Status);
        var (matter, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal(DiscrepancyKind.Objection, found.Kind);
        Refused(DisposalFacts.OpenDiscrepancy, await ReturnAsync(house, phone, order, Igor));
        Done(await house.Get<AnswerDiscrepancy>().HandleAsync(Staff.Id("ines"), new(matter, true, "The owner came a day later than was written."), Cancel));
        Done(await house.Get<AnswerDiscrepancy>().SettleAsync(Oscar, matter, new(true, null), Cancel));
        act = Guid.CreateVersion7();
        Done(await ReturnAsync(house, phone, order, Igor, act));
        Done(await house.SignAsync(phone, act, Igor));
        Assert.Equal(ExhibitStatus.Returned, (await house.ExhibitAsync(phone)).Status);
    }

    [Fact]
    public async Task What_a_court_makes_the_states_goes_to_the_states_office_by_that_order()
    {
        await using var house = await HouseAsync();
        var (phone, drug) = (await TelephoneAsync(house), await DrugAsync(house));
        await house.JudgeAsync(await house.ChargeAsync());
        Refused(ReturnExhibit.NotReturned, await ReturnAsync(house, drug, await house.OrderAsync(ExhibitOrderKind.Return, drug), Igor));
        var order = await house.OrderAsync(ExhibitOrderKind.Forfeit, phone);
        // It is not given away before it is the state's.
        Refused(DisposalFacts.OrderOfOther, await ReturnAsync(house, phone, order, Igor, to: "Office for seized assets"));
        Done(await house.Get<ReturnExhibit>().ForfeitAsync(Keeper, new(phone, order), Cancel));
        Assert.Equal(ExhibitStatus.Forfeited, (await house.ExhibitAsync(phone)).Status);
        var act = Guid.CreateVersion7();
        // To whom is the court's to say here too.
        Done(await ReturnAsync(house, phone, order, Igor, act, receipt: "Office for seized assets: one telephone.", to: "Juan Perez, Bar Azul"));
        Done(await house.SignAsync(phone, act, Igor));
        var gone = await house.ExhibitAsync(phone);
        Assert.Equal((ExhibitStatus.Returned, true, "Office for seized assets"), (gone.Status, gone.IsForfeited, gone.Return!.To));
    }

    [Fact]
    public async Task What_was_recorded_with_a_typed_order_is_read_as_it_was_and_nothing_more_is_done_by_it()
    {
        await using var house = await HouseAsync();
        var (drug, phone) = (await DrugAsync(house), await TelephoneAsync(house));
        var (day, act) = (new DateOnly(2026, 3, 2), Guid.CreateVersion7());
        async Task FileAsync(Guid exhibit, IEvent happened) => Done(await house.Get<Clerk>().FileAsync(new ActorId(Keeper), new StreamId(house.Case), "exhibits.Destroy",
            _ => ValueTask.FromResult(Decision.Accept(Exhibit.FilingOf(exhibit, house.Case, happened))), cancel: Cancel));
        await FileAsync(drug, new DestructionProposed(Guid.CreateVersion7(), "Court order 12/2026", day, "Kiln", "Fire", [Vera, Maria]));
        await FileAsync(phone, new ExhibitReturned(act, "Juan Perez", "Order 99/2026", day, Chief, null, null));
        Assert.Equal("Court order 12/2026", (await house.ExhibitAsync(drug)).Destruction!.Order.Order);
        Assert.Equal("Order Retest Weighing Packages", await MissingAsync(house, drug));
        Refused(DisposalFacts.OrderMissing, await ReadAsync(house, drug, "S-1"));
        var gone = await house.ExhibitAsync(phone);
        Assert.Equal((ExhibitStatus.Returned, gone.Acts[act].At, (Guid?)null), (gone.Status, gone.EndedAt, gone.Return!.OrderId));
        Done(await house.SignAsync(phone, act, Chief));
    }

    internal static async Task<string> MissingAsync(ExhibitHouse house, Guid exhibit)
    {
        var session = new RecordSession(house.Cases.Log);
        var facts = await house.Get<ExhibitDesk>().ReadAsync(session, Keeper, exhibit, Cancel);
        return string.Join(' ', DestructionChecks.Of(await DisposalDesk.ReadAsync(session, facts, Cancel)).Where(c => !c.Met).Select(c => c.Check));
    }
}
