using System.Globalization;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Probity.Access.Contract;
using Probity.Tests.Access;

namespace Probity.Tests.Journeys;

/// <summary>One tab and what it did.</summary>
internal sealed class Visit : IAsyncDisposable
{
    // axe says per violation where it is. Our pages have no frames, so it runs in the page itself: its packaged runner opens a second tab to join what frames
    // said, which took six times as long.
    const string Run = "axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join('; ')))";

    static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    readonly IBrowserContext context;
    readonly List<string> complaints = [];
    readonly List<string> requests = [];
    readonly string origin;
    readonly bool script;

    internal Visit(IBrowserContext context, IPage page, string origin, bool script)
    {
        (this.context, Page, this.origin, this.script) = (context, page, origin, script);
        page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        page.RequestFailed += (_, request) => complaints.Add($"failed: {request.Url}");
        page.Request += (_, request) => requests.Add(request.Url);
    }

    internal IPage Page { get; }

    internal IReadOnlyList<string> Requests => requests;

    /// <summary>Nothing left our origin, and the browser had nothing to complain of (a refused style or picture would be a complaint).</summary>
    internal void AssertQuiet()
    {
        Assert.NotEmpty(requests);
        Assert.All(requests, url => Assert.StartsWith(origin + "/", url, StringComparison.Ordinal));
        Assert.Empty(complaints);
    }

    /// <summary>A picture for people to look at, when PROBITY_PICTURES names a folder.</summary>
    internal async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("PROBITY_PICTURES") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    /// <summary>Becomes somebody else, by a demo's link.</summary>
    internal Task SignInAsync(StaffHost host, Role role) => SignInAsync(host, StaffHost.Of(role));

    /// <summary>The same, for somebody beside the one of each role.</summary>
    internal async Task SignInAsync(StaffHost host, Guid person)
    {
        await context.ClearCookiesAsync();
        await Page.GotoAsync("/demo/sign-in/" + host.DemoToken(person));
    }

    /// <summary>
    /// Looks at the page as it is: it has one heading, each error leads to its field, a picture is taken where pictures are wanted, and unless the browser runs no script (axe is one), nothing
    /// is cut off at the right and nobody is shut out.
    /// </summary>
    internal async Task LookAsync(string name)
    {
        Assert.Single(await Page.Locator("h1").AllAsync());
        await Picture(name);
        foreach (var error in await Page.Locator(".pb-error-summary a").AllAsync())
        {
            var place = (await error.GetAttributeAsync("href"))![1..];
            Assert.True(await Page.Locator($"[id='{place}']").CountAsync() == 1, $"{name} has an error that leads to no field, or to several: {place}.");
        }

        if (!script) return;
        var overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        Assert.True(overflow <= 0, $"{name} is {overflow} pixels too wide.");
        Assert.Empty((await ShutOutAsync()).Select(v => $"{name} {v}"));
    }

    /// <summary>What on this page shuts somebody out, by axe's rules: "rule: where".</summary>
    internal async Task<string[]> ShutOutAsync()
    {
        Assert.Equal(0, await Page.Locator("iframe").CountAsync());
        await Page.EvaluateAsync(Axe);
        return await Page.EvaluateAsync<string[]>(Run).WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>A text of the house as the visitor's language has it: the words by which a person finds a field or a button.</summary>
    internal static string In(string language, Func<string> said)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            return said();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    /// <summary>Goes to a page and looks at it.</summary>
    internal async Task LookAtAsync(string path, string name)
    {
        await Page.GotoAsync(path);
        await LookAsync(name);
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
