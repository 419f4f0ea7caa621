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

namespace Probity.Tests.Journeys;

/// <summary>An exhibit from its first sample to its end before two witnesses, and a count of the store, through the pages.</summary>
[Collection("Second browser")]
public sealed class LaboratoryJourneys(Browser browser)
{
    static readonly (Role, Guid)[] Others = [(Role.Analyst, StaffHost.Unit), (Role.Monitor, StaffHost.OtherUnit), (Role.Prosecutor, StaffHost.OtherUnit)];

    static readonly Guid Custodian = StaffHost.Of(Role.Custodian), Commander = StaffHost.Of(Role.Commander), Analyst = StaffHost.Of(Role.Analyst), Reviewer = StaffHost.Other(0);

    [Fact]
    public async Task From_the_sample_to_the_result_and_to_the_destruction_before_two_witnesses()
    {
        await using var host = await StaffHost.StartAsync(more: Others);
        await using var visit = await browser.Open(host, 390, language: "es");
        var page = visit.Page;
        var (exhibit, balance) = await StoredAsync(host);

        await visit.SignInAsync(host, Role.Custodian);
        await page.GotoAsync($"/exhibits/{exhibit}/sample");
        await FillAsync(page, ("mass", "2,5"), ("sample-seal", "M-1"), ("new-seal", "S-1"), ("plan", "ST/NAR/38"));
        await page.Locator("[name=balance]").SelectOptionAsync(balance.ToString());
        await page.Locator("[name=witness]").SelectOptionAsync(Commander.ToString());
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        await FillAsync(page, ("new-seal", "S-2"));
        await visit.LookAsync("sample");
        await SendAsync(page, $"/exhibits/{exhibit}");
        await visit.LookAsync("exhibit-sampled");
        var sample = (await ExhibitAsync(host, exhibit)).Samples[0].Id;
        await page.GotoAsync($"/exhibits/{sample}/hand-over");
        await page.Locator("[name=to]").SelectOptionAsync(Analyst.ToString());
        await page.Locator("[name=purpose][value=laboratory]").CheckAsync();
        await FillAsync(page, ("authority", "REQ-17"));
        await page.Locator("[name=seen-1]").CheckAsync();
        await SendAsync(page, $"/exhibits/{sample}");
        await visit.SignInAsync(host, Role.Commander);
        await SignAsync(page, exhibit);

        // The analyst takes it and says what it is; another one reviews it.
        await visit.SignInAsync(host, Role.Analyst);
        await page.GotoAsync($"/exhibits/{sample}/take");
        await page.Locator("[name=seen-1]").CheckAsync();
        await SendAsync(page, $"/exhibits/{sample}");
        await page.Locator($"ol.steps a[href='/exhibits/{sample}/analysis']").ClickAsync();
        await page.Locator("[name=substance]").SelectOptionAsync("cocaine-hcl");
        await FillAsync(page, ("purity", "82,4"), ("purity-uncertainty", "1,5"), ("methods", "GC-MS, FTIR"), ("net", "2,5"), ("net-uncertainty", "0,1"), ("consumed", "0,05"), ("duplicate", "1"));
        await visit.LookAsync("analysis");
        await SendAsync(page, $"/exhibits/{sample}");
        await visit.SignInAsync(host, Reviewer);
        await host.CaughtUpAsync("exhibits");
        await page.GotoAsync("/");
        await page.Locator($"a[href^='/exhibits/{sample}/review/']").First.ClickAsync();
        await page.Locator("[name=answer][value=yes]").CheckAsync();
        await visit.LookAsync("review");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await visit.SignInAsync(host, Role.Analyst);
        await visit.LookAtAsync($"/exhibits/{sample}", "sample-result");

        // The court orders it destroyed: weighed and analysed once more.
        await visit.SignInAsync(host, Role.Custodian);
        foreach (var form in new[] { "return", "forfeit" }) await visit.LookAtAsync($"/exhibits/{exhibit}/{form}", form);
        await visit.LookAtAsync($"/exhibits/{exhibit}/destruction", "destruction-order");
        await FillAsync(page, ("order", "Juzgado 2, 17/2026"), ("ordered-day", "2"), ("ordered-month", "3"), ("ordered-year", "2026"), ("place", "Horno de cal"), ("method", "1.000 °C"));
        await page.Locator("[name=first]").SelectOptionAsync(StaffHost.Other(1).ToString());
        await page.Locator("[name=second]").SelectOptionAsync(StaffHost.Other(2).ToString());
        await SendAsync(page, $"/exhibits/{exhibit}/destruction");
        await visit.LookAsync("destruction-checks");
        await page.GotoAsync($"/exhibits/{exhibit}/weigh");
        await FillAsync(page, ("mass", "1012,5"));
        await page.Locator("[name=balance]").SelectOptionAsync(balance.ToString());
        await page.Locator("[name=moment]").SelectOptionAsync("preDestruction");
        await page.Locator("[name=witness]").SelectOptionAsync(Commander.ToString());
        await SendAsync(page, $"/exhibits/{exhibit}");
        await visit.SignInAsync(host, Role.Commander);
        await SignAsync(page, exhibit);
        await RetestAsync(host, exhibit, balance);

        await visit.SignInAsync(host, Role.Custodian);
        await page.GotoAsync($"/exhibits/{exhibit}/destruction");
        await page.Locator("[name=seen-1]").CheckAsync();
        await visit.LookAsync("destruction-packages");
        await SendAsync(page, $"/exhibits/{exhibit}/destruction");
        await FillAsync(page, ("residue", "Ceniza gris, enterrada."), ("mass", "12"));
        await visit.LookAsync("destruction-residue");
        await page.Locator("form[action$='/residue'] button").ClickAsync();
        foreach (var witness in new[] { StaffHost.Other(1), StaffHost.Other(2) })
        {
            Assert.Equal(ExhibitStatus.Held, (await ExhibitAsync(host, exhibit)).Status);
            await visit.SignInAsync(host, witness);
            await host.CaughtUpAsync("exhibits");
            await page.GotoAsync("/");
            await page.Locator($"a[href='/exhibits/{exhibit}/destruction']").First.ClickAsync();
            await page.Locator("[name=answer][value=yes]").CheckAsync();
            await visit.LookAsync("destruction-witness");
            await SendAsync(page, $"/exhibits/{exhibit}/destruction");
        }

        Assert.Equal(ExhibitStatus.Destroyed, (await ExhibitAsync(host, exhibit)).Status);
        await visit.SignInAsync(host, Role.Custodian);
        await visit.LookAtAsync($"/exhibits/{exhibit}/destruction", "destruction-done");
        await visit.LookAtAsync($"/exhibits/{exhibit}", "exhibit-destroyed");
    }

    [Fact]
    public async Task The_store_is_counted_by_two_who_keep_nothing_there()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, language: "pt");
        var page = visit.Page;
        var (exhibit, _) = await StoredAsync(host);
        await visit.SignInAsync(host, Role.Custodian);
        await page.GotoAsync("/store");
        Assert.Equal(0, await page.Locator("a[href$='/count']").CountAsync());
        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync("/store", "store-count-due");
        await page.Locator("a[href$='/count']").ClickAsync();
        var place = new Uri(page.Url).AbsolutePath;
        await page.Locator("[name=second]").SelectOptionAsync(StaffHost.Of(Role.Overseer).ToString());
        await FillAsync(page, ("labels", "0000-0000"));
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        await visit.LookAsync("count");
        await FillAsync(page, ("labels", ""));
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await visit.LookAsync("counted-missing");
        // Nothing is missing by one signature.
        Assert.Equal(ExhibitStatus.Held, (await ExhibitAsync(host, exhibit)).Status);
        await visit.LookAtAsync("/store", "store-count-open");
        await SignCountAsync("counted-sign");
        Assert.Equal(ExhibitStatus.Missing, (await ExhibitAsync(host, exhibit)).Status);
        Assert.Contains(await host.RecordAsync(), r => r.Event is DiscrepancyFound { Kind: DiscrepancyKind.Missing });

        // Found again by its label.
        host.Clock.Now += TimeSpan.FromDays(1);
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync(place);
        await page.Locator("[name=second]").SelectOptionAsync(StaffHost.Of(Role.Overseer).ToString());
        await FillAsync(page, ("labels", host.Services.GetRequiredService<ExhibitCode>().OnLabel(exhibit, 1)));
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(ExhibitStatus.Missing, (await ExhibitAsync(host, exhibit)).Status);
        await SignCountAsync("counted-found");
        Assert.Equal(ExhibitStatus.Held, (await ExhibitAsync(host, exhibit)).Status);
        await visit.LookAtAsync("/store", "store-counted");

        async Task SignCountAsync(string name)
        {
            await visit.SignInAsync(host, Role.Overseer);
            await host.CaughtUpAsync("exhibits");
            await page.GotoAsync("/");
            await page.Locator("a[href^='/store/counts/']").First.ClickAsync();
            await visit.LookAsync(name);
            await page.Locator("main form button[type=submit]").Last.ClickAsync();
        }
    }

    // An exhibit of one package in the vault, by the API: the pages of that have a journey of their own.
    static async Task<(Guid Exhibit, Guid Balance)> StoredAsync(StaffHost host)
    {
        await PostAsync(host, Commander, "/api/exhibits/balances", new { unit = StaffHost.Unit, serial = "BAL-1", capacity = "30000", uncertainty = "0.1", calibrationDue = "2027-02-01", certificate = "CAL-7" });
        await PostAsync(host, Commander, "/api/exhibits/locations", new { unit = StaffHost.Unit, name = "Vault 1", @class = "vault", dualLock = true, camera = true, alarm = true });
        var officer = StaffHost.Of(Role.Officer);
        var opened = await PostAsync(host, officer, "/api/cases", new { key = Guid.NewGuid(), unit = StaffHost.Unit, offence = "060121", summary = "A package in a suitcase." });
        var matter = opened.GetProperty("caseId").GetGuid();
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is SeatDrawn);
        object[] packages = [new { number = 1, seal = "S-1" }];
        var seized = await PostAsync(host, officer, $"/api/exhibits/cases/{matter}/seizures", new
        {
            of = new { country = "CPV", place = "airport", transport = "airplane" },
            items = new object[] { new { kind = "drug", substance = "cocaine-hcl", description = "White powder.", packages } },
        });
        var exhibit = seized.GetProperty("exhibits")[0].GetGuid();
        var store = await new RecordSession(host.Log).FoldAsync<Store>(Store.Stream);
        await PassAsync(host, exhibit, officer, Custodian, "store", "S-1", store.Locations.Keys.Single());
        await host.CaughtUpAsync("exhibits");
        return (exhibit, store.Balances.Keys.Single());
    }

    static async Task RetestAsync(StaffHost host, Guid exhibit, Guid balance)
    {
        await PostAsync(host, Custodian, $"/api/exhibits/{exhibit}/samples", new
        {
            act = Guid.NewGuid(), package = 1, mass = "2.5", balance, newSeal = "S-3", sampleSeal = "M-2", plan = "ST/NAR/38", units = 1, tested = 1, witness = Commander,
        });
        var sample = (await ExhibitAsync(host, exhibit)).Samples[1].Id;
        await PassAsync(host, sample, Custodian, Analyst, "laboratory", "M-2", null);
        var analysis = Guid.NewGuid();
        await PostAsync(host, Analyst, $"/api/exhibits/{sample}/analyses", new { analysis, substance = "cocaine-hcl", methods = "GC-MS" });
        await PostAsync(host, Reviewer, $"/api/exhibits/{sample}/analyses/{analysis}/review", new { agrees = true });
    }

    static async Task PassAsync(StaffHost host, Guid exhibit, Guid from, Guid to, string purpose, string seal, Guid? location)
    {
        object[] seals = [new { number = 1, seal }];
        var transfer = Guid.NewGuid();
        await PostAsync(host, from, $"/api/exhibits/{exhibit}/releases", new { half = Guid.NewGuid(), transfer, to, purpose, authority = "REQ-18", seals });
        await PostAsync(host, to, $"/api/exhibits/{exhibit}/receipts", new { half = Guid.NewGuid(), transfer, from, location, seals });
    }

    static async Task<JsonElement> PostAsync(StaffHost host, Guid person, string path, object body)
    {
        var answer = await (await host.SignedInAsync(person)).PostJsonAsync(path, body);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{path}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    static async Task<Exhibit> ExhibitAsync(StaffHost host, Guid id) => await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(id));

    static async Task FillAsync(IPage page, params (string Field, string Text)[] fields)
    {
        foreach (var (field, text) in fields) await page.Locator($"[name={field}]").First.FillAsync(text);
    }

    static async Task SendAsync(IPage page, string path)
    {
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        Assert.True(new Uri(page.Url).AbsolutePath == path, await page.Locator("main").InnerTextAsync());
        Assert.Equal(0, await page.Locator(".pb-error-summary").CountAsync());
    }

    // All that waits for the reader's signature.
    static async Task SignAsync(IPage page, Guid exhibit)
    {
        await page.GotoAsync($"/exhibits/{exhibit}");
        await page.Locator($"a[href^='/exhibits/{exhibit}/sign/']").First.ClickAsync();
        await page.Locator("[name=answer][value=yes]").CheckAsync();
        await SendAsync(page, $"/exhibits/{exhibit}");
    }
}
