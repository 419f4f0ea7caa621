using System.Net;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.StoreScene;

namespace Probity.Tests.Exhibits;

/// <summary>In a large unit a name is typed where a person is asked; it leads to that person, or back to the form.</summary>
public sealed class PersonFieldTests
{
    [Fact]
    public async Task A_receiver_of_many_is_typed_and_is_never_guessed()
    {
        await using var host = await StaffHost.StartAsync(more: [.. Enumerable.Repeat((Role.Officer, StaffHost.OtherUnit), 20)]);
        var (_, exhibit) = await PlayAsync(host);
        using var custodian = await host.SignedInAsync(Role.Custodian);
        var form = $"/exhibits/{exhibit}/hand-over";
        var page = WebUtility.HtmlDecode(await custodian.TextAsync(form));
        Assert.Contains("list=\"to-people\"", page, StringComparison.Ordinal);
        var people = System.Text.RegularExpressions.Regex.Matches(page, "<option value=\"([^\"]* – [^\"]*)\">").Select(m => m.Groups[1].Value).ToList();
        Assert.True(people.Count > 20);
        Assert.Equal(people.Count, people.Distinct().Count());
        var investigator = Assert.Single(people, p => p.StartsWith("Quilombo Investigator", StringComparison.Ordinal));

        (string, string)[] fields = [("purpose", "store"), ("seen-1", "yes"), ("seen-2", "yes")];
        foreach (var (typed, said) in new[] { ("Nobody Known", "is nobody who can be chosen here"), ("officer", "“officer” fits 2") })
        {
            var (status, text, _) = await SendAsync(custodian, form, page, null, [.. fields, ("to", typed)]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
            Assert.Contains(said, text, StringComparison.Ordinal);
            Assert.Contains("href=\"#to\"", text, StringComparison.Ordinal);
            Assert.Contains($"value=\"{typed}\"", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is ExhibitHandedOver);
        var sent = await SendAsync(custodian, form, page, null, [.. fields, ("to", investigator)]);
        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
        Assert.Equal(StaffHost.Of(Role.Investigator), Assert.Single((await host.RecordAsync()).Select(r => r.Event).OfType<ExhibitHandedOver>()).To);
    }

    [Fact]
    public async Task Who_does_not_see_an_exhibit_learns_nothing_by_typing_names()
    {
        await using var host = await StaffHost.StartAsync(more: [.. Enumerable.Repeat((Role.Officer, StaffHost.OtherUnit), 20)]);
        var (_, exhibit) = await PlayAsync(host);
        using var stranger = await host.SignedInAsync(StaffHost.Other(0));
        foreach (var typed in new[] { "Nobody Known", "officer" })
        {
            var sent = await SendAsync(stranger, $"/exhibits/{exhibit}/weigh", await stranger.TextAsync("/exhibits/scan"), null, ("act", Guid.NewGuid().ToString()), ("witness", typed));
            Assert.Equal(HttpStatusCode.NotFound, sent.Status);
            Assert.DoesNotContain("fits", sent.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Keys_go_to_people_of_a_large_unit_by_their_names()
    {
        await using var host = await StaffHost.StartAsync(more: [.. Enumerable.Repeat((Role.Officer, StaffHost.Unit), 20)]);
        await PlayAsync(host);
        var vault = (await StoreAsync(host)).Locations.Values.Single(l => l.Name == "Room 2").Id;
        using var commander = await host.SignedInAsync(Role.Commander);
        var form = $"/store/places/{vault}/keys";
        var page = WebUtility.HtmlDecode(await commander.TextAsync(form));
        Assert.DoesNotContain("type=\"checkbox\"", page, StringComparison.Ordinal);
        var custodian = System.Text.RegularExpressions.Regex.Match(page, "<option value=\"(Quilombo Custodian[^\"]*)\">").Groups[1].Value;
        var unclear = await SendAsync(commander, form, page, null, ("do", "look"), ("more-1", custodian), ("more-2", "officer"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unclear.Status);
        Assert.Contains("href=\"#more-2\"", unclear.Text, StringComparison.Ordinal);
        Assert.Contains($"value=\"{custodian}\"", unclear.Text, StringComparison.Ordinal);

        var looked = await SendAsync(commander, form, page, null, ("do", "look"), ("more-1", custodian));
        Assert.Equal(HttpStatusCode.OK, looked.Status);
        Assert.Contains($"name=\"people\" value=\"{StaffHost.Of(Role.Custodian)}\"", looked.Text, StringComparison.Ordinal);
        Assert.Equal("/store?done=keys", (await SendAsync(commander, form, page, null, ("do", "sign"), ("had", ""), ("people", StaffHost.Of(Role.Custodian).ToString()))).Location);
        Assert.Equal([StaffHost.Of(Role.Custodian)], (await StoreAsync(host)).Locations[vault].Keyholders);
        // Who has one is ticked off, and the others are still typed.
        page = await commander.TextAsync(form);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "type=\"checkbox\""));
        Assert.Contains("more-1-people", page, StringComparison.Ordinal);
    }
}
