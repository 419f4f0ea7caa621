using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Exhibits;
using Probity.Ledger;
using Probity.Shared.Record;
using Probity.Tests.Access;
using Probity.Tests.Exhibits;

namespace Probity.Tests.Journeys;

/// <summary>A store in order again, through the pages: keys, a calibration, a seal where there was none, another place, a photograph.</summary>
[Collection("Second browser")]
public sealed class KeepingJourneys(Browser browser)
{
    // The wide page has nothing that the narrow one has not: it is gone through where pictures are wanted.
    public static TheoryData<int, string> Screens => Environment.GetEnvironmentVariable("PROBITY_PICTURES") is null ? new() { { 390, "pt" } } : new() { { 390, "pt" }, { 1280, "en" } };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task A_store_is_put_in_order(int width, string language)
    {
        await using var host = await StaffHost.StartAsync(more: [(Role.Officer, StaffHost.OtherUnit)]);
        await using var visit = await browser.Open(host, width, language: language);
        var (page, end) = (visit.Page, $"-{width}");
        var (exhibit, _) = await StoreScene.PlayAsync(host);
        var home = $"/exhibits/{exhibit}";

        // The commander: two people for two locks, and what changes is read before it is signed.
        await visit.SignInAsync(host, Role.Commander);
        await page.GotoAsync("/store");
        await page.Locator("a[href$='/keys']").Last.ClickAsync();
        await page.CheckAsync($"[name=people][value='{StaffHost.Of(Role.Custodian)}']");
        await SubmitAsync(page);
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#people']").CountAsync());
        await page.CheckAsync($"[name=people][value='{StaffHost.Of(Role.Officer)}']");
        await visit.LookAsync("keeping-1-keys" + end);
        await SubmitAsync(page);
        await visit.LookAsync("keeping-2-keys-change" + end);
        await SubmitAsync(page);
        Assert.EndsWith("/store?done=keys", page.Url, StringComparison.Ordinal);
        await visit.LookAsync("keeping-3-store" + end);

        // The balance is back from its calibration, far coarser than it was, which the integrity office looks at; who weighs the store on it does not record that.
        await page.GotoAsync("/store");
        await page.Locator("details:has([name=calibrated]) summary").ClickAsync();
        await page.Locator("[name=calibrated]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        foreach (var (field, text) in new[] { ("uncertainty", "5"), ("due-day", "1"), ("due-month", "3"), ("due-year", "2027"), ("certificate", "CAL-8") })
            await page.Locator($"[name=new-{field}]").FillAsync(text);
        await visit.LookAsync("keeping-4-calibration" + end);
        await page.Locator("form[action='/store/calibrations'] button").ClickAsync();
        Assert.EndsWith("/store?done=calibrations", page.Url, StringComparison.Ordinal);
        await visit.SignInAsync(host, Role.Integrity);
        await page.GotoAsync("/");
        await page.Locator("main a[href='/store']").First.ClickAsync();
        await visit.LookAsync("keeping-4b-calibration-waits" + end);
        await page.Locator("form[action='/store/calibration-answers'] button[value=yes]").ClickAsync();
        Assert.EndsWith("/store?done=calibration-answers", page.Url, StringComparison.Ordinal);

        // The custodian: what came without a seal gets one; nobody is there, so there is a photograph.
        await visit.SignInAsync(host, Role.Custodian);
        await page.GotoAsync(home);
        await visit.LookAsync("keeping-5-unsealed" + end);
        await page.Locator($"a[href='{home}/reseal?package=1']").ClickAsync();
        await page.Locator("[name=new-seal]").FillAsync("N-1001");
        await page.Locator("[name=reason]").FillAsync("The register names no seal.");
        await page.Locator("[name=witness]").SelectOptionAsync(StaffHost.Other(0).ToString());
        await page.Locator("main form details summary").ClickAsync();
        await page.Locator("[name=alone]").FillAsync("Nobody else is in the store at night.");
        await SubmitAsync(page);
        Assert.Equal(1, await page.Locator(".pb-error-summary a[href='#photo']").CountAsync());
        await page.Locator("[name=photo]").SetInputFilesAsync(Photo(1));
        await visit.LookAsync("keeping-6-reseal" + end);
        await SubmitAsync(page);
        await visit.LookAsync("keeping-7-resealed" + end);

        await page.Locator($"a[href='{home}/move']").ClickAsync();
        await page.Locator("[name=location]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await visit.LookAsync("keeping-8-move" + end);
        await SubmitAsync(page);
        await page.Locator($"a[href='{home}/photograph']").ClickAsync();
        await page.Locator("[name=photo]").SetInputFilesAsync(Photo(2));
        await page.Locator("[name=about]").FillAsync("The bag on its shelf.");
        await visit.LookAsync("keeping-9-photograph" + end);
        await SubmitAsync(page);
        Assert.EndsWith(home + "?done=photographed", page.Url, StringComparison.Ordinal);
        await visit.LookAsync("keeping-10-exhibit" + end);

        // Who signs from elsewhere has the photograph before them.
        var act = Assert.Single((await ExhibitAsync(host, exhibit)).Reseals).Act;
        await visit.SignInAsync(host, StaffHost.Other(0));
        await page.GotoAsync($"{home}/sign/{act}");
        Assert.Equal(1, await page.Locator("main .picture img").CountAsync());
        await visit.LookAsync("keeping-11-sign" + end);
    }

    static FilePayload Photo(int seed) => new() { Name = "seal.png", MimeType = "image/png", Buffer = Pictures.Png(seed) };

    static Task SubmitAsync(IPage page) => page.Locator("main form button[type=submit]").Last.ClickAsync();

    static async Task<Exhibit> ExhibitAsync(StaffHost host, Guid id) => await new RecordSession(host.Log).FoldAsync<Exhibit>(new StreamId(id));
}
