using CsCheck;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Settling;
using Probity.Exhibits.Transferring;
using Probity.Exhibits.Viewing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

public sealed class TransferTests
{
    static readonly Guid Keeper = Staff.Id("keeper");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hand_over_is_two_signatures_in_either_order(bool giverFirst)
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var transfer = Guid.CreateVersion7();
        Func<Task>[] halves =
        [
            async () => Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, transfer: transfer))),
            async () => Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, transfer: transfer))),
        ];
        if (!giverFirst) Array.Reverse(halves);
        await halves[0]();
        var between = await house.ExhibitAsync(exhibit);
        Assert.Equal(house.Handler, between.Chain.Holder);
        Assert.Equal(giverFirst ? ExhibitStatus.InTransit : ExhibitStatus.Held, between.Status);
        await halves[1]();
        var after = await house.ExhibitAsync(exhibit);
        Assert.Equal((Keeper, ExhibitStatus.Held, house.Vault), (after.Chain.Holder, after.Status, after.Location));
        Assert.Empty(await house.DiscrepanciesAsync());
    }

    [Fact]
    public async Task A_signature_sent_again_is_recorded_once()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var (give, take) = (Release(exhibit, Keeper, kept: true), house.Receipt(exhibit, house.Handler, kept: true));
        for (var i = 0; i < 3; i++)
        {
            Done(await house.GiveAsync(house.Handler, give));
            Done(await house.TakeAsync(Keeper, take));
        }

        var after = await house.ExhibitAsync(exhibit);
        Assert.Equal((1, 1, 1), (after.Releases.Length, after.Receipts.Length, after.Chain.Links.Length));
    }

    [Fact]
    public async Task While_the_line_is_up_what_would_not_fit_is_refused()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        Refused(HandOverExhibit.NotHolder, await house.GiveAsync(Keeper, Release(exhibit, house.Handler)));
        Refused(HandOverExhibit.ToSelf, await house.GiveAsync(house.Handler, Release(exhibit, house.Handler)));
        Refused(HandOverExhibit.ReceiverUnfit, await house.GiveAsync(house.Handler, Release(exhibit, Staff.Id("maria"))));
        Refused(HandOverExhibit.ReceiverUnfit, await house.GiveAsync(house.Handler, Release(exhibit, Guid.CreateVersion7())));
        Refused(HandOverExhibit.AuthorityMissing, await house.GiveAsync(house.Handler, Release(exhibit, Keeper, purpose: Purpose.Court)));
        Refused(ExhibitTexts.PackageUnknown, await house.GiveAsync(house.Handler, Release(exhibit, Keeper, seals: new SealedPackage(3, "S-3"))));
        Refused(ReceiveExhibit.NotFromHolder, await house.TakeAsync(Keeper, house.Receipt(exhibit, Staff.Id("pedro"))));
        Refused(ReceiveExhibit.FromSelf, await house.TakeAsync(Keeper, house.Receipt(exhibit, Keeper)));
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        Refused(HandOverExhibit.AlreadyGiven, await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        Assert.Null(await house.GiveAsync(house.Handler, Release(Guid.CreateVersion7(), Keeper)));
    }

    [Fact]
    public async Task Nobody_came_so_it_is_withdrawn_and_where_they_signed_after_all_that_counts()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var give = Release(exhibit, Keeper, at: house.Cases.Time.Now, kept: true);
        Done(await house.GiveAsync(house.Handler, give));
        Done(await house.Get<WithdrawHandOver>().HandleAsync(house.Handler, new(exhibit, give.Half, "The car did not come."), Cancel));
        Assert.Equal(ExhibitStatus.Held, (await house.ExhibitAsync(exhibit)).Status);
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, at: house.Cases.Time.Now.AddMinutes(-1), kept: true)));
        Assert.Equal(Keeper, (await house.ExhibitAsync(exhibit)).Chain.Holder);
    }

    [Fact]
    public async Task A_hand_over_with_one_signature_goes_to_the_overseer_after_a_day()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        house.Cases.Time.Now += TimeSpan.FromHours(24);
        Assert.Empty(await StepsOfAsync(house, exhibit, "oscar"));
        house.Cases.Time.Now += TimeSpan.FromMinutes(1);
        Assert.Equal($"/exhibits/{exhibit:D}", Assert.Single(await StepsOfAsync(house, exhibit, "oscar")).Href);
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, at: house.Cases.Time.Now.AddHours(-24), kept: true)));
        Assert.Empty(await StepsOfAsync(house, exhibit, "oscar"));
    }

    static async Task<IReadOnlyList<Probity.Shared.NextStep>> StepsOfAsync(ExhibitHouse house, Guid exhibit, string person) =>
        [.. Probity.Exhibits.Viewing.ExhibitSteps.Next(await house.Get<ExhibitDesk>().ReadAsync(new RecordSession(house.Cases.Log), Staff.Id(person), exhibit, Cancel))];

    [Fact]
    public async Task A_seal_that_two_read_differently_is_a_matter_for_the_integrity_officer_that_the_unit_does_not_see()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
        // Spaces, dashes and capitals are no difference; another number is.
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, seals: [new(1, "s 1"), new(2, "S-7")])));
        var (id, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal((DiscrepancyKind.Seal, 2, "S-2", "S-7"), (found.Kind, found.Package, found.Expected, found.Found));

        // Who looks into it sees what each read, and who has a hand in it or is of the unit nothing of it; neither on the matter nor on the exhibit.
        Assert.Equal([(house.Handler, "S-2"), (Keeper, "S-7")], (await new RecordSession(house.Cases.Log).FoldAsync<Discrepancy>(new StreamId(id))).SealReadings.Select(r => (r.By!.Value, r.Seal!)));
        var facts = await FactsAsync(house, exhibit, Staff.Id("ines"));
        var names = (facts.Register.NameOf(house.Handler), facts.Register.NameOf(Keeper));
        foreach (var outside in (Guid[])[Staff.Id("ines"), Staff.Id("oscar")])
            Assert.Equal([$"Package 2: {names.Item1} read S-2, {names.Item2} read S-7"], CustodyLines.Of(await FactsAsync(house, exhibit, outside)).SelectMany(l => l.Notes).Select(n => n.Text));
        foreach (var own in (Guid[])[Staff.Id("chief"), house.Handler, Keeper])
        {
            Assert.Null(ExhibitAccess.Refuses(ExhibitAction.View, await FactsAsync(house, exhibit, own)));
            Assert.DoesNotContain(CustodyLines.Of(await FactsAsync(house, exhibit, own)), l => l.Notes.Count > 0);
        }

        // The story has it for whoever may read it.
        Assert.Single(CustodyLines.OfStory(facts).SelectMany(l => l.Notes));

        var answer = new AnswerDiscrepancy.Command(id, true, "The photograph shows S-2; the receiver misread it.");
        foreach (var own in (string[])["chief", "keeper", "port chief", "pedro", "root"])
            Assert.Null(await house.Get<AnswerDiscrepancy>().HandleAsync(Staff.Id(own), answer, Cancel));
        Assert.Null(await house.Get<AnswerDiscrepancy>().HandleAsync(house.Handler, answer, Cancel));
        Refused(Bars.Role, await house.Get<AnswerDiscrepancy>().HandleAsync(Staff.Id("oscar"), answer, Cancel));
        Done(await house.Get<AnswerDiscrepancy>().HandleAsync(Staff.Id("ines"), answer, Cancel));
        Refused(AnswerDiscrepancy.NotOpen, await house.Get<AnswerDiscrepancy>().HandleAsync(Staff.Id("ivo"), answer, Cancel));
        Refused(Bars.Role, await house.Get<AnswerDiscrepancy>().SettleAsync(Staff.Id("ines"), id, new(true, null), Cancel));
        Done(await house.Get<AnswerDiscrepancy>().SettleAsync(Staff.Id("oscar"), id, new(true, null), Cancel));
    }

    [Fact]
    public async Task A_package_that_nobody_looked_at_and_what_the_receiver_states_are_found_too()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, seals: new SealedPackage(1, "S-1"))));
        Assert.Equal((DiscrepancyKind.SealUnread, 2, "S-2", null), (await house.DiscrepanciesAsync()).Select(d => (d.Found.Kind, d.Found.Package, d.Found.Expected, d.Found.Found)).Single());
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, discrepancy: "One package is wet.", seals: new SealedPackage(1, "S-1"))));
        Assert.Equal([DiscrepancyKind.SealUnread, DiscrepancyKind.Stated], (await house.DiscrepanciesAsync()).Select(d => d.Found.Kind));

        // What one person read against the record, and what the receiver states: the giver does not see it, the receiver knows what they wrote.
        var matter = await new RecordSession(house.Cases.Log).FoldAsync<Discrepancy>(new StreamId((await house.DiscrepanciesAsync())[0].Id));
        Assert.Equal([(null, "S-2"), (house.Handler, null)], matter.SealReadings);
        Assert.DoesNotContain(CustodyLines.Of(await FactsAsync(house, exhibit, house.Handler)), l => l.Notes.Count > 0);
        Assert.Single(CustodyLines.Of(await FactsAsync(house, exhibit, Keeper)).SelectMany(l => l.Notes));
        Assert.Single(CustodyLines.Of(await FactsAsync(house, exhibit, Staff.Id("ines"))).SelectMany(l => l.Notes));
    }

    static async Task<ExhibitFacts> FactsAsync(ExhibitHouse house, Guid exhibit, Guid person) =>
        await house.Get<ExhibitDesk>().ReadAsync(new RecordSession(house.Cases.Log), person, exhibit, Cancel);

    [Fact]
    public async Task Two_who_each_took_it_from_the_same_hands_offline_are_both_recorded_and_found()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        var (at, pedro) = (house.Cases.Time.Now.AddHours(-1), Staff.Id("pedro"));
        Done(await house.TakeAsync(pedro, house.Receipt(exhibit, house.Handler, at: at.AddMinutes(20), kept: true)));
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, at: at, kept: true)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, at: at.AddMinutes(1), kept: true)));
        Assert.Empty(await house.DiscrepanciesAsync());
        Done(await house.GiveAsync(house.Handler, Release(exhibit, pedro, at: at.AddMinutes(19), kept: true)));
        Assert.Equal(DiscrepancyKind.TwoReceivers, Assert.Single(await house.DiscrepanciesAsync()).Found.Kind);
    }

    [Fact]
    public async Task Who_is_a_party_to_the_case_does_not_take_it_but_may_give_away_what_they_have()
    {
        var staff = Staff.Agency();
        await using var house = await ExhibitHouse.CreateAsync(staff, "ines", new Probity.Cases.Contract.Party(Probity.Cases.Contract.PartyRole.Witness, "pedro", Staff.Id("pedro")));
        var exhibit = await house.SeizeAsync();
        Refused(Bars.Self, await house.GiveAsync(house.Handler, Release(exhibit, Staff.Id("pedro"))));
        // Off the line it happened: the giver's half is recorded, the receiver's is not taken from them.
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Staff.Id("pedro"), at: house.Cases.Time.Now.AddMinutes(-5), kept: true)));
        Refused(Bars.Self, await house.TakeAsync(Staff.Id("pedro"), house.Receipt(exhibit, house.Handler, kept: true)) ?? new Outcome.Refused(new Refusal(Bars.Self), 0));
        Assert.Equal(house.Handler, (await house.ExhibitAsync(exhibit)).Chain.Holder);
    }

    [Fact]
    public async Task Two_officers_one_barred_at_three_in_the_morning_without_a_line_lose_nothing()
    {
        // ben is named in the case. ana seizes and hands over to the relief from the port; both sign on devices that send hours later, hers last.
        var staff = new Staff().Unit("agency", "AGE").Unit("narcotics", "NAR", "agency").Unit("port", "POR", "agency").Unit("ombudsman", "OMB")
            .Post("chief", "narcotics", Role.Commander).Post("ana", "narcotics", Role.Officer).Post("ben", "narcotics", Role.Officer)
            .Post("pedro", "port", Role.Officer).Post("keeper", "port", Role.Custodian).Post("ines", "agency", Role.Integrity).Post("oscar", "ombudsman", Role.Overseer);
        await using var house = await ExhibitHouse.CreateAsync(staff, "chief", new Probity.Cases.Contract.Party(Probity.Cases.Contract.PartyRole.Witness, "ben", Staff.Id("ben")));
        var night = new DateTimeOffset(2026, 3, 3, 3, 0, 0, TimeSpan.Zero);
        house.Cases.Time.Now = night;
        var exhibit = await house.SeizeAsync();
        house.Cases.Time.Now = night.AddHours(5);
        // The chain reaches the record from its end: keeper's half, pedro's two in the order in which his device has them, ana's.
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, Staff.Id("pedro"), at: night.AddMinutes(90), kept: true)));
        Done(await house.TakeAsync(Staff.Id("pedro"), house.Receipt(exhibit, Staff.Id("ana"), at: night.AddMinutes(31), kept: true)));
        Done(await house.GiveAsync(Staff.Id("pedro"), Release(exhibit, Keeper, at: night.AddMinutes(88), kept: true)));
        var before = await house.ExhibitAsync(exhibit);
        // Two say so of what ana had, and she has not: it is a claim, and hers to answer for.
        Assert.Equal((Staff.Id("ana"), true, Staff.Id("ana")), (before.Chain.Links.Single().Gap!.Value, before.Chain.Links.Single().IsClaim, before.Chain.Holder));
        Done(await house.GiveAsync(Staff.Id("ana"), Release(exhibit, Staff.Id("pedro"), at: night.AddMinutes(30), kept: true)));
        var after = await house.ExhibitAsync(exhibit);
        Assert.Equal([Staff.Id("pedro"), Keeper], after.Chain.Links.Select(l => l.In.To));
        Assert.All(after.Chain.Links, l => Assert.Null(l.Gap));
        Assert.Equal(night.AddMinutes(30), after.Chain.Links[0].Out.At);
        Assert.Equal(night.AddHours(5), after.Chain.Links[0].Out.Recorded);
        Assert.Equal(Keeper, after.Chain.Holder);
        // What one alone, and then two, signed past her was told meanwhile.
        Assert.Equal([DiscrepancyKind.Claim, DiscrepancyKind.Gap], (await house.DiscrepanciesAsync()).Select(d => d.Found.Kind));
    }

    [Fact]
    public async Task Two_who_sign_to_each_other_what_neither_had_are_a_matter_at_once()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        var (at, pedro) = (house.Cases.Time.Now.AddMinutes(-20), Staff.Id("pedro"));
        Done(await house.GiveAsync(pedro, Release(exhibit, Keeper, at: at, kept: true)));
        Assert.Equal(DiscrepancyKind.Claim, Assert.Single(await house.DiscrepanciesAsync()).Found.Kind);
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, pedro, at: at.AddMinutes(1), kept: true)));
        var found = Assert.Single(await house.DiscrepanciesAsync(), d => d.Found.Kind == DiscrepancyKind.Gap).Found;
        Assert.Equal([house.Handler, pedro, Keeper], found.People);
    }

    [Fact]
    public async Task A_claim_of_ones_own_hides_no_gap_whether_it_is_withdrawn_or_not()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        var (at, pedro) = (house.Cases.Time.Now.AddMinutes(-20), Staff.Id("pedro"));
        var claim = house.Receipt(exhibit, house.Handler, at: at.AddMinutes(-1), kept: true);
        Done(await house.TakeAsync(pedro, claim));
        Done(await house.GiveAsync(pedro, Release(exhibit, Keeper, at: at, kept: true)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, pedro, at: at.AddMinutes(1), kept: true)));
        Assert.Equal(DiscrepancyKind.Gap, Assert.Single(await house.DiscrepanciesAsync()).Found.Kind);
        Done(await house.Get<WithdrawHandOver>().HandleAsync(pedro, new(exhibit, claim.Half, CaseHouse.Reason), Cancel));
        Assert.Single(await house.DiscrepanciesAsync());
        Assert.True((await house.ExhibitAsync(exhibit)).Chain.Links.Single().IsClaim);
    }

    [Fact]
    public async Task In_any_order_and_any_number_of_times_the_record_comes_to_the_same()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibits = new Queue<Guid>();
        for (var i = 0; i < 40; i++) exhibits.Enqueue(await house.SeizeAsync(seals: [$"A-{i}", $"B-{i}"]));
        house.Cases.Time.Now += TimeSpan.FromHours(3);
        var pedro = Staff.Id("pedro");
        await Gen.Shuffle(Enumerable.Range(0, 6).Concat(Enumerable.Range(0, 6)).ToArray()).SampleAsync(async order =>
        {
            var exhibit = exhibits.Dequeue();
            var at = house.Cases.Time.Now.AddHours(-3);
            var seals = (await house.ExhibitAsync(exhibit)).Packages.ToArray();
            Guid[] ids = [.. Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7())];
            foreach (var half in order)
            {
                Done(await (half switch
                {
                    0 => house.GiveAsync(house.Handler, Release(exhibit, pedro, ids[0], ids[0], at: at, kept: true, seals: seals)),
                    1 => house.TakeAsync(pedro, house.Receipt(exhibit, house.Handler, ids[1], ids[1], at: at.AddMinutes(1), kept: true, seals: seals)),
                    2 => house.GiveAsync(pedro, Release(exhibit, Keeper, ids[2], ids[2], at: at.AddMinutes(60), kept: true, seals: seals)),
                    3 => house.TakeAsync(Keeper, house.Receipt(exhibit, pedro, ids[3], ids[3], at: at.AddMinutes(61), kept: true, seals: seals)),
                    4 => house.GiveAsync(Keeper, Release(exhibit, house.Handler, ids[4], ids[4], at: at.AddMinutes(120), kept: true, purpose: Purpose.Court, authority: "Order 3", seals: seals)),
                    _ => house.TakeAsync(house.Handler, house.Receipt(exhibit, Keeper, ids[5], ids[5], at: at.AddMinutes(121), kept: true, seals: seals)),
                }));
            }

            var after = await house.ExhibitAsync(exhibit);
            Assert.Equal([pedro, Keeper, house.Handler], after.Chain.Links.Select(l => l.In.To));
            Assert.Equal((3, 3, ExhibitStatus.InCourt), (after.Releases.Length, after.Receipts.Length, after.Status));
            Assert.Equal(house.Handler, after.Chain.Holder);
            // What reached the record before who had it had signed was told, and nothing else was.
            var found = (await house.DiscrepanciesAsync()).Where(d => d.Found.Exhibit == exhibit).ToList();
            Assert.All(found, d => Assert.True(d.Found.Kind is DiscrepancyKind.Gap or DiscrepancyKind.Claim));
            int First(int half) => Array.IndexOf(order, half);
            if (Math.Max(First(0), First(1)) < Math.Min(First(2), First(3)) && Math.Max(First(2), First(3)) < Math.Min(First(4), First(5))) Assert.Empty(found);
        }, iter: 40, threads: 1);
    }
}
