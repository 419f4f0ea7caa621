using System.Net;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Transferring;
using Probity.Ledger;
using Probity.Shared;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;
using static Probity.Tests.Exhibits.ExhibitHouse;

namespace Probity.Tests.Exhibits;

/// <summary>A half of a hand-over that somebody makes up, puts on another day, or sends again as something else.</summary>
public sealed class ForgedHalfTests
{
    static readonly Guid Keeper = Staff.Id("keeper"), Pedro = Staff.Id("pedro");

    // Seized at the hour nought; the handler handed over to the keeper an hour later, where it says so. All in minutes.
    [Theory]
    [InlineData(false, -5, 100, true), InlineData(false, -6, 100, false)]
    [InlineData(false, 0, 100, true), InlineData(false, 0, 7 * 24 * 60, true), InlineData(false, 0, 7 * 24 * 60 + 1, false)]
    [InlineData(false, 105, 100, true), InlineData(false, 106, 100, false), InlineData(false, 525_600, 100, false)]
    [InlineData(true, 55, 100, true), InlineData(true, 54, 100, false), InlineData(true, 0, 100, false), InlineData(true, 90, 100, true)]
    public async Task A_half_is_not_put_before_what_is_settled_nor_long_ago_nor_ahead(bool handedOver, int at, int now, bool fits)
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var start = house.Cases.Time.Now;
        var exhibit = await house.SeizeAsync();
        if (handedOver)
        {
            house.Cases.Time.Now = start.AddMinutes(60);
            Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper)));
            Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler)));
        }

        house.Cases.Time.Now = start.AddMinutes(now);
        var before = await house.ExhibitAsync(exhibit);
        var took = await house.TakeAsync(Pedro, house.Receipt(exhibit, house.Handler, at: start.AddMinutes(at), kept: true));
        var gave = await house.GiveAsync(Keeper, Release(exhibit, Pedro, at: start.AddMinutes(at), kept: true));
        if (fits)
        {
            Done(took);
            Done(gave);
            return;
        }

        Refused(HalfBounds.OutOfTime, took);
        Refused(HalfBounds.OutOfTime, gave);
        var after = await house.ExhibitAsync(exhibit);
        Assert.Equal((before.Version, before.Chain.Holder, before.Status), (after.Version, after.Chain.Holder, after.Status));
        Assert.Empty(await house.DiscrepanciesAsync());
        Assert.Equal(2, (await house.Cases.Log.ReadAsync(0, int.MaxValue, Cancel)).Count(e => EventTypes.Read(e).Event is ActionRefused { Code: HalfBounds.OutOfTime }));
    }

    [Fact]
    public async Task What_the_other_has_signed_already_still_comes_behind_a_later_hand_over()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var start = house.Cases.Time.Now;
        house.Cases.Time.Now += TimeSpan.FromHours(5);
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Pedro, at: start.AddMinutes(60), kept: true)));
        Done(await house.TakeAsync(house.Handler, house.Receipt(exhibit, Pedro, at: start.AddMinutes(120), kept: true)));
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Keeper, at: start.AddMinutes(180), kept: true)));
        Done(await house.TakeAsync(Keeper, house.Receipt(exhibit, house.Handler, at: start.AddMinutes(181), kept: true)));
        // The telephone of the one between finds its line last.
        Done(await house.TakeAsync(Pedro, house.Receipt(exhibit, house.Handler, at: start.AddMinutes(61), kept: true)));
        Done(await house.GiveAsync(Pedro, Release(exhibit, house.Handler, at: start.AddMinutes(119), kept: true)));
        var chain = (await house.ExhibitAsync(exhibit)).Chain;
        Assert.Equal([Pedro, house.Handler, Keeper], chain.Links.Select(l => l.In.To));
        Assert.All(chain.Links, l => Assert.Null(l.Gap));
        // Between his two signatures it was his, and the handler had given it away: that was told.
        Assert.Equal(DiscrepancyKind.TwoReceivers, Assert.Single(await house.DiscrepanciesAsync()).Found.Kind);
    }

    [Theory]
    [InlineData(true, "keeper"), InlineData(false, "keeper"), InlineData(true, "pedro"), InlineData(false, "pedro"), InlineData(true, "lena"), InlineData(false, "lena"), InlineData(true, "store"), InlineData(false, "store")]
    public async Task Those_whose_hands_it_comes_to_sign_in_either_order(bool giverFirst, string receiver)
    {
        // A laboratory and a central store are no part of the agency.
        var staff = Staff.Agency().Unit("institute", "INS").Post("lena", "institute", Role.Analyst).Unit("depot", "DEP").Post("depot chief", "depot", Role.Commander).Post("store", "depot", Role.Custodian);
        await using var house = await ExhibitHouse.CreateAsync(staff);
        Done(await house.Get<Probity.Exhibits.Keeping.OpenLocation>().HandleAsync(
            Staff.Id("depot chief"), new(Guid.CreateVersion7(), Staff.Id("depot"), "Depot 1", StorageClass.Vault, null, true, true, true), Cancel));
        var exhibit = await house.SeizeAsync();
        var to = Staff.Id(receiver);
        Func<Task>[] halves =
        [
            async () => Done(await house.GiveAsync(house.Handler, Release(exhibit, to, kept: true, purpose: Purpose.Laboratory, authority: "REQ-1"))),
            async () => Done(await house.TakeAsync(to, house.Receipt(exhibit, house.Handler, kept: true))),
        ];
        if (!giverFirst) Array.Reverse(halves);
        foreach (var half in halves) await half();
        Assert.Equal(to, (await house.ExhibitAsync(exhibit)).Chain.Holder);
    }

    [Fact]
    public async Task What_waited_for_too_long_is_signed_again_on_the_page_and_joins_what_was_given()
    {
        await using var host = await StaffHost.StartAsync();
        var (exhibit, _) = await StoreScene.PlayAsync(host);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var given = await custodian.PostJsonAsync($"/api/exhibits/{exhibit}/releases", new { half = Guid.NewGuid(), transfer = Guid.NewGuid(), to = StaffHost.Of(Role.Officer), purpose = "transport", seals = Array.Empty<object>() });
        Assert.True(given.IsSuccessStatusCode, await given.Content.ReadAsStringAsync());
        var signed = host.Clock.Now;
        host.Clock.Now += TimeSpan.FromDays(10);
        using var officer = await host.SignedInAsync(Role.Officer);
        var late = await officer.PostJsonAsync($"/api/exhibits/{exhibit}/receipts", new { half = Guid.NewGuid(), transfer = Guid.NewGuid(), from = StaffHost.Of(Role.Custodian), seals = Array.Empty<object>(), occurred = signed, keptOnDevice = true });
        Assert.Contains(HalfBounds.OutOfTime, await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // Pressed twice it is the same signature, though by then nothing waits for it any more.
        var page = await officer.TextAsync($"/exhibits/{exhibit}/take");
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.SeeOther, (await StoreScene.SendAsync(officer, $"/exhibits/{exhibit}/take", page, null, ("from", StaffHost.Of(Role.Custodian).ToString()), ("unread", "yes"))).Status);
        var chain = (await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(exhibit))).Chain;
        Assert.Equal(StaffHost.Of(Role.Officer), Assert.Single(chain.Links).In.To);
        Assert.Empty(chain.Alone);
    }

    [Fact]
    public async Task A_prosecutor_of_another_case_signs_nothing_until_who_has_it_names_them()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var (exhibit, pol) = (await house.SeizeAsync(), Staff.Id("pol"));
        var take = house.Receipt(exhibit, house.Handler, kept: true);
        Assert.Null(await house.TakeAsync(pol, take));
        Assert.Null(await house.GiveAsync(pol, Release(exhibit, Keeper, kept: true)));
        Assert.Empty((await house.ExhibitAsync(exhibit)).Receipts);
        Done(await house.GiveAsync(house.Handler, Release(exhibit, pol, purpose: Purpose.Court, authority: "Order 3")));
        Done(await house.TakeAsync(pol, take));
        Assert.Equal(pol, (await house.ExhibitAsync(exhibit)).Chain.Holder);
    }

    public static TheoryData<string> Others => [.. s_others.Keys];

    static readonly Dictionary<string, Func<ExhibitHouse, HandOverExhibit.Command, HandOverExhibit.Command>> s_others = new()
    {
        ["receiver"] = (_, c) => c with { To = Pedro },
        ["transfer"] = (_, c) => c with { Transfer = Guid.CreateVersion7() },
        ["purpose"] = (_, c) => c with { Purpose = Purpose.Transport },
        ["authority"] = (_, c) => c with { Authority = "Order 9" },
        ["condition"] = (_, c) => c with { Condition = "Torn." },
        ["seal"] = (_, c) => c with { Seals = [new(1, "S-1"), new(2, "S-9")] },
        ["fewer seals"] = (_, c) => c with { Seals = [new(1, "S-1")] },
        ["time"] = (_, c) => c with { Occurred = c.Occurred!.Value.AddMinutes(1) },
        ["no time"] = (_, c) => c with { Occurred = null },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_signature_that_comes_again_as_something_else_is_refused_and_told_once(string what)
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        var give = Release(exhibit, Keeper, at: house.Cases.Time.Now.AddMinutes(-30), kept: true);
        Done(await house.GiveAsync(house.Handler, give));
        var before = await house.ExhibitAsync(exhibit);
        for (var i = 0; i < 3; i++) Refused(HalfBounds.OtherContent, await house.GiveAsync(house.Handler, s_others[what](house, give)));
        var after = await house.ExhibitAsync(exhibit);
        Assert.Equal((before.Version, Keeper), (after.Version, Assert.Single(after.Chain.Given).To));
        var (_, found) = Assert.Single(await house.DiscrepanciesAsync());
        Assert.Equal(DiscrepancyKind.Replayed, found.Kind);
        Assert.Equal(what == "receiver", found.People.Contains(Pedro));
        Assert.Equal(what is "seal" or "fewer seals" ? 2 : null, found.Package);
        // As it was, or as one that waited meanwhile, it is no other.
        house.Cases.Time.Now += TimeSpan.FromHours(1);
        Done(await house.GiveAsync(house.Handler, give));
        Done(await house.GiveAsync(house.Handler, give with { KeptOnDevice = false }));
        Assert.Equal(before.Version, (await house.ExhibitAsync(exhibit)).Version);
    }

    [Fact]
    public async Task A_signature_is_its_signers_and_of_its_kind()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var (give, take) = (Release(exhibit, Keeper), house.Receipt(exhibit, house.Handler));
        Done(await house.GiveAsync(house.Handler, give));
        Done(await house.TakeAsync(Keeper, take));
        Refused(HalfBounds.OtherContent, await house.GiveAsync(Keeper, give with { To = house.Handler }));
        Refused(HalfBounds.OtherContent, await house.TakeAsync(Keeper, take with { Half = give.Half }));
        Refused(HalfBounds.OtherContent, await house.TakeAsync(Keeper, take with { Location = null }));
        Refused(HalfBounds.OtherContent, await house.TakeAsync(Keeper, take with { Discrepancy = "One package is wet." }));
        Done(await house.TakeAsync(Keeper, take));
        Assert.Equal(2, (await house.DiscrepanciesAsync()).Count);
        Assert.Single((await house.ExhibitAsync(exhibit)).Chain.Links);
    }

    [Fact]
    public async Task A_clock_a_little_ahead_is_now_and_the_signature_sent_again_is_the_same()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var give = Release(exhibit, Keeper, at: house.Cases.Time.Now.AddMinutes(4), kept: true);
        Done(await house.GiveAsync(house.Handler, give));
        house.Cases.Time.Now += TimeSpan.FromMinutes(30);
        Done(await house.GiveAsync(house.Handler, give));
        var release = Assert.Single((await house.ExhibitAsync(exhibit)).Releases);
        Assert.Equal(house.Cases.Time.Now.AddMinutes(-30), release.At);
    }

    [Fact]
    public async Task A_claim_that_nobody_joined_in_time_is_told_to_both_and_to_integrity_and_is_no_custody()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.OtherUnit)]);
        var (exhibit, _) = await StoreScene.PlayAsync(host);
        var (claimant, holder) = (StaffHost.Other(0), StaffHost.Of(Role.Custodian));
        async Task<IReadOnlyList<NextStep>> StepsAsync(Guid person)
        {
            await host.CaughtUpAsync("exhibits");
            using var browser = await host.SignedInAsync(person);
            var page = WebUtility.HtmlDecode(await browser.TextAsync("/"));
            return [.. new[] { "Overdue: a hand-over has one signature only", "It is a claim, not custody." }.Where(t => page.Contains(t, StringComparison.Ordinal)).Select(t => new NextStep(t, "", "", ""))];
        }

        using var forger = await host.SignedInAsync(claimant);
        var claimed = await forger.PostJsonAsync($"/api/exhibits/{exhibit}/receipts", new
        {
            half = Guid.NewGuid(), transfer = Guid.NewGuid(), from = holder, seals = Array.Empty<object>(), occurred = host.Clock.Now, keptOnDevice = true,
        });
        Assert.True(claimed.IsSuccessStatusCode, await claimed.Content.ReadAsStringAsync());
        var signed = host.Clock.Now;
        host.Clock.Now = signed + SignedHalf.Joined;
        foreach (var person in (Guid[])[claimant, holder, StaffHost.Of(Role.Integrity)]) Assert.Empty(await StepsAsync(person));
        host.Clock.Now = signed + SignedHalf.Joined + TimeSpan.FromMinutes(1);
        foreach (var person in (Guid[])[claimant, holder, StaffHost.Of(Role.Integrity), StaffHost.Of(Role.Overseer)]) Assert.Equal(2, (await StepsAsync(person)).Count);
        foreach (var person in (Guid[])[StaffHost.Of(Role.Officer), StaffHost.Of(Role.Analyst)]) Assert.Empty(await StepsAsync(person));

        // The page says a claim; who has it is who had it, and the claimant sees no more of it than before.
        using var integrity = await host.SignedInAsync(Role.Integrity);
        var page = WebUtility.HtmlDecode(await integrity.TextAsync($"/exhibits/{exhibit}"));
        Assert.Contains("it is one person's claim, not custody", page, StringComparison.Ordinal);
        Assert.Contains("One signature only, overdue", page, StringComparison.Ordinal);
        Assert.Equal(holder, (await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(exhibit))).Chain.Holder);
        using var again = await host.SignedInAsync(claimant);
        Assert.Equal(HttpStatusCode.NotFound, (await again.GetAsync($"/exhibits/{exhibit}")).StatusCode);

        // Nobody takes it from a claim while the line is up.
        using var officer = await host.SignedInAsync(Role.Officer);
        var from = await officer.PostJsonAsync($"/api/exhibits/{exhibit}/receipts", new { half = Guid.NewGuid(), transfer = Guid.NewGuid(), from = claimant, seals = Array.Empty<object>() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, from.StatusCode);
        Assert.Contains(ReceiveExhibit.NotFromHolder, await from.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // The integrity officer sets it aside with a reason; then it waits for nobody.
        var half = (await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(exhibit))).Chain.Taken.Single().Half;
        var form = $"/exhibits/{exhibit}/withdraw/{half}";
        Assert.Contains($"href=\"{form}\"", page, StringComparison.Ordinal);
        Assert.Contains("I do not have it after all", await again.TextAsync(form), StringComparison.Ordinal);
        Assert.Contains("it is one person's claim, not custody", WebUtility.HtmlDecode(await integrity.TextAsync(form)), StringComparison.Ordinal);
        var (status, _, location) = await StoreScene.SendAsync(integrity, form, await integrity.TextAsync(form), null, ("reason", "They were at sea that day."));
        Assert.Equal((HttpStatusCode.SeeOther, $"/exhibits/{exhibit}?done=withdrawn"), (status, location));
        foreach (var person in (Guid[])[claimant, holder, StaffHost.Of(Role.Integrity), StaffHost.Of(Role.Overseer)]) Assert.Empty(await StepsAsync(person));
    }

    [Fact]
    public async Task A_half_is_taken_back_by_its_signer_and_set_aside_by_integrity_once_it_is_overdue_and_by_nobody_else()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var take = house.Receipt(exhibit, house.Handler);
        Done(await house.TakeAsync(Pedro, take));
        Task<Outcome?> WithdrawAsync(Guid by) => house.Get<WithdrawHandOver>().HandleAsync(by, new(exhibit, take.Half, "It was another one."), Cancel);
        foreach (var other in (Guid[])[house.Handler, Keeper, Staff.Id("ines")]) Refused(WithdrawHandOver.NothingGiven, await WithdrawAsync(other));
        house.Cases.Time.Now += SignedHalf.Joined + TimeSpan.FromMinutes(1);
        foreach (var other in (Guid[])[house.Handler, Keeper]) Refused(WithdrawHandOver.NothingGiven, await WithdrawAsync(other));
        Refused(Bars.Role, await WithdrawAsync(Staff.Id("oscar")));
        Done(await WithdrawAsync(Staff.Id("ines")));
        Refused(WithdrawHandOver.NothingGiven, await WithdrawAsync(Pedro));
        Assert.Empty((await house.ExhibitAsync(exhibit)).Chain.Alone);

        // Their own they take back at once; and where the other signs after all, both have signed.
        take = house.Receipt(exhibit, house.Handler);
        Done(await house.TakeAsync(Pedro, take));
        Done(await WithdrawAsync(Pedro));
        Assert.Empty((await house.ExhibitAsync(exhibit)).Chain.Alone);
        Done(await house.GiveAsync(house.Handler, Release(exhibit, Pedro)));
        Assert.Equal(Pedro, (await house.ExhibitAsync(exhibit)).Chain.Holder);
    }

    [Fact]
    public async Task An_id_that_stands_in_two_exhibits_does_not_stop_the_lists()
    {
        await using var host = await StaffHost.StartAsync();
        var (one, other) = await StoreScene.PlayAsync(host);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var balance = (await StoreScene.StoreAsync(host)).Balances.Keys.Single();
        var (half, act) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var exhibit in (Guid[])[one, other])
        {
            var weighed = await custodian.PostJsonAsync($"/api/exhibits/{exhibit}/weighings", new { act, kind = "grossSealed", mass = "1500", balance, moment = "intake", witness = StaffHost.Of(Role.Officer) });
            Assert.True(weighed.IsSuccessStatusCode, await weighed.Content.ReadAsStringAsync());
            var given = await custodian.PostJsonAsync($"/api/exhibits/{exhibit}/releases", new { half, transfer = Guid.NewGuid(), to = StaffHost.Of(Role.Officer), purpose = "transport", seals = Array.Empty<object>() });
            Assert.True(given.IsSuccessStatusCode, await given.Content.ReadAsStringAsync());
        }

        await host.CaughtUpAsync("exhibits");
        using var officer = await host.SignedInAsync(Role.Officer);
        foreach (var exhibit in (Guid[])[one, other]) Assert.Contains($"/exhibits/{exhibit}/take", await officer.TextAsync("/"), StringComparison.Ordinal);
    }
}
