using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Protecting;
using Probity.Reports.Viewing;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;
using Probity.Tests.People;

namespace Probity.Tests.Reports;

/// <summary>Whom a report protects, and what those who read it learn of acts to that person's disadvantage: they and nobody else.</summary>
public sealed class ProtectionTests
{
    [Fact]
    public void Many_people_are_protected_no_reader_fills_the_list_alone_and_no_box_tells_how_many_or_whom()
    {
        var many = Enumerable.Range(0, ProtectedList.Most + 1).Select(at => $"extra{at}").ToList();
        using var house = new HandlingHouse { Register = many.Aggregate(Staff.Agency(), (staff, name) => staff.Post(name, "agency", Role.Officer)).ToRegister() };
        Assert.Equal((ProtectPeople.PersonMissing, ProtectPeople.PersonMissing, ProtectPeople.Oneself), (house.Protect("ines", null), house.Protect("ines", "stranger"), house.Protect("ines", "ines")));
        Assert.Equal((nameof(PeopleProtected), ProtectPeople.Listed, nameof(PeopleProtected)), (house.Protect("ines", "ana"), house.Protect("ivo", "ana"), house.Protect("olga", "ines")));
        Assert.Equal([HandlingHouse.Id("ana"), HandlingHouse.Id("ines")], Known());
        foreach (var more in many.Take(ProtectedList.MostOfOne)) Assert.Equal(nameof(PeopleProtected), house.Protect("oscar", more));
        // One who put sixty there finds no place for more, and takes none from the others.
        Assert.Equal((ProtectedList.MostOfOne + 2, ProtectPeople.FullOfOne, nameof(PeopleProtected)), (Known().Count, house.Protect("oscar", "chief"), house.Protect("ivo", "chief")));
        Assert.Equal((nameof(PeopleProtected), ""), (house.Protect("ivo", many[0], protect: false), house.Protect("ivo", many[0], protect: false)));
        Assert.DoesNotContain(HandlingHouse.Id(many[0]), Known());
        // Who puts back whom another took off has put them there.
        Assert.Equal((nameof(PeopleProtected), nameof(PeopleProtected)), (house.Protect("ines", many[0]), house.Protect("oscar", "keeper")));
        Assert.Equal((HandlingHouse.Id("ines"), HandlingHouse.Id("oscar")), (PutOnBy(many[0]), PutOnBy(many[1])));
        foreach (var more in many.Skip(ProtectedList.MostOfOne).Take(ProtectedList.Most - Known().Count)) Assert.Equal(nameof(PeopleProtected), house.Protect("ivo", more));
        Assert.Equal((ProtectedList.Most, ProtectPeople.Full), (Known().Count, house.Protect("ines", many[^1])));
        Assert.Single(house.Filed.Select(f => ((PeopleProtected)f.Event).Box.Length).Distinct());

        IReadOnlyList<Guid> Known() => ProtectedList.Of(house.As("olga")!.Opened, house.Report);

        Guid PutOnBy(string who) => ProtectedList.PutOnBy(house.As("olga")!.Opened, house.Report)[HandlingHouse.Id(who)];
    }

    [Fact]
    public void They_are_protected_as_long_as_the_report_is_open_and_for_24_months_after()
    {
        using var house = new HandlingHouse().InHand();
        Assert.False(ProtectedList.IsInForce(house.As("ines")!));
        house.Protect("ines", "ana");
        house.Day(800);
        Assert.True(ProtectedList.IsInForce(house.As("ines")!));
        house.Find("ines");
        house.Close("ines");
        house.Answer("ivo");
        var closed = DateOnly.FromDateTime(house.Now.UtcDateTime);
        Assert.Equal(closed.AddMonths(24), ProtectedList.Until(house.Report, house.Policy));
        house.Now = house.Now.AddMonths(24);
        Assert.True(ProtectedList.IsInForce(house.As("ines")!));
        house.Now = house.Now.AddDays(1);
        Assert.False(ProtectedList.IsInForce(house.As("ines")!));
        // Somebody who is put on the list then is protected from then on.
        house.Protect("ines", "vera");
        Assert.True(ProtectedList.IsInForce(house.As("ines")!));
        Assert.Equal((24, 24), (Probity.Policies.Contract.PolicyRules.ReportProtectionMonths.Default, Probity.Policies.Contract.PolicyRules.ReportProtectionMonths.Least));
    }

    [Fact]
    public void Whoever_is_taken_off_is_protected_for_a_month_more_and_who_did_it_is_seen()
    {
        using var house = new HandlingHouse();
        house.Protect("ines", "ana");
        house.Protect("ivo", "ana", protect: false);
        var facts = house.As("olga")!;
        Assert.Empty(ProtectedList.Of(facts.Opened, house.Report));
        Assert.Equal([HandlingHouse.Id("ana")], ProtectedList.On(facts.Opened, house.Report, facts.Today.AddDays(29)));
        Assert.Empty(ProtectedList.On(facts.Opened, house.Report, facts.Today.AddDays(30)));
        Assert.Equal((HandlingHouse.Id("ana"), HandlingHouse.Id("ivo"), facts.Today), Assert.Single(ProtectedList.TakenOff(facts.Opened, house.Report, facts.Today)));
        var changes = house.Report.Acts.Select(a => a.Event).OfType<PeopleProtected>().Select(c => ProtectedList.ChangeOf(facts.Opened, house.Report, c)).ToList();
        Assert.Equal([HandlingHouse.Id("ana")], changes[0].On);
        Assert.Equal([HandlingHouse.Id("ana")], changes[1].Off);
        Assert.Empty(changes[0].Off.Concat(changes[1].On));
        house.Protect("ines", "ana");
        Assert.Empty(ProtectedList.TakenOff(facts.Opened, house.Report, facts.Today));
    }

    [Fact]
    public void Why_an_act_was_cleared_opens_for_the_report_alone_and_looks_like_the_noise_of_any_other_act()
    {
        var (own, other, person) = (new byte[32], Enumerable.Repeat((byte)1, 32).ToArray(), Guid.NewGuid());
        var (nothing, one, three) = (
            ClearingBoxes.Seal([], person, null), ClearingBoxes.Seal([own], person, "The post was to be filled anew since May."), ClearingBoxes.Seal([other, own, other, other], person, new string('\u4e00', 500)));
        Assert.Equal((nothing.Length, nothing.Length), (one.Length, three.Length));
        Assert.Equal(("The post was to be filled anew since May.", 500), (ClearingBoxes.Open(own, person, one), ClearingBoxes.Open(own, person, three)!.Length));
        Assert.Equal((null, null, null), (ClearingBoxes.Open(own, person, nothing), ClearingBoxes.Open(other, person, one), ClearingBoxes.Open(own, Guid.NewGuid(), one)));
        Assert.Equal((null, null), (ClearingBoxes.Open(own, person, one[4..]), ClearingBoxes.Open(own, person, "no base64 at all")));
        // Twice the same is never the same twice.
        Assert.NotEqual(one, ClearingBoxes.Seal([own], person, "The post was to be filled anew since May."));
    }

    [Fact]
    public async Task Whoever_reads_the_report_sees_an_act_in_time_and_whom_it_is_kept_from_sees_an_act_like_any_other()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.SecondIntegrity, UnlockedReports.Overseer, UnlockedReports.SecondOverseer);
        var report = await reports.SendAsync("report 1", without: [UnlockedReports.SecondIntegrity, UnlockedReports.SecondOverseer]);
        var (officer, custodian, path) = (StaffHost.Of(Role.Officer), StaffHost.Of(Role.Custodian), $"/reports/{report:D}/protection");
        var integrity = await reports.SignedInAsync(UnlockedReports.Integrity);
        Assert.Contains("Nobody is on the list", await integrity.TextAsync(path), StringComparison.Ordinal);
        var nobody = await integrity.PostAsync(path + "/add", await integrity.TextAsync(path), new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = "" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        Assert.Contains("href=\"#person\"", await nobody.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(path + "/add", await integrity.TextAsync(path), new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = "quilombo officer" })).StatusCode);
        Assert.Contains("Quilombo Officer, Post Officer", await integrity.TextAsync(path), StringComparison.Ordinal);
        // Who is listed already, and who asks, is refused with just that, by name or by id.
        foreach (var (who, said) in new[] { ("quilombo officer", "They are on the list already."), (officer.ToString("D"), "They are on the list already."), ("quilombo integrity", "You cannot put yourself on the list") })
            Assert.Contains(said, await (await integrity.PostAsync(path + "/add", await integrity.TextAsync(path), new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = who })).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // Whom one reader took off another puts back in one press.
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(path + "/remove", await integrity.TextAsync(path), new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = officer.ToString("D") })).StatusCode);
        var second = await reports.SignedInAsync(UnlockedReports.Overseer);
        Assert.Contains("Put back on the list", await second.TextAsync(path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await second.PostAsync(path + "/add", await second.TextAsync(path), new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = officer.ToString("D") })).StatusCode);
        Assert.DoesNotContain("Put back on the list", await second.TextAsync(path), StringComparison.Ordinal);
        var outsider = await reports.SignedInAsync(UnlockedReports.SecondIntegrity);
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.PostAsync(path + "/add", await outsider.TextAsync("/"), new() { ["person"] = officer.ToString("D") })).StatusCode);

        // The commander ends both posts alike.
        var commander = await host.SignedInAsync(Role.Commander);
        foreach (var posting in (Guid[])[StaffHost.PostingOf(Role.Officer), StaffHost.PostingOf(Role.Custodian)])
            Assert.Equal(HttpStatusCode.Accepted, (await commander.PostJsonAsync($"/api/postings/{posting:D}/end", new { text = "The shift is made smaller." })).StatusCode);
        await host.CaughtUpAsync(ReportView.ViewName);
        var step = $"Something is to be done to Quilombo Officer, whom report {ReportForms.Reference(report)} protects";
        Assert.Contains(step, await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("Something is to be done", await outsider.TextAsync("/"), StringComparison.Ordinal);
        var (seen, unseen) = (Marks(await outsider.TextAsync($"/people/{officer:D}")), Marks(await outsider.TextAsync($"/people/{custodian:D}")));
        Assert.Contains("It can be agreed to from 5 March 2026", seen, StringComparison.Ordinal);
        Assert.Equal(unseen, seen);
        Assert.Contains("A report protects this person", await integrity.TextAsync($"/people/{officer:D}"), StringComparison.Ordinal);
        Assert.DoesNotContain("A report protects this person", await integrity.TextAsync($"/people/{custodian:D}"), StringComparison.Ordinal);

        // Whose key is locked agrees to nothing, protected or not.
        host.Clock.Now += HeldActs.Hold;
        var locked = await host.SignedInAsync(UnlockedReports.Integrity);
        foreach (var posting in (Guid[])[StaffHost.PostingOf(Role.Officer), StaffHost.PostingOf(Role.Custodian)]) Assert.Contains(HeldActs.Locked, await AgreeAsync(locked, posting), StringComparison.Ordinal);
        integrity = await reports.SignedInAsync(UnlockedReports.Integrity);
        // Where a report may have been taken out while the server stood still, no key says that there is none.
        var (clerk, doubt) = (host.Services.GetRequiredService<Clerk>(), host.Services.GetRequiredService<HeldDoubt>());
        Assert.IsType<Outcome.Done>(await clerk.FileAsync(clerk.House, ExchangeState.Stream, "reports.checkpoint", _ => new(Decision.Accept(ExchangeState.Stream, new ExchangeCompared(0, 0)))));
        Assert.Contains(HeldActs.Unsure, await AgreeAsync(integrity, StaffHost.PostingOf(Role.Custodian)), StringComparison.Ordinal);
        Assert.Contains("Reports may be missing here", await integrity.TextAsync($"/people/{custodian:D}"), StringComparison.Ordinal);
        doubt.Settle(doubt.Open!.Value);
        var entries = (await host.RecordAsync()).Count;
        Assert.Contains(HeldActs.WhyMissing, await AgreeAsync(integrity, StaffHost.PostingOf(Role.Officer)), StringComparison.Ordinal);
        Assert.Contains("text.too-long", await AgreeAsync(integrity, StaffHost.PostingOf(Role.Officer), new string('x', 501)), StringComparison.Ordinal);
        // What was asked of whoever sees that the person is protected stands on no record.
        Assert.Equal(entries, (await host.RecordAsync()).Count);
        Assert.Equal("", await AgreeAsync(integrity, StaffHost.PostingOf(Role.Officer), "The whole shift goes, and it was said in May."));
        Assert.Equal("", await AgreeAsync(await reports.SignedInAsync(UnlockedReports.SecondIntegrity), StaffHost.PostingOf(Role.Custodian)));
        var overseer = await reports.SignedInAsync(UnlockedReports.Overseer);
        var page = await overseer.TextAsync(path);
        Assert.Contains("The whole shift goes, and it was said in May.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Something is to be done", await overseer.TextAsync("/"), StringComparison.Ordinal);

        // Somebody from whom the report is kept agrees to it unknowingly: those who read it see that too, and that no reason was written.
        var clears = (await host.RecordAsync()).Select(r => r.Event).OfType<ActCleared>().ToList();
        Assert.Equal((2, 1), (clears.Count, clears.Select(c => c.Boxes.Length).Distinct().Count()));

        static async Task<string> AgreeAsync(Tests.Access.Browser who, Guid posting, string? why = null) =>
            await (await who.PostJsonAsync($"/api/postings/{posting:D}/end/answer", new { agree = true, why })).Content.ReadAsStringAsync();

        // The form that answers, without ids.
        static string Marks(string page) => Regex.Replace(Regex.Match(page, "<form[^>]*end-answer.*?</form>", RegexOptions.Singleline).Value, "[0-9a-f]{8}-[0-9a-f-]{27}|value=\"[^\"]{20,}\"", "");
    }

    [Fact]
    public async Task Who_agreed_without_seeing_the_report_is_seen_by_those_who_read_it()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.SecondIntegrity);
        var report = await reports.SendAsync("report 1", without: UnlockedReports.SecondIntegrity);
        var path = $"/reports/{report:D}/protection";
        var integrity = await reports.SignedInAsync(UnlockedReports.Integrity);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(path + "/add", await integrity.TextAsync(path), new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = StaffHost.Of(Role.Officer).ToString("D") })).StatusCode);
        var end = $"/api/postings/{StaffHost.PostingOf(Role.Officer):D}/end";
        Assert.Equal(HttpStatusCode.Accepted, (await (await host.SignedInAsync(Role.Commander)).PostJsonAsync(end, new { text = "The shift is made smaller." })).StatusCode);
        host.Clock.Now += HeldActs.Hold;
        Assert.Equal(HttpStatusCode.NoContent, (await (await reports.SignedInAsync(UnlockedReports.SecondIntegrity)).PostJsonAsync(end + "/answer", new { agree = true })).StatusCode);
        var page = await (await reports.SignedInAsync(UnlockedReports.Integrity)).TextAsync(path);
        Assert.Contains("Whoever agreed did not see that this report protects them.", page, StringComparison.Ordinal);
        Assert.Contains("End of a post", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_post_asks_for_since_and_its_holder_has_not_is_seen_by_those_who_read_the_report()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity);
        var (report, officer) = (await reports.SendAsync("report 1"), StaffHost.Of(Role.Officer));
        var (path, integrity) = ($"/reports/{report:D}/protection", await reports.SignedInAsync(UnlockedReports.Integrity));
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(path + "/add", await integrity.TextAsync(path), new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = officer.ToString("D") })).StatusCode);
        Assert.DoesNotContain("Gets no new work", await integrity.TextAsync(path), StringComparison.Ordinal);
        var (asker, commander) = (await reports.SignedInAsync(UnlockedReports.SecondIntegrity), await host.SignedInAsync(Role.Commander));
        var post = StaffHost.PostOf(Role.Officer).ToString("D");
        Assert.Equal(HttpStatusCode.SeeOther, (await asker.PostAsync("/vetting/posts/propose", await asker.TextAsync("/vetting/posts"), new() { ["post"] = post, ["level"] = "special", ["reason"] = "Opens containers alone." })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await commander.PostAsync("/vetting/posts/answer", await commander.TextAsync("/vetting/posts"), new() { ["post"] = post, ["answer"] = "yes" })).StatusCode);
        Assert.Contains("Gets no new work", await integrity.TextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_asked_of_whoever_sees_that_somebody_is_protected_stands_on_no_record_whichever_act_it_is()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity);
        var (report, officer) = (await reports.SendAsync("report 1"), StaffHost.Of(Role.Officer));
        var (path, clearance) = ($"/reports/{report:D}/protection", await VettingPagesTests.ClearAsync(host, Role.Officer));
        var integrity = await reports.SignedInAsync(UnlockedReports.Integrity);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(path + "/add", await integrity.TextAsync(path), new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = officer.ToString("D") })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await VettingPagesTests.ActAsync(await host.SignedInAsync(Role.Vetting), clearance, "open")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await (await host.SignedInAsync(Role.Administrator)).PostJsonAsync($"/api/people/{officer:D}/leaving", new { kind = "dismissed", day = "2026-04-06", reason = "As was said in May." })).StatusCode);
        var held = (await host.RecordAsync()).Select(r => r.Event).OfType<ActHeld>().Single(a => a.Kind == AdverseAct.ClearanceWithdrawal).Act;
        host.Clock.Now += HeldActs.Hold;
        integrity = await reports.SignedInAsync(UnlockedReports.Integrity);
        var locked = await host.SignedInAsync(UnlockedReports.Integrity);
        var entries = (await host.RecordAsync()).Count;
        foreach (var address in (string[])[$"/api/people/{officer:D}/leaving/answer", $"/api/held/{officer:D}/{held:D}"])
        {
            Assert.Contains(HeldActs.WhyMissing, await AnswerAsync(integrity, address), StringComparison.Ordinal);
            Assert.Contains(HeldActs.Locked, await AnswerAsync(locked, address), StringComparison.Ordinal);
        }

        Assert.Equal(entries, (await host.RecordAsync()).Count);

        static async Task<string> AnswerAsync(Tests.Access.Browser who, string address) => await (await who.PostJsonAsync(address, new { agrees = true })).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task Who_cannot_send_it_back_any_more_is_told_that_an_overseer_answers()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity, UnlockedReports.Overseer);
        var path = $"/reports/{await reports.SendAsync("report 1"):D}/protection";
        var integrity = await reports.SignedInAsync(UnlockedReports.Integrity);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(path + "/add", await integrity.TextAsync(path), new() { ["key"] = Guid.NewGuid().ToString("D"), ["person"] = StaffHost.Of(Role.Officer).ToString("D") })).StatusCode);
        var (end, commander) = ($"/api/postings/{StaffHost.PostingOf(Role.Officer):D}/end", await host.SignedInAsync(Role.Commander));
        await host.CaughtUpAsync(ReportView.ViewName);
        for (var time = 0; time <= HeldActs.MostSentBack; time++)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await commander.PostJsonAsync(end, new { text = "The shift is made smaller." })).StatusCode);
            if (time == HeldActs.MostSentBack) break;
            Assert.Contains("Until then it can be sent back.", await integrity.TextAsync("/"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NoContent, (await integrity.PostJsonAsync(end + "/answer", new { agree = false, reason = "It was planned for May." })).StatusCode);
        }

        var first = await integrity.TextAsync("/");
        Assert.Contains("It was sent back twice: an overseer answers it now. Speak with one who can open the report.", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Until then it can be sent back.", first, StringComparison.Ordinal);
        Assert.Contains("Speak with one who can open the report.", await integrity.TextAsync(path), StringComparison.Ordinal);
        // A suspension acts at once, and one that was lifted needs no answer.
        var suspension = new ActHeld(Guid.NewGuid(), StaffHost.Of(Role.Officer), AdverseAct.ClearanceSuspension, "The grounds.", Guid.NewGuid());
        await FileAsync(suspension);
        Assert.Contains("It is in force, and is looked at from 5 March 2026", await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("It is in force. It is looked at from 5 March 2026", await integrity.TextAsync(path), StringComparison.Ordinal);
        await FileAsync(new ActOvertaken(suspension.Act));
        Assert.DoesNotContain("It is in force", await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Needs no answer any more: Quilombo Vetting decided otherwise", await integrity.TextAsync(path), StringComparison.Ordinal);
        var overseer = await reports.SignedInAsync(UnlockedReports.Overseer);
        Assert.Contains("Until then it can be sent back.", await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("Speak with one who can open", await overseer.TextAsync(path), StringComparison.Ordinal);

        async Task FileAsync(IEvent happened) => Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<Clerk>().FileAsync(
            new ActorId(StaffHost.Of(Role.Vetting)), HeldActs.StreamOf(StaffHost.Of(Role.Officer)), "people.Suspend", _ => new(Decision.Accept(HeldActs.File(StaffHost.Of(Role.Officer), happened)))));
    }
}
