using Probity.Access.Contract;
using Probity.People.Barring;
using Probity.Tests.Access;
using static Probity.Tests.Access.ApiAnswers;

namespace Probity.Tests.People;

/// <summary>The barred list over the API of the real server.</summary>
public sealed class BarApiTests
{
    const string Path = "/api/vetting/barred";

    [Fact]
    public async Task Two_enter_somebody_say_who_a_namesake_is_and_take_off_and_nobody_else_gets_any_of_it()
    {
        await using var host = await StaffHost.StartAsync();
        var (admin, vetting, integrity, overseer) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(Role.Vetting), await host.SignedInAsync(Role.Integrity), await host.SignedInAsync(Role.Overseer));
        var gone = await admin.MadeAsync("/api/people", new { name = "Évora Quilombo Antes" });
        object asked = new { person = gone, reason = "leftUnderInvestigation", notified = "2026-03-01" };
        Assert.Equal(EnterBar.NotFinal, await CodeAsync(vetting, Path, new { person = gone, reason = "clearanceWithdrawn", notified = "2026-03-01" }));
        Assert.Equal((Bars.Role, Bars.Self), (await CodeAsync(overseer, Path, asked), await CodeAsync(vetting, Path, new { person = StaffHost.Of(Role.Vetting), reason = "leftUnderInvestigation", notified = "2026-03-01" })));
        var id = await vetting.MadeAsync(Path, asked);
        Assert.Equal(EnterBar.Listed, await CodeAsync(vetting, Path, asked));
        var (entry, answer, unknown) = ($"{Path}/{id:D}", new { agree = true }, $"{Path}/{Guid.NewGuid():D}");

        Assert.Equal((401, 401, 401), ((int)(await host.Open().GetAsync(Path)).StatusCode, (int)(await host.Open().GetAsync(entry)).StatusCode, await StatusAsync(host.Open(), entry + "/agreement", answer)));
        // Sees the list; reads the entry; one that is not there; agrees without saying yes or no, or to one that is not there.
        foreach (var role in Enum.GetValues<Role>())
        {
            var (sees, who) = (role is Role.Vetting or Role.Integrity or Role.Overseer, await host.SignedInAsync(role));
            Assert.Equal((role, sees ? (200, 200, 404, 404) : (403, 403, 403, 403)), (role, (
                (int)(await who.GetAsync(Path)).StatusCode, (int)(await who.GetAsync(entry)).StatusCode, (int)(await who.GetAsync(unknown)).StatusCode, await StatusAsync(who, unknown + "/agreement", answer))));
            if (!sees) Assert.Equal((403, 403), (await StatusAsync(who, Path, asked), await StatusAsync(who, entry + "/agreement", answer)));
        }

        // Whoever asked does not agree, and it counts only then.
        Assert.Equal(422, await StatusAsync(vetting, entry + "/agreement", answer));
        Assert.False((await ReadAsync(vetting, entry)).TryGetProperty("since", out _));
        Assert.Equal(200, await StatusAsync(integrity, entry + "/agreement", answer));
        Assert.True((await ReadAsync(vetting, entry)).TryGetProperty("since", out _));

        var back = await admin.MadeAsync("/api/people", new { name = "Evora QUILOMBO antes" });
        Assert.Equal(back, Assert.Single((await ReadAsync(integrity, Path)).GetProperty("matches").EnumerateArray()).GetProperty("person").GetGuid());
        Assert.Equal((200, 422, 200), (await StatusAsync(vetting, $"{entry}/matches/{back:D}", new { same = false }), await StatusAsync(vetting, $"{entry}/matches/{back:D}", new { same = false }), await StatusAsync(integrity, $"{entry}/matches/{back:D}", new { same = false })));
        Assert.Equal(0, (await ReadAsync(integrity, Path)).GetProperty("matches").GetArrayLength());

        Assert.Equal(ReviewBar.NotYet, await CodeAsync(vetting, entry + "/review", new { keep = true, reason = "It is as it was then." }));
        Assert.Equal(200, await StatusAsync(vetting, entry + "/review", new { keep = false, reason = "The investigation found nothing." }));
        Assert.Equal((422, 200), (await StatusAsync(vetting, entry + "/review/agreement", answer), await StatusAsync(overseer, entry + "/review/agreement", answer)));
        Assert.Equal(404, (int)(await vetting.GetAsync(entry)).StatusCode);
        Assert.Equal(0, (await ReadAsync(vetting, Path)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Nobody_reads_or_learns_of_their_own_entry()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Vetting, StaffHost.Agency), (Role.Integrity, StaffHost.Agency)]);
        // Of staff that held no post when they were entered.
        var person = StaffHost.Of(Role.Vetting);
        await host.EndPostingAsync(StaffHost.PostingOf(Role.Vetting), Role.Integrity, Role.Overseer);
        var (admin, second) = (await host.SignedInAsync(Role.Administrator), await host.SignedInAsync(StaffHost.Other(1)));
        var id = await (await host.SignedInAsync(StaffHost.Other(0))).MadeAsync(Path, new { person, reason = "leftUnderInvestigation", notified = "2026-03-01" });
        Assert.Equal(200, await StatusAsync(second, $"{Path}/{id:D}/agreement", new { agree = true }));
        var posting = await admin.MadeAsync($"/api/people/{person:D}/postings", new { post = StaffHost.PostOf(Role.Vetting), reason = "Comes back." });
        Assert.Equal(204, (int)(await (await host.SignedInAsync(Role.Overseer)).PostJsonAsync($"/api/postings/{posting:D}/approve", null)).StatusCode);
        var own = await host.SignedInAsync(Role.Vetting);
        var list = await ReadAsync(own, Path);
        Assert.Equal((0, 0), (list.GetProperty("total").GetInt32(), list.GetProperty("matches").GetArrayLength()));
        Assert.Equal((404, 404, 404), ((int)(await own.GetAsync($"{Path}/{id:D}")).StatusCode, await StatusAsync(own, $"{Path}/{id:D}/review", new { keep = false, reason = "It was all wrong." }), await StatusAsync(own, $"{Path}/{id:D}/matches/{person:D}", new { same = false })));
    }
}
