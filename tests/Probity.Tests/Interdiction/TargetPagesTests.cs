using System.Net;
using System.Text.RegularExpressions;
using Probity.Access.Contract;
using Probity.Interdiction.Contract;
using Probity.Interdiction.ViewingTargets;
using Probity.Shared.Record;
using Probity.Tests.Access;

namespace Probity.Tests.Interdiction;

/// <summary>Targets through the pages of the real server.</summary>
public sealed class TargetPagesTests
{
    internal static async Task<string> EnterAsync(Tests.Access.Browser officer, int score = 80, string reference = "CSQU3054383")
    {
        var form = await officer.TextAsync("/interdiction/new");
        var answer = await officer.PostAsync("/interdiction/new", form, new()
        {
            ["key"] = Hidden(form, "key"), ["unit"] = Hidden(form, "unit"), ["kind"] = "container", ["reference"] = reference, ["port"] = "brssz",
            ["arrival"] = "2026-03-03T04:00", ["score"] = score.ToString(System.Globalization.CultureInfo.InvariantCulture), ["source"] = "profile",
            ["rules"] = "New shipper\nFrozen fish",
        });
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    internal static async Task<HttpResponseMessage> ActAsync(Tests.Access.Browser who, string path, string what, params (string Field, string Value)[] fields)
    {
        var page = await who.TextAsync(path);
        var typed = fields.ToDictionary(f => f.Field, f => f.Value);
        typed.TryAdd("version", Hidden(page, "version"));
        return await who.PostAsync($"{path}/{what}", page, typed);
    }

    static string Hidden(string page, string name) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]+)\"").Groups[1].Value;

    [Fact]
    public async Task From_entry_to_release_each_form_answers_as_it_should()
    {
        await using var host = await StaffHost.StartAsync();
        var (officer, commander, overseer) = (await host.SignedInAsync(Role.Officer), await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Overseer));
        var path = await EnterAsync(officer);

        // Without a reason nothing happens, and what is missing is said at its field.
        var bare = await ActAsync(officer, path, "pass");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.StatusCode);
        Assert.Contains("href=\"#reason\"", await bare.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await ActAsync(officer, path, "select")).StatusCode);
        // The same form once more rests on what is no longer so.
        Assert.Equal(HttpStatusCode.Conflict, (await ActAsync(officer, path, "select", ("version", "1"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ActAsync(officer, path, "inspect", ("kind", "scan"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ActAsync(officer, path, "inspect", ("kind", "scan"), ("result", "found"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ActAsync(officer, path, "inspect", ("kind", "scan"), ("result", "nothing"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await ActAsync(officer, path, "release", ("reason", "The scan shows nothing but fish."))).StatusCode);
        Assert.Contains("asks for a second person", await officer.TextAsync(path), StringComparison.Ordinal);

        await host.CaughtUpAsync(TargetsView.ViewName);
        Assert.Contains(path, await commander.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Waits for you", await commander.TextAsync("/interdiction"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await ActAsync(commander, path, "answer", ("answer", "yes"))).StatusCode);
        Assert.Contains(await host.RecordAsync(), r => r.Event is OverrideAgreed && r.Actor.Value == StaffHost.Of(Role.Commander));

        // The overseer reads it, and the reading is on the record.
        Assert.Contains("CSQU3054383", await overseer.TextAsync(path), StringComparison.Ordinal);
        Assert.Contains(await host.RecordAsync(), r => r.Event is MatterRead { What: "interdiction.view" } && r.Actor.Value == StaffHost.Of(Role.Overseer));
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("CSQU", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_has_nothing_to_do_with_it_finds_nothing()
    {
        await using var host = await StaffHost.StartAsync();
        var path = await EnterAsync(await host.SignedInAsync(Role.Officer));
        var nowhere = $"/interdiction/{Guid.NewGuid():D}";
        foreach (var role in Enum.GetValues<Role>().Except([Role.Officer, Role.Commander, Role.Integrity, Role.Overseer]))
        {
            var other = await host.SignedInAsync(role);
            var (there, not) = (await other.GetAsync(path), await other.GetAsync(nowhere));
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (there.StatusCode, not.StatusCode));
            foreach (var list in (string[])["/interdiction", "/interdiction/new", "/interdiction/thresholds", "/interdiction/overrides"])
                Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(list)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync(path + "/select", await other.TextAsync("/"), new() { ["version"] = "1" })).StatusCode);
        }

        foreach (var role in (Role[])[Role.Officer, Role.Commander])
            Assert.Equal(HttpStatusCode.Forbidden, (await (await host.SignedInAsync(role)).GetAsync("/interdiction/overrides")).StatusCode);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is TargetSelected);
    }

    [Fact]
    public async Task A_threshold_takes_two_and_both_are_told()
    {
        await using var host = await StaffHost.StartAsync();
        var (commander, integrity) = (await host.SignedInAsync(Role.Commander), await host.SignedInAsync(Role.Integrity));
        var path = $"/interdiction/thresholds/{StaffHost.Unit:D}";
        var wrong = await commander.PostAsync(path + "/propose", await commander.TextAsync("/interdiction/thresholds"), new() { ["score"] = "many", ["reason"] = "More traffic than staff." });
        Assert.Contains($"href=\"#score-{StaffHost.Unit:D}\"", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var asked = await commander.PostAsync(path + "/propose", await commander.TextAsync("/interdiction/thresholds"), new() { ["score"] = "60", ["reason"] = "More traffic than staff." });
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        await host.CaughtUpAsync(TargetsView.ViewName);
        Assert.Contains("another threshold is asked for", await integrity.TextAsync("/"), StringComparison.Ordinal);
        var agreed = await integrity.PostAsync(path + "/answer", await integrity.TextAsync("/interdiction/thresholds"), new() { ["answer"] = "yes" });
        Assert.Equal(HttpStatusCode.SeeOther, agreed.StatusCode);
        Assert.Contains("Port unit: 60", await commander.TextAsync("/interdiction/thresholds"), StringComparison.Ordinal);
    }
}
