using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;

namespace Probity.Intake.Tests.Serving;

/// <summary>The reporter's side behind Debian's tor, as docs/tor.md says.</summary>
public sealed class OnionTests : IDisposable
{
    const string Canary = "CANARY-nunca-escrito-4711";

    readonly string _folder = Directory.CreateTempSubdirectory("tor").FullName;

    [Fact]
    public async Task Tor_takes_the_torrc_of_the_document()
    {
        Tor.SkipUnlessHere();
        var torrc = await TorrcAsync(5081);
        Assert.Null(await Tor.RefusesAsync(_folder, torrc));
        Assert.NotNull(await Tor.RefusesAsync(_folder, [.. torrc, "HiddenServiceVersion 2"]));
        // One service, and nothing else that anybody could reach.
        Assert.Equal("HiddenServicePort 80 127.0.0.1:5081", Assert.Single(torrc, line => line.Contains("Port ", StringComparison.Ordinal) && line != "SocksPort 0"));
        Assert.Contains("SafeLogging 1", torrc);
    }

    [Fact]
    public async Task Tor_makes_the_address_and_the_pages_answer_to_it()
    {
        Tor.SkipUnlessHere();
        var onion = await Tor.MakeAddressAsync(_folder, await TorrcAsync(5081));
        Assert.Matches(@"^[a-z2-7]{56}\.onion$", onion);
        // What the document says to keep safe.
        Assert.True(File.Exists(Path.Combine(_folder, "contact", "hs_ed25519_secret_key")));

        await using var host = await IntakeHost.StartAsync(options => options with { Onion = onion });
        using var ordinary = host.Open();
        await ordinary.GetAsync("/en/about");
        Assert.Equal($"http://{onion}/en/about", Assert.Single(ordinary.Headers.GetValues("Onion-Location")));
        using var visitor = new Browser(host.Pages, host: onion);
        await visitor.GetAsync("/en/about");
        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        Assert.False(visitor.Headers.Contains("Onion-Location"));
        using var stranger = new Browser(host.Pages, host: (onion[0] == 'a' ? 'b' : 'a') + onion[1..]);
        await stranger.GetAsync("/en/about");
        Assert.Equal(HttpStatusCode.BadRequest, stranger.Status);

        // Nothing that is kept says by which way a report came.
        await ordinary.ReportAsync("Something");
        await visitor.ReportAsync("Something");
        var deposits = (await host.FetchAsync()).Select(record => record.Deposit!).ToList();
        Assert.Equal(deposits[0].Encode().Length, deposits[1].Encode().Length);
        Assert.Equal(host.Read(deposits[0], 0)!.Write().Length, host.Read(deposits[1], 0)!.Write().Length);
        Assert.Empty(await IntakeHost.FindAsync(host.Folder, onion));
        Assert.Equal("", host.Logged);
    }

    [Fact]
    public async Task A_whole_report_goes_through_a_tor_network_and_leaves_nothing_on_the_way()
    {
        Tor.SkipUnlessHere();
        Assert.SkipUnless(File.Exists(TorNetwork.KeyMaker), $"{TorNetwork.KeyMaker} is not on this machine.");
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PROBITY_TOR_NETWORK") == "1", "A Tor network on this machine takes half a minute: PROBITY_TOR_NETWORK=1 has it started.");
        var begun = Stopwatch.StartNew();
        var onion = await Tor.MakeAddressAsync(Path.Combine(_folder, "service"), await TorrcAsync(5081));
        await using var host = await IntakeHost.StartAsync(options => options with { Onion = onion });
        using var network = await TorNetwork.StartAsync(_folder);
        network.Join("service", await TorrcAsync(host.Pages.Port));
        var pages = new Uri($"http://{onion}/");
        var proxy = new WebProxy(network.Visit());
        await AnswersAsync(pages, proxy);
        var (ready, before) = (begun.Elapsed, await network.CarriedAsync());

        using var browser = new Browser(pages, proxy);
        await browser.GetAsync("/en/");
        Assert.False(browser.Headers.Contains("Onion-Location"));
        await browser.GetAsync("/en/form/1");
        var words = await browser.ReportAsync(Canary, ("name", Canary), ("contact", Canary), ("names", Canary));
        var (sent, carried) = (begun.Elapsed - ready, await network.CarriedAsync() - before);
        TestContext.Current.SendDiagnosticMessage($"ready after {ready.TotalSeconds:0.0} s; a report in {sent.TotalSeconds:0.00} s, {browser.Received} bytes of pages, {carried} bytes over the line");
        // What Tor adds on the way: cells of 514 bytes, their sums, and circuits made meanwhile.
        Assert.InRange(carried, browser.Received, 100_000);

        using var later = new Browser(pages, proxy);
        await later.PostAsync("/en/back", ("words", string.Join(' ', words)));
        Assert.Equal("/en/mine", later.Address.AbsolutePath);
        Assert.Equal(Canary, host.Read(Assert.Single(await host.FetchAsync()).Deposit!, 0)!.Answers.Single(answer => answer.Question == "what").Text);

        string[] written = [Canary, string.Join(' ', words), words[0] + " " + words[1], "CanaryBrowser", "canary-referrer"];
        Assert.Empty(await IntakeHost.FindAsync(host.Folder, [.. written, onion]));
        Assert.Empty(await IntakeHost.FindAsync(_folder, written));
        Assert.Equal("", host.Logged);
    }

    // The service has to be known to the network first.
    static async Task AnswersAsync(Uri pages, WebProxy proxy)
    {
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = proxy }) { Timeout = TimeSpan.FromSeconds(10) };
        for (var begun = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            try
            {
                using var answer = await client.GetAsync(pages);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && begun.Elapsed < TimeSpan.FromMinutes(1))
            {
                // Not yet.
            }
        }
    }

    // As the document prints it, with folders and a port of the test's.
    async Task<string[]> TorrcAsync(int port, [CallerFilePath] string here = "")
    {
        var document = await File.ReadAllLinesAsync(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/tor.md"));
        var (_, modules) = await Tor.RunAsync(Tor.Program, null, "--list-modules");
        string[] torrc = [.. document.SkipWhile(line => line != "`/etc/tor/torrc`, the whole file:").Skip(2).TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal))
            .Select(line => line.Trim().Replace("/var/lib/tor", _folder, StringComparison.Ordinal).Replace("/var/log/tor", _folder, StringComparison.Ordinal).Replace(":5081", $":{port}", StringComparison.Ordinal))
            .Where(line => modules.Contains("pow: yes", StringComparison.Ordinal) || !line.Contains("PoW", StringComparison.Ordinal))];
        Assert.NotEmpty(torrc);
        Assert.DoesNotContain(torrc, line => line.Contains("/var/", StringComparison.Ordinal));
        return torrc;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
