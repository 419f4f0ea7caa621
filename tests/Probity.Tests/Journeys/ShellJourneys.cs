using System.Globalization;
using Microsoft.Playwright;

namespace Probity.Tests.Journeys;

[Collection("First browser")]
public sealed class ShellJourneys(Browser browser)
{
    static readonly string[] Pages = ["/", "/report", "/check", "/promises", "/kit", "/nowhere"];

    public static TheoryData<string, string> PagesInEachLanguage()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in (string[])["en", "es", "pt"])
            foreach (var page in Pages) data.Add(language, page);
        return data;
    }

    [Theory]
    [MemberData(nameof(PagesInEachLanguage))]
    public async Task A_page_is_accessible_quiet_and_in_its_language(string language, string path)
    {
        await using var visit = await browser.Open(language: language);
        var answer = await visit.Page.GotoAsync(path);
        Assert.Equal(path == "/nowhere" ? 404 : 200, answer!.Status);
        Assert.Equal(language, await visit.Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Single(await visit.Page.Locator("h1").AllAsync());
        Assert.Empty(await visit.ShutOutAsync());
        if (path != "/nowhere") visit.AssertQuiet();
        await visit.Picture($"{path.Trim('/')}-1280-{language}");
    }

    [Fact]
    public async Task What_shuts_somebody_out_is_found()
    {
        await using var visit = await browser.Open();
        await visit.Page.GotoAsync("/");
        await visit.Page.EvaluateAsync("document.documentElement.removeAttribute('lang')");
        Assert.StartsWith("html-has-lang: <html", Assert.Single(await visit.ShutOutAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_signed_in_first_screen_is_accessible()
    {
        await using var visit = await browser.Open(who: "Mensah");
        await visit.Page.GotoAsync("/");
        Assert.Empty(await visit.ShutOutAsync());
        await visit.Picture("signed-in-1280-en");
        Assert.Equal(5, await visit.Page.Locator(".step").CountAsync());
        Assert.Contains("Task 1", await visit.Page.Locator(".step").First.InnerTextAsync(), StringComparison.Ordinal);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "See all" }).ClickAsync();
        Assert.Equal(7, await visit.Page.Locator(".step").CountAsync());
        Assert.Contains("13", await visit.Page.Locator("a[href='/kit?all']").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(await visit.ShutOutAsync());
        await visit.Picture("steps-1280-en");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        Assert.Equal("/", new Uri(visit.Page.Url).AbsolutePath);
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(390, true)]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    [InlineData(1280, false)]
    public async Task The_first_screen_says_how_the_unit_stands(int width, bool script)
    {
        await using var visit = await browser.Open(width, script: script);
        await visit.Page.GotoAsync("/");
        Assert.Equal("Keeping anti-drug units clean", await visit.Page.Locator("h1").InnerTextAsync());
        Assert.Equal(9, await visit.Page.Locator(".row").CountAsync());
        Assert.Equal(1, await visit.Page.Locator(".row--good").CountAsync());
        Assert.Contains("52 of 60 cleared.", await visit.Page.Locator(".row--good").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await visit.Page.Locator(".row--attention").CountAsync());
        // Nothing to count, or a room that fails: grey, and it says so.
        Assert.Equal(2, await visit.Page.Locator(".row--notmeasured").CountAsync());
        Assert.Equal(5, await visit.Page.Locator(".row--notbuilt").CountAsync());
        Assert.Equal(0, await visit.Page.Locator(".row--notbuilt .meter__fill, .row--notmeasured .meter__fill").CountAsync());
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Report corruption or a threat safely" }).ClickAsync();
        Assert.Equal("/report", new Uri(visit.Page.Url).AbsolutePath);
        Assert.Equal(0, await visit.Page.Locator("main form, main input").CountAsync());
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/report")]
    [InlineData("/kit")]
    [InlineData("/nowhere")]
    public async Task Nothing_scrolls_sideways_on_a_phone(string path)
    {
        foreach (var language in (string[])["en", "es", "pt"])
        {
            await using var visit = await browser.Open(390, 844, language: language, who: path == "/kit" ? "Mensah" : null);
            await visit.Page.GotoAsync(path);
            Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} in {language}");
            await visit.Picture($"{path.Trim('/')}-390-{language}");
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("pt")]
    public async Task The_first_screen_fits_the_height_of_a_phone(string language)
    {
        await using var visit = await browser.Open(390, 844, language: language);
        await visit.Page.GotoAsync("/");
        var bottom = await visit.Page.Locator(".row").Last.EvaluateAsync<double>("row => row.getBoundingClientRect().bottom");
        Assert.True(bottom <= 844, $"The last row ends at {bottom.ToString(CultureInfo.InvariantCulture)}");
    }

    [Fact]
    public async Task A_language_is_chosen_without_script_and_remembered()
    {
        await using var visit = await browser.Open(script: false);
        await visit.Page.GotoAsync("/report?x=1");
        await visit.Page.Locator(".languages a[lang=es]").ClickAsync();
        Assert.Equal("/report?x=1", new Uri(visit.Page.Url).PathAndQuery);
        Assert.Equal("La denuncia segura aún no está abierta aquí", await visit.Page.Locator("h1").InnerTextAsync());
        await visit.Page.GotoAsync("/");
        Assert.Equal("es", await visit.Page.Locator("html").GetAttributeAsync("lang"));
        await visit.Page.Locator(".languages a[lang=pt]").ClickAsync();
        Assert.Equal("pt", await visit.Page.Locator("html").GetAttributeAsync("lang"));
    }

    [Fact]
    public async Task The_first_tab_leads_past_the_header()
    {
        await using var visit = await browser.Open();
        await visit.Page.GotoAsync("/");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.True(await visit.Page.Locator(".pb-skip-link").EvaluateAsync<bool>("e => e === document.activeElement && e.getBoundingClientRect().height > 10"));
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task An_error_leads_to_its_field()
    {
        await using var visit = await browser.Open();
        await visit.Page.GotoAsync("/kit");
        foreach (var field in (string[])["name", "born", "kind"])
        {
            await visit.Page.Locator($".pb-error-summary a[href='#{field}']").ClickAsync();
            Assert.Equal(field, await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
            Assert.Contains($"{field}-error", await visit.Page.Locator($"#{field}, fieldset:has(#{field})").First.GetAttributeAsync("aria-describedby") ?? "", StringComparison.Ordinal);
        }
        Assert.Equal("<b>&\"x\"", await visit.Page.Locator("#name").InputValueAsync());
    }

    [Fact]
    public async Task On_paper_there_is_the_content_and_no_navigation()
    {
        await using var visit = await browser.Open(who: "Mensah");
        await visit.Page.GotoAsync("/");
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.False(await visit.Page.Locator(".rooms").IsVisibleAsync());
        Assert.False(await visit.Page.Locator(".masthead__end").IsVisibleAsync());
        Assert.True(await visit.Page.Locator(".row--good .meter").IsVisibleAsync());
        Assert.NotEmpty(await visit.Page.PdfAsync());
    }
}
