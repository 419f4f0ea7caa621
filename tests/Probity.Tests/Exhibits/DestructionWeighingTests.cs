using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Disposing;
using Probity.Exhibits.Settling;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.DestructionScene;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>Which weighing lets a thing burn: none that those who keep it could have chosen among themselves.</summary>
public sealed class DestructionWeighingTests
{
    [Fact]
    public async Task A_weight_that_can_be_held_against_no_trusted_one_does_not_let_it_burn()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await StoredAsync(house);
        Done(await OrderAsync(house, Order(exhibit)));
        // Of the second package only what it weighed with its packaging is known: opened, 600 g are gone, and closed again.
        Done(await ResealAsync(house, exhibit, 2, "S-22"));
        await SignAllAsync(house, exhibit);
        await RetestAsync(house, exhibit);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 985m, 1, kind: MassKind.Net);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 400m, 2);
        // So much packaging is not taken off with a seal: that is a matter, and the story's account says so too. Two from outside have explained it.
        var (id, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal((DiscrepancyKind.Weight, "1000", "400"), (found.Kind, found.Expected, found.Found));
        Assert.Equal("Discrepancies Weighing Account Packages", await MissingAsync(house, exhibit));
        await SettleAsync(house, id, true);
        Assert.Equal("Weighing Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await ReadAllAsync(house, exhibit));
        // Nor is a figure of the holder and a colleague one to hold it against, in whatever way they weigh.
        foreach (var kind in (MassKind[])[MassKind.Net, MassKind.GrossSealed])
        {
            var grams = kind == MassKind.Net ? 380m : 400m;
            await WeighAsync(house, exhibit, Keeper, Moment.Audit, grams, 2, kind: kind);
            await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, grams, 2, kind: kind);
            Assert.Equal("Weighing Packages", await MissingAsync(house, exhibit));
        }

        // Weighed by somebody from outside, it can.
        await WeighAsync(house, exhibit, Ines, Moment.Audit, 380m, 2, kind: MassKind.Net);
        Assert.Equal("Weighing Packages", await MissingAsync(house, exhibit));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 380m, 2, kind: MassKind.Net);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));
    }

    [Fact]
    public async Task A_weighing_that_its_second_person_objects_to_is_nothing_to_hold_another_against()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync(null, "S-1");
        var act = Guid.CreateVersion7();
        Done(await house.WeighAsync(exhibit, house.Handler, 1_000m, WithChief, act: act));
        Done(await house.SignAsync(exhibit, act, Chief, "The display read 900 g."));
        await SettleAsync(house, Assert.Single(await house.DiscrepanciesAsync()).Id, true);
        SealedPackage[] seals = [new(1, "S-1")];
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, seals: seals)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, seals: seals)));
        Done(await OrderAsync(house, Order(exhibit)));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 1_000m, 1);
        Assert.Equal("Retest Sample Weighing Packages", await MissingAsync(house, exhibit));
    }

    [Fact]
    public async Task What_nothing_explains_is_not_burned_until_two_say_why_it_may_be_all_the_same()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await StoredAsync(house);
        await WeighAsync(house, exhibit, Keeper, Moment.Audit, 400m, 2);
        Done(await OrderAsync(house, Order(exhibit)));
        await RetestAsync(house, exhibit);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 985m, 1, kind: MassKind.Net);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 400m, 2);
        var id = Assert.Single(await house.DiscrepanciesAsync()).Id;
        var (answer, release) = (house.Get<AnswerDiscrepancy>(), house.Get<ReleaseUnexplained>());
        Refused(ReleaseUnexplained.NotUnexplained, await release.AskAsync(Ines, id, "It is small.", Cancel));
        Done(await answer.HandleAsync(Ines, new(id, false, "Nobody can say where 600 g are."), Cancel));
        Refused(ReleaseUnexplained.NotUnexplained, await release.AskAsync(Ines, id, "It is small.", Cancel));
        Done(await answer.SettleAsync(Oscar, id, new(true, null), Cancel));
        await StaysAsync();

        // Integrity asks, and another agrees: neither alone, nor anybody of the unit.
        Assert.Null(await release.AskAsync(Chief, id, "It is small.", Cancel));
        Refused(Bars.Role, await release.AskAsync(Oscar, id, "It is small.", Cancel));
        Refused(ExhibitTexts.ReasonMissing, await release.AskAsync(Ines, id, " ", Cancel));
        Refused(ReleaseUnexplained.NotAsked, await release.AgreeAsync(Oscar, id, new(true, null), Cancel));
        Done(await release.AskAsync(Ines, id, "The appeal is over, the rest proves nothing more.", Cancel));
        await StaysAsync();
        Refused(Bars.Role, await release.AgreeAsync(Ines, id, new(true, null), Cancel));
        Refused(ExhibitTexts.ReasonMissing, await release.AgreeAsync(Oscar, id, new(false, null), Cancel));
        Done(await release.AgreeAsync(Oscar, id, new(false, "The appeal is not over."), Cancel));
        await StaysAsync();
        await ReleaseAsync(house, id);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));
        Done(await ReadAllAsync(house, exhibit));
        Done(await CarryOutAsync(house, exhibit));
        var settled = await new RecordSession(house.Cases.Log).FoldAsync<Discrepancy>(new StreamId(id));
        Assert.Equal((DiscrepancyStage.Released, false, Ines, Oscar), (settled.Stage, settled.Answer!.Explained, settled.ReleaseAskedBy, settled.ReleasedBy));

        async Task StaysAsync()
        {
            Assert.Equal("Discrepancies Account Packages", await MissingAsync(house, exhibit));
            Refused(DisposalFacts.OpenDiscrepancy, await ReadAllAsync(house, exhibit));
        }
    }

    [Fact]
    public async Task Any_act_that_nobody_has_signed_keeps_it_from_burning()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await StoredAsync(house);
        await WeighAsync(house, exhibit, Keeper, Moment.Audit, 1_000m, 2, signs: false);
        Done(await OrderAsync(house, Order(exhibit)));
        await RetestAsync(house, exhibit);
        await WeighBothAsync(house, exhibit);
        Assert.Equal("Signatures Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await ReadAllAsync(house, exhibit));
        await SignAllAsync(house, exhibit);
        Done(await ReadAllAsync(house, exhibit));
    }

    // One package, weighed with its packaging when it was seized; a sample of it has opened it.
    static async Task<Guid> OpenedAsync(ExhibitHouse house, decimal? tare = null)
    {
        var exhibit = await house.SeizeAsync(null, "S-1");
        await WeighAsync(house, exhibit, house.Handler, Moment.Seizure, 1_060m, 1);
        if (tare is { } grams) await WeighAsync(house, exhibit, house.Handler, Moment.Seizure, grams, 1, kind: MassKind.Tare);
        SealedPackage[] seals = [new(1, "S-1")];
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, seals: seals)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, seals: seals)));
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        Done(await OrderAsync(house, Order(exhibit)));
        await RetestAsync(house, exhibit);
        return exhibit;
    }

    static async Task<(bool Awaited, string Missing)> AfterAsync(ExhibitHouse house, Guid exhibit)
    {
        var facts = await house.Get<ExhibitDesk>().ReadAsync(new RecordSession(house.Cases.Log), Keeper, exhibit, Cancel);
        return (WeighingTrust.Awaited(facts).Count > 0, await MissingAsync(house, exhibit));
    }

    [Fact]
    public async Task The_first_net_mass_of_what_was_opened_is_not_chosen_by_two_of_the_store()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory().Post("kim", "narcotics", Role.Custodian, "chief"));
        var exhibit = await OpenedAsync(house);
        var kim = Staff.Id("kim");
        // 150 g are gone, less than packaging may weigh: the custodian weighs, a colleague of the same store signs.
        await WeighAsync(house, exhibit, Keeper, Moment.Audit, 850m, 1, kind: MassKind.Net, second: kim);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 850m, 1, kind: MassKind.Net, second: kim);
        Assert.Empty(await house.DiscrepanciesAsync());
        Assert.Equal((true, "Weighing Packages"), await AfterAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await ReadAllAsync(house, exhibit));

        // Nor does it help to hand it to the colleague, who weighs it for the kiln.
        var seals = (await house.ExhibitAsync(exhibit)).SealsAt(house.Cases.Time.Now).ToArray();
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        Done(await house.GiveAsync(Keeper, Release(exhibit, kim, seals: seals)));
        Done(await house.TakeAsync(kim, house.Receipt(exhibit, Keeper, seals: seals)));
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        await WeighAsync(house, exhibit, kim, Moment.PreDestruction, 850m, 1, kind: MassKind.Net);
        Assert.Equal((true, "Weighing Packages"), await AfterAsync(house, exhibit));

        // Signed by somebody of another unit, it is one to hold the next against.
        await WeighAsync(house, exhibit, kim, Moment.Audit, 850m, 1, kind: MassKind.Net, second: Staff.Id("pedro"));
        Assert.Equal((false, "Weighing Packages"), await AfterAsync(house, exhibit));
        await WeighAsync(house, exhibit, kim, Moment.PreDestruction, 850m, 1, kind: MassKind.Net);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));
    }

    [Fact]
    public async Task A_net_mass_that_gross_less_packaging_gives_needs_nobody_from_outside()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        // 1,060 g with 60 g of packaging, by the seizer; 5 g are the sample.
        var exhibit = await OpenedAsync(house, tare: 60m);
        await WeighAsync(house, exhibit, Keeper, Moment.Audit, 995.3m, 1, kind: MassKind.Net);
        Assert.Equal((false, "Weighing Packages"), await AfterAsync(house, exhibit));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 995m, 1, kind: MassKind.Net);
        Assert.Equal((false, "Packages"), await AfterAsync(house, exhibit));
        Assert.Empty(await house.DiscrepanciesAsync());
    }

    [Fact]
    public async Task A_net_mass_that_gross_less_packaging_does_not_give_is_a_matter_at_once()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await OpenedAsync(house, tare: 60m);
        await WeighAsync(house, exhibit, Keeper, Moment.Audit, 985m, 1, kind: MassKind.Net);
        var (_, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal((DiscrepancyKind.Weight, "995", "985"), (found.Kind, found.Expected, found.Found));
        Assert.Contains(Keeper, found.People);
        Assert.Equal((true, "Discrepancies Weighing Account Packages"), await AfterAsync(house, exhibit));
        // Weighed again, it is the same matter.
        await WeighAsync(house, exhibit, Keeper, Moment.Audit, 985.2m, 1, kind: MassKind.Net);
        Assert.Single(await house.DiscrepanciesAsync());
    }

    [Fact]
    public async Task All_together_with_its_packaging_it_is_held_against_what_it_weighed_before_a_sample_was_drawn()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await house.SeizeAsync();
        var act = Guid.CreateVersion7();
        Done(await house.WeighAsync(exhibit, house.Handler, 20_000m, WithChief, package: null, act: act));
        Done(await house.SignAsync(exhibit, act, Chief));
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler)));
        await RetestAsync(house, exhibit);
        // 5 g were drawn from one of two packages; a new bag may make some grams of difference.
        foreach (var (grams, matters) in ((decimal, int)[])[(19_995m, 0), (19_960m, 0), (18_660m, 1), (20_200m, 2)])
        {
            act = Guid.CreateVersion7();
            Done(await house.WeighAsync(exhibit, Keeper, grams, WithChief, package: null, act: act));
            Done(await house.SignAsync(exhibit, act, Chief));
            Assert.Equal(matters, (await house.DiscrepanciesAsync()).Count);
        }

        Assert.Equal(("19960", "18660"), (await house.DiscrepanciesAsync()) is [var (_, less), ..] ? (less.Expected, less.Found) : default);
    }

    [Fact]
    public async Task What_the_story_says_does_not_add_up_does_not_burn_until_somebody_has_looked_at_it()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await StoredAsync(house);
        Done(await OrderAsync(house, Order(exhibit)));
        await RetestAsync(house, exhibit);
        // Each step is within the uncertainty of its two weighings, all of them together are not.
        for (var i = 1; i <= 4; i++) await WeighAsync(house, exhibit, Keeper, Moment.Audit, 1_000m - 0.6m * i, 2);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 985m, 1, kind: MassKind.Net);
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 997.6m, 2);
        var (id, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal(DiscrepancyKind.Weight, found.Kind);
        Assert.Contains("Account", await MissingAsync(house, exhibit), StringComparison.Ordinal);
        Refused(DisposalFacts.OpenDiscrepancy, await ReadAllAsync(house, exhibit));
        // What was explained is explained as far as it went; the rest of it is a matter with the next weighing.
        await SettleAsync(house, id, true);
        Assert.Equal("Account Packages", await MissingAsync(house, exhibit));
        Refused(CarryOutDestruction.NotReady, await ReadAllAsync(house, exhibit));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 997.6m, 2);
        Assert.Equal(2, (await house.DiscrepanciesAsync()).Count);
        await SettleAsync(house, (await house.DiscrepanciesAsync())[^1].Id, true);
        Assert.Equal("Packages", await MissingAsync(house, exhibit));
    }

    [Fact]
    public async Task Too_coarse_a_balance_neither_closes_a_check_nor_hides_a_loss_behind_itself()
    {
        await using var house = await ExhibitHouse.CreateAsync(WithLaboratory());
        var exhibit = await StoredAsync(house);
        Done(await OrderAsync(house, Order(exhibit)));
        await RetestAsync(house, exhibit);
        var bridge = Guid.CreateVersion7();
        Done(await house.Get<Probity.Exhibits.Keeping.RegisterBalance>().HandleAsync(Chief, new(
            bridge, Staff.Id("narcotics"), "BRIDGE", new Grams(100_000_000m), new Grams(20_000m), new DateOnly(2026, 12, 31), "CAL-8"), Cancel));
        await WeighAsync(house, exhibit, Keeper, Moment.PreDestruction, 985m, 1, kind: MassKind.Net);
        var act = Guid.CreateVersion7();
        Done(await house.Get<Probity.Exhibits.Weighing.WeighExhibit>().HandleAsync(Keeper, new(
            exhibit, act, 2, MassKind.GrossSealed, new Grams(100m), null, bridge, Moment.PreDestruction, WithChief, null), Cancel));
        Done(await house.SignAsync(exhibit, act, Chief));
        Assert.Equal("Weighing Packages", await MissingAsync(house, exhibit));
        // The next one on a fine balance is held against the last fine one.
        await WeighAsync(house, exhibit, Keeper, Moment.Audit, 900m, 2);
        Assert.Equal(("1000", "900"), Assert.Single(await house.DiscrepanciesAsync()) is var (_, found) ? (found.Expected, found.Found) : default);
    }
}
