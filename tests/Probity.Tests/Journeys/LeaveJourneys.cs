using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.People.Leave;
using Probity.Tests.Access;
using Probity.Tests.People;

namespace Probity.Tests.Journeys;

/// <summary>Leave of somebody in a sensitive post: entered with the keyboard, agreed to, drawn, stood in for, and ended early; with what each of the others sees of it.</summary>
[Collection("Third browser")]
public sealed class LeaveJourneys(Browser browser)
{
    const string Address = "/postings/leave", Agreed = "main svg rect[fill='#1d5b79']";

    static readonly Guid s_standIn = StaffHost.Other(0), s_elsewhere = StaffHost.Other(1), s_overseer = StaffHost.Other(2);

    [Theory]
    [InlineData(390, "pt", true), InlineData(1280, "en", false), InlineData(1280, "es", true)]
    public async Task Leave_is_entered_agreed_to_and_ended_early(int width, string language, bool script)
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.Unit), (Role.Officer, StaffHost.OtherUnit), (Role.Overseer, StaffHost.OtherUnit)]);
        await TenureTests.ChooseAsync(host);
        await MarkPostTests.MarkAsync(host, StaffHost.PostOf(Role.Officer));
        await using var visit = await browser.Open(host, width, script: script, language: language);
        var (page, name) = (visit.Page, $"{language}-{width}");
        string Said(string key) => Visit.In(language, () => LeaveText.Of(key));

        await visit.SignInAsync(host, Role.Officer);
        await visit.LookAtAsync(Address, $"leave-own-{name}");
        await page.GetByRole(AriaRole.Button, new() { Name = Said("enter.do") }).ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#from']").CountAsync());
        await visit.LookAsync($"leave-refused-{name}");

        // With the keyboard alone: two days of three boxes each, somebody's name, and the button. From the field on that the error leads to.
        await page.Locator(".pb-error-summary a[href='#from']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        foreach (var typed in (string[])["12", "3", "2026", "31", "3", "2026", "Palmares"])
        {
            await page.Keyboard.TypeAsync(typed);
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Equal(Said("enter.do"), await page.Locator("button:focus").InnerTextAsync());
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = Said("take-back") }).WaitForAsync();
        await visit.LookAsync($"leave-entered-{name}");

        // Who commands says why not, or agrees; then the picture has it in blue.
        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{Address}']").First.ClickAsync();
        Assert.Equal(0, await page.Locator(Agreed).CountAsync());
        await page.Locator("form[action$='/answer'] button[value=no]").ClickAsync();
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href^='#refusal-']").CountAsync());
        await visit.LookAsync($"leave-answer-{name}");
        await page.GetByRole(AriaRole.Button, new() { Name = Said("agree") }).ClickAsync();
        Assert.Equal(1, await page.Locator(Agreed).CountAsync());
        Assert.Contains("Palmares Officer 0", await page.Locator("main table").InnerTextAsync(), StringComparison.Ordinal);
        await visit.LookAsync($"leave-agreed-{name}");

        host.Clock.Now = new(2026, 3, 12, 9, 0, 0, TimeSpan.Zero);
        await visit.SignInAsync(host, s_standIn);
        await page.GotoAsync("/");
        await page.Locator($".step a[href='{Address}']").ClickAsync();
        Assert.Contains("Quilombo Officer", await page.Locator("main .pb-inset-text").InnerTextAsync(), StringComparison.Ordinal);
        await visit.LookAsync($"leave-stand-in-{name}");

        host.Clock.Now = new(2026, 3, 17, 9, 0, 0, TimeSpan.Zero);
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync(Address);
        Assert.Equal(1, await page.Locator("main table").GetByText(Said("leave.runs"), new() { Exact = true }).CountAsync());
        await visit.SignInAsync(host, Role.Officer);
        await visit.LookAtAsync(Address, $"leave-runs-{name}");
        await page.GetByRole(AriaRole.Button, new() { Name = Said("come-back") }).ClickAsync();
        Assert.Equal(0, await page.Locator("form[action$='/end'], form[action$='/back']").CountAsync());
        foreach (var words in (string[])[Said("leave.taken"), Said("leave.short").Split(": ")[1].Split(" (")[0]]) Assert.Contains(words, await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await visit.LookAsync($"leave-back-{name}");

        // Five days were too few: the day by which they begin a leave is as it was. Who watches sees that, an officer of another unit nothing.
        foreach (var (person, role) in new[] { (StaffHost.Of(Role.Commander), "commander"), (StaffHost.Of(Role.Integrity), "integrity"), (s_overseer, "overseer") })
        {
            await visit.SignInAsync(host, person);
            await visit.LookAtAsync(Address, $"leave-seen-by-{role}-{name}");
            Assert.Equal((1, 1, 0), (await page.Locator("main th", new() { HasText = "Quilombo Officer" }).CountAsync(), await page.Locator(Agreed).CountAsync(), await page.Locator("form[action$='/answer'], form[action$='/enter']").CountAsync()));
            Assert.Equal(0, await page.Locator("main table").GetByText(Said("leave.runs"), new() { Exact = true }).CountAsync());
            Assert.Contains(Said("leave.too-few"), await page.Locator("main table").InnerTextAsync(), StringComparison.Ordinal);
        }

        await visit.SignInAsync(host, s_standIn);
        await page.GotoAsync("/");
        Assert.Equal(0, await page.Locator($".step a[href='{Address}']").CountAsync());
        await visit.SignInAsync(host, s_elsewhere);
        await visit.LookAtAsync(Address, $"leave-nothing-{name}");
        Assert.Equal(1, await page.Locator("main .empty").CountAsync());
        Assert.DoesNotContain("Quilombo", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }
}
