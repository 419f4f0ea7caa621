using System.Net;
using System.Text;
using Probity.Ledger;

namespace Probity.Intake.Tests.Serving;

/// <summary>The eight words: shown until they were written down, one answer where they find nothing, proof for who has them, and the session that they open.</summary>
public class CodeTests
{
    [Fact]
    public async Task Wrong_words_and_those_of_a_purged_report_get_identical_bytes()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var words = await browser.ReportAsync("Something");
        await browser.SendFileAsync("/en/file", "a.txt", new MemoryStream([1, 2, 3]));
        var report = (await host.FetchAsync())[0].Deposit!.Report;
        Assert.Single(Directory.EnumerateFiles(Path.Combine(host.Folder, "files")));
        using var node = host.Node();
        using var settled = await node.PostAsync("/exchange/settled", new StringContent($$"""{"reports":["{{report}}","{{Guid.NewGuid()}}"]}"""));
        Assert.Equal(HttpStatusCode.OK, settled.StatusCode);

        using var other = host.Open();
        var purged = await other.PostAsync("/en/back", ("words", string.Join(' ', words)));
        using var code = Probity.Sealing.Receipts.ReceiptCode.Generate("en");
        var wrong = await other.PostAsync("/en/back", ("words", $"{code}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Equal(wrong, purged);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(host.Folder, "files")));
        Assert.All(await host.FetchAsync(), record => Assert.Null(record.Deposit));
        await browser.GetAsync("/en/mine");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }

    [Fact]
    public async Task The_proof_shows_offline_that_the_report_was_taken()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync("Something");
        var proof = await browser.GetAsync("/en/proof");
        var checkedProof = ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(proof), new ReceiptRequest(host.Verifier, null));
        Assert.True(checkedProof.Proved);
        // Nothing of it says to those who know reports by their ids which one it is of.
        var id = (await host.FetchAsync())[0].Deposit!.Report;
        Assert.True(checkedProof.Opening.Header.Span.IndexOf(id.ToByteArray(bigEndian: true)) < 0);
        Assert.Equal($"{host.Verifier}\n", await browser.GetAsync("/vkey"));
        Assert.True(checkedProof.Opening.Payload.IsEmpty);
        using var stranger = host.Open();
        await stranger.GetAsync("/en/proof");
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
    }

    [Fact]
    public async Task The_code_is_shown_until_it_was_written_down_and_never_again()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.PostAsync("/pt/form/2", ("what", "Algo"));
        Assert.Equal("/pt/code", browser.Address.AbsolutePath);
        var words = browser.Words();
        await browser.GetAsync("/pt/mine");
        Assert.Equal("/pt/code", browser.Address.AbsolutePath);
        await browser.PostAsync("/pt/code", ("words", $"{words[0]} {words[1]}x"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Equal(words, browser.Words());
        await browser.PostAsync("/pt/code", ("words", $"{words[2]}, {words[6]}".ToUpperInvariant()));
        Assert.Equal("/pt/mine", browser.Address.AbsolutePath);
        await browser.GetAsync("/pt/code");
        Assert.Equal("/pt/mine", browser.Address.AbsolutePath);
        Assert.DoesNotContain($"<li>{words[0]}</li>", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"code\"", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_by_leaving_and_by_half_an_hour()
    {
        await using var host = await IntakeHost.StartAsync(options => options with { LeaveTo = "/en/about" });
        using var browser = host.Open();
        var words = await browser.ReportAsync("Something");
        await browser.GetAsync("/leave");
        await browser.GetAsync("/en/mine");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        await browser.PostAsync("/en/back", ("words", string.Join(' ', words)));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        host.Time.Now = host.Time.Now.AddMinutes(31);
        await browser.GetAsync("/en/mine");
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
    }
}
