using System.Net;
using Probity.Access.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>What a balance may be off by is what may be missing unseen: one that is new is told to integrity while it is news, and to nobody who set it up.</summary>
public sealed class BalanceNewsTests
{
    [Fact]
    public async Task A_new_balance_is_told_to_integrity_for_two_weeks()
    {
        await using var host = await StaffHost.StartAsync();
        Assert.DoesNotContain("BAL-9", await StepsAsync(host, Role.Integrity), StringComparison.Ordinal);
        var commander = await host.SignedInAsync(Role.Commander);
        Assert.Equal(HttpStatusCode.OK, (await commander.PostJsonAsync("/api/exhibits/balances", new
        {
            unit = StaffHost.Unit, serial = "BAL-9", capacity = "30000", uncertainty = "150", calibrationDue = "2027-02-01", certificate = "CAL-9",
        })).StatusCode);
        Assert.Contains("The balance BAL-9 is new, or coarser than it was", await StepsAsync(host, Role.Integrity), StringComparison.Ordinal);
        Assert.DoesNotContain("BAL-9", await StepsAsync(host, Role.Commander), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromDays(15);
        Assert.DoesNotContain("BAL-9", await StepsAsync(host, Role.Integrity), StringComparison.Ordinal);
    }

    static async Task<string> StepsAsync(StaffHost host, Role role) => await (await host.SignedInAsync(role)).TextAsync("/steps?lang=en");
}
