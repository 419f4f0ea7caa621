using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Labelling;
using Probity.Tests.Access;
using Probity.Tests.Exhibits;
using Probity.Tests.Exhibits.Balancing;
using static Probity.Tests.Exhibits.KilnScene;

namespace Probity.Tests.Journeys;

/// <summary>An exhibit from its first sample to its end before two witnesses, and a count of the store, through the pages.</summary>
[Collection("Second browser")]
public sealed class LaboratoryJourneys(Browser browser)
{
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
        await host.CaughtUpAsync("exhibits");
        await visit.LookAtAsync("/laboratory", "laboratory");
        await visit.LookAtAsync($"/exhibits/{sample}/analysis/nothing", "analysis-nothing");
        await page.GotoAsync($"/exhibits/{sample}");
        await page.Locator($"ol.steps a[href='/exhibits/{sample}/analysis']").ClickAsync();
        await page.Locator("[name=substance]").SelectOptionAsync("cocaine-hcl");
        await FillAsync(page, ("purity", "82,4"), ("purity-uncertainty", "1,5"), ("methods", "GC-MS, FTIR"), ("net", "2,5"), ("net-uncertainty", "0,1"), ("consumed", "0,05"), ("duplicate", "1"), ("day-day", "2"), ("day-month", "3"), ("day-year", "2026"));
        await visit.LookAsync("analysis");
        await SendAsync(page, $"/exhibits/{sample}");
        await visit.SignInAsync(host, Reviewer);
        await host.CaughtUpAsync("exhibits");
        await visit.LookAtAsync("/", "analyst-home");
        await page.Locator($"a[href^='/exhibits/{sample}/review/']").First.ClickAsync();
        await page.Locator("[name=answer][value=yes]").CheckAsync();
        await visit.LookAsync("review");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await visit.SignInAsync(host, Role.Analyst);
        await visit.LookAtAsync($"/exhibits/{sample}", "sample-result");

        // No court has the case: its prosecutor orders it destroyed, the overseer signs too. It is weighed and analysed once more.
        await visit.SignInAsync(host, Role.Custodian);
        foreach (var form in new[] { "return", "forfeit" }) await visit.LookAtAsync($"/exhibits/{exhibit}/{form}", form);
        await visit.LookAtAsync($"/exhibits/{exhibit}/destruction", "destruction-without-order");
        Assert.Equal(0, await page.Locator("main form[action$='/order']").CountAsync());
        await OrderAsync(host, visit, exhibit);
        await visit.SignInAsync(host, Role.Custodian);
        await host.CaughtUpAsync("exhibits");
        await page.GotoAsync("/");
        await page.Locator($"a[href='/exhibits/{exhibit}/destruction']").First.ClickAsync();
        await visit.LookAsync("destruction-order");
        await page.Locator("[name=order]").First.CheckAsync();
        await FillAsync(page, ("place", "Horno de cal"), ("method", "1.000 °C"));
        await page.Locator("[name=first]").SelectOptionAsync(StaffHost.Other(1).ToString());
        await page.Locator("[name=second]").SelectOptionAsync(StaffHost.Other(2).ToString());
        await SendAsync(page, $"/exhibits/{exhibit}/destruction");
        await visit.LookAsync("destruction-checks");
        // The sample for it opens the package, so it is drawn before the weighing, which is net.
        await RetestAsync(host, exhibit, balance);
        await page.GotoAsync($"/exhibits/{exhibit}/weigh");
        await FillAsync(page, ("mass", "995"));
        await page.Locator("[name=kind][value=net]").CheckAsync();
        await page.Locator("[name=balance]").SelectOptionAsync(balance.ToString());
        await page.Locator("[name=moment]").SelectOptionAsync("preDestruction");
        await page.Locator("[name=witness]").SelectOptionAsync(Commander.ToString());
        await SendAsync(page, $"/exhibits/{exhibit}");
        await visit.SignInAsync(host, Role.Commander);
        await SignAsync(page, exhibit);

        await visit.SignInAsync(host, Role.Custodian);
        await page.GotoAsync($"/exhibits/{exhibit}/destruction");
        await page.Locator("[name=seen-1]").CheckAsync();
        await visit.LookAsync("destruction-packages");
        await SendAsync(page, $"/exhibits/{exhibit}/destruction");
        await FillAsync(page, ("residue", "Ceniza gris, enterrada."), ("mass", "1200"));
        await page.Locator("form[action$='/residue'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        await visit.LookAsync("destruction-residue");
        await FillAsync(page, ("mass", "12"));
        await page.Locator("form[action$='/residue'] button").ClickAsync();
        foreach (var witness in new[] { StaffHost.Other(1), StaffHost.Other(2) })
        {
            Assert.Equal(ExhibitStatus.DestructionUnsigned, (await ExhibitAsync(host, exhibit)).Status);
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

        // Who ordered it is told, and reads by which order, where and before whom.
        await visit.SignInAsync(host, Role.Prosecutor);
        await host.CaughtUpAsync("exhibits");
        await page.GotoAsync("/");
        await page.Locator($"a[href='/exhibits/{exhibit}/story']").First.ClickAsync();
        var told = await page.Locator("main dl").InnerTextAsync();
        foreach (var said in (string[])["Orden 3/2026", "Horno de cal", "Ceniza gris, enterrada.", "Palmares Monitor 1", "Palmares Prosecutor 2"]) Assert.Contains(said, told, StringComparison.Ordinal);
        await visit.LookAsync("story-destroyed");
        var matter = (await ExhibitAsync(host, exhibit)).Case;
        await visit.LookAtAsync($"/cases/{matter}/court", "court-ended");
    }

    // The case has come no further: the seat of its prosecutor is given by hand.
    static async Task OrderAsync(StaffHost host, Visit visit, Guid exhibit)
    {
        var (page, matter) = (visit.Page, (await ExhibitAsync(host, exhibit)).Case);
        await PostAsync(host, StaffHost.Of(Role.Integrity), $"/api/cases/{matter}/assignment", new { seat = "prosecutor", person = StaffHost.Of(Role.Prosecutor), reason = "Somebody has to order what becomes of it." });
        await PostAsync(host, StaffHost.Of(Role.Overseer), $"/api/cases/{matter}/assignment/approval", new { seat = "prosecutor", approve = true });
        await visit.SignInAsync(host, Role.Prosecutor);
        await page.GotoAsync($"/cases/{matter}");
        await page.Locator($"a[href='/cases/{matter}/court']").First.ClickAsync();
        await page.Locator($"a[href='/cases/{matter}/court/proposeOrder']").First.ClickAsync();
        await page.Locator("[name=kind][value=destroy]").CheckAsync();
        await page.Locator($"[name=exhibits][value='{exhibit}']").CheckAsync();
        await FillAsync(page, ("reference", "Orden 3/2026"), ("ordered-day", "2"), ("ordered-month", "3"), ("ordered-year", "2026"), ("reasons", "El almacén está lleno."), ("basis", "Ley 1, artículo 9"));
        await visit.LookAsync("propose-order");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await visit.SignInAsync(host, Role.Overseer);
        await host.CaughtUpAsync("docket");
        await page.GotoAsync("/");
        await page.Locator($"a[href='/cases/{matter}/court/signOrder']").First.ClickAsync();
        await page.Locator("[name=answer][value=yes]").CheckAsync();
        await visit.LookAsync("sign-order");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await host.UntilAsync(r => r.Stream.Value == matter && r.Event is ExhibitsOrderSigned { Agrees: true });
    }

    [Theory]
    [InlineData(390, "pt"), InlineData(1280, "en")]
    public async Task An_analyst_works_off_the_list_and_finds_nothing_controlled(int width, string language)
    {
        await using var host = await StaffHost.StartAsync(more: LaboratoryScene.Others);
        var (_, exhibits) = await LaboratoryScene.SeizeAsync(host, 4);
        await LaboratoryScene.SubmitAsync(host, exhibits[0], 1, Analyst, taken: false);
        await LaboratoryScene.SubmitAsync(host, exhibits[1], 2, Analyst);
        await LaboratoryScene.SubmitAsync(host, exhibits[2], 3, Analyst);
        await LaboratoryScene.SubmitAsync(host, exhibits[3], 4, Reviewer);
        await LaboratoryScene.ReportAsync(host, exhibits[2], Analyst);
        await LaboratoryScene.ReportAsync(host, exhibits[3], Reviewer);
        host.Clock.Now += TimeSpan.FromDays(6);
        await using var visit = await browser.Open(host, width, language: language);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Analyst);
        await visit.LookAtAsync("/", $"analyst-home-{width}");
        await visit.LookAtAsync("/laboratory", $"laboratory-{width}");
        await page.Locator($"a[href='/exhibits/{exhibits[1]}/analysis']").ClickAsync();
        await page.Locator($"a[href='/exhibits/{exhibits[1]}/analysis/nothing']").ClickAsync();
        await FillAsync(page, ("methods", "GC-MS, FTIR"), ("consumed", "0,05"), ("day-day", "1"), ("day-month", "3"), ("day-year", "2026"), ("remarks", "NaHCO3"));
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#day']").CountAsync());
        await visit.LookAsync($"nothing-refused-{width}");
        await FillAsync(page, ("day-day", "3"));
        await SendAsync(page, $"/exhibits/{exhibits[1]}");
        await visit.SignInAsync(host, Reviewer);
        await host.CaughtUpAsync("exhibits");
        await page.GotoAsync("/laboratory");
        await page.Locator($"a[href^='/exhibits/{exhibits[1]}/review/']").ClickAsync();
        await page.Locator("[name=answer][value=yes]").CheckAsync();
        await visit.LookAsync($"nothing-review-{width}");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await visit.LookAtAsync($"/exhibits/{exhibits[1]}", $"nothing-exhibit-{width}");
        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync($"/exhibits/{exhibits[1]}/story", $"nothing-story-{width}");
    }

    [Theory]
    [InlineData(390, "es"), InlineData(1280, "pt")]
    public async Task Exhibits_are_found_and_figures_read_in_the_readers_language(int width, string language)
    {
        await using var host = await StaffHost.StartAsync();
        var (_, exhibits) = await GramsScene.PlayAsync(host);
        await using var visit = await browser.Open(host, width, language: language);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Custodian);
        await visit.LookAtAsync("/exhibits", $"list-{width}");
        await page.Locator("details.filter summary").ClickAsync();
        await page.Locator("[name=status]").SelectOptionAsync("held");
        await page.Locator("[name=number]").FillAsync("p-2026-0001-e03");
        await page.Locator("details.filter button").ClickAsync();
        Assert.Equal(1, await page.Locator("tbody tr").CountAsync());
        await visit.LookAsync($"list-found-{width}");
        await page.Locator("[name=kind]").SelectOptionAsync("cash");
        await page.Locator("details.filter button").ClickAsync();
        await visit.LookAsync($"list-none-{width}");
        await visit.LookAtAsync($"/exhibits/{exhibits[2]}", $"figures-exhibit-{width}");
        Assert.Contains("1.003,5\u00A0g", await page.ContentAsync().ContinueWith(t => t.Result.Replace("&nbsp;", "\u00A0", StringComparison.Ordinal), TaskScheduler.Default), StringComparison.Ordinal);
        await page.GotoAsync($"/exhibits/{exhibits[2]}/weigh");
        await FillAsync(page, ("mass", "1.003"));
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#mass']").CountAsync());
        await visit.LookAsync($"figures-refused-{width}");
        await visit.SignInAsync(host, Role.Integrity);
        await visit.LookAtAsync("/exhibits", $"list-all-{width}");
        await visit.LookAtAsync($"/exhibits/{exhibits[2]}/story", $"figures-story-{width}");
        await page.GotoAsync("/discrepancies");
        await page.Locator("main a[href^='/discrepancies/']").First.ClickAsync();
        await visit.LookAsync($"figures-discrepancy-{width}");
        await page.GotoAsync("/store");
        await page.Locator("a[href$='/count']").ClickAsync();
        await visit.LookAsync($"count-{width}");
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
        // Nothing on it says what should be there.
        Assert.DoesNotContain("-E01", await page.ContentAsync(), StringComparison.Ordinal);
        await visit.LookAsync("count");
        await FillAsync(page, ("labels", ""));
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        // An empty sheet may be a slip: that there is nothing is said.
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        await page.Locator("[name=empty]").CheckAsync();
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        Assert.DoesNotContain("-E01", await page.ContentAsync(), StringComparison.Ordinal);
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
        await FillAsync(page, ("labels", host.Services.GetRequiredService<ExhibitCode>().OnLabel(exhibit, 1) + " S-7"));
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
