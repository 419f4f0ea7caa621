using System.Net;
using Probity.Access.Contract;
using Probity.Access.Staffing;
using Probity.Tests.Cases;

namespace Probity.Tests.Access;

public sealed class PostsApartTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    // All that one person may be at once, in one unit or in several: whatever stands not here is refused.
    static readonly (Role, Role)[] Together =
    [
        (Role.Commander, Role.Officer), (Role.Commander, Role.Custodian), (Role.Commander, Role.Secretariat), (Role.Officer, Role.Secretariat), (Role.Custodian, Role.Secretariat),
        (Role.Analyst, Role.Secretariat), (Role.Prosecutor, Role.Secretariat), (Role.Vetting, Role.Integrity), (Role.Vetting, Role.Investigator), (Role.Vetting, Role.Secretariat),
        (Role.Integrity, Role.Investigator), (Role.Integrity, Role.Secretariat), (Role.Investigator, Role.Secretariat),
    ];

    [Fact]
    public void One_person_holds_together_what_stands_in_the_table_and_nothing_else()
    {
        foreach (var one in Enum.GetValues<Role>())
        {
            foreach (var other in Enum.GetValues<Role>())
            {
                var free = one == other || Together.Contains((one, other)) || Together.Contains((other, one));
                Assert.True(PostsApart.Between(one, other) is null == free, $"{one} and {other}: {PostsApart.Between(one, other)}");
            }
        }

        Assert.Equal(PostsApart.Court, PostsApart.Between(Role.Custodian, Role.Judge));
        Assert.Equal(PostsApart.Watch, PostsApart.Between(Role.Integrity, Role.Officer));
        Assert.Equal(PostsApart.Prosecution, PostsApart.Between(Role.Officer, Role.Prosecutor));
        Assert.Equal(PostsApart.Laboratory, PostsApart.Between(Role.Analyst, Role.Custodian));
        Assert.Equal(PostsApart.Store, PostsApart.Between(Role.Custodian, Role.Officer));
    }

    [Fact]
    public void An_officer_keeps_the_store_too_where_the_unit_has_two_for_both_and_nowhere_else()
    {
        var staff = new Staff().Unit("post", "P").Unit("town", "T").Post("ana", "post", Role.Officer).Post("ben", "post", Role.Officer).Post("keeper", "post", Role.Custodian, until: Now.AddDays(-1)).Post("away", "town", Role.Custodian, until: Now.AddDays(-1));
        Assert.Null(Clash(staff, "keeper"));
        Assert.Equal(PostsApart.Store, Clash(staff, "away"));
        Assert.Equal(PostsApart.Store, Clash(staff.Post("carla", "post", Role.Officer), "keeper"));

        static string? Clash(Staff staff, string post) => staff.ToRegister() is var register
            ? PostsApart.Clash(register, Staff.Id("ana"), register.Posts[Staff.Id("post of " + post)], Now) : null;
    }

    [Fact]
    public async Task What_clashes_is_refused_when_it_is_asked_and_when_it_is_approved_and_the_court_and_the_watch_take_an_overseer()
    {
        await using var host = await StaffHost.StartAsync();
        var (admin, integrity, overseer) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        await RefusedAsync(PostsApart.Court, admin.PostJsonAsync($"/api/people/{StaffHost.Of(Role.Custodian)}/postings", Of(Role.Judge)));

        // Asked for while nothing clashed: the second to be approved does.
        var person = await admin.MadeAsync("/api/people", new { name = "Somebody new" });
        var (judge, keeper) = (await admin.MadeAsync($"/api/people/{person}/postings", Of(Role.Judge)), await admin.MadeAsync($"/api/people/{person}/postings", Of(Role.Custodian)));
        await RefusedAsync(ApprovePosting.TakesOverseer, integrity.PostJsonAsync($"/api/postings/{judge}/approve", null));
        Assert.DoesNotContain($"/people/{person}/postings/{judge}/approve", await integrity.TextAsync($"/people/{person}"), StringComparison.Ordinal);
        Assert.Contains("An overseer approves this post", await integrity.TextAsync($"/people/{person}"), StringComparison.Ordinal);
        Assert.Contains($"/people/{person}/postings/{judge}/approve", await overseer.TextAsync($"/people/{person}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await integrity.PostJsonAsync($"/api/postings/{keeper}/approve", null)).StatusCode);
        await RefusedAsync(PostsApart.Court, overseer.PostJsonAsync($"/api/postings/{judge}/approve", null));

        foreach (var role in new[] { Role.Registry, Role.Integrity, Role.Vetting, Role.Investigator, Role.Overseer })
        {
            var other = await admin.MadeAsync("/api/people", new { name = $"New {role}" });
            var posting = await admin.MadeAsync($"/api/people/{other}/postings", Of(role));
            await RefusedAsync(ApprovePosting.TakesOverseer, integrity.PostJsonAsync($"/api/postings/{posting}/approve", null));
            Assert.Equal(HttpStatusCode.NoContent, (await overseer.PostJsonAsync($"/api/postings/{posting}/approve", null)).StatusCode);
        }
    }

    static object Of(Role role) => new { post = StaffHost.PostOf(role), reason = "needed here" };

    static async Task RefusedAsync(string code, Task<HttpResponseMessage> answer)
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await answer).StatusCode);
        Assert.Contains($"\"code\":\"{code}\"", await (await answer).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
