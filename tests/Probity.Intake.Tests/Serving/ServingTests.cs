using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Probity.Intake.Publishing;
using Probity.Sealing;

namespace Probity.Intake.Tests.Serving;

public partial class ServingTests
{
    [Fact]
    public async Task A_whole_report_weighs_less_than_100_kilobytes_and_the_first_page_less_than_50()
    {
        await using var host = await IntakeHost.StartAsync();
        foreach (var language in (string[])["en", "es", "pt"])
        {
            using var browser = host.Open();
            await browser.GetAsync($"/{language}/");
            Assert.InRange(browser.Received, 1, 50_000);
            await browser.GetAsync($"/{language}/form/1");
            await browser.PostAsync($"/{language}/form/1", ("what", "x"));
            var words = browser.Words();
            await browser.PostAsync($"/{language}/code", ("words", $"{words[2]} {words[6]}"));
            await browser.GetAsync($"/{language}/file");
            // 15 seconds at 64 kbit/s with five answers, each a second away, leave 80,000 bytes.
            Assert.InRange(browser.Received, 1, 80_000);
        }
    }

    [Fact]
    public async Task No_page_has_script_or_asks_anybody_else_for_anything()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync("Something");
        foreach (var path in (string[])["/", "/en/", "/es/form/1", "/pt/form/5", "/en/back", "/en/about", "/en/mine", "/en/file", "/en/nothing-here"])
        {
            await browser.GetAsync(path);
            Assert.DoesNotMatch(Active(), browser.Page);
            Assert.All(Loaded().Matches(browser.Page), match => Assert.Equal("data:,", match.Groups[1].Value));
            Assert.Contains("script-src 'none'", Assert.Single(browser.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("no-referrer", Assert.Single(browser.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("no-store", browser.Headers.CacheControl!.ToString());
            // A bookmark, a tab, a history: nothing names what the page is for.
            Assert.Matches("<title>(Contact form|Formulario de contacto|Formulário de contacto)</title>", WebUtility.HtmlDecode(browser.Page));
        }
    }

    [Fact]
    public async Task The_only_cookie_is_the_session_s_and_ends_with_it()
    {
        await using var host = await IntakeHost.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = host.Pages };
        using var first = await client.GetAsync("/en/");
        Assert.False(first.Headers.Contains("Set-Cookie"));
        using var sent = await client.PostAsync("/en/form/1", new FormUrlEncodedContent([new("what", "x")]));
        var cookie = Assert.Single(sent.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^s=[0-9a-f]{32}; path=/; samesite=strict; httponly$", cookie);
    }

    [Fact]
    public async Task Nothing_is_logged_of_who_asks()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync("Something");
        await browser.GetAsync("/en/nothing-here");
        await browser.PostAsync("/en/file", ("a", "b"));
        using (var other = new HttpClient { BaseAddress = host.Pages })
        using (var broken = await other.PostAsync("/en/form/1", new StringContent("a=" + new string('x', 2 << 20), null, "application/x-www-form-urlencoded")))
            Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        foreach (var charset in (string[])["utf-7", "klingon"])
        {
            using var other = new HttpClient { BaseAddress = host.Pages };
            using var content = new StringContent("a=b");
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", $"application/x-www-form-urlencoded; charset={charset}");
            using var strange = await other.PostAsync("/en/form/1", content);
            Assert.Equal((charset, true), (charset, (int)strange.StatusCode is >= 400 and < 500 && (await strange.Content.ReadAsStringAsync()).Contains("<h1", StringComparison.Ordinal)));
        }

        Assert.Equal("", host.Logged);
    }

    [Fact]
    public async Task Who_is_not_the_node_does_not_come_as_far_as_a_request()
    {
        await using var host = await IntakeHost.StartAsync();
        var file = Path.Combine(host.Folder, "stranger.pfx");
        using var stranger = host.Node(ExchangeCertificate.ReadOrMake(file, DateTimeOffset.UtcNow));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stranger.GetStringAsync("/exchange/records"));
        using var none = host.Node(null, showsNone: true);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => none.GetStringAsync("/exchange/records"));

        // The pages are not behind it, and it is not before the pages.
        using var node = host.Node();
        using var page = await node.GetAsync("/en/");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        using var browser = host.Open();
        await browser.GetAsync("/exchange/records");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task An_older_book_is_refused()
    {
        await using var host = await IntakeHost.StartAsync();
        await host.HandOverAsync(host.MakeBook(3));
        using var node = host.Node();
        using var older = await node.PutAsync("/exchange/book", new ByteArrayContent(host.MakeBook(2).Write()));
        Assert.Equal(HttpStatusCode.Conflict, older.StatusCode);
        using var broken = await node.PutAsync("/exchange/book", new ByteArrayContent([1, 2, 3]));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
    }

    [Theory]
    [InlineData(1), InlineData(70_000), InlineData(3 << 20)]
    public async Task A_file_is_sealed_as_it_comes_in_and_opens_for_those_who_may_read(int length)
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync("Something", ("post", $"{host.Post}"));
        var sent = RandomNumberGenerator.GetBytes(length);
        await browser.SendFileAsync("/en/file", "C:\\photos\\évidence.jpg", new MemoryStream(sent));
        Assert.Contains("évidence.jpg", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        var deposit = (await host.FetchAsync())[1].Deposit!;
        var (file, content) = (Assert.Single(deposit.Files), Assert.Single(host.Read(deposit, 0)!.Files));
        Assert.Null(host.Read(deposit, 1));
        Assert.Equal("évidence.jpg", content.Name);
        using var node = host.Node();
        var box = await node.GetByteArrayAsync($"/exchange/files/{file.Id}");
        Assert.Equal(file.Sha256.ToArray(), SHA256.HashData(box));
        using var opened = new MemoryStream();
        await SealedFile.OpenAsync(new MemoryStream(box), opened, Convert.FromBase64String(content.Key), content.Length, CancellationToken.None);
        Assert.Equal(sent, opened.ToArray());
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_none_is_said_and_leaves_nothing()
    {
        await using var host = await IntakeHost.StartAsync(options => options with { LongestFile = 1 << 20 });
        using var browser = host.Open();
        await browser.ReportAsync("Something");
        await browser.SendFileAsync("/en/file", "a", new MemoryStream(new byte[(1 << 20) + 1]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("larger than 1 MB", browser.Page, StringComparison.Ordinal);
        await browser.SendFileAsync("/en/file", "a", new MemoryStream());
        Assert.Contains("No file came in", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync("/en/file", ("file", "text"));
        Assert.Contains("No file came in", browser.Page, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(host.Folder, "files")));
        Assert.Single(await host.FetchAsync());
    }

    [Fact]
    public async Task A_file_in_parts_goes_on_where_the_line_broke()
    {
        await using var host = await IntakeHost.StartAsync(options => options with { LongestFile = 1 << 20, LeaveTo = "/en/about" });
        using var browser = host.Open();
        await browser.ReportAsync("Something");
        var sent = RandomNumberGenerator.GetBytes(700_000);
        var upload = await browser.PostAsync("/en/large", ("name", "talk.webm"));
        Assert.Equal("300000", await browser.PutAsync($"/en/large/{upload}?at=0", sent[..300_000]));
        // A part that was sent already, or that leaves a hole, is refused and told where to go on.
        Assert.Equal("300000", (await browser.PutAsync($"/en/large/{upload}?at=0", sent[..300_000])).Trim('"'));
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        await browser.PutAsync($"/en/large/{upload}?at=300001", sent[300_001..]);
        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.Equal("300000", await browser.GetAsync($"/en/large/{upload}"));
        await browser.PutAsync($"/en/large/{upload}?at=300000", sent[300_000..]);
        await browser.PostAsync($"/en/large/{upload}");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        // The answer was lost: it is ended again, and lies there once.
        await browser.PostAsync($"/en/large/{upload}");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Equal(2, (await host.FetchAsync()).Count);

        var deposit = (await host.FetchAsync())[1].Deposit!;
        var content = Assert.Single(host.Read(deposit, 0)!.Files);
        using var node = host.Node();
        using var opened = new MemoryStream();
        await SealedFile.OpenAsync(new MemoryStream(await node.GetByteArrayAsync($"/exchange/files/{content.Id}")), opened, Convert.FromBase64String(content.Key), content.Length, CancellationToken.None);
        Assert.Equal(sent, opened.ToArray());

        // More than is taken, one that nobody began, one of another session, and one that is left: none leaves anything.
        upload = await browser.PostAsync("/en/large", ("name", "a"));
        await browser.PutAsync($"/en/large/{upload}?at=0", new byte[1_000_000]);
        await browser.PutAsync($"/en/large/{upload}?at=1000000", new byte[100_000]);
        await browser.PostAsync($"/en/large/{upload}");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, browser.Status);
        upload = await browser.PostAsync("/en/large", ("name", "a"));
        using var stranger = host.Open();
        await stranger.ReportAsync("Something else");
        await stranger.PutAsync($"/en/large/{upload}?at=0", sent);
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        await browser.GetAsync("/leave");
        Assert.Single(Directory.EnumerateFiles(Path.Combine(host.Folder, "files")));
    }

    [Fact]
    public async Task Checkpoints_are_published_once_a_day_whether_or_not_anything_came()
    {
        await using var host = await IntakeHost.StartAsync();
        var publication = host.Services.GetRequiredService<Publication>();
        using var browser = host.Open();
        var sizes = new List<long>();
        for (var day = 0; day < 4; day++)
        {
            host.Time.Now = host.Time.Now.AddDays(1);
            for (var reports = 0; reports < day; reports++) await browser.ReportAsync("Something");
            Assert.True(await publication.RunOnceAsync(CancellationToken.None));
            Assert.False(await publication.RunOnceAsync(CancellationToken.None));
            var note = await browser.GetAsync("/checkpoint");
            sizes.Add(long.Parse(note.Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture));
            // What comes in after it is not told until the next.
            await browser.ReportAsync("Something");
            Assert.Equal(note, await browser.GetAsync("/checkpoint"));
        }

        Assert.All(sizes, size => Assert.Equal(0, size % 16));
        Assert.Equal([16, 16, 16], sizes.Zip(sizes.Skip(1), (before, after) => after - before));
        var deposits = (await host.FetchAsync()).Select(record => record.Deposit!).ToList();
        Assert.Single(deposits.Select(deposit => deposit.Encode().Length).Distinct());
    }

    [Fact]
    public async Task Whoever_starts_it_anew_each_day_does_not_put_the_first_checkpoint_off()
    {
        await using var host = await IntakeHost.StartAsync();
        var published = false;
        for (var start = 0; start < 4 && !published; start++)
        {
            // A process that has just started, and ends before its hour comes round.
            using var publication = ActivatorUtilities.CreateInstance<Publication>(host.Services);
            published = await publication.RunOnceAsync(CancellationToken.None);
            Assert.True(start > 0 || !published);
            host.Time.Now = host.Time.Now.AddHours(20);
        }

        Assert.True(published);
    }

    [Fact]
    public async Task A_flood_is_told_from_a_report_and_turns_nothing_away()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        for (var i = 0; i < 40; i++) await browser.PostAsync("/en/form/7", ("what", $"Buy cheap watches now, the best watches of the whole town are at number {i}"));
        await browser.PostAsync("/en/form/1", ("what", "On Tuesday the head of the night watch took an envelope from the driver of the white van behind gate four"));
        Assert.Equal("/en/code", browser.Address.AbsolutePath);
        var inflows = (await host.FetchAsync()).Select(record => host.Read(record.Deposit!, 0)!.Inflow).ToList();
        Assert.Equal(41, inflows.Count);
        Assert.Equal(0, inflows[^1].Alike);
        Assert.Equal(40, inflows[^1].InTheHour);
        Assert.True(inflows[30].Alike > 10, $"{inflows[30]}");
    }

    [Fact]
    public async Task Whoever_a_report_is_kept_from_learns_nothing_of_it_by_sending_the_same()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        const string text = "The man of the second shift hides sealed boxes behind the crane on Fridays";
        await browser.PostAsync("/en/form/2", ("what", text), ("post", $"{host.Post}"));
        await browser.PostAsync("/en/form/2", ("what", text));
        await browser.PostAsync("/en/form/2", ("what", text), ("post", $"{host.Post}"));
        var deposits = (await host.FetchAsync()).Select(record => record.Deposit!).ToList();
        // The second opens for them, and counts nothing that does not; the third counts both, for all who read it can read them.
        Assert.Null(host.Read(deposits[0], 1));
        Assert.Equal(new Inflow(0, 0), host.Read(deposits[1], 1)!.Inflow);
        Assert.Equal(new Inflow(2, 2), host.Read(deposits[2], 0)!.Inflow);
    }

    [Fact]
    public async Task The_onion_service_is_told_to_browsers_that_can_use_it_and_strange_hosts_are_refused()
    {
        await using var host = await IntakeHost.StartAsync(options => options with { Onion = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion" });
        using var client = new HttpClient { BaseAddress = host.Pages };
        using var page = await client.GetAsync("/en/about");
        Assert.Equal("http://abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx.onion/en/about", Assert.Single(page.Headers.GetValues("Onion-Location")));
        using var strange = new HttpRequestMessage(HttpMethod.Get, "/en/about") { Headers = { Host = "evil.example" } };
        using var refused = await client.SendAsync(strange);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Post, "/en/back") { Headers = { { "Origin", "http://evil.example" } }, Content = new FormUrlEncodedContent([new("words", "a")]) };
        using var forbidden = await client.SendAsync(elsewhere);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    /// <summary>What browsers say of where a form stands. Our own pages send no referrer, so the origin of their forms is "null".</summary>
    [Theory]
    [InlineData("same-origin", "null", true), InlineData("none", null, true), InlineData(null, "null", true), InlineData(null, null, true), InlineData(null, "http://localhost", true)]
    [InlineData("cross-site", "null", false), InlineData("same-site", "null", false), InlineData("same-site", null, false), InlineData("same-site", "http://localhost", false)]
    [InlineData(null, "http://evil.example", false), InlineData(null, "nonsense", false)]
    public void A_form_of_another_page_is_refused_by_what_its_browser_says(string? site, string? origin, bool isTaken)
    {
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext().Request;
        request.Host = new("localhost");
        if (site is not null) request.Headers["Sec-Fetch-Site"] = site;
        if (origin is not null) request.Headers.Origin = origin;
        Assert.Equal(isTaken, !IntakeServer.FromElsewhere(request));
    }

    [GeneratedRegex("<script|javascript:| on[a-z]+=|<iframe|<object|<embed", RegexOptions.IgnoreCase)]
    private static partial Regex Active();

    [GeneratedRegex("(?:src|<link[^>]* href)=\"([^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Loaded();
}
