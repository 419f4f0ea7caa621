using System.Net;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Listing;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>Drugs that nobody ever put on a balance are told to who has them and to the integrity officer: nobody can miss what was never weighed.</summary>
public sealed class UnweighedTests
{
    static readonly DateTimeOffset Then = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Drug", 72.1, true, true), InlineData("Drug", 71.9, true, false), InlineData("Precursor", 72.1, true, true), InlineData("Cash", 1000, false, false), InlineData("Device", 1000, false, false)]
    public void What_has_to_be_weighed_is_late_after_72_hours(string kind, double hours, bool needed, bool late)
    {
        var exhibit = Exhibit.Initial with { Kind = Enum.Parse<ExhibitKind>(kind), SeizedAt = Then };
        Assert.Equal(late, Unweighed.IsLate(exhibit, Then.AddHours(hours)));
        var weighed = new Reading(Guid.NewGuid(), 1, MassKind.GrossSealed, new Grams(1m), new Grams(0.1m), "B", default, Moment.Seizure, default, null, null, null, Then);
        Assert.False(Unweighed.IsLate(exhibit with { Readings = [weighed] }, Then.AddHours(hours)));
        Assert.Equal(needed, Unweighed.Since(exhibit.Kind, null, Then) is not null);
        Assert.Null(Unweighed.Since(exhibit.Kind, new Grams(1m), Then));
    }

    [Fact]
    public async Task Drugs_never_weighed_are_one_step_of_who_has_them_and_of_integrity_until_they_are_weighed()
    {
        await using var host = await StaffHost.StartAsync();
        var (_, exhibits) = await LaboratoryScene.SeizeAsync(host, 2);
        const string All = "/exhibits?of=all&weighed=none", Mine = "/exhibits?of=mine&weighed=none";
        foreach (var role in (Role[])[Role.Officer, Role.Integrity])
        {
            using var early = await host.SignedInAsync(role);
            Assert.DoesNotContain("weighed=none", await HomeAsync(early), StringComparison.Ordinal);
        }

        host.Clock.Now += TimeSpan.FromHours(97);
        using var officer = await host.SignedInAsync(Role.Officer);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        using var commander = await host.SignedInAsync(Role.Commander);
        Assert.Contains("Never weighed, 72 hours after the seizure: 2", await HomeAsync(integrity), StringComparison.Ordinal);
        var home = await HomeAsync(officer);
        Assert.Contains("Never weighed and in your hands: 2", home, StringComparison.Ordinal);
        // One button for all of them, and none for each.
        Assert.Single(Regex.Matches(home, Regex.Escape($"href=\"{Mine}\"")));
        Assert.DoesNotContain("/weigh\"", home, StringComparison.Ordinal);
        Assert.DoesNotContain("weighed=none", await HomeAsync(commander), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await integrity.TextAsync(All + "&lang=en"));
        Assert.Contains("Found: 2", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await commander.PostJsonAsync("/api/exhibits/balances", new { unit = StaffHost.Unit, serial = "B-1", capacity = "30000", uncertainty = "0.5", calibrationDue = "2026-12-31", certificate = "CAL-7" })).StatusCode);
        var balance = (await host.RecordAsync()).Select(r => r.Event).OfType<BalanceRegistered>().Single().Balance;
        var weighed = await officer.PostJsonAsync($"/api/exhibits/{exhibits[0]}/weighings", new
        {
            act = Guid.NewGuid(), package = 1, kind = "grossSealed", mass = "1000", balance, moment = "seizure", witness = StaffHost.Of(Role.Custodian),
        });
        Assert.True(weighed.IsSuccessStatusCode, await weighed.Content.ReadAsStringAsync());
        await host.CaughtUpAsync("exhibits");
        // The last one is a button to its own form.
        Assert.Contains($"/exhibits/{exhibits[1]:D}/weigh\"", await HomeAsync(officer), StringComparison.Ordinal);
        page = WebUtility.HtmlDecode(await integrity.TextAsync(All + "&lang=en"));
        Assert.DoesNotContain("P-2026-0001-E01", page, StringComparison.Ordinal);
        Assert.Contains("P-2026-0001-E02", page, StringComparison.Ordinal);

        static async Task<string> HomeAsync(Browser browser) => WebUtility.HtmlDecode(await browser.TextAsync("/?lang=en"));
    }
}
