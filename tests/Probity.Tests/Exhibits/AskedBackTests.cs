using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Labelling;
using Probity.Exhibits.Photographing;
using Probity.Exhibits.Transferring;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.StoreScene;

namespace Probity.Tests.Exhibits;

/// <summary>Forms that say all that is missing at once, keep a photograph, and ask back before they open a matter; and codes that nobody comes by through guessing.</summary>
public sealed class AskedBackTests
{
    static async Task<Exhibit> ExhibitAsync(StaffHost host, Guid id) => await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(id));

    static async Task<IReadOnlyList<DiscrepancyFound>> FoundAsync(StaffHost host) => [.. (await host.RecordAsync()).Select(r => r.Event).OfType<DiscrepancyFound>()];

    [Fact]
    public async Task A_hand_over_says_at_once_what_is_missing_and_asks_back_before_a_seal_is_said_not_to_be_read()
    {
        await using var host = await StaffHost.StartAsync();
        var (_, exhibit) = await PlayAsync(host);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var form = $"/exhibits/{exhibit}/hand-over";
        var page = await custodian.TextAsync(form);
        Assert.DoesNotContain($"name=\"{SealFields.UnreadField}\"", page, StringComparison.Ordinal);
        var (status, text, _) = await SendAsync(custodian, form, page, null, ("purpose", "court"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        foreach (var field in (string[])["to", "authority", SealFields.UnreadField]) Assert.Contains($"href=\"#{field}", text, StringComparison.Ordinal);
        Assert.Contains("Choose who gets it.", text, StringComparison.Ordinal);
        Assert.Contains($"name=\"{SealFields.UnreadField}\"", text, StringComparison.Ordinal);
        // One of two is not all of them.
        (string, string)[] rest = [("to", StaffHost.Of(Role.Officer).ToString()), ("purpose", "transport")];
        Assert.Contains($"href=\"#{SealFields.UnreadField}", (await SendAsync(custodian, form, page, null, [.. rest, ("seen-1", "yes")])).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(custodian, form, page, null, [.. rest, ("seen-1", "yes"), ("seen-2", "yes")])).Status);
        Assert.Empty(await FoundAsync(host));
        // On its way it is not offered to who gave it away.
        var own = await custodian.TextAsync($"/exhibits/{exhibit}");
        foreach (var step in (string[])["weigh", "reseal", "sample", "move"]) Assert.DoesNotContain($"href=\"/exhibits/{exhibit}/{step}", own, StringComparison.Ordinal);

        using var officer = await host.SignedInAsync(Role.Officer);
        form = $"/exhibits/{exhibit}/take";
        page = await officer.TextAsync(form);
        (string, string)[] taken = [("from", StaffHost.Of(Role.Custodian).ToString()), ("seen-1", "yes")];
        var asked = await SendAsync(officer, form, page, null, taken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("I did not look at them, or could not read them", asked.Text, StringComparison.Ordinal);
        Assert.Empty((await ExhibitAsync(host, exhibit)).Receipts);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(officer, form, page, null, [.. taken, (SealFields.UnreadField, "yes")])).Status);
        var found = Assert.Single(await FoundAsync(host));
        Assert.Equal((DiscrepancyKind.SealUnread, 2, null), (found.Kind, found.Package, found.Found));
    }

    [Fact]
    public async Task A_weighing_says_at_once_what_is_missing_and_keeps_the_photograph()
    {
        await using var host = await StaffHost.StartAsync();
        var (_, exhibit) = await PlayAsync(host);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var form = $"/exhibits/{exhibit}/weigh";
        var page = await custodian.TextAsync(form);
        (string, string)[] alone = [("kind", "grossSealed"), ("moment", "audit"), ("alone", "Nobody else was in the building.")];
        var (status, text, _) = await SendAsync(custodian, form, page, Png, [.. alone, ("mass", ""), ("balance", "")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        foreach (var field in (string[])["mass", "balance"]) Assert.Contains($"href=\"#{field}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#photo\"", text, StringComparison.Ordinal);
        Assert.Contains("Your photograph is kept", text, StringComparison.Ordinal);
        var kept = Regex.Match(text, $"name=\"{TakenPhoto.KeptField}\" value=\"([^\"]+)\"").Groups[1].Value;
        var balance = (await StoreAsync(host)).Balances.Keys.Single().ToString();
        // Another's, or one that there is not, is none.
        Assert.Contains("href=\"#photo\"", (await SendAsync(custodian, form, page, null, [.. alone, ("mass", "1500"), ("balance", balance), (TakenPhoto.KeptField, Guid.NewGuid().ToString())])).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(custodian, form, page, null, [.. alone, ("mass", "1500"), ("balance", balance), (TakenPhoto.KeptField, kept)])).Status);
        var known = await ExhibitAsync(host, exhibit);
        Assert.Equal(Assert.Single(known.Photos).Id, Assert.Single(known.Readings).Photo);

        form = $"/exhibits/{exhibit}/reseal";
        var reseal = await SendAsync(custodian, form, await custodian.TextAsync(form), null);
        foreach (var field in (string[])["package", "new-seal", "reason", "witness"]) Assert.Contains($"href=\"#{field}\"", reseal.Text, StringComparison.Ordinal);
        Assert.Contains("Choose which package was sealed.", reseal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_comes_by_a_code_through_guessing()
    {
        await using var host = await StaffHost.StartAsync();
        var (_, exhibit) = await PlayAsync(host);
        var codes = host.Services.GetRequiredService<ExhibitCode>();
        // Who is not signed in has nothing looked up.
        using var nobody = host.Open();
        Assert.Equal((await nobody.GetAsync("/exhibits/find?code=0000-0000")).StatusCode, (await nobody.GetAsync($"/exhibits/find?code={codes.Of(exhibit)}")).StatusCode);
        Assert.Equal((await nobody.GetAsync("/exhibits/by-label/0000-0000")).StatusCode, (await nobody.GetAsync($"/exhibits/by-label/{codes.Of(exhibit)}")).StatusCode);
        using var officer = await host.SignedInAsync(Role.Officer);
        for (var i = 0; i < LabelGuesses.Most; i++)
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync(i % 2 == 0 ? $"/exhibits/find?code=0000-{i:0000}" : $"/exhibits/by-label/0000-{i:0000}")).StatusCode);
        foreach (var address in (string[])[$"/exhibits/find?code={codes.Of(exhibit)}", $"/exhibits/by-label/{codes.Of(exhibit)}", "/exhibits/find?code=0000-0000"])
            Assert.Equal(HttpStatusCode.TooManyRequests, (await officer.GetAsync(address)).StatusCode);
        // It is on the record once, and the integrity officer's to see; nobody else waits for it.
        var told = Assert.Single(await host.RecordAsync(), r => r.Event is ActionRefused { Code: LabelGuesses.TooMany });
        Assert.Equal(StaffHost.Of(Role.Officer), told.Actor.Value);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.Contains("tried many codes", await integrity.TextAsync("/"), StringComparison.Ordinal);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        Assert.Equal(HttpStatusCode.Redirect, (await custodian.GetAsync($"/exhibits/find?code={codes.Of(exhibit)}")).StatusCode);
        host.Clock.Now += LabelGuesses.Window;
        Assert.Equal(HttpStatusCode.Redirect, (await officer.GetAsync($"/exhibits/find?code={codes.Of(exhibit)}")).StatusCode);
    }

    [Fact]
    public async Task A_count_says_which_line_is_of_nothing_and_its_matter_names_who_counted()
    {
        await using var host = await StaffHost.StartAsync();
        var (open, whole) = await PlayAsync(host);
        var codes = host.Services.GetRequiredService<ExhibitCode>();
        var vault = (await StoreAsync(host)).Locations.Values.Single(l => l.Name == "Vault 1").Id;
        using var integrity = await host.SignedInAsync(Role.Integrity);
        var form = $"/store/places/{vault}/count";
        var page = await integrity.TextAsync(form);
        string Hidden(string name) => WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);
        (string, string)[] rest = [("key", Hidden("key")), ("begun", Hidden("begun")), ("second", StaffHost.Of(Role.Overseer).ToString())];
        Assert.Contains("Line 2: 0000-0000", (await SendAsync(integrity, form, page, null, [.. rest, ("labels", $"{codes.Of(whole)}\n0000-0000")])).Text, StringComparison.Ordinal);
        var counted = await SendAsync(integrity, form, page, null, [.. rest, ("labels", codes.Of(whole))]);
        using var overseer = await host.SignedInAsync(Role.Overseer);
        await SendAsync(overseer, counted.Location!, await overseer.TextAsync(counted.Location!), null);

        await host.CaughtUpAsync("exhibits");
        var list = await integrity.TextAsync("/");
        Assert.Contains("href=\"/discrepancies\"", list, StringComparison.Ordinal);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        Assert.DoesNotContain("href=\"/discrepancies\"", await custodian.TextAsync("/"), StringComparison.Ordinal);
        var (stream, missing) = (await host.RecordAsync()).Where(r => r.Event is DiscrepancyFound).Select(r => (r.Stream.Value, (DiscrepancyFound)r.Event!)).Single();
        Assert.Equal((open, DiscrepancyKind.Missing), (missing.Exhibit, missing.Kind));
        var matter = await integrity.TextAsync($"/discrepancies/{stream}");
        Assert.Contains($"href=\"{counted.Location}\"", matter, StringComparison.Ordinal);
        Assert.Contains("Quilombo Integrity and Quilombo Overseer", WebUtility.HtmlDecode(matter), StringComparison.Ordinal);
        await SendAsync(integrity, $"/discrepancies/{stream}", matter, null, ("answer", "yes"), ("reasons", "It lay behind another box."));
        await SendAsync(overseer, $"/discrepancies/{stream}", await overseer.TextAsync($"/discrepancies/{stream}"), null, ("answer", "yes"));
        Assert.Contains("Second person, who agreed", await integrity.TextAsync($"/discrepancies/{stream}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_seized_it_is_told_what_to_do_next_until_the_store_has_it()
    {
        await using var house = await ExhibitHouse.CreateAsync();
        var exhibit = await house.SeizeAsync();
        async Task<List<string>> StepsAsync() => [.. Probity.Exhibits.Viewing.ExhibitSteps.Next(
            await house.Get<ExhibitDesk>().ReadAsync(new RecordSession(house.Cases.Log), house.Handler, exhibit, ExhibitHouse.Cancel)).Select(s => s.Href[(s.Href.LastIndexOf('/') + 1)..])];
        Assert.Equal(["weigh", "hand-over"], await StepsAsync());
        ExhibitHouse.Done(await house.GiveAsync(house.Handler, ExhibitHouse.Release(exhibit, Probity.Tests.Cases.Staff.Id("keeper"))));
        Assert.Empty(await StepsAsync());
    }
}
