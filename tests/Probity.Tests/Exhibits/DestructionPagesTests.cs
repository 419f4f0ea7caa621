using System.Net;
using Probity.Access.Contract;
using Probity.Exhibits.Contract;
using Probity.Tests.Access;
using static Probity.Tests.Exhibits.KilnScene;

namespace Probity.Tests.Exhibits;

/// <summary>A destruction that a witness objects to, through HTTP: what everybody's pages say until two from outside have said what becomes of it.</summary>
public sealed class DestructionPagesTests
{
    [Fact]
    public async Task What_a_witness_objects_to_shows_everywhere_until_two_have_settled_it_and_let_it_go()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        var (exhibit, balance) = await StoredAsync(host);
        var (first, second) = (StaffHost.Other(1), StaffHost.Other(2));
        await PostAsync(host, Custodian, $"/api/exhibits/{exhibit}/destruction", new
        {
            destruction = Guid.NewGuid(), order = await OrderAsync(host, exhibit), place = "Kiln", method = "1,000 °C", witnesses = (Guid[])[first, second],
        });
        await RetestAsync(host, exhibit, balance);
        await WeighAsync(host, exhibit, Custodian, balance, "997.5", "preDestruction");
        object[] seals = [new { number = 1, seal = "S-3" }];
        await PostAsync(host, Custodian, $"/api/exhibits/{exhibit}/destruction/packages", new { seals });
        await PostAsync(host, Custodian, $"/api/exhibits/{exhibit}/destruction/residue", new { residue = "Grey ash.", residueMass = "20" });

        using var witness = await host.SignedInAsync(first);
        var form = $"/exhibits/{exhibit}/destruction";
        var page = await witness.TextAsync(form + "?lang=en");
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(witness, form + "/witness", page, ("answer", "no"), ("objection", "It was flour that was burned."))).StatusCode);
        var matter = (await ExhibitAsync(host, exhibit)).Case;
        using var overseer = await host.SignedInAsync(Role.Overseer);
        using var integrity = await host.SignedInAsync(Role.Integrity);
        await EverywhereAsync("Burned, and a witness objects");
        Assert.Contains("objects: the integrity officer looks at it", await witness.TextAsync(form + "?lang=en"), StringComparison.Ordinal);
        var grams = await overseer.TextAsync($"/exhibits/{exhibit}/grams?lang=en");
        Assert.Contains("Burned, not confirmed by its witnesses", grams, StringComparison.Ordinal);
        Assert.Contains("Does not add up", grams, StringComparison.Ordinal);
        Assert.DoesNotContain("In the store or in hand", grams, StringComparison.Ordinal);

        // Nothing explains it: integrity then says why it ends all the same, and the overseer finds that among what is next.
        var id = Assert.Single(await host.RecordAsync(), r => r.Event is DiscrepancyFound).Stream.Value;
        var sheet = $"/discrepancies/{id}";
        await DoneAsync(integrity, sheet, ("answer", "no"), ("reasons", "The film of the kiln is missing."));
        await DoneAsync(overseer, sheet, ("answer", "yes"));
        Assert.DoesNotContain("<form method=\"post\" action=\"" + sheet, await overseer.TextAsync(sheet + "?lang=en"), StringComparison.Ordinal);
        page = await integrity.TextAsync(sheet + "?lang=en");
        Assert.Contains("May it go all the same?", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(integrity, sheet, page, ("reasons", " "))).StatusCode);
        await DoneAsync(integrity, sheet, ("reasons", "What was burned is gone, and the officer is charged."));
        await host.CaughtUpAsync("exhibits");
        Assert.Contains($"href=\"{sheet}\"", await overseer.TextAsync("/?lang=en"), StringComparison.Ordinal);
        Assert.Contains("Not explained; asked that it may go", WebUtility.HtmlDecode(await overseer.TextAsync("/discrepancies?lang=en")), StringComparison.Ordinal);
        page = await overseer.TextAsync(sheet + "?lang=en");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(overseer, sheet, page, ("reasons", "Yes."))).StatusCode);
        await EverywhereAsync("Burned, and a witness objects");
        await DoneAsync(overseer, sheet, ("answer", "yes"));

        await EverywhereAsync("Burned, its witnesses have not signed");
        var story = WebUtility.HtmlDecode(await overseer.TextAsync($"/exhibits/{exhibit}/story?lang=en"));
        Assert.Contains("let it go all the same, because: What was burned is gone, and the officer is charged.", story, StringComparison.Ordinal);
        Assert.Contains("Not settled", story, StringComparison.Ordinal);
        Assert.Contains("objected, and was answered by two from outside", await witness.TextAsync(form + "?lang=en"), StringComparison.Ordinal);
        using var other = await host.SignedInAsync(second);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(other, form + "/witness", await other.TextAsync(form), ("answer", "yes"))).StatusCode);
        await EverywhereAsync("Destroyed");

        async Task EverywhereAsync(string status)
        {
            await host.CaughtUpAsync("exhibits");
            foreach (var path in (string[])[$"/exhibits/{exhibit}", form, $"/court/{matter}/exhibits", $"/exhibits/{exhibit}/story"])
                Assert.Contains($">{status}<", WebUtility.HtmlDecode(await overseer.TextAsync(path + "?lang=en")), StringComparison.Ordinal);
        }
    }

    static async Task DoneAsync(Access.Browser browser, string path, params (string Name, string Value)[] fields) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(browser, path, await browser.TextAsync(path), fields)).StatusCode);

    static async Task<HttpResponseMessage> SendAsync(Access.Browser browser, string path, string page, params (string Name, string Value)[] fields)
    {
        var all = fields.ToDictionary(f => f.Name, f => f.Value);
        if (System.Text.RegularExpressions.Regex.Match(page, "name=\"_?act\" value=\"([^\"]*)\"") is { Success: true } act) all[Probity.Exhibits.ExhibitForms.ActField] = act.Groups[1].Value;
        return await browser.PostAsync(path, page, all);
    }
}
