using System.Net;
using Probity.Access.Contract;
using Probity.People.Covering;
using Probity.People.Viewing;
using Probity.Tests.Access;

namespace Probity.Tests.People;

public sealed class CoverageTests
{
    // Cleared and held posts; what is told of it: no count from 1 to 4, nor one that follows from the others.
    [Theory]
    [InlineData(6, 6, 6, "standing.all"), InlineData(5, 6, 1, "standing.few-missing"), InlineData(2, 6, 1, "standing.few-missing"), InlineData(1, 6, 0, "standing.few-cleared")]
    [InlineData(4, 20, 0, "standing.few-cleared"), InlineData(0, 6, 0, "standing.share"), InlineData(15, 20, 15, "standing.share"), InlineData(16, 20, 15, "standing.few-missing")]
    public void The_figure_points_at_nobody(int cleared, int held, int told, string sentence) => Assert.Equal((told, sentence), StaffStanding.Tell(cleared, held));

    [Fact]
    public async Task Each_sees_the_posts_that_are_theirs_and_the_public_the_figure()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Commander, StaffHost.OtherUnit)]);
        using var anybody = host.Open();
        Assert.Contains("No post is marked as sensitive yet.", await anybody.TextAsync("/"), StringComparison.Ordinal);
        await MarkPostTests.MarkAsync(host, StaffHost.PostOf(Role.Officer));
        Assert.Contains("Too few sensitive posts to tell.", await anybody.TextAsync("/"), StringComparison.Ordinal);
        foreach (var role in (Role[])[Role.Custodian, Role.Analyst, Role.Investigator, Role.Vetting]) await MarkPostTests.MarkAsync(host, StaffHost.PostOf(role));
        await VettingPagesTests.ClearAsync(host, Role.Officer, "special");
        await host.CaughtUpAsync(ClearancesView.ViewName);
        host.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Contains("All but a few of 5 sensitive posts", await anybody.TextAsync("/"), StringComparison.Ordinal);
        var seen = await anybody.TextAsync("/vetting/coverage");
        Assert.Contains("Counts from 1 to 4 are not told", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Quilombo Officer", seen, StringComparison.Ordinal);

        host.Clock.Now = host.Clock.Now.AddMonths(36).AddDays(-100);
        var commander = await (await host.SignedInAsync(Role.Commander)).TextAsync("/vetting/coverage");
        Assert.Contains("Quilombo Officer", commander, StringComparison.Ordinal);
        Assert.Contains("Cleared, ending", commander, StringComparison.Ordinal);
        Assert.Contains("Not cleared", commander, StringComparison.Ordinal);
        Assert.DoesNotContain("Quilombo", (await (await host.SignedInAsync(StaffHost.Other(0))).TextAsync("/vetting/coverage")).Split("<main")[1], StringComparison.Ordinal);
        Assert.Contains("Quilombo Officer", await (await host.SignedInAsync(Role.Overseer)).TextAsync("/vetting/coverage"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await (await host.SignedInAsync(Role.Officer)).GetAsync("/vetting/coverage")).StatusCode);
    }

    // Two people mark a post: whoever agrees reads whom it leaves without new cases, vetting is told to ask them, and they are told why.
    [Fact]
    public async Task Whoever_holds_a_post_that_is_marked_is_not_left_alone_with_it()
    {
        await using var host = await StaffHost.StartAsync();
        var (integrity, commander) = (await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Commander));
        var vetting = await host.SignedInAsync(Role.Vetting);
        Assert.DoesNotContain("Ask Quilombo Officer for a clearance", await vetting.TextAsync("/steps"), StringComparison.Ordinal);
        await integrity.PostAsync("/vetting/posts/propose", await integrity.TextAsync("/vetting/posts"), new() { ["post"] = StaffHost.PostOf(Role.Officer).ToString("D"), ["level"] = "sensitive", ["reason"] = "Releases containers at night." });
        Assert.Contains("Held without such a clearance by: Quilombo Officer", await commander.TextAsync("/vetting/posts"), StringComparison.Ordinal);
        await commander.PostAsync("/vetting/posts/answer", await commander.TextAsync("/vetting/posts"), new() { ["post"] = StaffHost.PostOf(Role.Officer).ToString("D"), ["answer"] = "yes" });
        var steps = await vetting.TextAsync("/steps");
        Assert.Contains("Ask Quilombo Officer for a clearance", steps, StringComparison.Ordinal);
        Assert.Contains($"/vetting/new?person={StaffHost.Of(Role.Officer):D}", steps, StringComparison.Ordinal);
        Assert.Contains("asks for a clearance that you do not have", await (await host.SignedInAsync(Role.Officer)).TextAsync("/steps"), StringComparison.Ordinal);
        await VettingPagesTests.InviteAsync(host, vetting, StaffHost.Of(Role.Officer));
        await host.CaughtUpAsync(ClearancesView.ViewName);
        Assert.DoesNotContain("Ask Quilombo Officer for a clearance", await vetting.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.DoesNotContain("asks for a clearance that you do not have", await (await host.SignedInAsync(Role.Officer)).TextAsync("/steps"), StringComparison.Ordinal);
    }
}
