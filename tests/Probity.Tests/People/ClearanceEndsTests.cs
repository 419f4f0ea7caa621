using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Cases.Assigning;
using Probity.Cases.Contract;
using Probity.People.Contract;
using Probity.People.Viewing;
using Probity.Tests.Access;

namespace Probity.Tests.People;

/// <summary>What follows from the end of a clearance and from a suspension, with the clock set forward on a real server.</summary>
public sealed class ClearanceEndsTests
{
    [Theory]
    [InlineData(31, null), InlineData(30, 30), InlineData(8, 30), InlineData(7, 7), InlineData(2, 7), InlineData(1, 1), InlineData(0, 0), InlineData(-1, 0)]
    public void It_is_said_30_7_and_1_days_before_and_from_then_on(int days, int? said) =>
        Assert.Equal(said, Warning.Of(ClearanceScene.Now.AddDays(days), ClearanceScene.Now));

    [Fact]
    public async Task Its_end_is_said_to_three_stops_new_work_and_never_a_hand_over()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.OtherUnit)]);
        await MarkPostTests.MarkAsync(host, StaffHost.PostOf(Role.Officer));
        await VettingPagesTests.ClearAsync(host, Role.Officer, "special");
        var until = (await host.RecordAsync()).Select(r => r.Event).OfType<ClearanceGranted>().Single().Until;
        Assert.Equal(host.Clock.Now.AddMonths(36), until);
        await host.CaughtUpAsync(ClearancesView.ViewName);

        foreach (var (days, why) in ((int, string?)[])[(31, null), (30, "at most 30 days left"), (7, "at most 7 days left"), (1, "It ends within a day"), (-1, "no new cases and no sensitive post")])
        {
            host.Clock.Now = until.AddDays(-days);
            foreach (var role in (Role[])[Role.Officer, Role.Commander, Role.Vetting])
            {
                var home = await (await host.SignedInAsync(role)).TextAsync("/steps");
                Assert.True(home.Contains(why ?? "clearance of Quilombo Officer ends", StringComparison.Ordinal) == why is not null, $"{days} days, {role}: {home}");
            }
        }

        // The day after: not the next post that asks for one, not the next case, and what is in hand is handed over.
        var (admin, officer, commander) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Commander));
        await MarkPostTests.MarkAsync(host, StaffHost.PostOfOther(3), by: Role.Overseer);
        var posting = await admin.PostJsonAsync($"/api/people/{StaffHost.Of(Role.Officer)}/postings", new { post = StaffHost.PostOfOther(3), reason = "Helps out." });
        Assert.Contains("\"code\":\"posting.not-cleared\"", await posting.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var matter = await OpenAsync(host, officer);
        await host.UntilAsync(r => r.Event is SeatDrawn);
        Assert.DoesNotContain(StaffHost.Of(Role.Officer), (await host.RecordAsync()).Select(r => r.Event).OfType<AssignmentRequested>().Last().Eligible);
        var other = await OpenAsync(host, await host.SignedInAsync(StaffHost.Other(0)));
        var assigned = await commander.PostJsonAsync($"/api/cases/{other}/assignment", new { seat = "handler", person = StaffHost.Of(Role.Officer), reason = "Knows the route best." });
        Assert.Contains($"\"code\":\"{ProposeAssignment.NotCleared}\"", await assigned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await HandOverAsync(officer, await SeizeAsync(officer, matter));
    }

    [Fact]
    public async Task What_somebody_whose_access_ended_has_in_hand_is_a_next_step_of_their_commander()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit)]);
        var path = await VettingPagesTests.ClearAsync(host, Role.Officer);
        // The other officer opens it, so it falls to the one there is.
        var matter = await OpenAsync(host, await host.SignedInAsync(StaffHost.Other(0)));
        await host.UntilAsync(r => r.Event is SeatDrawn);
        await SeizeAsync(await host.SignedInAsync(Role.Officer), matter);
        host.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.SeeOther, (await VettingPagesTests.ActAsync(await host.SignedInAsync(Role.Vetting), path, "suspend", ("grounds", "criminalRecord"))).StatusCode);
        await host.CaughtUpAsync("docket");
        await host.CaughtUpAsync("exhibits");
        var steps = await (await host.SignedInAsync(Role.Commander)).TextAsync("/steps");
        Assert.Contains($"/cases/{matter:D}/assignment/handler", steps, StringComparison.Ordinal);
        Assert.Contains("Send a relief officer", steps, StringComparison.Ordinal);
        // Whoever watches reads that one person of vetting ended somebody's access.
        await host.CaughtUpAsync(ClearancesView.ViewName);
        var overseer = await host.SignedInAsync(Role.Overseer);
        Assert.Contains("The suspension of Quilombo Officer has one name on it", await overseer.TextAsync("/steps"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await VettingPagesTests.ActAsync(overseer, path, "confirm")).StatusCode);
        await host.CaughtUpAsync(ClearancesView.ViewName);
        var told = await overseer.TextAsync("/steps");
        Assert.Contains("The clearance of Quilombo Officer was suspended", told, StringComparison.Ordinal);
        Assert.DoesNotContain("has one name on it", told, StringComparison.Ordinal);
        Assert.DoesNotContain("relief", await (await host.SignedInAsync(Role.Integrity)).TextAsync("/steps"), StringComparison.Ordinal);
    }

    internal static async Task<Guid> OpenAsync(StaffHost host, Tests.Access.Browser officer)
    {
        var opened = await officer.PostJsonAsync("/api/cases", new { unit = StaffHost.Unit, offence = "060121", summary = "Came with a container.", parties = Array.Empty<object>() });
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        return (await host.RecordAsync()).Last(r => r.Event is CaseOpened).Stream.Value;
    }

    internal static async Task<Guid> SeizeAsync(Tests.Access.Browser officer, Guid matter)
    {
        var seized = await officer.PostJsonAsync($"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" },
            items = new object[] { new { kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages = new object[] { new { number = 1, seal = "S-1" } } } },
        });
        Assert.True(seized.StatusCode == HttpStatusCode.Created, await seized.Content.ReadAsStringAsync());
        return (await seized.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("exhibits")[0].GetGuid();
    }

    internal static async Task HandOverAsync(Tests.Access.Browser officer, Guid exhibit)
    {
        var given = await officer.PostJsonAsync($"/api/exhibits/{exhibit}/releases", new
        {
            half = Guid.NewGuid(), transfer = Guid.NewGuid(), to = StaffHost.Of(Role.Custodian), purpose = "store", seals = new object[] { new { number = 1, seal = "S-1" } },
        });
        Assert.True(given.IsSuccessStatusCode, await given.Content.ReadAsStringAsync());
    }
}
