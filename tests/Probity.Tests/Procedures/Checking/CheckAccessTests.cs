using System.Net;
using System.Security.Claims;
using Probity.Access.Contract;
using Probity.Procedures.Checking;
using Probity.Tests.Access;

namespace Probity.Tests.Procedures.Checking;

public sealed class CheckAccessTests
{
    // C check, D download. What is not written is denied.
    static readonly Dictionary<Role, string> Table = new()
    {
        [Role.Commander] = "CD", [Role.Officer] = "CD", [Role.Custodian] = "CD", [Role.Prosecutor] = "CD", [Role.Vetting] = "CD", [Role.Integrity] = "CD",
        [Role.Investigator] = "CD", [Role.Overseer] = "CD", [Role.Monitor] = "", [Role.Secretariat] = "", [Role.Administrator] = "",
        [Role.Judge] = "", [Role.Registry] = "", [Role.Analyst] = "",
    };

    [Fact]
    public void Each_role_may_what_stands_here_and_nothing_else()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var allowed = string.Concat(Enum.GetValues<CheckAction>().Where(a => CheckAccess.Allows(a, User(role))).Select(a => a.ToString()[0]));
            Assert.Equal((role, Table[role]), (role, allowed));
        }
    }

    [Fact]
    public void Without_a_post_or_a_session_nobody_may()
    {
        foreach (var action in Enum.GetValues<CheckAction>())
        {
            Assert.False(CheckAccess.Allows(action, User(null)));
            Assert.False(CheckAccess.Allows(action, new ClaimsPrincipal(new ClaimsIdentity([new Claim(SignedInPerson.RoleClaim, nameof(Role.Integrity))]))));
        }
    }

    [Fact]
    public async Task The_pages_keep_to_it_before_they_read_a_file()
    {
        await using var host = await StaffHost.StartAsync();
        foreach (var (role, allowed) in Table)
        {
            using var visit = await CheckVisit.OfAsync(host, role);
            var may = allowed.Contains('C', StringComparison.Ordinal);
            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, (await visit.GetAsync("/check")).StatusCode);
            Assert.Equal(may ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, (await visit.SendAsync("/check", "register", "a.csv", Registers.Csv, may ? "/check" : "/")).StatusCode);
            Assert.Equal(may, (await visit.TextAsync("/")).Contains("href=\"/check\"", StringComparison.Ordinal));
        }

        using var stranger = new CheckVisit(host.Open());
        var answer = await stranger.GetAsync("/check");
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in"), (answer.StatusCode, new Uri(host.Address, answer.Headers.Location!).AbsolutePath));
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.SendAsync("/check", "register", "a.csv", Registers.Csv, from: null)).StatusCode);
    }

    static ClaimsPrincipal User(Role? role) => new(new ClaimsIdentity(
        [new Claim(SignedInPerson.Claim, Guid.NewGuid().ToString("D")), .. role is null ? (Claim[])[] : [new Claim(SignedInPerson.RoleClaim, role.ToString()!)]], "test"));
}
