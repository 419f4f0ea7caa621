using System.Net;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Ledger;
using Probity.People;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.People.Rotating;
using Probity.Policies.Contract;
using Probity.Policies.Proposing;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

/// <summary>How long somebody may stay in a sensitive post, and what follows.</summary>
public sealed class TenureTests
{
    static readonly DateTimeOffset s_now = ClearanceScene.Now;
    static readonly Guid s_ana = Staff.Id("ana"), s_post = Staff.Id("post of ana");
    static readonly Policy s_policy = Policy.Unchosen with { Number = 1, Since = Staff.Before, Began = Staff.Before };

    static TenureRules Rules(Staff staff, Policy? policy = null, params (IEvent Event, DateTimeOffset At)[] extensions)
    {
        var known = Extensions.Initial;
        foreach (var (happened, at) in extensions)
            known = known.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), 1, Extensions.Stream, known.Version + 1, at, null, new ActorId(Staff.Id("chief"))));
        return new TenureRules(staff.ToRegister(), Requirements.Initial with { Marked = Requirements.Initial.Marked.Add(s_post, ClearanceLevel.Sensitive).Add(Staff.Id("post of ben"), ClearanceLevel.Sensitive) }, policy ?? s_policy, known);
    }

    static Actor As(string person, TenureRules rules, DateTimeOffset? now = null) => Actor.From(rules.Register, Staff.Id(person), now ?? s_now);

    static string? Refused(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    // Written from the definition, a day at a time: a day in the post is served, a day outside moves the end, and a break as long as the cooling-off begins anew.
    [Fact]
    public void The_end_is_what_counting_day_by_day_gives() => Gen.Select(Gen.Int[1, 900], Gen.Int[1, 900]).List[1, 4].Sample(stretches =>
    {
        var (staff, day) = (Staff.Agency(), Staff.Before.AddDays(100));
        var (start, outside, left) = (default(DateTimeOffset?), 0, DateTimeOffset.MinValue);
        var spans = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var (away, inPost) in stretches)
        {
            var from = day.AddDays(away);
            spans.Add((from, from.AddDays(inPost)));
            day = from.AddDays(inPost);
        }

        foreach (var (at, (from, to)) in spans.Index()) staff.Hold("pedro", "post of ana", from, at == spans.Count - 1 ? null : to);
        for (var today = spans[0].From; today < spans[^1].To; today = today.AddDays(1))
        {
            if (spans.Any(s => s.From <= today && today < s.To))
            {
                if (start is null || today >= left.AddMonths(24)) (start, outside) = (today, 0);
                left = today.AddDays(1);
            }
            else outside++;
        }

        var found = Tenure.Of(Staff.Id("pedro"), s_post, Rules(staff), spans[^1].To)!;
        Assert.Equal((start!.Value, start.Value.AddMonths(36).AddDays(outside)), (found.Since, found.Until!.Value));
        Assert.Equal((spans[^1].To - start.Value).Days - outside, found.Served.Days);
    }, iter: 300);

    [Fact]
    public void Nothing_binds_before_a_pack_and_nobody_is_surprised_by_a_mark()
    {
        Assert.Null(Tenure.Of(s_ana, s_post, Rules(Staff.Agency(), Policy.Unchosen), s_now)!.Until);
        Assert.False(Tenure.IsBarred(s_ana, s_post, Rules(Staff.Agency(), Policy.Unchosen), s_now));
        // In the post for six years, marked today: the end is said 180 days before it comes.
        var marked = Rules(Staff.Agency());
        marked = marked with { Requirements = marked.Requirements with { Since = marked.Requirements.Since.Add(s_post, s_now) } };
        Assert.Equal(s_now.AddDays(180), Tenure.Of(s_ana, s_post, marked, s_now)!.Until);
        Assert.Equal(180, Tenure.Of(s_ana, s_post, marked, s_now)!.WarningAt(s_now));
        Assert.True(Tenure.Of(s_ana, s_post, Rules(Staff.Agency()), s_now)!.IsOverAt(s_now));
        Assert.Null(Tenure.Of(s_ana, Staff.Id("post of carla"), marked, s_now));
    }

    [Fact]
    public void Another_post_of_the_unit_counts_only_where_the_pack_says_so()
    {
        var staff = Staff.Agency().Hold("pedro", "post of ana", s_now.AddMonths(-40), s_now.AddMonths(-10)).Hold("pedro", "post of ben", s_now.AddMonths(-10));
        Assert.Equal(s_now.AddMonths(26), Tenure.Of(Staff.Id("pedro"), Staff.Id("post of ben"), Rules(staff), s_now)!.Until);
        var over = s_policy with { Figures = s_policy.Figures.Add(PolicyRules.TenureOverUnit.Key, 1) };
        Assert.Equal(s_now.AddMonths(-4), Tenure.Of(Staff.Id("pedro"), Staff.Id("post of ben"), Rules(staff, over), s_now)!.Until);
    }

    [Fact]
    public void A_like_post_created_since_somebody_began_in_the_first_is_no_new_clock()
    {
        TenureRules With(Staff staff)
        {
            var rules = Rules(staff);
            return rules with { Requirements = rules.Requirements with { Marked = rules.Requirements.Marked.Add(Staff.Id("bis"), ClearanceLevel.Sensitive) } };
        }

        var (pedro, bis) = (Staff.Id("pedro"), Staff.Id("bis"));
        Staff Moved(DateTimeOffset created, Role role = Role.Officer, string unit = "narcotics") => Staff.Agency().Desk("bis", unit, role, created)
            .Hold("pedro", "post of ana", s_now.AddMonths(-40), s_now.AddMonths(-10)).Hold("pedro", "bis", s_now.AddMonths(-10));
        DateTimeOffset? Until(Staff staff, Guid post) => Tenure.Of(pedro, post, With(staff), s_now)!.Until;
        // Created while they were in the first, and after they had left it.
        Assert.Equal(s_now.AddMonths(-4), Until(Moved(s_now.AddMonths(-11)), bis));
        Assert.Equal(s_now.AddMonths(-4), Until(Staff.Agency().Desk("bis", "narcotics", Role.Officer, s_now.AddMonths(-5)).Hold("pedro", "post of ana", s_now.AddMonths(-40), s_now.AddMonths(-5)).Hold("pedro", "bis", s_now.AddMonths(-5)), bis));
        // There before them, of another role, of another unit: a post like any other.
        foreach (var other in new[] { Moved(s_now.AddMonths(-41)), Moved(s_now.AddMonths(-11), Role.Custodian), Moved(s_now.AddMonths(-11), unit: "agency") }) Assert.Equal(s_now.AddMonths(26), Until(other, bis));
        // Nor is it a way round: whoever comes back from it has its time with them.
        var back = Staff.Agency().Desk("bis", "narcotics", Role.Officer, s_now.AddMonths(-59)).Hold("pedro", "post of ana", s_now.AddMonths(-60), s_now.AddMonths(-58)).Hold("pedro", "bis", s_now.AddMonths(-58), s_now.AddMonths(-24));
        Assert.True(Tenure.IsBarred(pedro, s_post, With(back), s_now.AddDays(-1)));
        Assert.True(Tenure.IsBarred(pedro, bis, With(back), s_now.AddDays(-1)));
        Assert.False(Tenure.IsBarred(pedro, s_post, With(back), s_now));
        // Nor is one that nobody has marked: for whoever was in the marked one it has the same end, for others it is a post like any other.
        var unmarked = Rules(Moved(s_now.AddMonths(-11)).Hold("pol", "bis", s_now.AddMonths(-9)));
        Assert.Equal(s_now.AddMonths(-4), Tenure.Of(pedro, bis, unmarked, s_now)!.Until);
        Assert.Null(Tenure.Of(Staff.Id("pol"), bis, unmarked, s_now));
        Assert.Contains((pedro, bis), TenureReader.All(unmarked, s_now).Select(t => (t.Person, t.Post)));
        Assert.Null(Tenure.Of(pedro, bis, Rules(Moved(s_now.AddMonths(-41))), s_now));
    }

    // Ana's post is of the unit that chief commands: who asks for an extension, and who answers what chief asked.
    [Theory]
    [InlineData("ines", null, Bars.Role), InlineData("ivo", null, Bars.Role), InlineData("chief", null, Bars.Role), InlineData("port chief", Bars.Role, Bars.Role), InlineData("ana", Bars.Role, Bars.Role)]
    [InlineData("ben", Bars.Role, Bars.Role), InlineData("oscar", Bars.Role, null), InlineData("olga", Bars.Role, Bars.Kin), InlineData("vera", Bars.Role, Bars.Role), InlineData("root", Bars.Role, Bars.Role)]
    [InlineData("igor", Bars.Role, Bars.Role), InlineData("maria", Bars.Role, Bars.Role), InlineData("paula", Bars.Role, Bars.Role), InlineData("judith", Bars.Role, Bars.Role), InlineData("keeper", Bars.Role, Bars.Role)]
    public void A_commander_or_integrity_asks_and_an_overseer_from_outside_decides(string person, string? asking, string? answering)
    {
        var staff = Staff.Agency().Tie("olga", "ana", TieKind.Blood);
        var ask = Guid.NewGuid();
        var (before, after) = (Rules(staff), Rules(staff, null, (new TenureExtensionAsked(ask, s_ana, s_post, 3, "Nobody is cleared yet."), s_now)));
        Assert.Equal(asking, Refused(ExtendTenure.Decide(new ExtendTenure.Proposal(Guid.NewGuid(), s_ana, s_post, 3, "Nobody is cleared yet."), before, As(person, before), s_now)));
        Assert.Equal(answering, Refused(ExtendTenure.Decide(new ExtendTenure.Answer(s_ana, ask, true, null), after, As(person, after), s_now)));
    }

    [Theory]
    // Served so many days; whether the time is over, and whether an extension was agreed to.
    [InlineData(1095, false, null, 0, 0), InlineData(1096, false, null, 1, 0), InlineData(2000, false, null, 1, 0), InlineData(2000, true, null, 0, 0), InlineData(1096, false, false, 1, 0), InlineData(1096, false, true, 0, 1)]
    public void Who_has_reached_the_limit_in_whole_months_is_told_with_why_it_is_not_over(int days, bool over, bool? extended, int graced, int byExtension)
    {
        var extension = extended is { } agreed ? new Extension(Guid.NewGuid(), s_ana, s_post, 3, "Nobody is cleared yet.", Staff.Id("chief"), s_now) { AgreedAt = agreed ? s_now : null } : null;
        var tenure = new Tenure(s_ana, s_post, s_now.AddDays(-days), TimeSpan.FromDays(days), s_now.AddDays(over ? -1 : 30), extension);
        Assert.Equal((graced, byExtension), ShowTenures.Reached([tenure], 36, s_now));
    }

    [Fact]
    public void An_extension_is_asked_in_time_once_for_a_few_months_and_never_for_kin_or_oneself()
    {
        var staff = Staff.Agency().Tie("ivo", "ana", TieKind.Blood).Post("outside", "port", Role.Overseer).Post("inside", "narcotics", Role.Overseer);
        var rules = Rules(staff);
        string? Ask(string by, int? months = 3, string? reason = "Nobody is cleared yet.", TenureRules? of = null, DateTimeOffset? at = null, Guid? post = null) =>
            Refused(ExtendTenure.Decide(new ExtendTenure.Proposal(Guid.NewGuid(), s_ana, post ?? s_post, months, reason), of ?? rules, As(by, of ?? rules, at), at ?? s_now));
        Assert.Equal((Bars.Kin, ExtendTenure.Months, ExtendTenure.Months, ExtendTenure.Months), (Ask("ivo"), Ask("ines", null), Ask("ines", 7), Ask("ines", 0)));
        Assert.Equal((VettingTexts.Missing, ExtendTenure.None, ExtendTenure.None), (Ask("ines", reason: " "), Ask("ines", post: Staff.Id("post of ben")), Ask("ines", post: Guid.NewGuid())));
        var until = Tenure.Of(s_ana, s_post, rules, s_now)!.Until!.Value;
        Assert.Equal((ExtendTenure.Early, null), (Ask("ines", at: until.AddDays(-181)), Ask("ines", at: until.AddDays(-180))));
        var (ask, asked) = (Guid.NewGuid(), default((IEvent, DateTimeOffset)));
        asked = (new TenureExtensionAsked(ask, s_ana, s_post, 3, "Nobody is cleared yet."), s_now);
        var (waits, agreed) = (Rules(staff, null, asked), Rules(staff, null, asked, (new TenureExtensionAgreed(ask, s_ana, "default 1"), s_now)));
        Assert.Equal((ExtendTenure.Waits, ExtendTenure.Once), (Ask("ines", of: waits), Ask("ines", of: agreed)));
        Assert.Equal((until, until.AddMonths(3)), (Tenure.Of(s_ana, s_post, waits, s_now)!.Until!.Value, Tenure.Of(s_ana, s_post, agreed, s_now)!.Until!.Value));
        string? Answer(string by, bool? yes, string? reason = null, TenureRules? of = null) => Refused(ExtendTenure.Decide(new ExtendTenure.Answer(s_ana, ask, yes, reason), of ?? waits, As(by, of ?? waits), s_now));
        Assert.Equal((null, Bars.Role, VettingTexts.Missing, null), (Answer("outside", true), Answer("inside", true), Answer("oscar", false), Answer("oscar", false, "Two are cleared already.")));
        Assert.Equal((ExtendTenure.Nothing, ExtendTenure.Nothing), (Answer("oscar", true, of: agreed), Answer("oscar", true, of: rules)));
    }

    [Fact]
    public void One_id_is_one_extension()
    {
        var (staff, ask, ben) = (Staff.Agency(), Guid.NewGuid(), Staff.Id("ben"));
        var asked = (new TenureExtensionAsked(ask, s_ana, s_post, 3, "Nobody is cleared yet."), s_now);
        var (waits, returned) = (Rules(staff, null, asked), Rules(staff, null, asked, (new TenureExtensionReturned(ask, s_ana, "Two are cleared already."), s_now)));
        foreach (var rules in new[] { waits, returned })
        {
            Assert.Equal(ExtendTenure.Known, Ask(rules, "chief", ben, Staff.Id("post of ben"), 3));
            Assert.Equal(ExtendTenure.Known, Ask(rules, "chief", s_ana, s_post, 4));
            Assert.Equal(ExtendTenure.Known, Ask(rules, "ines", s_ana, s_post, 3));
        }

        // The same again is what it always was.
        Assert.Equal((ExtendTenure.Waits, null), (Ask(waits, "chief", s_ana, s_post, 3), Ask(returned, "chief", s_ana, s_post, 3)));

        string? Ask(TenureRules rules, string by, Guid person, Guid post, int months) =>
            Refused(ExtendTenure.Decide(new ExtendTenure.Proposal(ask, person, post, months, "Nobody is cleared yet."), rules, As(by, rules), s_now));
    }

    /// <summary>The first pack of the agency, with the house's figures.</summary>
    internal static async Task ChooseAsync(StaffHost host)
    {
        var packs = host.Services.GetRequiredService<ProposePack>();
        Assert.IsType<Outcome.Done>(await packs.HandleAsync(
            StaffHost.Of(Role.Integrity), new ProposePack.Proposal(Policy.DefaultPack, PolicyRules.All.ToDictionary(r => r.Key, r => (int?)r.Default), "The first pack of this agency."), default));
        Assert.IsType<Outcome.Done>(await packs.HandleAsync(StaffHost.Of(Role.Overseer), new ProposePack.Answer(true, null), default));
    }

    // On a real server, with the clock set forward: warning, block, extension, block, and the time away.
    [Fact]
    public async Task The_end_is_said_stops_new_work_is_extended_once_and_keeps_away_for_two_years()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.Unit), (Role.Overseer, StaffHost.OtherUnit)]);
        var (officer, post) = (StaffHost.Of(Role.Officer), StaffHost.PostOf(Role.Officer));
        await ChooseAsync(host);
        await MarkPostTests.MarkAsync(host, post);
        await VettingPagesTests.ClearAsync(host, Role.Officer);
        var until = (await host.Services.GetRequiredService<IRegister>().ReadAsync()).Postings[StaffHost.PostingOf(Role.Officer)].From!.Value.AddMonths(36);

        async Task SaidAsync(DateTimeOffset end, params (int Days, string? Why)[] said)
        {
            foreach (var (days, why) in said)
            {
                host.Clock.Now = end.AddDays(-days);
                foreach (var role in (Role[])[Role.Officer, Role.Commander, Role.Integrity])
                {
                    var steps = await (await host.SignedInAsync(role)).TextAsync("/steps");
                    Assert.True(steps.Contains(why ?? "in a sensitive post", StringComparison.Ordinal) == why is not null, $"{days} days, {role}: {steps}");
                }
            }
        }

        await SaidAsync(until, (181, null), (180, "at most 180 days are left"), (30, "at most 30 days are left"), (7, "at most 7 days are left"), (1, "it ends within a day"));
        Assert.DoesNotContain("in a sensitive post", await (await host.SignedInAsync(StaffHost.Other(2))).TextAsync("/steps"), StringComparison.Ordinal);
        await SaidAsync(until, (0, "get no new case"));
        Assert.Contains("in a sensitive post is over", await (await host.SignedInAsync(StaffHost.Other(2))).TextAsync("/steps"), StringComparison.Ordinal);

        async Task<bool> IsBlockedAsync()
        {
            var matter = await ClearanceEndsTests.OpenAsync(host, await host.SignedInAsync(StaffHost.Other(0)));
            object gives = new { seat = "handler", person = officer, reason = "Knows the route best." };
            var answer = await (await host.SignedInAsync(Role.Commander)).PostJsonAsync($"/api/cases/{matter}/assignment", gives);
            return (await answer.Content.ReadAsStringAsync()).Contains($"\"code\":\"{ProposeAssignment.TenureOver}\"", StringComparison.Ordinal);
        }

        Assert.True(await IsBlockedAsync());
        var ask = Guid.NewGuid();
        object body = new { extension = ask, person = officer, post, months = 6, reason = "Nobody is cleared to follow yet." };
        Assert.Contains(Bars.Role, await (await (await host.SignedInAsync(Role.Officer)).PostJsonAsync("/api/tenure/extensions", body)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var asked = await (await host.SignedInAsync(Role.Commander)).PostJsonAsync("/api/tenure/extensions", body);
        Assert.True(asked.IsSuccessStatusCode, await asked.Content.ReadAsStringAsync());
        Assert.True(await IsBlockedAsync());
        // The overseer who sits in the unit does not decide; the one from outside does, on the page.
        object yes = new { person = officer, agree = true };
        Assert.Contains(Bars.Role, await (await (await host.SignedInAsync(Role.Overseer)).PostJsonAsync($"/api/tenure/extensions/{ask}/answer", yes)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var outside = await host.SignedInAsync(StaffHost.Other(2));
        Assert.Contains("Decide on a longer time in post", await outside.TextAsync("/steps"), StringComparison.Ordinal);
        var no = await outside.PostAsync("/postings/answer", await outside.TextAsync("/postings"), new() { ["person"] = officer.ToString("D"), ["extension"] = ask.ToString("D"), ["answer"] = "no", ["refusal"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, no.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await outside.PostAsync("/postings/answer", await outside.TextAsync("/postings"), new() { ["person"] = officer.ToString("D"), ["extension"] = ask.ToString("D"), ["answer"] = "yes" })).StatusCode);
        Assert.False(await IsBlockedAsync());
        until = until.AddMonths(6);
        await SaidAsync(until, (1, "it ends within a day"), (0, "get no new case"));
        Assert.True(await IsBlockedAsync());
        object again = new { extension = Guid.NewGuid(), person = officer, post, months = 1, reason = "Nobody is cleared to follow yet." };
        Assert.Contains(ExtendTenure.Once, await (await (await host.SignedInAsync(Role.Commander)).PostJsonAsync("/api/tenure/extensions", again)).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        // Out of the post, and not back for 24 months; other posts are open at once.
        await host.EndPostingAsync(StaffHost.PostingOf(Role.Officer), Role.Commander, Role.Integrity);
        var left = host.Clock.Now;
        async Task<string> BackAsync() => await (await (await host.SignedInAsync(Role.Administrator)).PostJsonAsync($"/api/people/{officer}/postings", new { post, reason = "Comes back." })).Content.ReadAsStringAsync();
        Assert.Contains("\"code\":\"posting.tenure-over\"", await BackAsync(), StringComparison.Ordinal);
        host.Clock.Now = left.AddMonths(24).AddMinutes(-5);
        Assert.Contains("\"code\":\"posting.tenure-over\"", await BackAsync(), StringComparison.Ordinal);
        host.Clock.Now = left.AddMonths(24).AddMinutes(1);
        Assert.DoesNotContain("\"code\"", await BackAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_sees_of_the_list_what_is_theirs_and_what_was_typed_stays()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Commander, StaffHost.OtherUnit)]);
        await ChooseAsync(host);
        await MarkPostTests.MarkAsync(host, StaffHost.PostOf(Role.Officer));
        host.Clock.Now += TimeSpan.FromDays(1_000);
        foreach (var role in Enum.GetValues<Role>())
        {
            var page = await (await host.SignedInAsync(role)).TextAsync("/postings");
            Assert.Equal(role is Role.Integrity or Role.Overseer or Role.Commander or Role.Officer, page.Contains("Post Officer", StringComparison.Ordinal));
            Assert.Equal(role is Role.Integrity or Role.Overseer or Role.Commander, page.Contains("Quilombo Officer</th>", StringComparison.Ordinal));
            Assert.Equal(role is Role.Integrity or Role.Commander, page.Contains("action=\"/postings/extend\"", StringComparison.Ordinal));
        }

        Assert.DoesNotContain("Quilombo Officer</th>", await (await host.SignedInAsync(StaffHost.Other(0))).TextAsync("/postings"), StringComparison.Ordinal);
        var commander = await host.SignedInAsync(Role.Commander);
        var wrong = await commander.PostAsync("/postings/extend", await commander.TextAsync("/postings"), new() { ["who"] = $"{StaffHost.Of(Role.Officer):D} {StaffHost.PostOf(Role.Officer):D}", ["months"] = "9", ["reason"] = "Nobody is cleared yet." });
        var said = await wrong.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("href=\"#months\"", said, StringComparison.Ordinal);
        Assert.Contains("Nobody is cleared yet.", said, StringComparison.Ordinal);
        Assert.Contains("value=\"9\"", said, StringComparison.Ordinal);
    }
}
