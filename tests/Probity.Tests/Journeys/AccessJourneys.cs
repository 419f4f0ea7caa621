using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>The way in, in a real browser against the real server: what a browser sends is what the server has to take.</summary>
[Collection("First browser")]
public sealed class AccessJourneys(Browser browser)
{
    [Theory]
    [InlineData(390, true), InlineData(390, false), InlineData(1280, true), InlineData(1280, false)]
    public async Task A_person_enrols_signs_in_and_out(int width, bool script)
    {
        await using var host = await StaffHost.StartAsync();
        var invitation = await host.InviteAsync(Role.Administrator, Role.Integrity);
        await using var visit = await browser.Open(host, width, script: script);
        var page = visit.Page;

        await page.GotoAsync(invitation);
        await visit.LookAsync($"enrol-{width}");
        var secret = await page.Locator("#secret").InnerTextAsync();
        await page.FillAsync("#password", StaffHost.Password);
        await page.FillAsync("#again", StaffHost.Password);
        await page.FillAsync("#code", host.Code(secret));
        await page.Locator("main button").ClickAsync();
        host.Clock.Now += TimeSpan.FromMinutes(1);

        Assert.Equal(1, await page.Locator(".pb-notification-banner--success").CountAsync());
        await visit.LookAsync($"sign-in-{width}");
        await page.FillAsync("#name", StaffHost.NameOf(Role.Integrity));
        await page.FillAsync("#password", "not the password at all");
        await page.Locator("main button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary").CountAsync());
        await page.FillAsync("#password", StaffHost.Password);
        await page.Locator("main button").ClickAsync();
        await visit.LookAsync($"code-{width}");
        await page.FillAsync("#code", host.Code(secret));
        await page.Locator("main button").ClickAsync();

        Assert.Equal("/", new Uri(page.Url).AbsolutePath);
        await page.GetByRole(AriaRole.Link, new() { Name = "People" }).ClickAsync();
        await visit.LookAsync($"people-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Quilombo Officer" }).ClickAsync();
        await visit.LookAsync($"person-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        Assert.Equal("/", new Uri(page.Url).AbsolutePath);
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).CountAsync());
    }

    [Fact]
    public async Task An_administrator_proposes_and_an_integrity_officer_approves()
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host);
        var page = visit.Page;
        var person = $"/people/{StaffHost.Of(Role.Vetting)}";

        await visit.SignInAsync(host, Role.Administrator);
        await page.GotoAsync(person);
        await page.SelectOptionAsync("select[name=post]", StaffHost.PostOf(Role.Secretariat).ToString());
        await page.Locator($"form[action='{person}/postings'] input[name=reason]").FillAsync("Joins the team at the port.");
        await page.Locator($"form[action='{person}/postings'] button").ClickAsync();

        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync(person);
        await page.Locator("form[action$='/approve'] button").ClickAsync();
        Assert.Equal(0, await page.Locator("form[action$='/approve']").CountAsync());
        Assert.Contains((await host.RecordAsync()), r => r.Event is PostingApproved && r.Actor.Value == StaffHost.Of(Role.Integrity));
    }

    [Theory]
    [InlineData(390), InlineData(1280)]
    public async Task A_visitor_of_a_demo_becomes_one_after_the_other(int width)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width);
        var page = visit.Page;
        await page.GotoAsync("/");
        await visit.LookAsync($"demo-home-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in as anybody (demo)" }).ClickAsync();
        await visit.LookAsync($"demo-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in – Quilombo Administrator" }).ClickAsync();

        var person = $"/people/{StaffHost.Of(Role.Vetting)}";
        await page.GotoAsync(person);
        await page.Locator($"form[action='{person}/postings'] button").ClickAsync();
        await page.Locator(".pb-error-summary a[href='#post']").WaitForAsync();
        await page.SelectOptionAsync("#post", StaffHost.PostOf(Role.Secretariat).ToString());
        await page.FillAsync("#reason", "Joins the team at the port.");
        await page.Locator($"form[action='{person}/postings'] button").ClickAsync();
        await page.FillAsync("#signInName", "zq-vetting");
        await page.Locator($"form[action='{person}/invitations'] button").ClickAsync();
        await visit.LookAsync($"invited-{width}");
        var address = await page.Locator("code.code").InnerTextAsync();
        await page.Locator("a[hreflang=es]").ClickAsync();
        Assert.Equal(address, await page.Locator("code.code").InnerTextAsync());
        await page.Locator("a[hreflang=en]").ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Demo", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in – Quilombo Integrity" }).ClickAsync();
        await visit.LookAsync($"waits-{width}");
        await page.Locator($".step a[href='{person}']").ClickAsync();
        Assert.Equal(1, await page.Locator("form[action$='/approve']").CountAsync());
    }

    [Theory]
    [InlineData(390, "en"), InlineData(1280, "es"), InlineData(1280, "pt")]
    public async Task An_administrator_adds_a_unit_and_a_post_to_it(int width, string language)
    {
        await using var host = await StaffHost.StartAsync();
        await using var visit = await browser.Open(host, width, language: language);
        var page = visit.Page;
        await visit.SignInAsync(host, Role.Administrator);
        await page.GotoAsync("/units");
        await page.FillAsync("#name", "Equipo <b>Río</b>");
        await page.FillAsync("#code", "not a code");
        await page.Locator("form[action='/units'] button").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#code']").CountAsync());
        Assert.Equal("Equipo <b>Río</b>", await page.InputValueAsync("#name"));
        await page.FillAsync("#code", "RIO");
        await page.Locator("form[action='/units'] button").ClickAsync();
        Assert.Contains("Equipo <b>Río</b>", await page.Locator(".branch").AllInnerTextsAsync() is var units ? string.Join('\n', units) : "");

        await page.SelectOptionAsync("#unit", new SelectOptionValue { Label = "Equipo <b>Río</b>" });
        await page.FillAsync("#title", "Guardia");
        await page.SelectOptionAsync("#role", "Custodian");
        await page.Locator("form[action='/posts'] button").ClickAsync();
        await visit.LookAsync($"units-{language}-{width}");
        Assert.Contains("Guardia", await page.Locator(".branch", new() { HasText = "RIO" }).Last.InnerTextAsync());
        Assert.Contains(await host.RecordAsync(), r => r.Event is PostCreated { Title: "Guardia", Role: Role.Custodian });

        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/units");
        Assert.Equal(0, await page.Locator("form[action='/units']").CountAsync());
        await visit.SignInAsync(host, Role.Officer);
        Assert.Equal(403, (await page.GotoAsync("/units"))!.Status);
    }
}
