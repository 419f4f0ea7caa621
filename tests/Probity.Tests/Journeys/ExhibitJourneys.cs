using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Labelling;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Exhibits;

namespace Probity.Tests.Journeys;

/// <summary>Exhibits from the seizure to the store, through the pages alone; and two telephones that hand over while the line is down.</summary>
[Collection("First browser")]
public sealed class ExhibitJourneys(Browser browser)
{
    [Theory]
    [InlineData(390, true, "en"), InlineData(1280, false, "pt"), InlineData(1280, true, "es")]
    public async Task A_custodians_day(int width, bool script, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var (page, name) = (visit.Page, $"{width}-{language}");
        var matter = await OpenCaseAsync(host);

        await visit.SignInAsync(host, Role.Commander);
        await visit.LookAtAsync("/store", $"store-empty-{name}");
        await StoreAsync(page, "balances", "serial", ("serial", "BAL-1"), ("capacity", "30000"), ("uncertainty", "0,5"), ("due-day", "1"), ("due-month", "2"), ("due-year", "2027"), ("certificate", "CAL-7"));
        await StoreAsync(page, "locations", "name", ("name", "Vault 1"), ("most", "1000"));
        await visit.LookAtAsync("/store", $"store-{name}");

        // The officer at the airport: seized, weighed with a witness.
        await visit.SignInAsync(host, Role.Officer);
        await visit.LookAtAsync($"/cases/{matter}/exhibits", $"case-exhibits-empty-{name}");
        await page.GotoAsync($"/cases/{matter}/seizures/new");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        await visit.LookAsync($"seizure-wrong-{name}");
        await page.Locator("[name=kind]").SelectOptionAsync("drug");
        await page.Locator("[name=substance]").SelectOptionAsync("cocaine-hcl");
        await page.Locator("[name=description]").FillAsync("Two packages in the lining of a suitcase.");
        await page.Locator("[name=seals]").FillAsync("S-1001\nS-1002");
        await page.Locator("[name=place]").SelectOptionAsync("airport");
        await page.Locator("[name=transport]").SelectOptionAsync("airplane");
        await page.Locator("[name=country]").SelectOptionAsync("CPV");
        await visit.LookAsync($"seizure-{name}");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        var exhibit = IdIn(page, await page.Locator("main").InnerTextAsync());
        await visit.LookAsync($"exhibit-seized-{name}");
        await page.GotoAsync($"/exhibits/{exhibit}/weigh");
        await page.Locator("[name=mass]").FillAsync("1.012,5");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal("1.012,5", await page.Locator("[name=mass]").InputValueAsync());
        await page.Locator("[name=mass]").FillAsync("1012,5");
        await page.Locator("[name=package]").SelectOptionAsync("1");
        await page.Locator("[name=balance]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("[name=witness]").SelectOptionAsync(StaffHost.Of(Role.Investigator).ToString());
        await visit.LookAsync($"weigh-{name}");
        await SendAsync(page, exhibit);

        await visit.SignInAsync(host, Role.Investigator);
        await StepAsync(page, $"a[href^='/exhibits/{exhibit}/sign/']");
        await page.Locator("[name=answer][value=yes]").CheckAsync();
        await visit.LookAsync($"sign-{name}");
        await SendAsync(page, exhibit);

        // Handed to the custodian, who reads one seal otherwise.
        await visit.SignInAsync(host, Role.Officer);
        await page.GotoAsync($"/exhibits/{exhibit}/hand-over");
        await page.Locator("[name=to]").SelectOptionAsync(StaffHost.Of(Role.Custodian).ToString());
        await page.Locator("[name=seen-1]").CheckAsync();
        await page.Locator("[name=seen-2]").CheckAsync();
        await visit.LookAsync($"hand-over-{name}");
        await SendAsync(page, exhibit);
        await visit.LookAtAsync($"/exhibits/{exhibit}/labels", $"labels-{name}");

        await visit.SignInAsync(host, Role.Custodian);
        await StepAsync(page, $"a[href='/exhibits/{exhibit}/take']");
        await page.Locator("[name=seen-1]").CheckAsync();
        await page.Locator("[name=other-2]").FillAsync("S-1007");
        await page.Locator("[name=location]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await visit.LookAsync($"take-{name}");
        await SendAsync(page, exhibit);
        await visit.LookAsync($"exhibit-stored-{name}");
        await visit.LookAtAsync("/exhibits", $"exhibits-{name}");
        await visit.LookAtAsync("/store", $"store-full-{name}");

        // A weighing without anybody there: reason and photograph.
        await page.GotoAsync($"/exhibits/{exhibit}/weigh");
        await page.Locator("[name=mass]").FillAsync("1010");
        await page.Locator("[name=package]").SelectOptionAsync("1");
        await page.Locator("[name=balance]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator(".pb-details summary").First.ClickAsync();
        await page.Locator("[name=alone]").FillAsync("Night shift, nobody else is in the store.");
        await page.Locator("[name=photo]").SetInputFilesAsync(new FilePayload { Name = "balance.png", MimeType = "image/png", Buffer = Pictures.Png(1) });
        await SendAsync(page, exhibit);
        await visit.LookAsync($"exhibit-alone-{name}");

        // Both are matters for the integrity officer, and the unit does not see them.
        await visit.SignInAsync(host, Role.Commander);
        Assert.Equal(404, (await page.GotoAsync("/discrepancies"))!.Status);
        await visit.SignInAsync(host, Role.Integrity);
        await host.CaughtUpAsync("exhibits");
        await visit.LookAtAsync("/discrepancies", $"discrepancies-{name}");
        Assert.Equal(2, await page.Locator("main table a").CountAsync());
        await page.Locator("main table a").First.ClickAsync();
        await page.Locator("[name=answer][value=yes]").CheckAsync();
        await page.Locator("[name=reasons]").FillAsync("The photograph shows the seal of the record.");
        await visit.LookAsync($"discrepancy-{name}");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await visit.LookAsync($"discrepancy-answered-{name}");

        // The story for the court: what does not fit stands in it, and each entry has its receipt.
        await visit.LookAtAsync($"/exhibits/{exhibit}/story", $"story-{name}");
        Assert.Equal(3, await page.Locator("main table").Nth(1).Locator("tbody tr").CountAsync());
        var receipt = await page.Locator("main table").Last.Locator("tbody a").First.GetAttributeAsync("href");
        var integrity = await host.SignedInAsync(Role.Integrity);
        Assert.StartsWith("c2sp.org/tlog-proof@v1\n", await integrity.TextAsync(receipt!), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.SignedInAsync(Role.Officer)).GetAsync($"/exhibits/{exhibit}/story")).StatusCode);
    }

    [Fact]
    public async Task In_a_large_unit_the_receiver_is_typed_on_a_telephone_without_script()
    {
        await using var host = await StaffHost.StartAsync(more: [.. Enumerable.Repeat((Role.Officer, StaffHost.OtherUnit), 30)]);
        var exhibit = await SeizeAsync(host, await OpenCaseAsync(host));
        await using var visit = await browser.Open(host, 390, script: false);
        await visit.SignInAsync(host, Role.Officer);
        await visit.Page.GotoAsync($"/exhibits/{exhibit}/hand-over");
        await visit.Page.Locator("[name=to]").FillAsync("officer");
        await visit.Page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(1, await visit.Page.Locator(".pb-error-summary a[href='#to']").CountAsync());
        await visit.LookAsync("hand-over-typed-390");
        await visit.Page.Locator("[name=to]").FillAsync("quilombo custodian");
        await visit.Page.Locator("#seen-1").CheckAsync();
        await visit.Page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal($"/exhibits/{exhibit}", new Uri(visit.Page.Url).AbsolutePath);
        Assert.Equal(StaffHost.Of(Role.Custodian), Assert.Single((await host.RecordAsync()).Select(r => r.Event).OfType<ExhibitHandedOver>()).To);
    }

    [Fact]
    public async Task Two_telephones_hand_over_while_the_line_is_down_and_both_halves_join()
    {
        await using var host = await StaffHost.StartAsync();
        var matter = await OpenCaseAsync(host);
        var exhibit = await SeizeAsync(host, matter);
        await using var officer = await browser.Open(host, 390);
        await using var custodian = await browser.Open(host, 390);
        await officer.SignInAsync(host, Role.Officer);
        await custodian.SignInAsync(host, Role.Custodian);
        foreach (var visit in (Visit[])[officer, custodian])
        {
            await visit.Page.GotoAsync("/exhibits/scan");
            await visit.Page.WaitForSelectorAsync("html[data-kept=true]");
            await visit.LookAsync(visit == officer ? "scan-giver" : "scan-taker");
            await visit.Page.Context.SetOfflineAsync(true);
            await visit.Page.ReloadAsync();
            await visit.Page.WaitForSelectorAsync("#line[data-online=false]");
        }

        // The one gives, the other types the label's code and takes; neither has a line.
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Hand over", Exact = true }).ClickAsync();
        await officer.Page.Locator("#to").SelectOptionAsync(StaffHost.Of(Role.Custodian).ToString());
        await officer.Page.Locator("#seen-1").CheckAsync();
        await officer.LookAsync("offline-give");
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Sign that I gave it" }).ClickAsync();
        await custodian.Page.Locator("#label").FillAsync(ExhibitCode.Shown(host.Services.GetRequiredService<ExhibitCode>().Of(exhibit)).ToLowerInvariant());
        await custodian.Page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await custodian.Page.Locator("#from").SelectOptionAsync(StaffHost.Of(Role.Officer).ToString());
        await custodian.Page.Locator("#seal-1").FillAsync("S-1");
        await custodian.LookAsync("offline-take");
        await custodian.Page.GetByRole(AriaRole.Button, new() { Name = "Sign that I took it" }).ClickAsync();
        foreach (var visit in (Visit[])[officer, custodian]) await visit.Page.WaitForSelectorAsync("#kept li");
        await officer.LookAsync("offline-kept");
        Assert.Empty((await ExhibitAsync(host, exhibit)).Chain.Links);

        // Switched off and on again, it is still there; the taker's line comes back first.
        await officer.Page.ReloadAsync();
        await officer.Page.WaitForSelectorAsync("#kept li");
        await custodian.Page.Context.SetOfflineAsync(false);
        await custodian.Page.WaitForSelectorAsync("#line[data-online=true]");
        await custodian.Page.WaitForSelectorAsync("#kept", new() { State = WaitForSelectorState.Detached });
        Assert.Single((await ExhibitAsync(host, exhibit)).Chain.Taken);
        await officer.Page.Context.SetOfflineAsync(false);
        await officer.Page.WaitForSelectorAsync("#kept", new() { State = WaitForSelectorState.Detached });
        var joined = await ExhibitAsync(host, exhibit);
        var link = Assert.Single(joined.Chain.Links);
        Assert.Equal((StaffHost.Of(Role.Officer), StaffHost.Of(Role.Custodian)), (link.Out.From, link.In.To));
        Assert.True(link.Out.KeptOnDevice && link.In.KeptOnDevice);
        Assert.DoesNotContain(await host.RecordAsync(), r => r.Event is DiscrepancyFound);
        await custodian.LookAtAsync($"/exhibits/{exhibit}", "offline-joined");
    }

    [Theory]
    [InlineData(390, "en"), InlineData(1280, "es")]
    public async Task What_only_one_has_signed_is_a_claim_that_integrity_sets_aside(int width, string language)
    {
        await using var host = await StaffHost.StartAsync();
        var exhibit = await SeizeAsync(host, await OpenCaseAsync(host));
        var custodian = await host.SignedInAsync(Role.Custodian);
        var claimed = await custodian.PostJsonAsync($"/api/exhibits/{exhibit}/receipts", new
        {
            half = Guid.NewGuid(), transfer = Guid.NewGuid(), from = StaffHost.Of(Role.Officer), seals = new object[] { new { number = 1, seal = "S-1" } }, occurred = host.Clock.Now, keptOnDevice = true,
        });
        Assert.Equal(HttpStatusCode.OK, claimed.StatusCode);
        host.Clock.Now += TimeSpan.FromHours(73);
        await host.CaughtUpAsync("exhibits");
        await using var visit = await browser.Open(host, width, language: language);
        var (page, name) = (visit.Page, $"{width}-{language}");

        // Who signed it sees nothing of the exhibit but may say that they do not have it.
        await visit.SignInAsync(host, Role.Custodian);
        await StepAsync(page, $"a[href^='/exhibits/{exhibit}/withdraw/']");
        await visit.LookAsync($"claim-own-{name}");
        // The officer has it still, and the page says so.
        await visit.SignInAsync(host, Role.Officer);
        await StepAsync(page, $"a[href='/exhibits/{exhibit}']");
        await visit.LookAsync($"claim-officer-{name}");
        Assert.Equal(1, await page.Locator("main .chain__hand").CountAsync());

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/");
        await visit.LookAsync($"claim-first-screen-{name}");
        await StepAsync(page, $"a[href='/exhibits/{exhibit}']");
        await page.Locator("a[href*='/withdraw/']").First.ClickAsync();
        await page.Locator("[name=reason]").FillAsync("They were at sea that day.");
        await visit.LookAsync($"claim-set-aside-{name}");
        await SendAsync(page, exhibit);
        Assert.Equal(0, await page.Locator("a[href*='/withdraw/']").CountAsync());
        await visit.LookAsync($"claim-gone-{name}");
    }

    static async Task<Guid> OpenCaseAsync(StaffHost host)
    {
        var officer = await host.SignedInAsync(Role.Officer);
        var opened = await officer.PostJsonAsync("/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "Two packages in a suitcase." });
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var id = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == id && r.Event is SeatDrawn);
        return id;
    }

    static async Task<Guid> SeizeAsync(StaffHost host, Guid matter)
    {
        var officer = await host.SignedInAsync(Role.Officer);
        var seized = await officer.PostJsonAsync($"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" },
            items = new object[] { new { kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages = new object[] { new { number = 1, seal = "S-1" } } } },
        });
        Assert.Equal(HttpStatusCode.Created, seized.StatusCode);
        await host.CaughtUpAsync("exhibits");
        return (await seized.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("exhibits")[0].GetGuid();
    }

    static async Task<Exhibit> ExhibitAsync(StaffHost host, Guid id) => await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(id));

    static Guid IdIn(IPage page, string said)
    {
        var path = new Uri(page.Url).AbsolutePath;
        Assert.True(Guid.TryParse(path.Split('/')[^1], out var id), $"{path}: {said}");
        return id;
    }

    static async Task StoreAsync(IPage page, string what, string first, params (string Field, string Text)[] fields)
    {
        await page.Locator($"details:has([name={first}]) summary").ClickAsync();
        foreach (var (field, text) in fields) await page.Locator($"[name={field}]").FillAsync(text);
        await page.Locator(what == "balances" ? "[name=balance-unit]" : "[name=location-unit]").SelectOptionAsync(StaffHost.Unit.ToString());
        if (what == "locations")
        {
            await page.Locator("[name=class][value=vault]").CheckAsync();
            await page.Locator("[name=has][value=dual]").CheckAsync();
        }

        await page.Locator($"form[action='/store/{what}'] button").ClickAsync();
        Assert.True(page.Url.EndsWith($"/store?done={what}", StringComparison.Ordinal), await page.Locator("main").InnerTextAsync());
    }

    static async Task SendAsync(IPage page, Guid exhibit)
    {
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.True(new Uri(page.Url).AbsolutePath == $"/exhibits/{exhibit}", await page.Locator("main").InnerTextAsync());
    }

    // What others have just done shows once the lists have read it.
    static async Task StepAsync(IPage page, string link)
    {
        var step = page.Locator(link).First;
        for (var look = 0; look < 100; look++)
        {
            await page.GotoAsync("/");
            if (await step.CountAsync() > 0) break;
        }

        await step.ClickAsync();
    }
}
