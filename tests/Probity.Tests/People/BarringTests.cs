using System.Net;
using Probity.Access.Contract;
using Probity.People;
using Probity.People.Barring;
using Probity.People.Contract;
using Probity.People.Vetting;
using Probity.Policies.Contract;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

public sealed class BarringTests
{
    static readonly DateTimeOffset s_now = ClearanceScene.Now;
    static readonly DateOnly s_today = DateOnly.FromDateTime(s_now.UtcDateTime);
    static readonly Guid s_bar = Staff.Id("bar");
    const string Reason = ClearanceScene.Reason;

    static Staff Agency() => ClearanceScene.Agency().Post("gone", "port", Role.Officer, until: s_now.AddDays(-40));

    static Clearance Withdrawn(string? appeal = null, DateTimeOffset? appealUntil = null)
    {
        var clearance = ClearanceScene.Withdrawing with { IsWithdrawn = true, Withdrawal = null, AppealUntil = appealUntil ?? s_now.AddDays(-1) };
        return appeal is null ? clearance : clearance with { Appeal = new VettingAppeal(Reason, s_now.AddDays(-9), appeal == "open" ? null : false, null, null) };
    }

    static BarFacts Facts(string actor, string about = "gone", BarEntry? entry = null, DateTimeOffset? at = null, params Clearance[] known)
    {
        var (register, now) = (Agency().ToRegister(), at ?? s_now);
        var list = entry is null ? BarList.Initial : BarList.Initial with { Entries = BarList.Initial.Entries.Add(entry.Id, entry) };
        return new BarFacts(list, entry, new PersonClearances(Staff.Id(about), known), Policy.Unchosen, Actor.From(register, Staff.Id(actor), now), register, now);
    }

    static BarEntry Entry(string by = "vera", bool counts = false, string? asks = null, bool keep = false, string about = "gone") =>
        new(s_bar, Staff.Id(about), BarReason.LeftUnderInvestigation, s_today, Staff.Id(by), s_now)
        {
            Since = counts ? s_now : null, ReviewFrom = counts ? s_now.AddMonths(60) : null, Asked = asks is null ? null : new AskedReview(keep, Reason, Staff.Id(asks), s_now),
        };

    static string? Refused(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    // E see, N enter, A agree to the entry, R ask for a review, a agree to it, M say whether a namesake is it. Asked for by vera, and the review by ivo.
    [Theory]
    [InlineData("vera", "ENRM"), InlineData("valdo", "ENRM"), InlineData("ines", "ENARaM"), InlineData("ivo", "ENARM"), InlineData("oscar", "EARa"), InlineData("olga", "EARa")]
    [InlineData("chief", ""), InlineData("port chief", ""), InlineData("ana", ""), InlineData("keeper", ""), InlineData("igor", ""), InlineData("root", ""), InlineData("maria", ""), InlineData("sara", "")]
    [InlineData("paula", ""), InlineData("judith", ""), InlineData("rita", ""), InlineData("gone", "")]
    public void Each_may_what_stands_here_and_nothing_else(string person, string allowed)
    {
        var facts = Facts(person, entry: Entry(counts: true, asks: "ivo"));
        Assert.Equal(allowed, string.Concat(Enum.GetValues<BarAction>().Zip("ENARaM").Where(a => BarAccess.Refuses(a.First, facts) is null).Select(a => a.Second)));
    }

    [Fact]
    public void Nobody_acts_in_their_own_entry_or_agrees_to_what_they_asked_for()
    {
        Assert.Equal(Bars.Self, BarAccess.Refuses(BarAction.AgreeToEntry, Facts("ines", "ines", Entry(about: "ines")))?.Code);
        var own = BarAccess.Refuses(BarAction.AgreeToEntry, Facts("ines", entry: Entry(by: "ines")));
        Assert.Equal((Bars.EarlierRole, nameof(Role.Overseer)), (own?.Code, own?.Reroute?.Role));
        Assert.Equal(Bars.EarlierRole, BarAccess.Refuses(BarAction.AgreeToReview, Facts("oscar", entry: Entry(counts: true, asks: "oscar")))?.Code);
    }

    // Who was withdrawn for good, or left while something ran: the record has to bear it out.
    [Fact]
    public void An_entry_rests_on_what_the_record_holds()
    {
        Assert.Null(Ask(BarReason.ClearanceWithdrawn, "ana", Withdrawn()));
        Assert.Null(Ask(BarReason.ClearanceWithdrawn, "ana", Withdrawn("wrong")));
        Assert.Equal(EnterBar.NotFinal, Ask(BarReason.ClearanceWithdrawn, "ana", Withdrawn("open")));
        Assert.Equal(EnterBar.NotFinal, Ask(BarReason.ClearanceWithdrawn, "ana", Withdrawn(appealUntil: s_now.AddDays(3))));
        Assert.Equal(EnterBar.NotFinal, Ask(BarReason.ClearanceWithdrawn, "ana", ClearanceScene.Granted));
        Assert.Null(Ask(BarReason.LeftDuringProceedings, "gone", ClearanceScene.Withdrawing));
        Assert.Equal(EnterBar.NoProceedings, Ask(BarReason.LeftDuringProceedings, "gone", ClearanceScene.Granted));
        Assert.Equal(EnterBar.StillHere, Ask(BarReason.LeftDuringProceedings, "ana", ClearanceScene.Withdrawing));
        Assert.Null(Ask(BarReason.LeftUnderInvestigation, "gone"));
        Assert.Equal(EnterBar.StillHere, Ask(BarReason.LeftUnderInvestigation, "ana"));
        Assert.Equal(EnterBar.ReasonMissing, Ask(null, "gone"));
        Assert.Equal(EnterBar.Unknown, Ask(BarReason.LeftUnderInvestigation, "nobody"));
        Assert.Equal(EnterBar.DayWrong, Refused(EnterBar.Decide(new EnterBar.Proposal(s_bar, Staff.Id("gone"), BarReason.LeftUnderInvestigation, s_today.AddDays(1)), Facts("vera"))));
        Assert.Equal(EnterBar.Listed, Refused(EnterBar.Decide(new EnterBar.Proposal(s_bar, Staff.Id("gone"), BarReason.LeftUnderInvestigation, s_today), Facts("vera", entry: Entry()))));

        static string? Ask(BarReason? reason, string about, params Clearance[] known) =>
            Refused(EnterBar.Decide(new EnterBar.Proposal(s_bar, Staff.Id(about), reason, s_today), Facts("vera", about, known: known)));
    }

    [Fact]
    public void It_counts_when_two_agree_and_is_looked_at_again_after_the_packs_time()
    {
        var filing = Assert.Single(Assert.IsType<Decision.Accepted>(EnterBar.Decide(new EnterBar.Answer(s_bar, true, null), Facts("ines", entry: Entry()))).Filings);
        Assert.Equal(new BarAgreed(s_bar, s_now.AddMonths(60), "default 0"), filing.Event);
        Assert.Equal(Compartments.OfPerson(Staff.Id("gone")), filing.Compartment);
        Assert.Equal(VettingTexts.Missing, Refused(EnterBar.Decide(new EnterBar.Answer(s_bar, false, null), Facts("ines", entry: Entry()))));
        Assert.Equal(EnterBar.Nothing, Refused(EnterBar.Decide(new EnterBar.Answer(s_bar, true, null), Facts("ines", entry: Entry(counts: true)))));

        Assert.Equal(ReviewBar.NotYet, Refused(ReviewBar.Decide(new ReviewBar.Asking(s_bar, true, Reason), Facts("vera", entry: Entry(counts: true)))));
        Assert.Null(Refused(ReviewBar.Decide(new ReviewBar.Asking(s_bar, true, Reason), Facts("vera", entry: Entry(counts: true), at: s_now.AddMonths(60)))));
        Assert.Null(Refused(ReviewBar.Decide(new ReviewBar.Asking(s_bar, false, Reason), Facts("vera", entry: Entry(counts: true)))));
        Assert.Equal(ReviewBar.Waiting, Refused(ReviewBar.Decide(new ReviewBar.Asking(s_bar, false, Reason), Facts("vera", entry: Entry(counts: true, asks: "ivo")))));
        Assert.Equal(new BarReviewAgreed(s_bar, null, "default 0"), Event(ReviewBar.Decide(new ReviewBar.Answer(s_bar, true, null), Facts("ines", entry: Entry(counts: true, asks: "vera")))));
        Assert.Equal(new BarReviewAgreed(s_bar, s_now.AddMonths(60), "default 0"), Event(ReviewBar.Decide(new ReviewBar.Answer(s_bar, true, null), Facts("ines", entry: Entry(counts: true, asks: "vera", keep: true)))));
        Assert.Equal(EnterBar.Nothing, Refused(ReviewBar.Decide(new ReviewBar.Answer(s_bar, true, null), Facts("ines", entry: Entry(counts: true)))));

        static IEvent Event(Decision decision) => Assert.Single(Assert.IsType<Decision.Accepted>(decision).Filings).Event;
    }

    [Fact]
    public void A_namesake_is_found_by_the_whole_name_without_capitals_and_accents_until_somebody_says_that_it_is_another()
    {
        var register = new Staff().Unit("agency", "AGE").Post("José  Muestra", "agency", Role.Officer, until: s_now.AddDays(-3)).Post("jose muestra", "agency", Role.Officer)
            .Post("José Muestra Filho", "agency", Role.Officer).Post("Ana José Muestra", "agency", Role.Officer).ToRegister();
        var (listed, other, names) = (Staff.Id("José  Muestra"), Staff.Id("jose muestra"), new PeopleNames());
        var list = BarList.Initial with { Entries = BarList.Initial.Entries.Add(s_bar, Entry(counts: true) with { Person = listed }) };
        Assert.Equal([(other, null)], AnswerMatch.Of(list, register, names, s_now).Select(m => (m.Person, m.Same)));
        Assert.Equal([other], AnswerMatch.Of(other, list, register).Select(m => m.Person));
        Assert.Empty(AnswerMatch.Of(Staff.Id("José Muestra Filho"), list, register));
        var another = list with { Answers = list.Answers.Add((s_bar, other), false) };
        Assert.Empty(AnswerMatch.Of(another, register, names, s_now));
        Assert.Empty(AnswerMatch.Of(other, another, register));
        Assert.Equal([(other, true)], AnswerMatch.Of(list with { Answers = list.Answers.Add((s_bar, other), true) }, register, names, s_now).Select(m => (m.Person, m.Same)));
        // What waits counts for nothing.
        Assert.Empty(AnswerMatch.Of(BarList.Initial with { Entries = list.Entries.SetItem(s_bar, Entry() with { Person = listed }) }, register, names, s_now));
    }

    [Fact]
    public async Task Two_enter_somebody_and_a_namesake_who_is_registered_is_told_to_integrity_and_vetting_alone()
    {
        await using var host = await StaffHost.StartAsync();
        var (admin, vetting, integrity) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Integrity));
        var gone = await admin.MadeAsync("/api/people", new { name = "Évora Quilombo Antes" });
        var form = $"{ShowBarred.Address}/new?person={gone:D}";
        Assert.Contains(form[..30], await vetting.TextAsync(ShowBarred.Address + "?q=evora"), StringComparison.Ordinal);
        var bare = await vetting.PostAsync(ShowBarred.Address + "/new", await vetting.TextAsync(form), new() { ["person"] = gone.ToString("D"), ["reason"] = "clearanceWithdrawn", ["notified"] = "2026-03-01" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        Assert.Contains("href=\"#reason\"", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var asked = await vetting.PostAsync(ShowBarred.Address + "/new", await vetting.TextAsync(form), new() { ["person"] = gone.ToString("D"), ["reason"] = "leftUnderInvestigation", ["notified"] = "2026-03-01" });
        var entry = asked.Headers.Location!.OriginalString;
        Assert.DoesNotContain("/agree\"", await vetting.TextAsync(entry), StringComparison.Ordinal);
        Assert.Contains(entry, await integrity.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(entry + "/agree", await integrity.TextAsync(entry), new() { ["answer"] = "yes" })).StatusCode);

        var back = await admin.MadeAsync("/api/people", new { name = "Evora QUILOMBO antes" });
        foreach (var role in (Role[])[Role.Vetting, Role.Integrity])
            Assert.Contains("is called like somebody on the barred list", await (await host.SignedInAsync(role)).TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains("Somebody of this name is on the barred list", await vetting.TextAsync($"/vetting/new?person={back:D}"), StringComparison.Ordinal);
        foreach (var role in Enum.GetValues<Role>().Except([Role.Vetting, Role.Integrity, Role.Overseer]))
        {
            var other = await host.SignedInAsync(role);
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), ((await other.GetAsync(ShowBarred.Address)).StatusCode, (await other.GetAsync(entry)).StatusCode));
            Assert.DoesNotContain("barred list", await other.TextAsync("/steps"), StringComparison.Ordinal);
        }

        var said = await vetting.PostAsync(ShowBarred.Address + "/match", await vetting.TextAsync(ShowBarred.Address), new() { ["bar"] = entry[^36..], ["person"] = back.ToString("D"), ["same"] = "no" });
        Assert.Equal(HttpStatusCode.SeeOther, said.StatusCode);
        // One word is not enough, and not the same person's twice.
        Assert.DoesNotContain("is called like", await vetting.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains("is called like", await integrity.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains("A second one has to say so too", await integrity.TextAsync(ShowBarred.Address), StringComparison.Ordinal);
        var twice = await vetting.PostAsync(ShowBarred.Address + "/match", await vetting.TextAsync(ShowBarred.Address), new() { ["bar"] = entry[^36..], ["person"] = back.ToString("D"), ["same"] = "no" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(ShowBarred.Address + "/match", await integrity.TextAsync(ShowBarred.Address), new() { ["bar"] = entry[^36..], ["person"] = back.ToString("D"), ["same"] = "no" })).StatusCode);
        Assert.DoesNotContain("is called like", await integrity.TextAsync("/steps"), StringComparison.Ordinal);
    }

    [Fact]
    public void Kin_of_a_namesake_do_not_say_whether_it_is_who_is_listed()
    {
        var register = new Staff().Unit("agency", "AGE").Post("José  Muestra", "agency", Role.Officer, until: s_now.AddDays(-3)).Post("jose muestra", "agency", Role.Officer)
            .Post("vera", "agency", Role.Vetting).Post("ines", "agency", Role.Integrity).Tie("jose muestra", "vera", TieKind.Affinity).ToRegister();
        var (listed, other) = (Staff.Id("José  Muestra"), Staff.Id("jose muestra"));
        var list = BarList.Initial with { Entries = BarList.Initial.Entries.Add(s_bar, Entry(counts: true) with { Person = listed }) };
        Decision Say(string who) => AnswerMatch.Decide(new(s_bar, other, false), new BarFacts(list, list.Entries[s_bar], new PersonClearances(listed, []), Policy.Unchosen, Actor.From(register, Staff.Id(who), s_now), register, s_now));
        Assert.Equal(Bars.Kin, Refused(Say("vera")));
        Assert.Null(Refused(Say("ines")));
    }
}
