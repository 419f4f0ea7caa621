using Microsoft.Playwright;

namespace Probity.Tests.Journeys;

/// <summary>One Chromium for all journeys, and one host.</summary>
public sealed class Browser : IAsyncLifetime
{
    IPlaywright? playwright;
    IBrowser? chromium;

    public ShellHost Host { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            // A machine that has much else to do takes its time.
            Timeout = 120_000,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A tab of its own that notes every request, console message and error.</summary>
    internal async Task<Visit> Open(int width = 1280, int height = 800, bool script = true, string language = "en", string? who = null, string? address = null)
    {
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = address ?? Host.Address,
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = script,
            Locale = language,
        });
        context.SetDefaultTimeout(15_000);
        if (who is not null) await context.AddCookiesAsync([new Cookie { Name = "who", Value = who, Url = Host.Address }]);
        return new Visit(context, await context.NewPageAsync(), address ?? Host.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>One tab and what it did.</summary>
internal sealed class Visit : IAsyncDisposable
{
    readonly IBrowserContext context;
    readonly List<string> complaints = [];
    readonly List<string> requests = [];
    readonly string origin;

    internal Visit(IBrowserContext context, IPage page, string origin)
    {
        (this.context, Page, this.origin) = (context, page, origin);
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

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}

[CollectionDefinition("Browser")]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
