using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Protection.Contract;
using Probity.Protection.Viewing;
using Probity.Records.Contract;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Protection;

/// <summary>Approaches, alerts and plans through the pages of the real server.</summary>
public sealed class ProtectionPagesTests
{
    internal const string Word = "Xylofagos";

    static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;

    static async Task<string> DoneAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.SeeOther) Assert.Fail($"{answer.StatusCode}: {Regex.Match(await answer.Content.ReadAsStringAsync(), "(?s)error-summary.*?</ul>").Value}");
        return answer.Headers.Location!.ToString();
    }

    internal static async Task<string> RecordAsync(Tests.Access.Browser who, string kind = "violence", params (string Field, string Value)[] more)
    {
        var form = await who.TextAsync("/protection/record");
        var fields = new Dictionary<string, string> { ["key"] = Hidden(form, "key"), ["kind"] = kind, ["happened"] = Hidden(form, "happened") is { Length: > 0 } now ? now : "2026-03-02T08:30" };
        foreach (var (field, value) in more) fields[field] = value;
        return (await DoneAsync(await who.PostAsync("/protection/record", form, fields))).Split('?')[0];
    }

    internal static async Task ActAsync(Tests.Access.Browser who, string page, string what, params (string Field, string Value)[] fields)
    {
        var shown = await who.TextAsync(page);
        var typed = fields.ToDictionary(f => f.Field, f => f.Value);
        typed.TryAdd("key", Guid.NewGuid().ToString("D"));
        await DoneAsync(await who.PostAsync($"{page}/{what}", shown, typed));
    }

    internal static async Task OnDutyAsync(StaffHost host, Guid person)
    {
        var (integrity, overseer) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        await ActAsync(integrity, "/protection/duty", "turn", ("person", person.ToString("D")), ("number", "+507 555 0100"), ("from", "2026-03-01T06:00"), ("until", "2026-03-30T06:00"));
        await ActAsync(overseer, "/protection/duty", "answer", ("change", Hidden(await overseer.TextAsync("/protection/duty"), "change")), ("answer", "yes"));
    }

    /// <summary>Rows in each table of the room: violence recorded, in hand, a plan with a measure.</summary>
    internal static async Task WorkAsync(StaffHost host)
    {
        await OnDutyAsync(host, StaffHost.Of(Role.Investigator));
        var (officer, duty) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Investigator));
        var path = await RecordAsync(officer, "violence", ("people", "Quilombo Vetting"));
        await ActAsync(duty, path, "acknowledge");
        await ActAsync(duty, path, "plan", ("level", "high"), ("danger", "They know where the family lives."));
        var plan = Regex.Match(await duty.TextAsync(path), "/protection/plans/[0-9a-f-]{36}").Value;
        await ActAsync(duty, plan, "measure", ("measure-what", "A car takes the child to school."), ("measure-owner", StaffHost.Of(Role.Investigator).ToString("D")), ("measure-day", "2026-03-05"));
    }

    [Fact]
    public async Task Violence_is_recorded_alerted_past_the_named_acknowledged_planned_and_seen_by_nobody_else()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Overseer, StaffHost.Agency), (Role.Integrity, StaffHost.Agency)]);
        var (officer, duty, integrity, overseer, commander) = (
            await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Investigator), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Commander));
        await OnDutyAsync(host, StaffHost.Of(Role.Custodian));
        await OnDutyAsync(host, StaffHost.Of(Role.Investigator));
        Assert.Contains("href=\"/protection/record\"", await officer.TextAsync("/"), StringComparison.Ordinal);

        // Nothing is recorded of a form that names somebody who is not there.
        var form = await officer.TextAsync("/protection/record");
        var wrong = await officer.PostAsync("/protection/record", form, new() { ["key"] = Guid.NewGuid().ToString("D"), ["happened"] = "2026-03-02T08:30", ["people"] = "Nobody At All", ["amount"] = "much" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var said = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var field in new[] { "kind", "people", "amount" }) Assert.Contains($"href=\"#{field}\"", said, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is ApproachRecorded);

        // The custodian on duty and the commander are named: the investigator is alerted, in the same append.
        var path = await RecordAsync(officer, "threat", ("violent", "yes"), ("happened", "2026-03-02T08:30"), ("told", $"{Word} said so."), ("people", "Quilombo Custodian\nQuilombo Commander"), ("place", "home"));
        var record = await host.RecordAsync();
        var recorded = Assert.Single(record, r => r.Event is ApproachRecorded);
        var raised = Assert.Single(record, r => r.Event is AlertRaised);
        Assert.Equal((recorded.Index + 1, StaffHost.Of(Role.Investigator)), (raised.Index, ((AlertRaised)raised.Event!).Officer));
        Assert.Equal(Compartments.OfPerson(StaffHost.Of(Role.Officer)), recorded.Compartment);
        var own = await officer.TextAsync(path);
        Assert.Contains("href=\"tel:&#x2B;5075550100\"", own, StringComparison.Ordinal);
        Assert.Contains("never a ground for discipline", own, StringComparison.Ordinal);
        Assert.DoesNotContain("threat", Regex.Match(own, "<title>.*?</title>").Value, StringComparison.OrdinalIgnoreCase);

        await host.CaughtUpAsync(ProtectionView.ViewName);
        // The step says nothing of whom and what.
        var first = await duty.TextAsync("/");
        Assert.Contains(path, first, StringComparison.Ordinal);
        Assert.Contains("Somebody needs protection", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Quilombo Officer", first, StringComparison.Ordinal);
        var nowhere = $"/protection/approaches/{Guid.NewGuid():D}";
        foreach (var role in Enum.GetValues<Role>().Except([Role.Officer, Role.Investigator, Role.Integrity]))
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await other.GetAsync(path)).StatusCode, (await other.GetAsync(nowhere)).StatusCode));
            Assert.DoesNotContain(path, await other.TextAsync("/") + await other.TextAsync("/protection") + await other.TextAsync("/protection/approaches") + await other.TextAsync("/protection/plans"), StringComparison.Ordinal);
        }

        Assert.Contains(path, await integrity.TextAsync("/protection/approaches"), StringComparison.Ordinal);
        // Until when, to whom else, and whom to telephone; then that it is in hand, before the time that integrity has.
        var alerted = await duty.TextAsync(path);
        Assert.Matches("Say by 2 March 2026, [0-9:]{5} that you have it in hand; else it goes to the overseers then", alerted);
        Assert.Contains("Recorded by: <strong>Quilombo Officer</strong>, <span>no number is known", alerted, StringComparison.Ordinal);
        Assert.Contains("Integrity reads it by", await integrity.TextAsync("/"), StringComparison.Ordinal);
        await ActAsync(duty, path, "acknowledge");
        var inHand = await officer.TextAsync(path);
        Assert.Matches("has it in hand since 2 March 2026, [0-9:]{5}. A protection plan, or what was done, is due by 2 March 2026, [0-9:]{5}", inHand);
        Assert.True(inHand.IndexOf("has it in hand since", StringComparison.Ordinal) < inHand.IndexOf("To be read by integrity by", StringComparison.Ordinal));
        Assert.Matches("write by 2 March 2026, [0-9:]{5} what was done; else the alert goes to the overseers then", await duty.TextAsync(path));
        await ActAsync(integrity, path, "read");
        await ActAsync(duty, path, "plan", ("level", "high"), ("danger", $"{Word} knows the house."));
        Assert.Contains("Home", (await integrity.TextAsync("/protection/trend")).Replace("At home", "Home", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Too few to be told", await host.Open().TextAsync("/protection/count"), StringComparison.Ordinal);

        var plan = Regex.Match(await officer.TextAsync(path), "/protection/plans/[0-9a-f-]{36}").Value;
        await ActAsync(duty, plan, "measure", ("measure-what", "A car takes the child to school."), ("measure-owner", StaffHost.Of(Role.Investigator).ToString("D")), ("measure-day", "2026-03-05"));
        await ActAsync(duty, plan, "activate");
        await ActAsync(integrity, path, "handle", ("outcome", "protected"), ("reason", "Somebody stays with you."));
        Assert.Contains("Somebody stays with you.", await officer.TextAsync(path), StringComparison.Ordinal);
        await ActAsync(duty, plan, "place", ("place", $"With a cousin of {Word}"));
        var before = (await host.RecordAsync()).Count(r => r.Event is MatterRead { What: "protection.place" });
        Assert.Contains("With a cousin", await officer.TextAsync(plan + "/place"), StringComparison.Ordinal);
        Assert.Equal(before + 1, (await host.RecordAsync()).Count(r => r.Event is MatterRead { What: "protection.place" }));
        foreach (var who in new[] { integrity, overseer, commander }) Assert.Equal(HttpStatusCode.NotFound, (await who.GetAsync(plan + "/place")).StatusCode);
        Assert.DoesNotContain("cousin", await integrity.TextAsync(plan), StringComparison.Ordinal);
        await host.CaughtUpAsync(ProtectionView.ViewName);
        Assert.Contains(plan, await officer.TextAsync("/protection/plans"), StringComparison.Ordinal);
        Assert.DoesNotContain(plan, await commander.TextAsync("/protection/plans"), StringComparison.Ordinal);
        // Long overdue, it comes to the overseer.
        Assert.DoesNotContain(plan, await overseer.TextAsync("/"), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromDays(20);
        overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Contains(plan, await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains(Word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_one_of_integrity_is_left_the_overseers_find_it_in_their_list_and_where_two_are_they_do_not()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency)]);
        var officer = await host.SignedInAsync(Role.Officer);
        var (plain, named) = (await RecordAsync(officer, "offer"), await RecordAsync(officer, "offer", ("people", "Quilombo Integrity")));
        await host.CaughtUpAsync(ProtectionView.ViewName);
        var (overseer, left) = (await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(StaffHost.Other(0)));
        var (seen, first) = (await overseer.TextAsync("/protection/approaches"), await overseer.TextAsync("/"));
        Assert.Equal((true, true, false, false), (seen.Contains(named, StringComparison.Ordinal), first.Contains(named, StringComparison.Ordinal), seen.Contains(plain, StringComparison.Ordinal), first.Contains(plain, StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), ((await overseer.GetAsync(named)).StatusCode, (await overseer.GetAsync(plain)).StatusCode));
        var list = await left.TextAsync("/protection/approaches");
        Assert.True(list.Contains(named, StringComparison.Ordinal) && list.Contains(plain, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_sent_again_with_other_content_is_refused_and_stands_in_the_form_under_a_key_of_its_own()
    {
        await using var host = await StaffHost.StartAsync();
        var officer = await host.SignedInAsync(Role.Officer);
        var form = await officer.TextAsync("/protection/record");
        var offer = new Dictionary<string, string> { ["key"] = Hidden(form, "key"), ["kind"] = "offer", ["happened"] = "2026-03-02T08:30", ["told"] = $" {Word} ", ["amount"] = "5", ["currency"] = "USD", ["people"] = "Quilombo Vetting" };
        var path = await DoneAsync(await officer.PostAsync("/protection/record", form, offer));
        Assert.Equal(path, await DoneAsync(await officer.PostAsync("/protection/record", form, offer)));
        foreach (var (field, value) in new[] { ("kind", "violence"), ("violent", "yes"), ("happened", "2026-03-02T08:31"), ("told", "More"), ("amount", "6"), ("people", "Quilombo Commander"), ("place", "home"), ("who", "A man") })
        {
            var refused = await officer.PostAsync("/protection/record", form, new(offer) { [field] = value });
            var page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains("already sent with other content", page, StringComparison.Ordinal);
            if (field != "kind") continue;
            Assert.NotEqual(offer["key"], Hidden(page, "key"));
            Assert.NotEqual(path, await DoneAsync(await officer.PostAsync("/protection/record", page, new(offer) { ["key"] = Hidden(page, "key"), [field] = value })));
        }

        Assert.Equal(2, (await host.RecordAsync()).Count(r => r.Event is ApproachRecorded));
        Assert.Single(await host.RecordAsync(), r => r.Event is AlertRaised);
    }

    [Fact]
    public async Task The_public_count_does_not_move_when_somebody_records()
    {
        await using var host = await StaffHost.StartAsync();
        var officer = await host.SignedInAsync(Role.Officer);
        for (var number = 0; number < 6; number++) await RecordAsync(officer, "offer");
        await host.CaughtUpAsync(ProtectionView.ViewName);
        Assert.Contains("Too few to be told", await host.Open().TextAsync("/protection/count"), StringComparison.Ordinal);
        host.Clock.Now = new(2027, 1, 31, 23, 0, 0, TimeSpan.Zero);
        Assert.Contains("Too few to be told", await host.Open().TextAsync("/protection/count"), StringComparison.Ordinal);
        host.Clock.Now = new(2027, 2, 1, 1, 0, 0, TimeSpan.Zero);
        Assert.DoesNotContain("Too few to be told", await host.Open().TextAsync("/protection/count"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Integrity_opens_on_what_waits_and_finds_their_own_beside_it_and_the_trend_begins_with_this_month()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await RecordAsync(await host.SignedInAsync(Role.Officer), "offer");
        await host.CaughtUpAsync(ProtectionView.ViewName);
        var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Contains(path, await integrity.TextAsync("/protection"), StringComparison.Ordinal);
        Assert.Contains("You have recorded nothing", await integrity.TextAsync("/protection/own"), StringComparison.Ordinal);
        var trend = await integrity.TextAsync("/protection/trend");
        Assert.True(trend.IndexOf("Mar 26", StringComparison.Ordinal) is var newest and > 0 && newest > trend.IndexOf("Apr 25", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Violence_that_nobody_acts_on_rings_on_and_is_noted_by_an_overseer()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency)]);
        await OnDutyAsync(host, StaffHost.Of(Role.Investigator));
        var path = await RecordAsync(await host.SignedInAsync(Role.Officer));
        var (duty, integrity) = (await host.SignedInAsync(Role.Investigator), await host.SignedInAsync(Role.Integrity));
        await ActAsync(integrity, path, "read");
        await ActAsync(integrity, path, "handle", ("outcome", "noted"), ("reason", "It was a quarrel between neighbours."));
        await ActAsync(duty, path, "acknowledge");
        await host.CaughtUpAsync(ProtectionView.ViewName);
        Assert.Contains("Say what you did about an alert", await duty.TextAsync("/"), StringComparison.Ordinal);
        var overseer = await host.SignedInAsync(Role.Overseer);
        var first = await overseer.TextAsync("/");
        Assert.Contains(path, first, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody needs protection", first, StringComparison.Ordinal);
        await ActAsync(overseer, path, "noting", ("answer", "no"), ("noting-reason", "Nobody spoke with her yet."));
        await host.CaughtUpAsync(ProtectionView.ViewName);
        Assert.DoesNotContain(path, await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains(path, await integrity.TextAsync("/"), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromMinutes(241);
        Assert.Contains("Somebody needs protection", await (await host.SignedInAsync(Role.Overseer)).TextAsync("/"), StringComparison.Ordinal);
        await ActAsync(await host.SignedInAsync(Role.Overseer), path, "acknowledge");
        await ActAsync(await host.SignedInAsync(Role.Overseer), path, "act", ("words", "She was brought to her sister, and somebody stays."));
        await host.CaughtUpAsync(ProtectionView.ViewName);
        host.Clock.Now += TimeSpan.FromDays(2);
        Assert.DoesNotContain("Somebody needs protection", await (await host.SignedInAsync(Role.Overseer)).TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_is_free_to_read_it_the_page_says_so_and_what_to_do()
    {
        await using var host = await StaffHost.StartAsync();
        var officer = await host.SignedInAsync(Role.Officer);
        var path = await RecordAsync(officer, "threat", ("people", "Quilombo Integrity\nQuilombo Overseer"));
        var page = await officer.TextAsync(path + "?recorded=1");
        Assert.DoesNotContain("Integrity reads it", page, StringComparison.Ordinal);
        foreach (var said in new[] { "Nobody is free to read this", "the ombudsman" }) Assert.Contains(said, page, StringComparison.Ordinal);
        var other = await officer.TextAsync(await RecordAsync(officer, "threat", ("people", "Quilombo Integrity")) + "?recorded=1");
        Assert.DoesNotContain("Nobody is free to read this", other, StringComparison.Ordinal);
        Assert.Contains("It is recorded", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_violence_whom_to_telephone_stands_before_that_it_is_recorded()
    {
        await using var host = await StaffHost.StartAsync();
        await OnDutyAsync(host, StaffHost.Of(Role.Investigator));
        var officer = await host.SignedInAsync(Role.Officer);
        var page = await officer.TextAsync(await RecordAsync(officer) + "?recorded=1");
        Assert.True(page.IndexOf("id=\"telephone\"", StringComparison.Ordinal) is var first and > 0 && first < page.IndexOf("You need do nothing more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alert_that_nobody_answers_comes_to_the_next_and_then_to_the_overseers_and_nothing_of_it_is_a_ground()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency)]);
        await OnDutyAsync(host, StaffHost.Of(Role.Investigator));
        var officer = await host.SignedInAsync(Role.Officer);
        var program = await officer.PostJsonAsync("/api/approaches", new { key = Guid.NewGuid(), kind = "violence", happened = host.Clock.Now, place = "street" });
        Assert.Equal(HttpStatusCode.Created, program.StatusCode);
        var id = (await program.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetGuid();
        var path = $"/protection/approaches/{id:D}";
        await host.CaughtUpAsync(ProtectionView.ViewName);
        var overseer = await host.SignedInAsync(Role.Overseer);
        Assert.DoesNotContain(path, await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await overseer.PostJsonAsync($"/api/approaches/{id}/acknowledgement", new { })).StatusCode);
        host.Clock.Now += TimeSpan.FromMinutes(61);
        overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Contains(path, await overseer.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await overseer.PostJsonAsync($"/api/approaches/{id}/acknowledgement", new { })).StatusCode);
        Assert.Equal([AlertRung.Officer, AlertRung.Overseers], (await host.RecordAsync()).Select(r => r.Event).OfType<AlertRaised>().Select(a => a.Rung));

        var protections = host.Services.GetRequiredService<IProtectedApproaches>();
        Assert.True(await protections.NeverAGroundAsync(new RecordSession(host.Log), id, TestContext.Current.CancellationToken));
        Assert.False(await protections.NeverAGroundAsync(new RecordSession(host.Log), Guid.NewGuid(), TestContext.Current.CancellationToken));
        // Also when it was erased with its reporter, and nothing of it is left in a list.
        var person = StaffHost.Of(Role.Officer);
        await host.Log.EraseAsync([], [new NewEntry(
            Register.Stream, EventTypes.NameOf(typeof(PersonErased)), EventTypes.Serialize(new PersonErased(person)), new ActorId(StaffHost.Of(Role.Integrity)), new CompartmentId(Register.Stream.Value))],
            new ActorId(StaffHost.Of(Role.Integrity)), PersonCompartments.ErasedWith(person), null, TestContext.Current.CancellationToken);
        await host.CaughtUpAsync(ProtectionView.ViewName);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is ApproachRecorded);
        Assert.True(await protections.NeverAGroundAsync(new RecordSession(host.Log), id, TestContext.Current.CancellationToken));
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<DbContext>().Set<ApproachRow>().ToListAsync(TestContext.Current.CancellationToken));
    }
}
