using Microsoft.Playwright;
using Probity.Tests.Access;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Probity.Tests.Journeys.BrowsersFirst))]

namespace Probity.Tests.Journeys;

/// <summary>One Chromium for a row of journeys, and one host.</summary>
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

    /// <summary>A tab of its own at a staff server.</summary>
    internal Task<Visit> Open(StaffHost host, int width = 1280, bool script = true, string language = "en") =>
        Open(width, script: script, language: language, address: host.Address.ToString().TrimEnd('/'));

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
        context.SetDefaultTimeout(60_000);
        if (who is not null) await context.AddCookiesAsync([new Cookie { Name = "who", Value = who, Url = Host.Address }]);
        return new Visit(context, await context.NewPageAsync(), address ?? Host.Address, script);
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The journeys run in three rows beside each other, each with a browser of its own.</summary>
[CollectionDefinition("First browser")]
public sealed class FirstBrowser : ICollectionFixture<Browser>;

/// <summary>The second row.</summary>
[CollectionDefinition("Second browser")]
public sealed class SecondBrowser : ICollectionFixture<Browser>;

/// <summary>The third row.</summary>
[CollectionDefinition("Third browser")]
public sealed class ThirdBrowser : ICollectionFixture<Browser>;

/// <summary>The rows of journeys are the longest collections: they begin first, so that nothing waits for them at the end.</summary>
public sealed class BrowsersFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(c => c.TestCollectionDisplayName.EndsWith(" browser", StringComparison.Ordinal)).ThenBy(c => c.UniqueID, StringComparer.Ordinal)];
}
