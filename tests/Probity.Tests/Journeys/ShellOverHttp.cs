using System.Net;
using System.Text.RegularExpressions;

namespace Probity.Tests.Journeys;

[Collection("First browser")]
public sealed partial class ShellOverHttp(Browser browser) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(browser.Host.Address) };

    [GeneratedRegex("(?:href|src)=\"(/assets/[^\"]+)\"")]
    private static partial Regex AssetOf();

    [GeneratedRegex("[23456789A-HJ-NP-Z]{8}")]
    private static partial Regex Incident();

    public void Dispose() => http.Dispose();

    async Task<string> Read(string path)
    {
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/report")]
    [InlineData("/kit")]
    [InlineData("/nowhere")]
    [InlineData("/broken")]
    public async Task Every_page_carries_the_headers(string path)
    {
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Server"));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/kit")]
    [InlineData("/nowhere")]
    public async Task Every_asset_a_page_names_is_there_and_may_be_kept(string path)
    {
        var hrefs = AssetOf().Matches(await Read(path)).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.Equal(3, hrefs.Count);
        foreach (var href in hrefs)
        {
            foreach (var coding in (string[])["br", "gzip", "identity"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, href) { Headers = { { "Accept-Encoding", coding } } };
                using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
                Assert.Equal("public, max-age=31536000, immutable", answer.Headers.GetValues("Cache-Control").Single());
                Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault() ?? "identity");
            }
        }
    }

    [Fact]
    public async Task An_asset_under_another_hash_is_not_served()
    {
        using var answer = await http.GetAsync("/assets/0000000000000000/probity.css", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("/", 50_000)]
    [InlineData("/report", 50_000)]
    [InlineData("/kit", 150_000)]
    public async Task A_first_visit_stays_small(string path, int most)
    {
        var total = 0;
        var body = await Read(path);
        total += System.Text.Encoding.UTF8.GetByteCount(body);
        foreach (var href in AssetOf().Matches(body).Select(match => match.Groups[1].Value).Distinct())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, href) { Headers = { { "Accept-Encoding", "gzip" } } };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            total += (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        }
        TestContext.Current.SendDiagnosticMessage($"{path}: {total} bytes");
        Assert.InRange(total, 5_000, most);
    }

    [Theory]
    [InlineData("/broken", 500)]
    [InlineData("/broken-page", 500)]
    [InlineData("/forbidden", 403)]
    [InlineData("/nowhere", 404)]
    public async Task A_fault_has_a_number_and_no_detail(string path, int status)
    {
        using var answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
        var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("secret reason", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.Contains("Incident number:", body, StringComparison.Ordinal);
        var incident = Incident().Match(body[body.IndexOf("Incident number:", StringComparison.Ordinal)..]).Value;
        Assert.Equal(8, incident.Length);
        var line = Assert.Single(browser.Host.Logs.Lines, line => line.Contains(incident, StringComparison.Ordinal));
        Assert.Equal(status == 500, line.Contains("the secret reason", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_without_the_pages_token_is_refused_with_a_page()
    {
        using var form = new FormUrlEncodedContent([new("name", "x")]);
        using var answer = await http.PostAsync("/kit", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The form could not be accepted", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_the_pages_token_is_taken()
    {
        using var page = await http.GetAsync("/kit", TestContext.Current.CancellationToken);
        var token = Token().Match(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value;
        var cookie = page.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("probity-form=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/kit")
        {
            Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]),
            Headers = { { "Cookie", cookie.Split(';')[0] } },
        };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [Fact]
    public async Task A_signed_out_reader_of_the_first_screen_gets_no_cookie()
    {
        using var answer = await http.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/cases?page=2", "/cases?page=2")]
    [InlineData("https://elsewhere.example/", "/")]
    [InlineData("//elsewhere.example/", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("/\t/elsewhere.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x=y", "/")]
    [InlineData("", "/")]
    public async Task The_language_switch_returns_only_to_a_page_of_ours(string asked, string given)
    {
        using var answer = await http.GetAsync($"/language/pt?return={Uri.EscapeDataString(asked)}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(given, answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("/?lang=es", null, "en", "es")]
    [InlineData("/", "probity-language=c%3Dpt%7Cuic%3Dpt", "es", "pt")]
    [InlineData("/", null, "pt-BR,pt;q=0.9,en;q=0.8", "pt")]
    [InlineData("/", null, "es-PE", "es")]
    [InlineData("/", null, "de", "en")]
    [InlineData("/?lang=xx", null, "es", "es")]
    public async Task The_language_is_the_readers(string path, string? cookie, string accepted, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Language", accepted);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains($"<html lang=\"{language}\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_language_is_not_found()
    {
        using var answer = await http.GetAsync("/language/xx", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
