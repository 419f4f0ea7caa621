using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.People;
using Probity.Ledger;
using Probity.People.Clearing;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>What vetting decides to somebody's disadvantage is done once integrity has cleared it; a suspension at once, and looked at then.</summary>
public sealed class HeldClearanceTests
{
    const string Reason = ClearanceScene.Reason;

    static readonly DateTimeOffset s_now = ClearanceScene.Now.AddDays(20);

    static HeldActs Then(HeldActs acts, IEvent happened, string by, DateTimeOffset at) =>
        acts.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), 0, HeldActs.StreamOf(Staff.Id("ana")), 1, at, null, new ActorId(Staff.Id(by))));

    static string Names(Decision decision) => decision switch
    {
        Decision.Accepted { Filings: var filings } => string.Join(',', filings.Select(f => f.Event.GetType().Name)), Decision.Refused { Refusal.Code: var code } => code, _ => "",
    };

    static HeldActs After(Decision decision, HeldActs acts, string by, DateTimeOffset at) =>
        ((Decision.Accepted)decision).Filings.Where(f => f.Stream == HeldActs.StreamOf(Staff.Id("ana"))).Aggregate(acts, (now, f) => Then(now, f.Event, by, at));

    [Theory]
    [InlineData("Refused", "ClearanceRefusal", nameof(ClearanceRefused)), InlineData("Restricted", "ClearanceRestriction", nameof(ClearanceGranted))]
    public void A_refusal_and_restrictions_are_asked_for_first_and_done_once_they_were_cleared(string answer, string held, string done)
    {
        var kind = Enum.Parse<AdverseAct>(held);
        var acts = HeldActs.Initial;
        var first = Decide(s_now);
        Assert.Equal(nameof(ActHeld), Names(first));
        acts = After(first, acts, "valdo", s_now);
        Assert.Equal((kind, Reason, true), (acts.All.Single().Value.Kind, acts.All.Single().Value.Reason, acts.All.Single().Value.Waits));
        Assert.Equal(HoldClearance.Waits, Names(Decide(s_now.AddDays(5))));
        var id = acts.All.Keys.Single();
        // With another reason it was not read: it is asked for anew; and so after 14 days in which nobody answered.
        Assert.Equal(nameof(ActHeld), Names(DecideClearance.Decide(Command(Enum.Parse<ClearanceAnswer>(answer)) with { Reason = "Something that nobody read." }, Facts(s_now.AddDays(5), Then(acts, new ActCleared(id, "box"), "ines", s_now.AddDays(4))))));
        Assert.Equal(nameof(ActHeld), Names(Decide(s_now + HeldActs.Lapse)));
        // Sent back, it is asked for anew.
        Assert.Equal(nameof(ActHeld), Names(Decide(s_now.AddDays(5), Then(acts, new ActReturned(id, Reason), "ines", s_now.AddDays(1)))));
        acts = Then(acts, new ActCleared(id, "box"), "ines", s_now.AddDays(4));
        Assert.Equal(done, Names(Decide(s_now.AddDays(5))));
        // What was cleared for one thing is cleared for no other, and not for ever.
        Assert.Equal(nameof(ActHeld), Names(Decide(s_now.AddDays(34))));
        Assert.Equal(nameof(ActHeld), Names(DecideClearance.Decide(Command(kind == AdverseAct.ClearanceRefusal ? ClearanceAnswer.Restricted : ClearanceAnswer.Refused), Facts(s_now.AddDays(5), acts))));

        Decision Decide(DateTimeOffset at, HeldActs? known = null) => DecideClearance.Decide(Command(Enum.Parse<ClearanceAnswer>(answer)), Facts(at, known ?? acts));
        ClearanceFacts Facts(DateTimeOffset at, HeldActs known) => ClearanceScene.Facts(ClearanceScene.Assessed, "valdo", at) with { Acts = known };
        static DecideClearance.Command Command(ClearanceAnswer answer) => new(
            Guid.Empty, answer, [answer == ClearanceAnswer.Refused ? VettingGround.Finances : VettingGround.Bounded], Reason, answer == ClearanceAnswer.Restricted ? "No cases in the port." : null, [], null);
    }

    [Fact]
    public void A_withdrawal_is_asked_for_as_it_is_opened_and_a_grant_is_never_held()
    {
        var opened = WithdrawClearance.Decide(new WithdrawClearance.Opening(Guid.Empty, Reason), ClearanceScene.Facts(ClearanceScene.Granted, "vera", s_now));
        Assert.Equal("WithdrawalOpened,ActHeld", Names(opened));
        var acts = After(opened, HeldActs.Initial, "vera", s_now);
        Assert.Equal(HoldClearance.Waits, Names(Rule(acts)));
        var cleared = Then(acts, new ActCleared(acts.All.Keys.Single(), "box"), "ines", s_now.AddDays(3));
        Assert.Equal("ClearanceWithdrawn,AccessEnded", Names(Rule(cleared)));
        // Done once: the same clearing does not serve for another withdrawal.
        var withdrawn = ClearanceScene.Withdrawing with { Decision = new([], Reason, Staff.Id("valdo"), s_now.AddDays(10), "") };
        Assert.Equal(nameof(ActHeld), Names(WithdrawClearance.Decide(Ruling, ClearanceScene.Facts(withdrawn, "valdo", s_now.AddDays(15)) with { Acts = cleared })));
        Assert.Equal(nameof(ClearanceGranted), Names(DecideClearance.Decide(new(Guid.Empty, ClearanceAnswer.Granted, [VettingGround.NothingFound], Reason, null, [], null), ClearanceScene.Facts(ClearanceScene.Assessed, "valdo", s_now))));

        static Decision Rule(HeldActs held) => WithdrawClearance.Decide(Ruling, ClearanceScene.Facts(ClearanceScene.Withdrawing, "valdo", s_now.AddDays(10)) with { Acts = held });
    }

    static WithdrawClearance.Ruling Ruling => new(Guid.Empty, true, [VettingGround.Finances], Reason, [], null);

    [Fact]
    public void A_suspension_takes_effect_and_one_that_is_sent_back_goes_to_an_overseer()
    {
        var suspended = SuspendClearance.Decide(new SuspendClearance.Suspension(Guid.Empty, [VettingGround.Finances], Reason), ClearanceScene.Facts(ClearanceScene.Granted, "vera", s_now));
        Assert.Equal("ClearanceSuspended,AccessEnded,ActHeld", Names(suspended));
        var act = After(suspended, HeldActs.Initial, "vera", s_now).All.Values.Single();
        // It waits until somebody has looked, however long that is, and what is asked for beside it takes nothing from it.
        var opened = WithdrawClearance.Decide(new WithdrawClearance.Opening(Guid.Empty, Reason), ClearanceScene.Facts(ClearanceScene.Granted, "vera", s_now));
        Assert.Equal([true, true], After(opened, After(suspended, HeldActs.Initial, "vera", s_now), "vera", s_now).All.Values.Select(a => a.Waits));
        var clearance = ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(), ClearanceScene.Assess, ClearanceScene.Grant(s_now.AddYears(3)), ClearanceScene.Suspend);
        Assert.Equal("ActReturned,LiftingAsked", Names(AnswerHeld.Decide(new(false, Reason, null), Held(act, clearance, "ines"))));
        Assert.Equal(Bars.EarlierRole, Names(AnswerHeld.Decide(new(false, Reason, null), Held(act, clearance, "vera"))));
        Assert.Equal((HeldActs.NotYet, nameof(ActCleared), nameof(ActCleared)), (Names(AnswerHeld.Decide(new(true, null, null), Held(act, clearance, "ines", s_now.AddDays(2)))),
            Names(AnswerHeld.Decide(new(true, null, null), Held(act, clearance, "ines", s_now.AddDays(3)))), Names(AnswerHeld.Decide(new(true, null, null), Held(act, clearance, "ines", s_now.AddDays(90))))));
        Assert.Equal(AnswerHeld.NothingWaits, Names(AnswerHeld.Decide(new(true, null, null), Held(act with { Answered = (Staff.Id("ivo"), s_now) }, clearance, "ines", s_now.AddDays(3)))));
    }

    [Fact]
    public void What_was_sent_back_twice_an_overseer_answers()
    {
        var held = new ActHeld(Guid.NewGuid(), Staff.Id("ana"), AdverseAct.ClearanceRefusal, Reason, Guid.NewGuid());
        var acts = Again(Again(Again(Then(HeldActs.Initial, held, "valdo", s_now), "valdo"), "valdo"), "ines");
        Assert.Equal((null, null), (Code("ines", true), Code("ivo", false)));
        acts = Again(acts, "ines");
        Assert.Equal((HeldActs.SentBackOften, HeldActs.SentBackOften, null, null), (Code("ivo", true), Code("ines", false), Code("oscar", true), Code("valdo", false)));
        Assert.Empty(Then(acts, new ActCleared(held.Act, "box"), "oscar", s_now).SentBack);
        Assert.Equal([new HeldReturn(Staff.Id("ines"), s_now, Reason), new HeldReturn(Staff.Id("ines"), s_now, Reason)], acts.ReturnsOf(held.Kind, held.Act));
        // Who could answer but for that reads it still.
        Assert.Equal((true, true, false, false), (Sees("ines"), Sees("oscar"), Sees("vera"), Sees("ana")));

        HeldActs Again(HeldActs before, string by) => Then(Then(before, new ActReturned(held.Act, Reason), by, s_now), held, "valdo", s_now);
        bool Sees(string who) => AnswerHeld.Sees(Held(acts.All[held.Act], ClearanceScene.Assessed with { Person = Staff.Id("ana") }, who) with { SentBack = acts.ReturnsOf(held.Kind, held.Act) });
        string? Code(string who, bool agrees) =>
            AnswerHeld.Refuses(agrees, Held(acts.All[held.Act], ClearanceScene.Assessed with { Person = Staff.Id("ana") }, who) with { SentBack = acts.ReturnsOf(held.Kind, held.Act) })?.Code;
    }

    [Fact]
    public void A_decision_ends_what_waits_about_the_same_clearance_and_nobody_sent_it_back()
    {
        var refusal = DecideClearance.Decide(new(Guid.Empty, ClearanceAnswer.Refused, [VettingGround.Finances], Reason, null, [], null), ClearanceScene.Facts(ClearanceScene.Assessed, "valdo", s_now));
        var acts = After(refusal, HeldActs.Initial, "valdo", s_now);
        var granted = DecideClearance.Decide(new(Guid.Empty, ClearanceAnswer.Granted, [VettingGround.NothingFound], Reason, null, [], null), ClearanceScene.Facts(ClearanceScene.Assessed, "oscar", s_now.AddDays(1)) with { Acts = acts });
        Assert.Equal("ClearanceGranted,ActOvertaken", Names(granted));
        acts = After(granted, acts, "oscar", s_now.AddDays(1));
        var act = acts.All.Values.Single();
        Assert.Equal((false, false, true, 0), (act.Waits, act.IsCleared, act.IsOvertaken, acts.ReturnsOf(act.Kind, act.Id).Count));
        Assert.Equal(AnswerHeld.NothingWaits, Names(AnswerHeld.Decide(new(true, null, null), Held(act, ClearanceScene.Assessed, "ines", s_now.AddDays(3)))));

        var opened = After(WithdrawClearance.Decide(new WithdrawClearance.Opening(Guid.Empty, Reason), ClearanceScene.Facts(ClearanceScene.Granted, "vera", s_now)), HeldActs.Initial, "vera", s_now);
        Assert.Equal("ClearanceKept,ActOvertaken", Names(WithdrawClearance.Decide(Ruling with { Withdraw = false }, ClearanceScene.Facts(ClearanceScene.Withdrawing, "valdo", s_now) with { Acts = opened })));
        // A suspension that is lifted ends its own look, and not that at a withdrawal.
        var both = After(SuspendClearance.Decide(new SuspendClearance.Suspension(Guid.Empty, [VettingGround.Finances], Reason), ClearanceScene.Facts(ClearanceScene.Granted, "vera", s_now)), opened, "vera", s_now);
        var suspended = ClearanceScene.Of(ClearanceScene.Invite, ClearanceScene.Submit, ClearanceScene.Checks(), ClearanceScene.Assess, ClearanceScene.Grant(s_now.AddYears(3)), ClearanceScene.Suspend);
        var lifted = SuspendClearance.Decide(new SuspendClearance.Lifting(Guid.Empty, Reason), ClearanceScene.Facts(suspended, "valdo", s_now) with { Acts = both });
        Assert.Equal("SuspensionLifted,ActOvertaken", Names(lifted));
        Assert.Equal(AdverseAct.ClearanceWithdrawal, After(lifted, both, "valdo", s_now).All.Values.Single(a => a.Waits).Kind);
        Assert.Equal("ClearanceDiscontinued,ActOvertaken", Names(DiscontinueClearance.Decide(new DiscontinueClearance.Command(Guid.Empty, DiscontinuedBecause.LeftService, Reason), ClearanceScene.Facts(ClearanceScene.Assessed, "valdo", s_now) with { Acts = After(refusal, HeldActs.Initial, "valdo", s_now) })));
    }

    [Fact]
    public async Task The_page_of_what_was_sent_back_twice_says_so_to_who_could_answer_and_shows_why_it_was()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await VettingPagesTests.ClearAsync(host, Role.Officer);
        Assert.Equal(HttpStatusCode.SeeOther, (await VettingPagesTests.ActAsync(await host.SignedInAsync(Role.Vetting), path, "open")).StatusCode);
        var (officer, held) = (StaffHost.Of(Role.Officer), (await host.RecordAsync()).Select(r => r.Event).OfType<ActHeld>().Last());
        foreach (var why in (string[])["The bank was not asked.", "The notice names nobody."])
        {
            host.Clock.Now += TimeSpan.FromMinutes(1);
            await FileAsync(Role.Integrity, new ActReturned(held.Act, why));
            await FileAsync(Role.Vetting, held);
        }

        foreach (var (role, answers) in ((Role, bool)[])[(Role.Integrity, false), (Role.Overseer, true)])
        {
            var page = await (await host.SignedInAsync(role)).TextAsync(HeldActPlace.Of(officer, held.Act));
            foreach (var told in (string[])["The bank was not asked.", "The notice names nobody.", "It was sent back twice: an overseer answers it now.", "Sent back before by"]) Assert.Contains(told, page, StringComparison.Ordinal);
            Assert.Equal((answers, answers), (page.Contains("value=\"no\"", StringComparison.Ordinal), page.Contains("No report that your key opens protects this person.", StringComparison.Ordinal)));
        }

        async Task FileAsync(Role by, IEvent happened) => Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<Clerk>().FileAsync(
            new ActorId(StaffHost.Of(by)), HeldActs.StreamOf(officer), "people.Clear", _ => new(Decision.Accept(HeldActs.File(officer, happened)))));
    }

    [Theory]
    [InlineData("ana", "valdo", "ines ivo oscar", ""), InlineData("ana", "vera", "ines ivo oscar", ""), InlineData("ana", "oscar", "ines ivo", "")]
    [InlineData("ana", "valdo", "ivo oscar", "ines")]
    public void Integrity_or_an_overseer_clears_it_who_is_near_neither_and_who_is_near_the_asker_alone_sends_it_back(string person, string by, string clears, string tied)
    {
        var act = new HeldAct(Guid.NewGuid(), AdverseAct.ClearanceRefusal, Staff.Id(by), s_now, Reason);
        foreach (var who in (string[])["ana", "chief", "keeper", "paula", "vera", "valdo", "ines", "ivo", "igor", "oscar", "maria", "sara", "root", "judith", "rita"])
        {
            var facts = Held(act, ClearanceScene.Assessed with { Person = Staff.Id(person) }, who, s_now.AddDays(3), tied.Length > 0 ? ClearanceScene.Agency().Tie(by, tied, TieKind.Blood) : null);
            Assert.Equal((who, clears.Split(' ').Contains(who)), (who, AnswerHeld.Decide(new(true, null, null), facts) is Decision.Accepted));
            Assert.Equal((who, clears.Split(' ').Contains(who) || who == by || who == tied), (who, AnswerHeld.Decide(new(false, Reason, null), facts) is Decision.Accepted));
        }

        Assert.Equal(HeldActs.NotYet, Names(AnswerHeld.Decide(new(true, null, null), Held(act, ClearanceScene.Assessed, "ines", s_now.AddDays(3).AddTicks(-1)))));
        Assert.Equal(HeldActs.Locked, Names(AnswerHeld.Decide(new(true, null, null), Held(act, ClearanceScene.Assessed, "ines", s_now.AddDays(3)) with { Look = null })));
        Assert.Equal((VettingTexts.Missing, AnswerHeld.AgreesMissing), (Names(AnswerHeld.Decide(new(false, " ", null), Held(act, ClearanceScene.Assessed, "ines"))), Names(AnswerHeld.Decide(new(null, null, null), Held(act, ClearanceScene.Assessed, "ines")))));
    }

    static HeldFacts Held(HeldAct act, Clearance clearance, string who, DateTimeOffset? now = null, Staff? staff = null)
    {
        var register = (staff ?? ClearanceScene.Agency()).ToRegister();
        return new HeldFacts(act, clearance, register, Actor.From(register, Staff.Id(who), now ?? s_now), now ?? s_now) { Look = EndedPostings.Unprotected };
    }

    /// <summary>Vetting would refuse the officer a clearance, which waits.</summary>
    internal static async Task HoldAsync(StaffHost host) => Assert.IsType<Outcome.Done>(await host.Services.GetRequiredService<Clerk>().FileAsync(
        new ActorId(StaffHost.Of(Role.Vetting)), HeldActs.StreamOf(StaffHost.Of(Role.Officer)), "people.Decide", _ => new(Decision.Accept(
            HeldActs.File(StaffHost.Of(Role.Officer), new ActHeld(Guid.NewGuid(), StaffHost.Of(Role.Officer), AdverseAct.ClearanceRefusal, Reason, Guid.NewGuid()))))));

    [Fact]
    public async Task Through_the_pages_a_withdrawal_waits_for_integrity()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await VettingPagesTests.ClearAsync(host, Role.Officer);
        var (vetting, officer) = (await host.SignedInAsync(Role.Vetting), StaffHost.Of(Role.Officer));
        Assert.Equal(HttpStatusCode.SeeOther, (await VettingPagesTests.ActAsync(vetting, path, "open")).StatusCode);
        Assert.Contains("Waits until it is cleared", await vetting.TextAsync(path), StringComparison.Ordinal);
        var held = HeldActPlace.Of(officer, (await host.RecordAsync()).Select(r => r.Event).OfType<ActHeld>().Last().Act);
        await host.CaughtUpAsync(HeldView.ViewName);
        var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Contains("Withdrawal of a clearance, Quilombo Officer: is it cleared?", await integrity.TextAsync("/"), StringComparison.Ordinal);
        var page = await integrity.TextAsync(held);
        Assert.Contains("It can be agreed to from 5 March 2026", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"yes\"", page, StringComparison.Ordinal);
        foreach (var role in new[] { Role.Officer, Role.Commander, Role.Custodian, Role.Administrator, Role.Monitor })
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await other.GetAsync(held)).StatusCode, (await other.PostAsync(held, await other.TextAsync("/"), new() { ["answer"] = "yes" })).StatusCode));
        }

        Assert.DoesNotContain(Reason, await (await host.SignedInAsync(Role.Officer)).TextAsync("/"), StringComparison.Ordinal);
        host.Clock.Now += HeldActs.Hold;
        integrity = await host.SignedInAsync(Role.Integrity);
        page = await integrity.TextAsync(held);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await integrity.PostAsync(held, page, new() { ["answer"] = "no" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(held, page, new() { ["answer"] = "yes" })).StatusCode);
        Assert.Contains("Cleared by", await integrity.TextAsync(held), StringComparison.Ordinal);
        Assert.Contains("Cleared. Send the decision again", await (await host.SignedInAsync(Role.Vetting)).TextAsync(path), StringComparison.Ordinal);
        await host.CaughtUpAsync(HeldView.ViewName);
        Assert.DoesNotContain("is it cleared?", await integrity.TextAsync("/"), StringComparison.Ordinal);
    }
}
