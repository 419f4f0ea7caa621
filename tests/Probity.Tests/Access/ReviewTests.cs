using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Access.Reviewing;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Policies.Proposing;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Access;

public sealed class ReviewTests
{
    static readonly DateTimeOffset Pack = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Policy s_policy = Policy.Unchosen with { Number = 1, Since = Pack, Began = Pack };
    static readonly Guid Id = Staff.Id("review");

    static Guid PostingOf(string person) => Staff.Id($"{person} as post of {person}  ");

    static ReviewFacts Facts(string unit, string actor, Staff? staff = null, DateTimeOffset? now = null, params (IEvent Event, string By)[] events)
    {
        var (register, at, own) = ((staff ?? Staff.Agency()).ToRegister(), now ?? Now, UnitReviews.Initial);
        foreach (var (happened, by) in events)
            own = own.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), own.Version, UnitReviews.StreamOf(Staff.Id(unit)), own.Version + 1, Now, null, new ActorId(Staff.Id(by))));
        return new ReviewFacts(Staff.Id(unit), own, s_policy, register, Actor.From(register, Staff.Id(actor), at), at);
    }

    static (IEvent, string)[] Begun(string unit, string by, params (string Line, string By)[] said) =>
        [(new ReviewBegun(Id, Staff.Id(unit), Facts(unit, by).InForce), by), .. said.Select(s => ((IEvent)new ReviewSaid(Id, PostingOf(s.Line), true), s.By))];

    static string Of(Decision decision) => decision is Decision.Refused refused ? refused.Refusal.Code : string.Join(",", ((Decision.Accepted)decision).Filings.Select(f => f.Event.GetType().Name));

    [Theory]
    [InlineData("narcotics", "chief", null), InlineData("narcotics", "port chief", Bars.Role), InlineData("narcotics", "ana", Bars.Role), InlineData("narcotics", "ines", Bars.Role)]
    [InlineData("narcotics", "oscar", Bars.Role), InlineData("narcotics", "root", Bars.Role), InlineData("prosecution", "ines", null), InlineData("prosecution", "oscar", Bars.Role)]
    [InlineData("prosecution", "paula", Bars.Role), InlineData("prosecution", "root", Bars.Role)]
    public void Who_commands_a_unit_opens_its_review_and_integrity_where_nobody_does(string unit, string who, string? refused) =>
        Assert.Equal(refused, ReviewAccess.RefusesBegin(Facts(unit, who, now: Pack.AddDays(29)))?.Code);

    // A commander who opens none, or says nothing, does not keep a unit from being looked at.
    [Theory]
    [InlineData("ines", 30, null, 14, null), InlineData("ines", 29, Bars.Role, 13, Bars.Role), InlineData("oscar", 30, Bars.Role, 14, Bars.Role), InlineData("port chief", 30, Bars.Role, 14, Bars.Role)]
    [InlineData("ben", 30, Bars.Role, 14, Bars.Role), InlineData("chief", 30, null, 14, null)]
    public void Integrity_opens_what_is_overdue_and_says_what_the_commander_has_not_said(string who, int due, string? begins, int open, string? says)
    {
        Assert.Equal(begins, ReviewAccess.RefusesBegin(Facts("narcotics", who, now: Pack.AddDays(due)))?.Code);
        var facts = Facts("narcotics", who, null, Now.AddDays(open), Begun("narcotics", "chief"));
        Assert.Equal(says, ReviewAccess.RefusesSay(facts.Register.Postings[PostingOf("ana")], facts)?.Code);
    }

    [Theory]
    [InlineData("narcotics", "ana", "chief", null, null), InlineData("narcotics", "ana", "ines", null, Bars.Role), InlineData("narcotics", "ana", "ana", null, Bars.Self)]
    [InlineData("narcotics", "ana", "root", null, Bars.Role), InlineData("narcotics", "ana", "oscar", null, Bars.Role), InlineData("narcotics", "ana", "port chief", null, Bars.Role)]
    [InlineData("narcotics", "chief", "chief", null, Bars.Self), InlineData("narcotics", "chief", "ines", null, null), InlineData("narcotics", "chief", "oscar", null, Bars.Role)]
    [InlineData("narcotics", "ana", "chief", "chief-ana", Bars.Kin), InlineData("narcotics", "ana", "ines", "chief-ana", null), InlineData("narcotics", "ana", "oscar", "chief-ana", Bars.Role)]
    [InlineData("narcotics", "chief", "ines", "ines-chief", Bars.Kin), InlineData("narcotics", "chief", "ivo", "ines-chief", null)]
    [InlineData("agency", "ines", "ines", null, Bars.Self), InlineData("agency", "ines", "ivo", null, null), InlineData("agency", "vera", "ines", null, null), InlineData("agency", "ines", "oscar", null, Bars.Role)]
    [InlineData("agency", "ines", "ivo", "ivo-ines", Bars.Kin), InlineData("agency", "ines", "oscar", "ivo-ines", null), InlineData("ombudsman", "oscar", "oscar", null, Bars.Self)]
    [InlineData("ombudsman", "oscar", "ines", null, null)]
    public void Each_line_is_said_by_who_may_judge_its_person(string unit, string line, string who, string? kin, string? refused)
    {
        var facts = Facts(unit, who, kin?.Split('-') is [var one, var other] ? Staff.Agency().Tie(one, other, TieKind.Blood) : null);
        Assert.Equal(refused, ReviewAccess.RefusesSay(facts.Register.Postings[PostingOf(line)], facts)?.Code);
    }

    [Theory]
    [InlineData("narcotics", "chief", "ines", null, null), InlineData("narcotics", "chief", "ivo", null, null), InlineData("narcotics", "chief", "oscar", null, Bars.Role)]
    [InlineData("narcotics", "chief", "chief", null, Bars.Role), InlineData("narcotics", "chief", "root", null, Bars.Role), InlineData("narcotics", "ines", "ines", null, Bars.EarlierRole)]
    [InlineData("narcotics", "ines", "ivo", null, null), InlineData("narcotics", "ines", "oscar", null, null), InlineData("narcotics", "chief", "ivo", "ivo-ben", Bars.Kin)]
    [InlineData("narcotics", "chief", "oscar", "ivo-ben", null), InlineData("narcotics", "chief", "ines", "ivo-ben", null)]
    [InlineData("prosecution", "ines", "oscar", null, null), InlineData("prosecution", "ines", "ivo", null, Bars.Role), InlineData("prosecution", "ines", "ines", null, Bars.EarlierRole)]
    [InlineData("agency", "ines", "ivo", null, Bars.Self), InlineData("agency", "ines", "oscar", null, null)]
    [InlineData("ombudsman", "ines", "oscar", null, Bars.Self), InlineData("ombudsman", "ines", "ivo", null, null)]
    public void Who_confirms_said_nothing_and_is_near_nobody_on_the_list(string unit, string sayer, string who, string? kin, string? refused)
    {
        var line = Facts(unit, "root").Register.Postings[Facts(unit, "root").InForce[0]];
        var events = Begun(unit, unit == "narcotics" ? "chief" : "ines").Append((new ReviewSaid(Id, line.Id, true), sayer)).ToArray();
        Assert.Equal(refused, ReviewAccess.RefusesAnswer(Facts(unit, who, kin?.Split('-') is [var one, var other] ? Staff.Agency().Tie(one, other, TieKind.Blood) : null, null, events))?.Code);
    }

    [Fact]
    public void What_was_read_is_what_is_confirmed()
    {
        var (lines, all) = (Facts("narcotics", "chief").InForce, Begun("narcotics", "chief"));
        Assert.Equal(ReviewUnit.LinesLeft, Of(ReviewUnit.Decide(new ReviewUnit.Answer(Id, 1, true, null), Facts("narcotics", "ines", null, null, all))));
        all = [.. all, .. lines.Select(l => ((IEvent)new ReviewSaid(Id, l, true), "chief"))];
        Assert.Equal(ReviewUnit.Changed, Of(ReviewUnit.Decide(new ReviewUnit.Answer(Id, all.Length - 1, true, null), Facts("narcotics", "ines", null, null, all))));
        Assert.Equal(ReviewUnit.Changed, Of(ReviewUnit.Decide(new ReviewUnit.Answer(Id, null, true, null), Facts("narcotics", "ines", null, null, all))));
        Assert.Equal(nameof(ReviewConfirmed), Of(ReviewUnit.Decide(new ReviewUnit.Answer(Id, all.Length, true, null), Facts("narcotics", "ines", null, null, all))));
        Assert.Equal("text.reason-missing", Of(ReviewUnit.Decide(new ReviewUnit.Answer(Id, all.Length, false, " "), Facts("narcotics", "ines", null, null, all))));
        Assert.Equal(ReviewUnit.Stale, Of(ReviewUnit.Decide(new ReviewUnit.Answer(Id, all.Length, true, null), Facts("narcotics", "ines", null, Now.AddDays(30), all))));
        // Sent back: nothing is confirmed before something is said anew, and the same word counts as one.
        (IEvent, string)[] back = [.. all, (new ReviewReturned(Id, "Two lines say nothing."), "ines")];
        Assert.Equal(ReviewUnit.WasReturned, Of(ReviewUnit.Decide(new ReviewUnit.Answer(Id, back.Length, true, null), Facts("narcotics", "ivo", null, null, back))));
        var again = new ReviewUnit.Saying(Id, [new(PostingOf("ana"), true, null)]);
        Assert.Equal("", Of(ReviewUnit.Decide(again, Facts("narcotics", "chief", null, null, all))));
        Assert.Equal(nameof(ReviewSaid), Of(ReviewUnit.Decide(again, Facts("narcotics", "chief", null, null, back))));
        // Why lies with the person.
        var removed = (Decision.Accepted)ReviewUnit.Decide(new ReviewUnit.Saying(Id, [new(PostingOf("ana"), false, "Moved away.")]), Facts("narcotics", "chief", null, null, all));
        Assert.Equal(Compartments.OfPerson(Staff.Id("ana")), Assert.Single(removed.Filings, f => f.Event is ReviewReasoned).Compartment);
        Assert.Equal(ReviewUnit.LineUnknown, Of(ReviewUnit.Decide(new ReviewUnit.Saying(Id, [new(PostingOf("pedro"), true, null)]), Facts("narcotics", "chief", null, null, all))));
        Assert.Equal(ReviewUnit.IsOpen, Of(ReviewUnit.DecideBegin(Guid.NewGuid(), Facts("narcotics", "chief", null, null, all))));
        Assert.Equal(nameof(ReviewBegun), Of(ReviewUnit.DecideBegin(Guid.NewGuid(), Facts("narcotics", "chief", null, Now.AddDays(30), all))));
    }

    [Fact]
    public void It_is_due_thirty_days_after_the_pack_and_then_by_the_day_that_the_last_one_set()
    {
        Assert.Null(ReviewDue.Of(Facts("narcotics", "chief") with { Policy = Policy.Unchosen }));
        Assert.Equal(Pack.AddDays(30), ReviewDue.Of(Facts("narcotics", "chief")));
        Assert.Equal([(Pack.AddDays(30), false)], ReviewDue.Settled(Facts("narcotics", "chief")));
        var due = Now.AddMonths(3);
        var facts = Facts("narcotics", "chief", null, null, [.. Begun("narcotics", "chief"), (new ReviewConfirmed(Id, due), "ines")]);
        Assert.Equal(due, ReviewDue.Of(facts));
        // Confirmed after its day: it stays late.
        Assert.Equal([(Pack.AddDays(30), false)], ReviewDue.Settled(facts));
        Assert.Equal([new QuarterReviews(2026, 1, 0, 1), new QuarterReviews(2026, 2, 0, 1)], ReviewDue.ByQuarter(ReviewDue.Settled(facts with { Now = due.AddDays(1) }), 8));
        foreach (var (days, band) in ((double, string?)[])[(30.1, null), (30, "30"), (7, "7"), (1, "1"), (0, "over"), (-400, "over")]) Assert.Equal(band, ReviewDue.BandOf(Now.AddDays(days), Now));
        var posting = facts.Register.Postings[PostingOf("ana")];
        Assert.True(ReviewDue.IsDormant(posting, null, s_policy, Now));
        Assert.True(ReviewDue.IsDormant(posting, Now.AddDays(-60), s_policy, Now));
        Assert.False(ReviewDue.IsDormant(posting, Now.AddDays(-59), s_policy, Now));
        Assert.False(ReviewDue.IsDormant(posting with { From = Now.AddDays(-59) }, null, s_policy, Now));
    }

    // On a real server, with the clock set forward: due, overdue, said by two, confirmed by a third, carried out by the guard of the register.
    [Fact]
    public async Task A_units_access_is_reviewed_and_what_is_to_be_removed_is_carried_out()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency), (Role.Overseer, StaffHost.Agency), (Role.Officer, StaffHost.OtherUnit)]);
        var (second, overseer, outside) = (StaffHost.Other(0), StaffHost.Other(1), StaffHost.Other(2));
        var packs = host.Services.GetRequiredService<ProposePack>();
        Assert.IsType<Outcome.Done>(await packs.HandleAsync(
            StaffHost.Of(Role.Integrity), new ProposePack.Proposal(Policy.DefaultPack, PolicyRules.All.ToDictionary(r => r.Key, r => (int?)r.Default), "The first pack of this agency."), default));
        Assert.IsType<Outcome.Done>(await packs.HandleAsync(StaffHost.Of(Role.Overseer), new ProposePack.Answer(true, null), default));
        var address = $"/people/reviews/{StaffHost.Unit:D}";
        Assert.Contains("Review who has access: Port unit", await StepsAsync(host, StaffHost.Of(Role.Commander)));
        Assert.Contains("The access review of Port unit comes up", await StepsAsync(host, StaffHost.Of(Role.Integrity)));
        Assert.DoesNotContain(await StepsAsync(host, overseer), s => s.StartsWith("The access review of Port unit", StringComparison.Ordinal));
        host.Clock.Now += TimeSpan.FromDays(31);
        Assert.Contains("The access review of Port unit is overdue", await StepsAsync(host, overseer));
        foreach (var role in new[] { Role.Officer, Role.Administrator, Role.Monitor })
        {
            var browser = await host.SignedInAsync(role);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).StatusCode);
            Assert.Contains("\"code\":\"access.role\"", await (await browser.PostJsonAsync($"/api/units/{StaffHost.Unit:D}/access-reviews/say", new { review = Guid.Empty, lines = Array.Empty<object>() })).Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(address + "/begin", await browser.TextAsync("/"), [])).StatusCode);
        }

        // Sent twice, it is opened once.
        var commander = await host.SignedInAsync(Role.Commander);
        Assert.Contains("Overdue", await commander.TextAsync("/people/reviews"), StringComparison.Ordinal);
        var page = await commander.TextAsync(address);
        var key = Regex.Match(page, "name=\"key\" value=\"([^\"]+)\"").Groups[1].Value;
        for (var time = 0; time < 2; time++) Assert.Equal(HttpStatusCode.SeeOther, (await commander.PostAsync(address + "/begin", page, new() { ["key"] = key })).StatusCode);
        var begun = Assert.Single((await host.RecordAsync()).Select(r => r.Event).OfType<ReviewBegun>());
        Assert.Contains("\"code\":\"review.open\"", await (await commander.PostJsonAsync($"/api/units/{StaffHost.Unit:D}/access-reviews", null)).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // A posting that begins now is shown and not covered.
        var posting = await (await host.SignedInAsync(Role.Administrator)).MadeAsync($"/api/people/{outside:D}/postings", new { post = StaffHost.PostOf(Role.Secretariat), reason = "Helps out." });
        var integrity = await host.SignedInAsync(second);
        Assert.Equal(HttpStatusCode.NoContent, (await integrity.PostJsonAsync($"/api/postings/{posting:D}/approve", null)).StatusCode);
        page = await commander.TextAsync(address);
        Assert.Contains("New since", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"keep-{posting:D}", page, StringComparison.Ordinal);

        // What the commander may say; a reason is asked for at its field, and nothing typed is lost.
        var own = Sayable(page);
        Assert.Equal(6, own.Count);
        var officer = StaffHost.PostingOf(Role.Officer);
        var form = own.ToDictionary(p => $"keep-{p}", p => p == officer.ToString("D") ? "no" : "yes");
        form["review"] = begun.Review.ToString("D");
        var refused = await commander.PostAsync(address + "/say", page, new(form));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var again = await refused.Content.ReadAsStringAsync();
        Assert.Contains($"href=\"#reason-{officer:D}\"", again, StringComparison.Ordinal);
        Assert.Equal(6, Regex.Count(again, "type=\"radio\"[^>]* checked"));
        form[$"reason-{officer:D}"] = "Went to the quay of another unit.";
        for (var time = 0; time < 2; time++) Assert.Equal(HttpStatusCode.SeeOther, (await commander.PostAsync(address + "/say", again, new(form))).StatusCode);
        Assert.Equal(6, (await host.RecordAsync()).Count(r => r.Event is ReviewSaid));

        page = await integrity.TextAsync(address);
        var rest = Sayable(page).ToDictionary(p => $"keep-{p}", _ => "yes");
        Assert.Equal(8, rest.Count);
        rest["review"] = form["review"];
        var watcher = await host.SignedInAsync(overseer);
        Assert.DoesNotContain("name=\"seen\"", await watcher.TextAsync(address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(address + "/say", page, rest)).StatusCode);
        Assert.DoesNotContain("name=\"seen\"", await integrity.TextAsync(address), StringComparison.Ordinal);
        page = await watcher.TextAsync(address);
        var answer = new Dictionary<string, string> { ["review"] = form["review"], ["seen"] = "3", ["answer"] = "yes" };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await watcher.PostAsync(address + "/answer", page, new(answer))).StatusCode);
        answer["seen"] = Regex.Match(page, "name=\"seen\" value=\"([0-9]+)\"").Groups[1].Value;
        for (var time = 0; time < 2; time++) Assert.Equal(HttpStatusCode.SeeOther, (await watcher.PostAsync(address + "/answer", page, new(answer))).StatusCode);
        Assert.Equal(host.Clock.Now.AddMonths(3), Assert.Single((await host.RecordAsync()).Select(r => r.Event).OfType<ReviewConfirmed>()).Due);
        Assert.DoesNotContain(await StepsAsync(host, overseer), s => s.StartsWith("The access review of Port unit", StringComparison.Ordinal));

        // The line ends nothing by itself.
        Assert.Contains("Waits to be removed since", await integrity.TextAsync(address), StringComparison.Ordinal);
        Assert.Contains("End a posting: Quilombo Officer, Post Officer", await StepsAsync(host, StaffHost.Of(Role.Commander)));
        Assert.DoesNotContain("End a posting: Quilombo Officer, Post Officer", await StepsAsync(host, overseer));
        await host.EndPostingAsync(officer, Role.Commander, Role.Integrity);
        integrity = await host.SignedInAsync(Role.Integrity);
        var done = await integrity.TextAsync(address);
        Assert.Contains("Removed: ", done, StringComparison.Ordinal);
        Assert.DoesNotContain("Waits to be removed since", done, StringComparison.Ordinal);
        Assert.DoesNotContain("End a posting: Quilombo Officer, Post Officer", await StepsAsync(host, StaffHost.Of(Role.Commander)));
        Assert.Contains("0 of", await integrity.TextAsync("/people/reviews"), StringComparison.Ordinal);
    }

    static List<string> Sayable(string page) => [.. Regex.Matches(page, "name=\"keep-([0-9a-f-]{36})\"").Select(m => m.Groups[1].Value).Distinct()];

    static async Task<IReadOnlyList<string>> StepsAsync(StaffHost host, Guid person)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var register = await host.Services.GetRequiredService<IRegister>().ReadAsync();
        var user = new ClaimsPrincipal(new ClaimsIdentity(
            [new(SignedInPerson.Claim, person.ToString("D")), .. Actor.From(register, person, host.Clock.Now).Roles.Select(r => new Claim(SignedInPerson.RoleClaim, r.ToString()))], "test"));
        return [.. (await scope.ServiceProvider.GetServices<Probity.Shared.INextSteps>().OfType<ReviewNextSteps>().Single().For(user, 50, default)).Select(s => s.Title)];
    }
}
