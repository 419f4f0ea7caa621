using System.Net;
using System.Text.Json;
using Probity.Access.Contract;
using Probity.Reports;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Tests.Access;

namespace Probity.Tests.Reports;

/// <summary>A machine of the reporter's side that took the place of another.</summary>
public sealed class ReplacedIntakeTests
{
    [Fact]
    public async Task Another_machine_is_taken_up_by_two_beside_what_the_first_one_brought()
    {
        var (scene, side) = await ExchangeTests.StartAsync();
        await using var _ = scene;
        await using var __ = side;
        var (old, _) = await scene.ReportAsync(text: "OLD");
        await scene.ReportAsync();
        Assert.True(await ExchangeTests.Exchange(scene).RunOnceAsync(default));
        var note = (await ExchangeTests.Exchange(scene).ReadAsync(default)).Checkpoint;
        await scene.ReplaceIntakeAsync();
        side.Connect(scene);
        // Its record begins anew, with fewer: nothing of it is asked for until two have agreed.
        var (added, _) = await scene.ReportAsync(text: "NEW");
        side.Asked.Clear();
        Assert.False(await ExchangeTests.Exchange(scene).RunOnceAsync(default));
        Assert.Empty(side.Asked);
        var (overseer, integrity) = (await scene.Host.SignedInAsync(Role.Overseer), await scene.Host.SignedInAsync(Role.Integrity));
        Assert.Contains(ReportsText.Of("next.exchange-other"), await overseer.TextAsync("/"), StringComparison.Ordinal);
        var other = await overseer.TextAsync(ShowExchange.Address);
        Assert.True(other.Contains(ReportsText.Of("exchange.other-helps"), StringComparison.Ordinal) && !other.Contains(ShowExchange.Address + "/resume", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await overseer.PostAsync(ShowExchange.Address + "/resume", other, new() { ["reason"] = "The disk has died." })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await overseer.PostAsync(ShowExchange.Address + "/replace", other, new() { ["replace-reason"] = "The disk has died." })).StatusCode);
        Assert.Contains(ReportsText.Of("next.exchange-replace"), await integrity.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await overseer.PostAsync(ShowExchange.Address + "/answer", await overseer.TextAsync(ShowExchange.Address), new() { ["agrees"] = "yes" })).StatusCode);
        var said = JsonDocument.Parse(await integrity.TextAsync("/api/reports/exchange")).RootElement;
        Assert.Equal(("replacement", scene.Intake.VerifierKey.ToString()), (said.GetProperty("asked").GetProperty("what").GetString(), said.GetProperty("asked").GetProperty("key").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await scene.Host.SignedInAsync(Role.Administrator)).GetAsync("/api/reports/exchange")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await integrity.PostAsync(ShowExchange.Address + "/answer", await integrity.TextAsync(ShowExchange.Address), new() { ["agrees"] = "yes" })).StatusCode);

        Assert.True(await ExchangeTests.Exchange(scene).RunOnceAsync(default));
        var replaced = Assert.Single((await scene.Host.RecordAsync()).Select(r => r.Event).OfType<IntakeReplaced>());
        Assert.Equal((note, 2L), (replaced.Note, replaced.Held));
        Assert.Contains("PUT /exchange/book", side.Asked);
        var who = ReportScene.As(Role.Overseer);
        await scene.UnlockAsync(who);
        Assert.Equal("OLD,NEW", $"{ReportScene.Text(await scene.Reader.OpenAsync(who, old, default))},{ReportScene.Text(await scene.Reader.OpenAsync(who, added, default))}");
        Assert.Equal(3, (await scene.Reader.ListAsync(who, default)).Count);
        Assert.Contains(ReportsText.Of("exchange.earlier"), await overseer.TextAsync(ShowExchange.Address), StringComparison.Ordinal);
        // Whoever handles the old one is told that its source reads nothing any more.
        await UnlockedReports.UnlockAsync(integrity);
        Assert.Contains("The source of this report cannot be reached", await integrity.TextAsync($"/reports/{old:D}"), StringComparison.Ordinal);
        Assert.DoesNotContain("The source of this report cannot be reached", await integrity.TextAsync($"/reports/{added:D}"), StringComparison.Ordinal);

        // What the first one brought is still compared, with the last of it that stands on the record.
        await scene.Deposits.DropAsync(0, default);
        scene.Host.Clock.Now += TimeSpan.FromDays(1);
        Assert.False(await ExchangeTests.Exchange(scene).RunOnceAsync(default));
        Assert.Equal((HeldCheck.Missing, 0L), ((await ExchangeTests.Exchange(scene).ReadAsync(default)).Stopped?.Code, (await ExchangeTests.Exchange(scene).ReadAsync(default)).Stopped?.Record));
        overseer = await scene.Host.SignedInAsync(Role.Overseer);
        integrity = await scene.Host.SignedInAsync(Role.Integrity);
        Assert.Contains("0 (of machine 1)", await overseer.TextAsync(ShowExchange.Address), StringComparison.Ordinal);
        // No side has it any more: two give it up, by the API as on the page, and the rest goes on.
        foreach (var (caller, path, body, status) in ((Browser, string, object, HttpStatusCode)[])
        [
            (integrity, "passing", new { reason = "It is lost." }, HttpStatusCode.UnprocessableEntity), (overseer, "passing", new { reason = "It is lost." }, HttpStatusCode.OK),
            (overseer, "answer", new { agrees = true }, HttpStatusCode.UnprocessableEntity), (integrity, "answer", new { agrees = true }, HttpStatusCode.OK),
        ])
        {
            using var answer = await caller.PostJsonAsync("/api/reports/exchange/" + path, body);
            Assert.Equal(status, answer.StatusCode);
        }

        Assert.True(await ExchangeTests.Exchange(scene).RunOnceAsync(default));
    }
}
