using System.Net;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Policies.Contract;
using Probity.Risk;
using Probity.Risk.Contract;
using Probity.Risk.Naming;
using Probity.Risk.Preparing;
using Probity.Risk.ViewingRisks;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.Risk;

/// <summary>The posts in which a step is done: who names them, and what follows where a high risk names one that is not marked as sensitive.</summary>
public sealed class NamedPostTests
{
    const string Allowed = nameof(PostsNamed);

    static Guid PostOf(string who) => Staff.Id("post of " + who);

    static string Name(RiskHouse house, string who, string? reason, params Guid[] posts) =>
        house.Do(who, RiskAction.NamePosts, f => NamePosts.Decide(new(house.State.Id, RiskHouse.First, posts, reason), f));

    [Theory]
    [InlineData("ines", Allowed), InlineData("ivo", Allowed), InlineData("chief", Bars.Role), InlineData("oscar", Bars.Role), InlineData("vera", Bars.Role), InlineData("ana", Bars.Role), InlineData("igor", Bars.Role)]
    [InlineData("root", Bars.Role), InlineData("maria", Bars.Role), InlineData("port chief", Bars.Role)]
    public void Integrity_names_them(string who, string expected) => Assert.Equal(expected, Name(RiskHouse.At(AssessmentStage.Active), who, null, PostOf("ana")));

    [Theory]
    [InlineData(AssessmentStage.Draft, false), InlineData(AssessmentStage.Scoring, false), InlineData(AssessmentStage.Opened, false), InlineData(AssessmentStage.Consolidated, true), InlineData(AssessmentStage.Challenged, true), InlineData(AssessmentStage.Active, true)]
    internal void They_are_named_of_a_risk_that_is_rated(AssessmentStage stage, bool may) =>
        Assert.Equal(may ? Allowed : ChooseScenarios.NotNow, Name(RiskHouse.At(stage), "ines", null, PostOf("ana")));

    [Fact]
    public void They_are_posts_of_the_unit_one_at_least_and_not_too_many()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        Assert.Equal(NamePosts.Missing, Name(house, "ines", null));
        Assert.Equal(NamePosts.Outside, Name(house, "ines", null, PostOf("ana"), PostOf("pedro")));
        Assert.Equal(NamePosts.Outside, Name(house, "ines", null, Guid.NewGuid()));
        Assert.Equal(NamePosts.TooMany, Name(house, "ines", null, [.. Enumerable.Range(0, NamePosts.Most + 1).Select(_ => Guid.NewGuid())]));
        Assert.Equal(ChooseScenarios.ScenarioUnknown, house.Do("ines", RiskAction.NamePosts, f => NamePosts.Decide(new(house.State.Id, "airport.roster-arranged", [PostOf("ana")], null), f)));
        // Named twice in one list it is one.
        Assert.Equal(Allowed, Name(house, "ines", null, PostOf("ana"), PostOf("ana")));
        Assert.Equal(NamePosts.Same, Name(house, "ines", null, PostOf("ana")));
    }

    [Fact]
    public void A_new_list_replaces_the_old_one_and_who_takes_a_post_off_says_why()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        var first = house.Now;
        Name(house, "ines", null, PostOf("ana"), PostOf("ben"));
        house.Now += TimeSpan.FromDays(3);
        Assert.Equal(RiskTexts.ReasonMissing, Name(house, "ines", " ", PostOf("ana"), PostOf("carla")));
        Assert.Equal(RiskTexts.ReasonTooShort, Name(house, "ines", "no", PostOf("ana"), PostOf("carla")));
        Assert.Equal(Allowed, Name(house, "ines", RiskHouse.Why, PostOf("ana"), PostOf("carla")));
        // A post that was taken off and named anew has no new day.
        Assert.Equal(Allowed, Name(house, "ines", RiskHouse.Why, PostOf("carla")));
        house.Now += TimeSpan.FromDays(1);
        Assert.Equal(Allowed, Name(house, "ines", null, PostOf("ana"), PostOf("carla")));
        house.Now -= TimeSpan.FromDays(1);
        // What was named before keeps its day, and so the day by which it is to be marked.
        Assert.Equal([(PostOf("ana"), first), (PostOf("carla"), house.Now)], house.State.PostsOf(RiskHouse.First).Select(p => (p.Key, p.Value)).OrderBy(p => p.Value));
    }

    [Fact]
    public void Nobody_names_or_takes_off_a_post_of_theirs_or_of_their_kin()
    {
        var house = RiskHouse.At(AssessmentStage.Active);
        house.Staff.Tie("ana", "ines", TieKind.Blood).Hold("ivo", "post of ben");
        Assert.Equal((Bars.Kin, Bars.Self), (Name(house, "ines", null, PostOf("ana")), Name(house, "ivo", null, PostOf("ben"))));
        Assert.Equal(Allowed, Name(house, "ines", null, PostOf("ben"), PostOf("carla")));
        Assert.Equal(Bars.Self, Name(house, "ivo", RiskHouse.Why, PostOf("carla")));
        Assert.Equal(Allowed, Name(house, "ivo", RiskHouse.Why, PostOf("ben")));
    }

    [Fact]
    public void They_stay_named_when_the_scenario_is_rated_anew_and_the_day_is_that_of_the_later()
    {
        var house = RiskHouse.At(AssessmentStage.Consolidated);
        var first = house.Now;
        Name(house, "ines", null, PostOf("ana"));
        house.Challenge("oscar", agree: false, RiskHouse.Why);
        Assert.False(house.State.IsRated);
        house.Now += TimeSpan.FromDays(5);
        house.Consolidate("ines", [.. house.State.Scenarios.Select(s => house.State.MedianOf(s.Key)!)]);
        var named = Assert.Single(house.State.PostsOf(RiskHouse.First));
        var policy = house.Policy with { Figures = house.Policy.Figures.SetItem(PolicyRules.PostsMarkedWithin.Key, 7) };
        Assert.Equal((first, house.Now.AddDays(14), house.Now.AddDays(7)), (named.Value, NamePosts.DueOf(house.State.ConsolidatedAt!.Value, named.Value, house.Policy), NamePosts.DueOf(house.State.ConsolidatedAt!.Value, named.Value, policy)));
        Assert.Equal(first.AddDays(44), NamePosts.DueOf(first, first.AddDays(30), house.Policy));
    }

    [Theory]
    [InlineData(3, 3, false), InlineData(2, 5, true), InlineData(5, 2, true), InlineData(5, 5, true)]
    public void High_and_critical_risks_without_controls_ask_that_their_posts_be_marked(int likelihood, int impact, bool asks) => Assert.Equal(asks, NamePosts.AsksForMark(new(likelihood, impact)));

    [Fact]
    public async Task A_post_of_a_high_risk_that_is_not_marked_is_a_gap_until_two_have_marked_it()
    {
        await using var host = await StaffHost.StartAsync(more: RiskPagesTests.More);
        var id = await RiskPagesTests.InForceAsync(host, StaffHost.Of(Role.Integrity), [StaffHost.Other(0), StaffHost.Other(1), StaffHost.Of(Role.Prosecutor)], StaffHost.Of(Role.Overseer), StaffHost.Other(3));
        var (integrity, overseer, vetting, head) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(StaffHost.Other(2)));
        const string scenario = "airport.bag-let-through";
        var (page, post) = ($"/risk/{id:D}/risks/{scenario}", StaffHost.PostOfOther(0));
        await host.CaughtUpAsync(RisksView.ViewName);

        // Four high risks name nobody yet: integrity has a step, overseers once it is overdue.
        Assert.Contains("to be named by", await integrity.TextAsync(page), StringComparison.Ordinal);
        Assert.Contains("4 high risks name no post", await integrity.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.DoesNotContain("high risks name no post", await overseer.TextAsync("/steps"), StringComparison.Ordinal);

        // Nobody else is offered the form, and a post of another unit is refused beside it.
        Assert.DoesNotContain("posts-post", await head.TextAsync(page), StringComparison.Ordinal);
        var foreign = await NameAsync(integrity, page, StaffHost.PostOf(Role.Officer));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Contains("href=\"#posts-post\"", await foreign.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await NameAsync(integrity, page, post)).StatusCode);
        await host.CaughtUpAsync(RisksView.ViewName);
        Assert.Contains("no; to be marked by", await integrity.TextAsync(page), StringComparison.Ordinal);
        Assert.Contains("3 high risks name no post", await integrity.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains("a post of a high risk is not marked as sensitive", await integrity.TextAsync("/steps"), StringComparison.Ordinal);

        // Who sees the risk reads which it is; who sees the post alone, that there is one.
        foreach (var (who, sees) in new[] { (integrity, true), (overseer, true), (head, true), (vetting, false) })
        {
            var shown = await who.TextAsync("/vetting/posts");
            Assert.Contains("Named by a high risk, not marked", shown, StringComparison.Ordinal);
            Assert.Equal((sees, !sees), (shown.Contains(page, StringComparison.Ordinal), shown.Contains("A high risk names this post.", StringComparison.Ordinal)));
        }

        Assert.DoesNotContain("Named by a high risk", await (await host.SignedInAsync(Role.Commander)).TextAsync("/vetting/posts"), StringComparison.Ordinal);

        // A basic clearance, which is for any post, closes nothing.
        await People.MarkPostTests.MarkAsync(host, post, "basic", StaffHost.Other(2));
        Assert.Contains("no; to be marked by", await integrity.TextAsync(page), StringComparison.Ordinal);
        Assert.Contains("a post of a high risk is not marked as sensitive", await integrity.TextAsync("/steps"), StringComparison.Ordinal);

        // Asked for, it is no step of integrity's any more; overdue, it is one of the overseer's.
        const string posts = "/vetting/posts";
        Assert.Contains("value=\"Airport unit: Other post 0\"", await integrity.TextAsync($"{posts}?post={post:D}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(posts + "/propose", await integrity.TextAsync(posts), new() { ["post"] = post.ToString("D"), ["level"] = "sensitive", ["reason"] = "Opens bags alone." })).StatusCode);
        Assert.DoesNotContain("is not marked as sensitive", await integrity.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains("a second person has not answered yet", await integrity.TextAsync(page), StringComparison.Ordinal);
        Assert.DoesNotContain("is not marked as sensitive", await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromDays(15);
        (integrity, overseer, head) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer), await host.SignedInAsync(StaffHost.Other(2)));
        Assert.Contains("a post of a high risk is not marked as sensitive", await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains("3 high risks name no post", await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains("no; was to be marked by", await integrity.TextAsync(page), StringComparison.Ordinal);
        Assert.Contains("overdue since", await overseer.TextAsync(posts), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await head.PostAsync(posts + "/answer", await head.TextAsync(posts), new() { ["post"] = post.ToString("D"), ["answer"] = "yes" })).StatusCode);
        Assert.DoesNotContain("was to be marked", await integrity.TextAsync(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Named by a high risk, not marked", await overseer.TextAsync(posts), StringComparison.Ordinal);
        Assert.DoesNotContain("is not marked as sensitive", await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Contains(page, await integrity.TextAsync(posts), StringComparison.Ordinal);

        // To unmark it takes the overseer, who reads that a high risk names it; no commander can.
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(posts + "/propose", await integrity.TextAsync(posts), new() { ["post"] = post.ToString("D"), ["level"] = "none", ["reason"] = "Nobody opens bags alone." })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await head.PostAsync(posts + "/answer", await head.TextAsync(posts), new() { ["post"] = post.ToString("D"), ["answer"] = "yes" })).StatusCode);
        Assert.Contains("A high risk names this post.", await overseer.TextAsync(posts), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync(posts + "/answer", await overseer.TextAsync(posts), new() { ["post"] = post.ToString("D"), ["answer"] = "yes" })).StatusCode);
        Assert.Contains("no; was to be marked by", await integrity.TextAsync(page), StringComparison.Ordinal);
    }

    static async Task<HttpResponseMessage> NameAsync(Tests.Access.Browser who, string page, Guid post, string reason = "")
    {
        var shown = await who.TextAsync(page);
        return await who.PostAsync(page + "/posts", shown, new() { ["version"] = Regex.Match(shown, "name=\"version\" value=\"([^\"]+)\"").Groups[1].Value, ["posts-post"] = post.ToString("D"), ["posts-reason"] = reason });
    }
}
