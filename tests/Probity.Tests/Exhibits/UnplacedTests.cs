using System.Net;
using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Exhibits.Listing;
using Probity.Shared;
using Probity.Tests.Access;

namespace Probity.Tests.Exhibits;

/// <summary>What goes from hand to hand and lies in no store is told to who has it and to those who watch, each of what they may see.</summary>
public sealed class UnplacedTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<IReadOnlyList<NextStep>> StepsAsync(StaffHost host, Guid person, Role role)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var steps = Assert.Single(scope.ServiceProvider.GetServices<INextSteps>().OfType<UnplacedNextSteps>());
        return await steps.For(new(new ClaimsIdentity([new(SignedInPerson.Claim, person.ToString("D")), new(SignedInPerson.RoleClaim, role.ToString())], "test")), 5, Ct);
    }

    [Fact]
    public async Task What_lies_nowhere_for_three_days_is_told_and_listed()
    {
        await using var host = await StaffHost.StartAsync(more: [.. LaboratoryScene.Others, (Role.Commander, StaffHost.OtherUnit)]);
        var (_, exhibits) = await LaboratoryScene.SeizeAsync(host, 3);
        var seized = host.Clock.Now;
        // What an analyst has is on their bench.
        await LaboratoryScene.SubmitAsync(host, exhibits[0], 1, LaboratoryScene.Analyst);
        host.Clock.Now = seized + TimeSpan.FromHours(71);
        Assert.Empty(await StepsAsync(host, StaffHost.Of(Role.Integrity), Role.Integrity));
        host.Clock.Now = seized + TimeSpan.FromHours(97);
        foreach (var role in (Role[])[Role.Integrity, Role.Overseer, Role.Commander])
        {
            var step = Assert.Single(await StepsAsync(host, StaffHost.Of(role), role));
            Assert.Equal(("In no store for more than 72 hours: 2", "/exhibits?of=all&place=none"), (step.Title, step.Href));
            Assert.Contains("For 4 days the longest", step.Reason, StringComparison.Ordinal);
            Assert.InRange(step.Due!.Value, seized + TimeSpan.FromHours(71), seized + TimeSpan.FromHours(73));
        }

        var own = Assert.Single(await StepsAsync(host, StaffHost.Of(Role.Officer), Role.Officer));
        Assert.Equal(("In your hands and in no store: 2", "/exhibits?of=mine&place=none"), (own.Title, own.Href));
        // Who may not see the case is told nothing of it.
        foreach (var (person, role) in ((Guid, Role)[])[(StaffHost.Other(2), Role.Commander), (LaboratoryScene.Analyst, Role.Analyst), (StaffHost.Of(Role.Custodian), Role.Custodian)])
            Assert.Empty(await StepsAsync(host, person, role));

        using var integrity = await host.SignedInAsync(Role.Integrity);
        var page = WebUtility.HtmlDecode(await integrity.TextAsync("/exhibits?of=all&place=none"));
        Assert.Contains("Found: 2", page, StringComparison.Ordinal);
        Assert.Contains("value=\"none\" selected", page, StringComparison.Ordinal);
        Assert.DoesNotContain("P-2026-0001-E01", page, StringComparison.Ordinal);
        Assert.Contains("P-2026-0001-E02", page, StringComparison.Ordinal);
        Assert.Contains("/exhibits?of=all&place=none", WebUtility.HtmlDecode(await integrity.TextAsync("/")), StringComparison.Ordinal);
    }

    // Whoever gives it to a colleague "for the court" hides nothing by that.
    [Fact]
    public async Task What_the_prosecution_signed_for_in_court_lies_somewhere_and_what_another_has_for_the_court_does_not()
    {
        await using var host = await StaffHost.StartAsync();
        var (_, exhibits) = await LaboratoryScene.SeizeAsync(host, 2);
        await HandAsync(exhibits[0], 1, StaffHost.Of(Role.Prosecutor));
        await HandAsync(exhibits[1], 2, StaffHost.Of(Role.Custodian));
        host.Clock.Now += TimeSpan.FromHours(97);
        Assert.Empty(await StepsAsync(host, StaffHost.Of(Role.Prosecutor), Role.Prosecutor));
        Assert.Equal("In your hands and in no store: 1", Assert.Single(await StepsAsync(host, StaffHost.Of(Role.Custodian), Role.Custodian)).Title);
        Assert.Equal("In no store for more than 72 hours: 1", Assert.Single(await StepsAsync(host, StaffHost.Of(Role.Integrity), Role.Integrity)).Title);

        async Task HandAsync(Guid exhibit, int number, Guid to)
        {
            object[] seals = [new { number = 1, seal = $"S-{number}" }];
            var transfer = Guid.NewGuid();
            using var officer = await host.SignedInAsync(Role.Officer);
            using var taker = await host.SignedInAsync(to);
            Assert.Equal(HttpStatusCode.OK, (await officer.PostJsonAsync($"/api/exhibits/{exhibit}/releases", new { half = Guid.NewGuid(), transfer, to, purpose = "court", authority = "Court 2, 17/2026", seals })).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await taker.PostJsonAsync($"/api/exhibits/{exhibit}/receipts", new { half = Guid.NewGuid(), transfer, from = StaffHost.Of(Role.Officer), seals })).StatusCode);
            await host.CaughtUpAsync("exhibits");
        }
    }
}
