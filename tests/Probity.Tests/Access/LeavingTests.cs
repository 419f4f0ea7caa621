using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access;
using Probity.Access.Contract;
using Probity.Access.Leaving;
using Probity.Access.Staffing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Cases;

namespace Probity.Tests.Access;

public sealed class LeavingTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Day = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly Guid Id = Staff.Id("leaving");
    static readonly string[] Everybody = ["chief", "ana", "keeper", "paula", "vera", "ines", "ivo", "igor", "oscar", "maria", "sara", "root", "judith", "rita"];

    static readonly Dictionary<RegisterAction, string[]> Table = new()
    {
        [RegisterAction.AskLeaving] = ["ines", "ivo", "root"],
        [RegisterAction.AnswerLeaving] = ["ines", "ivo", "oscar"],
        [RegisterAction.CarryOutLeaving] = ["ines", "ivo", "oscar", "root"],
        [RegisterAction.AskReturn] = ["ines", "ivo", "root"],
        [RegisterAction.AnswerReturn] = ["ines", "ivo", "oscar"],
    };

    static Register Then(Register register, IEvent happened, string by = "root", DateTimeOffset? at = null, CompartmentId compartment = default) => register.Apply(new Recorded(
        happened, EventTypes.NameOf(happened.GetType()), register.Version, Register.Stream, register.Version + 1, at ?? Now, null, new ActorId(Staff.Id(by)), compartment));

    static Register Asked(string person = "ben", string by = "root", DateTimeOffset? day = null) => Then(Staff.Agency().ToRegister(), new LeavingAsked(Id, Staff.Id(person), day ?? Day), by);

    static Register Agreed(string person = "ben", DateTimeOffset? at = null) => Then(Asked(person), new LeavingAgreed(Id, Staff.Id(person)), "ines", at);

    static RegisterFacts Facts(Register register, string actor, DateTimeOffset? now = null) => new(register, Actor.From(register, Staff.Id(actor), now ?? Now), now ?? Now) { Look = EndedPostings.Unprotected };

    static Register StateFor(RegisterAction action) => action switch
    {
        RegisterAction.AskLeaving => Staff.Agency().ToRegister(),
        RegisterAction.AnswerLeaving => Asked(),
        RegisterAction.AnswerReturn => Then(Agreed(), new ReturnAsked(Id, Staff.Id("ben"))),
        _ => Agreed(),
    };

    [Fact]
    public void Each_role_does_what_stands_in_the_table_and_nothing_else()
    {
        foreach (var (action, allowed) in Table)
        {
            var register = StateFor(action);
            // An administrator asked: of the others whoever may answer does.
            foreach (var person in Everybody)
                Assert.True(LeavingAccess.Refuses(action, Staff.Id("ben"), Facts(register, person, Day)) is null == allowed.Contains(person), $"{action} by {person}");
        }
    }

    [Theory]
    [InlineData("root", "ana", "ines", null)]
    [InlineData("ines", "ana", "ines", Bars.EarlierRole)]
    [InlineData("ines", "ana", "ivo", null)]
    [InlineData("ines", "ivo", "ivo", Bars.Self)]
    [InlineData("root", "ivo", "ines", LeavingAccess.TakesOverseer)]
    [InlineData("root", "ivo", "oscar", null)]
    [InlineData("root", "oscar", "ines", LeavingAccess.TakesOverseer)]
    [InlineData("root", "oscar", "oscar", Bars.Self)]
    [InlineData("root", "oscar", "olga", null)]
    [InlineData("root", "judith", "ines", LeavingAccess.TakesOverseer)]
    [InlineData("root", "ana", "chief", Bars.Role)]
    public void Two_people_end_a_service_and_those_who_watch_leave_with_an_overseers_yes(string asks, string leaves, string agrees, string? refused) =>
        Assert.Equal(refused, LeavingAccess.Refuses(RegisterAction.AnswerLeaving, Staff.Id(leaves), Facts(Asked(leaves, asks), agrees))?.Code);

    [Fact]
    public void What_was_sent_back_twice_an_overseer_answers()
    {
        var (register, ben) = (Asked(by: "ines"), Staff.Id("ben"));
        string? Code(string who, bool agrees) => LeavingAccess.Refuses(RegisterAction.AnswerLeaving, ben, Facts(register, who), agrees)?.Code;
        void Again(string by) => register = Then(Then(register, new LeavingRefused(Id, ben), by), new LeavingAsked(Id, ben, Day), "ines");
        // What who asked takes back is not counted.
        Again("ines");
        Again("ines");
        Again("ivo");
        Assert.Equal((null, null), (Code("ivo", true), Code("ivo", false)));
        Again("ivo");
        Assert.Equal((HeldActs.SentBackOften, HeldActs.SentBackOften, null, null), (Code("ivo", true), Code("ivo", false), Code("oscar", true), Code("ines", false)));
        Assert.Empty(Then(register, new LeavingAgreed(Id, ben), "oscar").Departures.SentBack);
    }

    [Fact]
    public void Nobody_asks_for_their_own_leaving_and_who_asked_may_take_it_back()
    {
        Assert.Equal(Bars.Self, LeavingAccess.Refuses(RegisterAction.AskLeaving, Staff.Id("root"), Facts(Staff.Agency().ToRegister(), "root"))?.Code);
        Assert.Null(LeavingAccess.Refuses(RegisterAction.AnswerLeaving, Staff.Id("ana"), Facts(Asked("ana", "ines"), "ines"), agrees: false));
        Assert.Equal(LeavingAccess.Exists, LeavingAccess.Refuses(RegisterAction.AskLeaving, Staff.Id("ben"), Facts(Asked(), "root"))?.Code);
        Assert.Equal(LeavingAccess.NothingAsked, LeavingAccess.Refuses(RegisterAction.AnswerLeaving, Staff.Id("ben"), Facts(Agreed(), "oscar"))?.Code);
        Assert.Equal(LeavingAccess.NotYet, LeavingAccess.Refuses(RegisterAction.CarryOutLeaving, Staff.Id("ben"), Facts(Agreed(), "root"))?.Code);
        Assert.Equal(LeavingAccess.NotAgreed, LeavingAccess.Refuses(RegisterAction.AskReturn, Staff.Id("ben"), Facts(Asked(), "root"))?.Code);
    }

    [Theory]
    [InlineData(null, 30, "After thirty years.", Leave.KindMissing)]
    [InlineData(99, 30, "After thirty years.", Leave.KindMissing)]
    [InlineData(1, null, "After thirty years.", Leave.DayMissing)]
    [InlineData(1, -1, "After thirty years.", Leave.DayPast)]
    [InlineData(1, 367, "After thirty years.", Leave.DayFar)]
    [InlineData(1, 30, " ", "text.reason-missing")]
    [InlineData(1, 0, "After thirty years.", null)]
    [InlineData(1, 366, "After thirty years.", null)]
    public void What_is_asked_for_says_how_when_and_why(int? kind, int? days, string reason, string? refused)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var command = new Leave.Asking((LeavingKind?)kind, days is { } d ? today.AddDays(d) : null, reason);
        var decision = Leave.Decide(command, Staff.Id("ben"), Id, Day, today, Facts(Staff.Agency().ToRegister(), "root"));
        Assert.Equal(refused, (decision as Decision.Refused)?.Refusal.Code);
        if (decision is not Decision.Accepted accepted) return;
        // How and why goes with the person.
        Assert.Equal(Compartments.OfPerson(Staff.Id("ben")), Assert.Single(accepted.Filings, f => f.Event is LeavingReasoned).Compartment);
        Assert.DoesNotContain("thirty", System.Text.Encoding.UTF8.GetString(EventTypes.Serialize(Assert.Single(accepted.Filings, f => f.Event is LeavingAsked).Event)), StringComparison.Ordinal);
    }

    [Fact]
    public void From_the_day_on_the_leaver_holds_no_post_whatever_was_carried_out()
    {
        var (register, ben) = (Agreed(), Staff.Id("ben"));
        foreach (var (at, holds) in ((DateTimeOffset, bool)[])[(Now, true), (Day.AddTicks(-1), true), (Day, false), (Day.AddYears(1), false)])
        {
            Assert.Equal(holds, register.PostsOf(ben, at).Any());
            Assert.Equal(holds, register.Holders(Role.Officer, at).Contains(ben));
            Assert.Equal(holds, Actor.From(register, ben, at).Has(Role.Officer));
            Assert.Equal(!holds, register.HasLeft(ben, at));
            Assert.Equal(!holds, register.RelievedBy(Actor.From(register, Staff.Id("chief"), at), at).Contains(ben));
            Assert.Empty(register.RelievedBy(Actor.From(register, Staff.Id("port chief"), at), at));
        }

        // Agreed to after the day: from the agreement, not backwards.
        var late = Agreed(at: Day.AddDays(3));
        Assert.True(late.PostsOf(ben, Day.AddDays(2)).Any());
        Assert.Empty(late.PostsOf(ben, Day.AddDays(3)));
        // The conflict check looks back over it as over any other end.
        Assert.Equal(Bars.Superior, Recusal.Between(Staff.Id("chief"), [ben], register, Day.AddMonths(23)) ?? Bars.Superior);
        Assert.Null(Recusal.Between(Staff.Id("chief"), [ben], register, Day.AddMonths(25)));
    }

    [Fact]
    public void On_the_day_itself_postings_are_closed_with_the_agreement_and_else_when_it_is_carried_out()
    {
        var ben = Staff.Id("ben");
        Assert.Equal(HeldActs.NotYet, Assert.IsType<Decision.Refused>(Leave.Decide(new Leave.Answer(true, null), ben, Facts(Asked(), "ines", Now.AddDays(2)))).Refusal.Code);
        Assert.Equal(HeldActs.Lapsed, Assert.IsType<Decision.Refused>(Leave.Decide(new Leave.Answer(true, null), ben, Facts(Asked(), "ines", Now + HeldActs.Lapse))).Refusal.Code);
        Assert.Null(LeavingAccess.Refuses(RegisterAction.AskLeaving, ben, Facts(Asked(), "root", Now + HeldActs.Lapse)));
        Assert.Equal(HeldActs.Locked, Assert.IsType<Decision.Refused>(Leave.Decide(new Leave.Answer(true, null), ben, Facts(Asked(), "ines", Now.AddDays(3)) with { Look = null })).Refusal.Code);
        var early = Assert.IsType<Decision.Accepted>(Leave.Decide(new Leave.Answer(true, null), ben, Facts(Asked(), "ines", Now.AddDays(3))));
        Assert.Equal([typeof(LeavingAgreed), typeof(ActCleared)], early.Filings.Select(f => f.Event.GetType()));
        var onTheDay = Assert.IsType<Decision.Accepted>(Leave.Decide(new Leave.Answer(true, null), ben, Facts(Asked(day: Now.AddDays(10)), "ines", Now.AddDays(10))));
        Assert.Single(onTheDay.Filings, f => f.Event is PostingEnded);
        var done = Assert.IsType<Decision.Accepted>(Leave.DecideCarryingOut(ben, Facts(Agreed(), "root", Day)));
        Assert.Single(done.Filings, f => f.Event is PostingEnded);
        Assert.Single(done.Filings, f => f.Event is LeavingCarriedOut);
        Assert.Equal("text.reason-missing", Assert.IsType<Decision.Refused>(Leave.Decide(new Leave.Answer(false, ""), ben, Facts(Asked(), "ines"))).Refusal.Code);
    }

    [Fact]
    public void Who_had_not_left_yet_stays_and_who_had_comes_back_to_no_post()
    {
        var ben = Staff.Id("ben");
        var stays = Then(Then(Agreed(), new ReturnAsked(Id, ben)), new ReturnAgreed(Id, ben), "ines", Day.AddDays(-1));
        Assert.True(stays.PostsOf(ben, Day.AddDays(1)).Any());
        Assert.Null(stays.Departures.Of(ben));

        var back = Then(Then(Agreed(), new ReturnAsked(Id, ben)), new ReturnAgreed(Id, ben), "ines", Day.AddDays(5));
        Assert.Empty(back.PostsOf(ben, Day.AddDays(6)));
        Assert.False(back.HasLeft(ben, Day.AddDays(6)));
        Assert.True(back.WasShutOutSince(ben, Day.AddDays(-1)));
        Assert.Null(LeavingAccess.Refuses(RegisterAction.AskLeaving, ben, Facts(back, "root", Day.AddDays(6))));
    }

    [Fact]
    public void How_and_why_is_forgotten_with_the_person_and_that_they_left_is_not()
    {
        var ben = Staff.Id("ben");
        var register = Then(Agreed(), new LeavingReasoned(Id, LeavingMove.Asked, LeavingKind.Dismissed, "Found out."), compartment: Compartments.OfPerson(ben));
        Assert.Equal(LeavingKind.Dismissed, register.Departures.Of(ben)!.Kind);
        var erased = Then(register, new Probity.Records.Contract.PersonErased(ben));
        Assert.Null(erased.Departures.Of(ben)!.Kind);
        Assert.Equal("", erased.Departures.Of(ben)!.Reason);
        Assert.True(erased.HasLeft(ben, Day));
    }

    [Fact]
    public async Task A_leaver_never_signs_in_after_the_day_and_two_people_bring_them_back()
    {
        await using var host = await StaffHost.StartAsync();
        var (officer, address) = (StaffHost.Of(Role.Officer), $"/api/people/{StaffHost.Of(Role.Officer)}");
        var secret = await host.EnrolAsync(Role.Officer);
        var (admin, integrity, linked) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Officer));
        var asked = new { kind = "retired", day = "2026-03-06", reason = "After thirty years." };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await host.SignedInAsync(Role.Overseer)).PostJsonAsync(address + "/leaving", asked)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await admin.PostJsonAsync(address + "/leaving", asked)).StatusCode);
        Assert.Contains($"/people/{officer}/leaving", await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostJsonAsync(address + "/leaving/answer", new { agrees = true })).StatusCode);
        host.Clock.Now += HeldActs.Hold;
        (admin, integrity, linked) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Officer));
        Assert.Equal(HttpStatusCode.NoContent, (await integrity.PostJsonAsync(address + "/leaving/answer", new { agrees = true })).StatusCode);

        // Until the day all is as before, and the person is told.
        var own = host.Open();
        Assert.Equal(HttpStatusCode.SeeOther, (await host.SignInAsync(own, Role.Officer, secret)).StatusCode);
        var first = await linked.TextAsync("/");
        Assert.Contains("You leave the service on 6 March 2026", first, StringComparison.Ordinal);
        Assert.Contains("Declare your assets before you leave", first, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.PostJsonAsync(address + "/leaving/carry-out", null)).StatusCode);

        // Nothing runs at midnight: the time alone ends it, for sessions that were open too.
        host.Clock.Now = new DateTimeOffset(2026, 3, 5, 23, 45, 0, TimeSpan.Zero);
        var late = await host.SignedInAsync(Role.Officer);
        Assert.Equal(HttpStatusCode.OK, (await late.GetAsync("/api/me")).StatusCode);
        host.Clock.Now = new DateTimeOffset(2026, 3, 6, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.Unauthorized, (await late.GetAsync("/api/me")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await host.Open().GetAsync("/demo/sign-in/" + host.DemoToken(Role.Officer))).StatusCode);
        var refused = await host.SignInAsync(host.Open(), Role.Officer, secret);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("You have left the service", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        (admin, integrity) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Integrity));
        Assert.Contains($"/people/{officer}/leaving", await admin.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.PostJsonAsync(address + "/invitations", new { signInName = "again" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.PostJsonAsync(address + "/postings", new { post = StaffHost.PostOf(Role.Custodian), reason = "again" })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostJsonAsync(address + "/leaving/carry-out", null)).StatusCode);
        Assert.Null(await CredentialAsync(host, officer));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await StaffHost.PasswordAsync(host.Open(), StaffHost.NameOf(Role.Officer), StaffHost.Password)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostJsonAsync(address + "/return", new { reason = "Asked to come back." })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.PostJsonAsync(address + "/return/answer", new { agrees = true })).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await integrity.PostJsonAsync(address + "/return/answer", new { agrees = true })).StatusCode);
        var (outcome, sent) = await InviteAnewAsync(host);
        // They had enrolled once, so it takes two of those who invite anew, as for anybody.
        Assert.Null(sent);
        Assert.IsType<Outcome.Refused>(outcome);
    }

    [Fact]
    public async Task Pages_show_the_leaving_to_who_sees_the_person_and_how_and_why_not_to_the_commander()
    {
        await using var host = await StaffHost.StartAsync();
        var address = $"/people/{StaffHost.Of(Role.Officer)}/leaving";
        var admin = await host.SignedInAsync(Role.Administrator);
        var empty = await admin.PostAsync(address + "/ask", await admin.TextAsync(address), new() { ["reason"] = "x" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Contains("href=\"#kind\"", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var asked = await admin.PostAsync(address + "/ask", await admin.TextAsync(address), new()
        {
            ["kind"] = "Dismissed", ["day-day"] = "1", ["day-month"] = "4", ["day-year"] = "2026", ["reason"] = "Found with a seal of the store.",
        });
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        Assert.Contains("seal of the store", await admin.TextAsync(address), StringComparison.Ordinal);
        Assert.Contains("Quilombo Officer", await admin.TextAsync("/people/leavers"), StringComparison.Ordinal);

        var commander = await (await host.SignedInAsync(Role.Commander)).TextAsync(address);
        Assert.Contains("1 April 2026", commander, StringComparison.Ordinal);
        Assert.Contains("Open cases", commander, StringComparison.Ordinal);
        Assert.DoesNotContain("seal of the store", commander, StringComparison.Ordinal);
        Assert.DoesNotContain("Dismissed", commander, StringComparison.Ordinal);
        foreach (var role in new[] { Role.Officer, Role.Custodian, Role.Prosecutor, Role.Vetting, Role.Monitor })
        {
            var browser = await host.SignedInAsync(role);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(address + "/answer", await browser.TextAsync("/"), new() { ["answer"] = "yes" })).StatusCode);
        }
    }

    [Fact]
    public void Whoever_is_tied_to_the_person_learns_from_no_refusal_that_it_was_asked()
    {
        var (ben, before) = (Staff.Id("ben"), Staff.Agency().Tie("ines", "ben", TieKind.Blood).Tie("ben", "root", TieKind.Associate).ToRegister());
        var asked = Then(before, new LeavingAsked(Id, ben, Day), "ivo");
        foreach (var register in (Register[])[before, asked])
        {
            Assert.Equal((Bars.Kin, Bars.Tie), (Code(RegisterAction.AskLeaving, "ines"), Code(RegisterAction.AskLeaving, "root")));
            Assert.Equal((Bars.Kin, Bars.Kin), (Code(RegisterAction.AnswerLeaving, "ines"), Code(RegisterAction.AnswerLeaving, "ines", agrees: false)));
            Assert.Equal((null, null), (LeavingAccess.Seen(ben, Facts(register, "ines").Actor, register), LeavingAccess.Seen(ben, Facts(register, "ben").Actor, register)));

            string? Code(RegisterAction action, string who, bool agrees = true) => LeavingAccess.Refuses(action, ben, Facts(register, who), agrees)?.Code;
        }

        Assert.NotNull(LeavingAccess.Seen(ben, Facts(asked, "oscar").Actor, asked));
        var agreed = Then(asked, new LeavingAgreed(Id, ben), "oscar");
        Assert.NotNull(LeavingAccess.Seen(ben, Facts(agreed, "ines").Actor, agreed));
    }

    [Fact]
    public async Task Who_is_tied_to_the_person_finds_nothing_until_it_is_agreed_to_and_then_the_day()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Integrity, StaffHost.Agency)]);
        var (officer, kin) = (StaffHost.Of(Role.Officer), StaffHost.Other(0));
        Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<Clerk>().FileAsync(new ActorId(kin), Register.Stream, "conduct.Declare", _ => new(Decision.Accept(
            new Filing(Register.Stream, new TieDeclared(Guid.NewGuid(), officer, TieKind.Blood, 1), Compartment: Compartments.OfPerson(kin))))));
        var (admin, brother, address) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(kin), $"/people/{officer}/leaving");
        Assert.Equal(HttpStatusCode.Created, (await admin.PostJsonAsync("/api" + address, new { kind = "retired", day = "2026-04-01", reason = "After thirty years." })).StatusCode);
        var page = await brother.TextAsync(address);
        Assert.Contains("In service", page, StringComparison.Ordinal);
        foreach (var told in (string[])["1 April", "thirty years", "Retired", "Ask that the person leave", "Open cases"]) Assert.DoesNotContain(told, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Quilombo Officer", await brother.TextAsync("/people/leavers"), StringComparison.Ordinal);
        Assert.DoesNotContain("Waits for a second person", await brother.TextAsync($"/people/{officer}"), StringComparison.Ordinal);
        Assert.DoesNotContain(address, await brother.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains(Bars.Kin, await (await brother.PostJsonAsync("/api" + address + "/answer", new { agrees = false, reason = "Not now." })).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(Bars.Kin, await (await brother.PostJsonAsync("/api" + address, new { kind = "retired", day = "2026-04-01", reason = "Why." })).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        host.Clock.Now += HeldActs.Hold;
        Assert.Equal(HttpStatusCode.NoContent, (await (await host.SignedInAsync(Role.Integrity)).PostJsonAsync("/api" + address + "/answer", new { agrees = true })).StatusCode);
        page = await (await host.SignedInAsync(kin)).TextAsync(address);
        Assert.Contains("1 April 2026", page, StringComparison.Ordinal);
        foreach (var told in (string[])["thirty years", "Retired", "Asked for by"]) Assert.DoesNotContain(told, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_is_told_what_was_sent_back_and_why_and_what_nobody_answered_is_asked_for_anew()
    {
        await using var host = await StaffHost.StartAsync();
        var (admin, integrity, address) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Integrity), $"/people/{StaffHost.Of(Role.Officer)}/leaving");
        await AskAsync();
        await ReturnAsync("Nobody spoke with the officer.");
        var page = await admin.TextAsync(address);
        Assert.Contains("Sent back by Quilombo Integrity, 2 March 2026", page, StringComparison.Ordinal);
        Assert.Contains("Nobody spoke with the officer.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("spoke with", await (await host.SignedInAsync(Role.Commander)).TextAsync(address), StringComparison.Ordinal);
        await AskAsync();
        Assert.Contains("Nobody spoke with the officer.", await integrity.TextAsync(address), StringComparison.Ordinal);
        await ReturnAsync("The day is a holiday.");

        // Sent back twice: an overseer answers, with all that was said before.
        await AskAsync();
        page = await integrity.TextAsync(address);
        foreach (var told in (string[])["It was sent back twice: an overseer answers it now.", "After thirty years.", "Nobody spoke with", "The day is a holiday."]) Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Does this person leave?", page, StringComparison.Ordinal);
        page = await (await host.SignedInAsync(Role.Overseer)).TextAsync(address);
        foreach (var told in (string[])["Does this person leave?", "It was sent back twice", "Nobody spoke with", "No report that your key opens protects this person."]) Assert.Contains(told, page, StringComparison.Ordinal);

        host.Clock.Now += HeldActs.Lapse;
        var overseer = await host.SignedInAsync(Role.Overseer);
        Assert.DoesNotContain(address, await overseer.TextAsync("/"), StringComparison.Ordinal);
        page = await overseer.TextAsync(address);
        Assert.Contains("Nobody answered within 14 days; it has to be asked for anew.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Does this person leave?", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Waits for a second person", await overseer.TextAsync("/people/leavers"), StringComparison.Ordinal);
        Assert.Contains("Ask that the person leave", await (await host.SignedInAsync(Role.Administrator)).TextAsync(address), StringComparison.Ordinal);

        async Task AskAsync() => Assert.Equal(HttpStatusCode.Created, (await admin.PostJsonAsync("/api" + address, new { kind = "retired", day = "2026-04-01", reason = "After thirty years." })).StatusCode);

        async Task ReturnAsync(string reason) => Assert.Equal(HttpStatusCode.NoContent, (await integrity.PostJsonAsync("/api" + address + "/answer", new { agrees = false, reason })).StatusCode);
    }

    static async Task<Credential?> CredentialAsync(StaffHost host, Guid person)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<Credential>>().FindByIdAsync(person.ToString("D"));
    }

    static async Task<(Outcome, Probity.Access.Enrolling.InvitationSent?)> InviteAnewAsync(StaffHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Probity.Access.Enrolling.Inviting>().RunAsync(StaffHost.Of(Role.Administrator), StaffHost.Of(Role.Officer), "again", default);
    }
}
