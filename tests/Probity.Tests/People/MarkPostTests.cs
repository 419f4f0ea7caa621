using System.Net;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.People;
using Probity.People.Contract;
using Probity.People.Requiring;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Cases;

namespace Probity.Tests.People;

public sealed class MarkPostTests
{
    static readonly DateTimeOffset s_now = ClearanceScene.Now;
    static readonly Guid s_post = Staff.Id("post of ana");

    // Who may ask and who may agree, whether the post is in the unit of the person or not.
    [Theory]
    [InlineData("ines", true, Bars.Role), InlineData("chief", false, null), InlineData("port chief", false, Bars.Role), InlineData("oscar", false, null), InlineData("ana", false, Bars.Role)]
    [InlineData("vera", false, Bars.Role), InlineData("igor", false, Bars.Role), InlineData("root", false, Bars.Role), InlineData("maria", false, Bars.Role), InlineData("paula", false, Bars.Role), InlineData("keeper", false, Bars.Role)]
    public void Integrity_asks_and_a_commander_of_the_post_or_the_overseer_agrees(string person, bool asks, string? code)
    {
        var register = Staff.Agency().ToRegister();
        var actor = Actor.From(register, Staff.Id(person), s_now);
        var proposed = MarkPost.Decide(new MarkPost.Proposal(s_post, ClearanceLevel.Sensitive, "Opens containers alone."), Requirements.Initial, actor, register, s_now);
        Assert.Equal(asks, proposed is Decision.Accepted);
        Assert.Equal(code, Refused(MarkPost.Decide(new MarkPost.Answer(s_post, true, null), Asked, actor, register, s_now)));
    }

    [Fact]
    public void Whoever_holds_the_post_does_not_agree_to_it_and_nothing_waits_twice()
    {
        var register = Staff.Agency().ToRegister();
        var chief = Actor.From(register, Staff.Id("chief"), s_now);
        var own = Requirements.Initial with { Asked = Requirements.Initial.Asked.Add(Staff.Id("post of chief"), Asked.Asked[s_post]) };
        Assert.Equal(Bars.Self, Refused(MarkPost.Decide(new MarkPost.Answer(Staff.Id("post of chief"), true, null), own, chief, register, s_now)));
        var ines = Actor.From(register, Staff.Id("ines"), s_now);
        Assert.Equal(MarkPost.Waiting, Refused(MarkPost.Decide(new MarkPost.Proposal(s_post, ClearanceLevel.Basic, "Opens containers alone."), Asked, ines, register, s_now)));
        Assert.Equal(MarkPost.Same, Refused(MarkPost.Decide(new MarkPost.Proposal(s_post, null, "Opens containers alone."), Requirements.Initial, ines, register, s_now)));
        Assert.Equal(MarkPost.PostUnknown, Refused(MarkPost.Decide(new MarkPost.Proposal(Guid.NewGuid(), ClearanceLevel.Basic, "Opens containers alone."), Requirements.Initial, ines, register, s_now)));
        Assert.Equal(MarkPost.Nothing, Refused(MarkPost.Decide(new MarkPost.Answer(s_post, true, null), Requirements.Initial, chief, register, s_now)));
        Assert.Equal(VettingTexts.Missing, Refused(MarkPost.Decide(new MarkPost.Answer(s_post, false, null), Asked, chief, register, s_now)));
    }

    // ana's post asks for a clearance: whoever would have it ask for less needs an overseer, and nobody tied to ana has a part in it.
    [Theory]
    [InlineData(null, "chief", Bars.Role), InlineData("Basic", "chief", Bars.Role), InlineData("Special", "chief", null), InlineData(null, "oscar", null), InlineData("Special", "oscar", null)]
    public void To_ask_for_less_takes_an_overseer(string? level, string who, string? code)
    {
        var register = Staff.Agency().ToRegister();
        var known = Asked with { Marked = Requirements.Initial.Marked.Add(s_post, ClearanceLevel.Sensitive), Asked = Asked.Asked.SetItem(s_post, new AskedRequirement(level is null ? null : Enum.Parse<ClearanceLevel>(level), "", Staff.Id("ivo"), s_now)) };
        Assert.Equal(code, Refused(MarkPost.Decide(new MarkPost.Answer(s_post, true, null), known, Actor.From(register, Staff.Id(who), s_now), register, s_now)));
    }

    [Fact]
    public void Kin_of_who_holds_a_post_neither_ask_nor_agree_what_it_asks_for()
    {
        var register = Staff.Agency().Tie("ana", "ines", TieKind.Blood, 1).Tie("ana", "oscar", TieKind.Affinity, 2).ToRegister();
        Assert.Equal(Bars.Kin, Refused(MarkPost.Decide(new MarkPost.Proposal(s_post, ClearanceLevel.Sensitive, "Opens containers alone."), Requirements.Initial, Actor.From(register, Staff.Id("ines"), s_now), register, s_now)));
        Assert.Equal(Bars.Kin, Refused(MarkPost.Decide(new MarkPost.Answer(s_post, true, null), Asked, Actor.From(register, Staff.Id("oscar"), s_now), register, s_now)));
        Assert.Null(Refused(MarkPost.Decide(new MarkPost.Answer(s_post, true, null), Asked, Actor.From(register, Staff.Id("olga"), s_now), register, s_now)));
    }

    [Fact]
    public void A_post_that_is_unmarked_and_marked_again_has_no_new_time_of_grace()
    {
        var (known, at) = (Requirements.Initial, s_now);
        foreach (var level in new ClearanceLevel?[] { ClearanceLevel.Sensitive, null, ClearanceLevel.Basic })
        {
            foreach (var happened in new IEvent[] { new RequirementProposed(s_post, level, "Opens containers alone."), new RequirementAgreed(s_post) })
                known = known.Apply(new Recorded(happened, EventTypes.NameOf(happened.GetType()), 1, Requirements.Stream, known.Version + 1, at, null, new ActorId(Staff.Id("ines"))));
            at = at.AddDays(100);
        }

        Assert.Equal((ClearanceLevel.Basic, s_now), (known.Marked[s_post], known.Since[s_post]));
    }

    static Requirements Asked => Requirements.Initial with { Asked = Requirements.Initial.Asked.Add(s_post, new AskedRequirement(ClearanceLevel.Sensitive, "", Staff.Id("ivo"), s_now)) };

    static string? Refused(Decision decision) => (decision as Decision.Refused)?.Refusal.Code;

    internal static Task MarkAsync(StaffHost host, Guid post, string level = "sensitive", Role by = Role.Commander) => MarkAsync(host, post, level, StaffHost.Of(by));

    internal static async Task MarkAsync(StaffHost host, Guid post, string level, Guid by)
    {
        var (integrity, second) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(by));
        const string page = "/vetting/posts";
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(page + "/propose", await integrity.TextAsync(page), new() { ["post"] = post.ToString("D"), ["level"] = level, ["reason"] = "Opens containers alone." })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await second.PostAsync(page + "/answer", await second.TextAsync(page), new() { ["post"] = post.ToString("D"), ["answer"] = "yes" })).StatusCode);
    }

    [Fact]
    public async Task A_marked_post_is_given_to_the_cleared_alone_when_it_is_proposed_and_when_it_is_approved()
    {
        await using var host = await StaffHost.StartAsync();
        var (admin, overseer, custodian) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Overseer), StaffHost.Of(Role.Custodian));
        var path = $"/api/people/{custodian}/postings";
        object body = new { post = StaffHost.PostOf(Role.Officer), reason = "Helps out at the port." };
        // Proposed while nothing was asked for; meanwhile the post is marked.
        var before = await admin.MadeAsync(path, body);
        await MarkAsync(host, StaffHost.PostOf(Role.Officer));
        Assert.Contains("asks for: Sensitive posts", await admin.TextAsync("/units"), StringComparison.Ordinal);
        await AssertRefusedAsync(overseer.PostJsonAsync($"/api/postings/{before}/approve", null));
        Assert.Equal(HttpStatusCode.NoContent, (await overseer.PostJsonAsync($"/api/postings/{before}/reject", new { text = "Not cleared." })).StatusCode);
        await AssertRefusedAsync(admin.PostJsonAsync(path, body));
        var typed = await admin.PostAsync($"/people/{custodian}/postings", await admin.TextAsync($"/people/{custodian}"), new() { ["post"] = StaffHost.PostOf(Role.Officer).ToString("D"), ["reason"] = "Helps out." });
        Assert.Contains("href=\"#post\"", await typed.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await VettingPagesTests.ClearAsync(host, Role.Custodian);
        var after = await admin.MadeAsync(path, body);
        Assert.Equal(HttpStatusCode.NoContent, (await overseer.PostJsonAsync($"/api/postings/{after}/approve", null)).StatusCode);

        static async Task AssertRefusedAsync(Task<HttpResponseMessage> answer) =>
            Assert.Contains("\"code\":\"posting.not-cleared\"", await (await answer).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_not_cleared_for_their_post_is_neither_drawn_nor_given_a_case()
    {
        // So many that one less does not hold the draw for a watcher.
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.Unit)]);
        await MarkAsync(host, StaffHost.PostOf(Role.Officer));
        var opener = await host.SignedInAsync(StaffHost.Other(0));
        var made = await opener.PostJsonAsync("/api/cases", new { unit = StaffHost.Unit, offence = "060121", summary = "A container.", parties = Array.Empty<object>() });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await host.UntilAsync(r => r.Event is SeatDrawn);
        var asked = (await host.RecordAsync()).Single(r => r.Event is AssignmentRequested);
        Assert.Equal([StaffHost.Other(1), StaffHost.Other(2), StaffHost.Other(3)], ((AssignmentRequested)asked.Event!).Eligible);
        var commander = await host.SignedInAsync(Role.Commander);
        var refused = await commander.PostJsonAsync($"/api/cases/{asked.Stream.Value}/assignment", new { seat = "handler", person = StaffHost.Of(Role.Officer), reason = "Knows the route best." });
        Assert.Contains($"\"code\":\"{ProposeAssignment.NotCleared}\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
