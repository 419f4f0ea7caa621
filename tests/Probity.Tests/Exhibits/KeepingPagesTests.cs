using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Weighing;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.StoreScene;

namespace Probity.Tests.Exhibits;

/// <summary>The forms of a custodian's and a commander's day, through HTTP: what they refuse, and what they put on the record.</summary>
public sealed class KeepingPagesTests
{
    const string Alone = "Nobody else is in the store at night.";

    [Fact]
    public async Task A_package_without_a_seal_leads_to_sealing_it_and_who_was_not_there_signs_by_the_photograph()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.OtherUnit)]);
        var (exhibit, other) = await PlayAsync(host);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var (home, form) = ($"/exhibits/{exhibit}", $"/exhibits/{exhibit}/reseal");
        Assert.Contains($"{form}?package=1", await custodian.TextAsync(home), StringComparison.Ordinal);
        Assert.DoesNotContain("reseal?package", await custodian.TextAsync($"/exhibits/{other}"), StringComparison.Ordinal);
        // The word is the presenter's; the page says it in the reader's language.
        Assert.Contains("Paquete 1, sin precinto", await custodian.TextAsync(form + "?package=1&lang=es"), StringComparison.Ordinal);
        var page = await custodian.TextAsync(form + "?package=1");
        Assert.Contains("<option value=\"1\" selected", page, StringComparison.Ordinal);

        var elsewhere = StaffHost.Other(0).ToString();
        (string, string)[] good = [("package", "1"), ("new-seal", "N-1"), ("reason", "The register names no seal."), ("witness", elsewhere), ("alone", Alone)];
        await RefusedAsync(custodian, form, page, null, "#package", With(good, "package", ""));
        await RefusedAsync(custodian, form, page, null, "#new-seal", With(good, "new-seal", " "));
        await RefusedAsync(custodian, form, page, null, "#new-seal", With(good, "new-seal", "no seal"));
        await RefusedAsync(custodian, form, page, null, "#new-seal", With(good, "new-seal", new string('1', 41)));
        await RefusedAsync(custodian, form, page, null, "#reason", With(good, "reason", ""));
        await RefusedAsync(custodian, form, page, null, "#alone", With(good, "alone", "..."));
        await RefusedAsync(custodian, form, page, null, "#witness", With(With(good, "alone", ""), "witness", ""));
        await RefusedAsync(custodian, form, page, null, "#photo", good);
        await RefusedAsync(custodian, form, page, [.. "<svg/>"u8], "#photo", good);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is ExhibitResealed or PhotoKept);

        var sealing = await SendAsync(custodian, form, page, Png, good);
        Assert.Equal((HttpStatusCode.SeeOther, home + "?done=resealed"), (sealing.Status, sealing.Location));
        var reseal = Assert.Single((await ExhibitAsync(host, exhibit)).Reseals);
        Assert.Equal((1, "no seal", "N-1"), (reseal.Package, reseal.OldSeal, reseal.NewSeal));
        var shown = WebUtility.HtmlDecode(await custodian.TextAsync(home + "?done=resealed"));
        Assert.Contains("The new seal is recorded.", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("reseal?package", shown, StringComparison.Ordinal);
        // Sent again it is recorded once.
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(custodian, form, page, Png, good)).Status);
        Assert.Single((await ExhibitAsync(host, exhibit)).Reseals);

        using var witness = await host.SignedInAsync(StaffHost.Other(0));
        var sign = WebUtility.HtmlDecode(await witness.TextAsync($"{home}/sign/{reseal.Act}"));
        Assert.Contains("no seal → N-1", sign, StringComparison.Ordinal);
        Assert.Contains($"<img src=\"{home}/photos/{reseal.Photo}\"", sign, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await witness.GetAsync($"{home}/photos/{reseal.Photo}")).StatusCode);

        // Who does not have it reseals nothing: who sees it is told who has it, anybody else nothing.
        using var integrity = await host.SignedInAsync(Role.Integrity);
        using var analyst = await host.SignedInAsync(Role.Analyst);
        foreach (var what in new[] { "reseal", "move", "photograph" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await integrity.GetAsync($"{home}/{what}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync($"{home}/{what}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(analyst, $"{home}/{what}", await analyst.TextAsync("/"), null, (ExhibitForms.ActField, Guid.NewGuid().ToString()), ("package", "1"), ("location", elsewhere))).Status);
        }
    }

    [Fact]
    public async Task An_exhibit_is_put_into_another_place_of_its_unit()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Commander, StaffHost.OtherUnit)]);
        var (exhibit, _) = await PlayAsync(host);
        using var elsewhere = await host.SignedInAsync(StaffHost.Other(0));
        await DoneAsync(elsewhere, "/api/exhibits/locations", new { unit = StaffHost.OtherUnit, name = "Elsewhere", @class = "room", dualLock = false, camera = false, alarm = false });
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var form = $"/exhibits/{exhibit}/move";
        Assert.Contains($"href=\"{form}\"", await custodian.TextAsync($"/exhibits/{exhibit}"), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await custodian.TextAsync(form));
        Assert.Contains("Room 2 – Room, at most 1,000\u00A0g of drugs", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", page, StringComparison.Ordinal);

        var room = (await StoreAsync(host)).Locations.Values.Single(l => l.Name == "Room 2").Id;
        await RefusedAsync(custodian, form, page, null, "#location", ("location", ""));
        await RefusedAsync(custodian, form, page, null, "#location", ("location", Guid.NewGuid().ToString()));
        await RefusedAsync(custodian, form, page, null, "#reason", ("location", room.ToString()), ("reason", "a\u0007b"));
        var moved = await SendAsync(custodian, form, page, null, ("location", room.ToString()), ("reason", ""));
        Assert.Equal((HttpStatusCode.SeeOther, $"/exhibits/{exhibit}?done=moved"), (moved.Status, moved.Location));
        Assert.Equal(room, (await ExhibitAsync(host, exhibit)).Location);
        Assert.Contains("Room 2", await custodian.TextAsync($"/exhibits/{exhibit}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_photograph_is_added_with_what_it_shows()
    {
        await using var host = await StaffHost.StartAsync();
        var (exhibit, _) = await PlayAsync(host);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var form = $"/exhibits/{exhibit}/photograph";
        Assert.Contains($"href=\"{form}\"", await custodian.TextAsync($"/exhibits/{exhibit}"), StringComparison.Ordinal);
        var page = await custodian.TextAsync(form);
        await RefusedAsync(custodian, form, page, null, "#photo", ("about", "The bag."));
        await RefusedAsync(custodian, form, page, [.. "text"u8], "#photo", ("about", "The bag."));
        await RefusedAsync(custodian, form, page, Png, "#about", ("about", new string('a', 201)));
        for (var i = 0; i < 2; i++) Assert.Equal($"/exhibits/{exhibit}?done=photographed", (await SendAsync(custodian, form, page, Png, ("about", "The bag."))).Location);
        Assert.Equal("The bag.", Assert.Single((await ExhibitAsync(host, exhibit)).Photos).About);
    }

    [Fact]
    public async Task The_commander_says_who_has_the_keys_and_sees_what_changes_before_signing()
    {
        await using var host = await StaffHost.StartAsync();
        await PlayAsync(host);
        using var commander = await host.SignedInAsync(Role.Commander);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var vault = (await StoreAsync(host)).Locations.Values.Single(l => l.Name == "Vault 1").Id;
        var form = $"/store/places/{vault}/keys";
        Assert.Contains(form, await commander.TextAsync("/store"), StringComparison.Ordinal);
        Assert.DoesNotContain("/keys", await custodian.TextAsync("/store"), StringComparison.Ordinal);
        var page = await commander.TextAsync(form);
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Count(page, "type=\"checkbox\""));
        Assert.Equal(HttpStatusCode.NotFound, (await commander.GetAsync($"/store/places/{Guid.NewGuid()}/keys")).StatusCode);

        (string, string) keeper = ("people", StaffHost.Of(Role.Custodian).ToString()), officer = ("people", StaffHost.Of(Role.Officer).ToString()), analyst = ("people", StaffHost.Of(Role.Analyst).ToString());
        await RefusedAsync(commander, form, page, null, "#people", ("do", "look"));
        await RefusedAsync(commander, form, page, null, "#people", ("do", "look"), keeper);
        await RefusedAsync(commander, form, page, null, "#people", ("do", "look"), keeper, ("people", StaffHost.Of(Role.Integrity).ToString()));
        var size = host.Log.Size;
        var looked = await SendAsync(commander, form, page, null, ("do", "look"), keeper, officer);
        Assert.Equal((HttpStatusCode.OK, size), (looked.Status, host.Log.Size));
        Assert.Contains("Quilombo Custodian, Quilombo Officer", looked.Text, StringComparison.Ordinal);
        Assert.Equal("/store?done=keys", (await SendAsync(commander, form, page, null, ("do", "sign"), ("had", ""), keeper, officer)).Location);
        await RefusedAsync(commander, form, page, null, "#people", ("do", "look"), officer, keeper);
        // What was looked at before somebody else changed the keys is looked at again.
        var stale = await SendAsync(commander, form, page, null, ("do", "sign"), ("had", ""), keeper, analyst);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.Status);
        Assert.Contains("Quilombo Officer", stale.Text, StringComparison.Ordinal);
        Assert.Equal(new[] { StaffHost.Of(Role.Custodian), StaffHost.Of(Role.Officer) }.Order(), (await StoreAsync(host)).Locations[vault].Keyholders.Order());

        Assert.Equal(HttpStatusCode.NotFound, (await custodian.GetAsync(form)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(custodian, form, await custodian.TextAsync("/store"), null, ("do", "sign"), keeper, analyst)).Status);
        Assert.Contains(await host.RecordAsync(), r => r.Event is ActionRefused { Code: Bars.Role } && r.Actor.Value == StaffHost.Of(Role.Custodian));
    }

    [Fact]
    public async Task A_count_that_misses_something_is_told_to_who_watches_before_anybody_signs_it_and_when_nobody_does()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Monitor, StaffHost.OtherUnit)]);
        var (exhibit, _) = await PlayAsync(host);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var vault = (await StoreAsync(host)).Locations.Values.Single(l => l.Name == "Vault 1").Id;
        var label = ExhibitCode.Shown(host.Services.GetRequiredService<ExhibitCode>().Of(exhibit));
        await DoneAsync(integrity, $"/api/exhibits/locations/{vault}/counts", new { count = Guid.NewGuid(), codes = new[] { label }, second = StaffHost.Other(0) });
        await host.CaughtUpAsync("exhibits");
        var count = (await host.RecordAsync()).Single(r => r.Event is StoreCounted).Stream.Value;
        using (var overseer = await host.SignedInAsync(Role.Overseer))
        {
            foreach (var watcher in new[] { overseer, integrity })
            {
                var steps = WebUtility.HtmlDecode(await watcher.TextAsync("/"));
                Assert.Contains("A count did not find something", steps, StringComparison.Ordinal);
                Assert.Contains($"/store/counts/{count}", steps, StringComparison.Ordinal);
                Assert.Contains("Not found: 1", await watcher.TextAsync("/store"), StringComparison.Ordinal);
            }
        }

        // Who keeps what was not found is not told first.
        Assert.DoesNotContain("Not found", await custodian.TextAsync("/store"), StringComparison.Ordinal);
        Assert.DoesNotContain("/store/counts/", await custodian.TextAsync("/"), StringComparison.Ordinal);
        host.Clock.Now += TimeSpan.FromHours(25);
        using var later = await host.SignedInAsync(Role.Overseer);
        Assert.Contains("lapsed without a second signature", await later.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains("lapsed without a second signature", await later.TextAsync("/store"), StringComparison.Ordinal);
        Assert.Contains($"/store/places/{vault}/count", await later.TextAsync($"/store/counts/{count}"), StringComparison.Ordinal);
        using var second = await host.SignedInAsync(StaffHost.Other(0));
        Assert.DoesNotContain("Sign a count", await second.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await second.PostJsonAsync($"/api/exhibits/counts/{count}/signature", new { })).StatusCode);
        var lapsed = await second.TextAsync($"/store/counts/{count}");
        Assert.Contains("Nobody signed it in time", lapsed, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\" action=\"/store/counts", lapsed, StringComparison.Ordinal);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is CountSigned or DiscrepancyFound);
    }

    [Fact]
    public async Task A_far_coarser_calibration_waits_for_the_integrity_office()
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Commander, StaffHost.OtherUnit)]);
        await PlayAsync(host);
        using var commander = await host.SignedInAsync(Role.Commander);
        using var other = await host.SignedInAsync(StaffHost.Other(0));
        using var integrity = await host.SignedInAsync(Role.Integrity);
        var vault = (await StoreAsync(host)).Locations.Values.Single(l => l.Name == "Vault 1").Id;
        var balance = (await StoreAsync(host)).Balances.Keys.Single();
        // Another unit's commander is offered neither keys nor balance of this one.
        var theirs = await other.TextAsync("/store");
        Assert.DoesNotContain("/keys", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain("calibrated", theirs, StringComparison.Ordinal);
        Assert.DoesNotContain($"value=\"{StaffHost.Unit}\"", theirs, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/store/places/{vault}/keys")).StatusCode);
        (string, string)[] coarse = [("calibrated", balance.ToString()), ("new-uncertainty", "20"), ("new-due-day", "1"), ("new-due-month", "3"), ("new-due-year", "2027"), ("new-certificate", "CAL-9")];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(other, "/store/calibrations", theirs, null, coarse)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(commander, "/store/calibrations", await commander.TextAsync("/store"), null, coarse)).Status);
        Assert.Equal("0.5", (await StoreAsync(host)).Balances[balance].Uncertainty.ToString());
        Assert.DoesNotContain("calibration-answers", await commander.TextAsync("/store"), StringComparison.Ordinal);
        Assert.Contains("does the new calibration count?", await integrity.TextAsync("/"), StringComparison.Ordinal);
        var page = await integrity.TextAsync("/store");
        await RefusedAsync(integrity, "/store/calibration-answers", page, null, "#why-not", ("answered", balance.ToString()), ("answer", "no"), ("why-not", ""));
        Assert.Equal("/store?done=calibration-answers", (await SendAsync(integrity, "/store/calibration-answers", page, null, ("answered", balance.ToString()), ("answer", "yes"))).Location);
        Assert.Equal("20", (await StoreAsync(host)).Balances[balance].Uncertainty.ToString());
    }

    [Fact]
    public async Task A_calibration_is_recorded_by_the_commander_and_not_by_who_weighs_the_store_on_it()
    {
        await using var host = await StaffHost.StartAsync();
        await PlayAsync(host);
        using var commander = await host.SignedInAsync(Role.Commander);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var balance = (await StoreAsync(host)).Balances.Keys.Single();
        var page = await commander.TextAsync("/store");
        (string, string)[] good = [("calibrated", balance.ToString()), ("new-uncertainty", "0,25"), ("new-due-day", "1"), ("new-due-month", "3"), ("new-due-year", "2027"), ("new-certificate", "CAL-8")];
        const string form = "/store/calibrations";
        await RefusedAsync(commander, form, page, null, "#calibrated", With(good, "calibrated", ""));
        await RefusedAsync(commander, form, page, null, "#new-uncertainty", With(good, "new-uncertainty", "half"));
        await RefusedAsync(commander, form, page, null, "#new-uncertainty", With(good, "new-uncertainty", "150,1"));
        await RefusedAsync(commander, form, page, null, "#new-due", With(good, "new-due-month", "13"));
        await RefusedAsync(commander, form, page, null, "#new-due", With(good, "new-due-year", "2025"));
        await RefusedAsync(commander, form, page, null, "#new-certificate", With(good, "new-certificate", ""));
        Assert.DoesNotContain(form, await custodian.TextAsync("/store"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(custodian, form, await custodian.TextAsync("/exhibits/scan"), null, good)).Status);

        Assert.Equal("/store?done=calibrations", (await SendAsync(commander, form, page, null, good)).Location);
        var now = (await StoreAsync(host)).Balances[balance];
        Assert.Equal((0.25m, new DateOnly(2027, 3, 1), "CAL-8"), (now.Uncertainty.Value, now.CalibrationDue, now.Certificate));
    }

    [Theory]
    [InlineData("no seal", true), InlineData("Sin precinto", true), InlineData("SEM SELO", true), InlineData("S-1", false), InlineData("", false)]
    public void What_says_that_there_is_no_seal_is_none(string seal, bool none) => Assert.Equal(none, Unsealed.Is(seal));

    [Fact]
    public async Task A_picture_of_one_new_seal_vouches_for_no_other()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        var second = new SecondPerson(null, Alone, await house.PhotographAsync(exhibit, house.Handler));
        Task<Outcome?> SealAsync(int package, string seal) => house.Get<ResealPackage>().HandleAsync(
            house.Handler, new(exhibit, Guid.CreateVersion7(), package, seal, "The seal was torn.", second, null), ExhibitHouse.Cancel);
        ExhibitHouse.Done(await SealAsync(1, "S-8"));
        ExhibitHouse.Refused(SecondPerson.PhotoMissing, await SealAsync(2, "S-9"));
    }

    static async Task<Exhibit> ExhibitAsync(StaffHost host, Guid id) => await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(id));

    static (string, string)[] With((string Name, string Value)[] fields, string name, string value) => [.. fields.Select(f => f.Name == name ? (name, value) : f)];

    static async Task RefusedAsync(Access.Browser browser, string address, string page, byte[]? photo, string field, params (string, string)[] fields)
    {
        var (status, text, _) = await SendAsync(browser, address, page, photo, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.True(text.Contains($"href=\"{field}\"", StringComparison.Ordinal), $"{field} is not at fault: {System.Text.RegularExpressions.Regex.Match(text, "pb-error-summary.*?</div>", System.Text.RegularExpressions.RegexOptions.Singleline).Value}");
    }
}
