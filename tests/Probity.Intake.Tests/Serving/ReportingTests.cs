using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Probity.Intake.Keeping;
using Probity.Ledger;
using Probity.Sealing;
using Probity.Sealing.Receipts;

namespace Probity.Intake.Tests.Serving;

public class ReportingTests
{
    const string Canary = "CANARY-nunca-escrito-4711";

    [Fact]
    public async Task A_report_reaches_those_who_may_read_it_and_its_source_comes_back()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var words = await browser.ReportAsync(Canary, ("post", $"{host.Post}"), ("name", "Ana Inventada"), ("contact", "+000"));
        Assert.Equal(8, words.Length);
        var (receipt, deposit) = Assert.Single(await host.FetchAsync());
        Assert.Equal(Canary, host.Read(deposit!, 0)!.Answers.Single(answer => answer.Question == "what").Text);
        Assert.Null(host.Read(deposit!, 1));
        Assert.NotNull(host.Read(deposit!, 2));
        Assert.Null(host.Read(deposit!, 3));
        Assert.Equal(TimeSpan.Zero, receipt.Header!.Recorded.TimeOfDay);

        // On another device, in capitals, with a letter wrong.
        using var elsewhere = host.Open();
        var typed = string.Join(' ', words).ToUpperInvariant();
        await elsewhere.PostAsync("/es/back", ("words", typed[..^1] + (typed[^1] == 'X' ? "" : "X")));
        Assert.Equal("/es/mine", elsewhere.Address.AbsolutePath);
        Assert.DoesNotContain(Canary, elsewhere.Page, StringComparison.Ordinal);

        await elsewhere.PostAsync("/en/mine", ("message", "One more thing"));
        Assert.DoesNotContain("One more thing", elsewhere.Page, StringComparison.Ordinal);
        var added = (await host.FetchAsync())[1].Deposit!;
        Assert.Equal(deposit!.Report, added.Report);
        Assert.Equal("One more thing", host.Read(added, 0)!.Answers[0].Text);
        Assert.Null(host.Read(added, 1));
    }

    [Fact]
    public async Task Answers_are_read_with_the_code_and_say_where_it_stands()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync("Something");
        var deposit = (await host.FetchAsync())[0].Deposit!;
        var answer = SealedAnswer.Seal(Guid.NewGuid(), deposit.Report, new DateOnly(2026, 3, 5), deposit.Source, new AnswerContent(SourceStage.Acknowledged, "We read it & act.", null));
        using var node = host.Node();
        for (var twice = 0; twice < 2; twice++)
        {
            var json = $$"""[{"id":"{{answer.Id}}","report":"{{answer.Report}}","day":"2026-03-05","box":"{{Convert.ToBase64String(answer.Box)}}"}]""";
            using var taken = await node.PostAsync("/exchange/answers", new StringContent(json));
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        await browser.GetAsync("/en/mine");
        Assert.Contains("A person has read it", browser.Page, StringComparison.Ordinal);
        Assert.Single(browser.Page.Split("We read it &amp; act.").Skip(1));
        Assert.DoesNotContain("Read by a person by", browser.Page, StringComparison.Ordinal);
        Assert.Contains("5 June 2026", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missed_day_is_told_to_the_source()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var words = await browser.ReportAsync("Something");
        Assert.DoesNotContain("this day is over", browser.Page, StringComparison.Ordinal);
        host.Time.Now = host.Time.Now.AddDays(8);
        await browser.PostAsync("/en/back", ("words", string.Join(' ', words)));
        Assert.Contains("this day is over", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_was_written_lies_anywhere()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var words = await browser.ReportAsync(Canary, ("name", Canary), ("contact", Canary), ("names", Canary), ("who", Canary));
        await browser.PostAsync("/en/mine", ("message", Canary));
        await browser.SendFileAsync("/en/file", $"{Canary}.txt", new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Canary, 20_000)))));
        Assert.Contains("is sealed and kept", browser.Page, StringComparison.Ordinal);

        string[] written = [Canary, string.Join(' ', words), words[0] + " " + words[1], "CanaryBrowser", "canary-referrer"];
        Assert.Empty(await IntakeHost.FindAsync(host.Folder, written));
        Assert.DoesNotContain(Canary, host.Logged, StringComparison.Ordinal);
        // The search finds what is there: the test would see it.
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "planted"), $"before {Canary} after");
        Assert.Equal(["planted"], await IntakeHost.FindAsync(host.Folder, written));
    }

    [Fact]
    public async Task Where_nobody_is_left_nothing_is_kept_and_its_source_is_told()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.PostAsync("/en/form/1", ("what", Canary), ("names", "everybody exemplo"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("Nobody here may read this", browser.Page, StringComparison.Ordinal);
        Assert.Empty(await host.FetchAsync());
        Assert.Contains("everybody exemplo</textarea>", browser.Page, StringComparison.Ordinal);

        await browser.PostAsync("/en/form/1", ("what", Canary), ("unit", $"{host.Unit}"));
        Assert.Contains("Nobody of the integrity office can open it", browser.Page, StringComparison.Ordinal);
        await host.HandOverAsync(host.MakeBook(2) with { Units = [new(host.Unit, "Ombudsman", null, [2])] });
        using var other = host.Open();
        await other.PostAsync("/en/form/1", ("what", Canary), ("unit", $"{host.Unit}"));
        Assert.Contains("Nobody of the external overseers can open it", other.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_is_left_who_could_keep_a_name_it_is_not_taken()
    {
        await using var host = await IntakeHost.StartAsync();
        await host.HandOverAsync(host.MakeBook(2) with { Units = [new(host.Unit, "Harbour team", null, [0, 3])] });
        using var browser = host.Open();
        await browser.PostAsync("/en/form/1", ("what", Canary), ("unit", $"{host.Unit}"), ("name", "Ana Inventada"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("Nobody is left who could keep your name apart", browser.Page, StringComparison.Ordinal);
        Assert.Contains("value=\"Ana Inventada\"", browser.Page, StringComparison.Ordinal);
        Assert.Empty(await host.FetchAsync());
        await browser.PostAsync("/en/form/1", ("what", Canary), ("unit", $"{host.Unit}"));
        Assert.Equal("/en/code", browser.Address.AbsolutePath);
    }

    [Fact]
    public async Task Where_nobody_is_left_the_form_is_there_as_it_was_filled()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.PostAsync(
            "/en/clerk/1", ("what", Canary), ("where", "At <gate> four"), ("channel", "Partner"), ("post", $"{host.Post}"), ("names", "Everybody Exemplo\nSomebody Else"), ("name", "Ana Inventada"), ("contact", "+000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("Nobody here may read this", browser.Page, StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(browser.Page);
        Assert.Contains($"{Canary}</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("value=\"At <gate> four\"", page, StringComparison.Ordinal);
        Assert.Contains("Everybody Exemplo\nSomebody Else</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Ana Inventada\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"+000\"", page, StringComparison.Ordinal);
        Assert.Matches($"value=\"{host.Post}\" checked", page);
        Assert.Matches("value=\"Partner\" checked", page);
        Assert.DoesNotMatch($"value=\"{host.Unit}\" checked", page);
        Assert.Empty(await IntakeHost.FindAsync(host.Folder, Canary));
    }

    /// <summary>Beside the code stands the same whether or not a name was known; what was ticked may be told, for whoever ticked it knows it.</summary>
    [Fact]
    public async Task What_is_said_of_the_readers_does_not_tell_whether_a_name_is_known()
    {
        await using var host = await IntakeHost.StartAsync(withBook: false);
        await host.HandOverAsync(host.MakeBook(1) with { Names = [new(Probity.Sealing.NameWords.Keys("Integrity Exemplo", new byte[32]), [0, 1])] });
        using var browser = host.Open();
        var said = new HashSet<string>();
        foreach (var name in (string[])["Integrity Exemplo", "Nobody Atall", ""])
        {
            await browser.PostAsync("/en/form/1", ("what", Canary), ("names", name));
            said.Add(browser.Page[browser.Page.IndexOf("<h1>", StringComparison.Ordinal)..browser.Page.IndexOf("<ol", StringComparison.Ordinal)]);
        }

        Assert.Single(said);
        Assert.Null(host.Read((await host.FetchAsync())[0].Deposit!, 0));
    }

    [Fact]
    public async Task How_much_arrived_is_told_to_the_source_by_day_and_never_what()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var words = await browser.ReportAsync("Something");
        Assert.DoesNotContain("Arrived after it", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync("/en/mine", ("message", Canary));
        await browser.PostAsync("/en/mine", ("message", "And more"));
        await browser.SendFileAsync("/en/file", $"{Canary}.txt", new MemoryStream([1, 2, 3]));
        host.Time.Now = host.Time.Now.AddDays(1);
        await browser.PostAsync("/en/back", ("words", string.Join(' ', words)));
        await browser.SendFileAsync("/en/file", "a.txt", new MemoryStream([1, 2, 3]));
        await browser.SendFileAsync("/en/file", "b.txt", new MemoryStream([1, 2, 3]));
        await browser.GetAsync("/en/mine");
        Assert.Contains("<dd>2 March 2026: 2 messages, 1 file</dd>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<dd>3 March 2026: 2 files</dd>", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, browser.Page, StringComparison.Ordinal);

        // A server that starts reads it from the record.
        var anew = await IntakeRecord.OpenAsync(host.Services.GetRequiredService<TransparencyLog>(), CancellationToken.None);
        using var code = ReceiptCode.Read(string.Join(' ', words))[0];
        using var keys = new SourceKeys(code.Secret);
        Assert.Equal([0, 0, 1, 1, 1], anew.Find(keys.Tag.Span)!.Additions.Select(added => added.Files));

        // Another's report counts its own.
        using var other = host.Open();
        await other.ReportAsync("Something else");
        Assert.DoesNotContain("Arrived after it", other.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_that_is_named_is_kept_out_as_one_that_is_ticked()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync("Something", ("names", "the HARBOUR team"));
        var deposit = (await host.FetchAsync())[0].Deposit!;
        Assert.Null(host.Read(deposit, 0));
        Assert.Null(host.Read(deposit, 1));
        Assert.Equal([host.Unit], host.Read(deposit, 2)!.Without.Units);
    }

    [Fact]
    public async Task What_is_missing_or_too_long_is_said_and_what_was_typed_stays()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.PostAsync("/en/form/1", ("what", "  "), ("where", "At the quay"), ("name", new string('n', 300)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("href=\"#what\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"#name\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains("At the quay", browser.Page, StringComparison.Ordinal);
        await browser.PostAsync("/en/form/1", ("what", new string('x', 20_001)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.PostAsync("/en/form/99", ("what", "x"));
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Empty(await host.FetchAsync());
    }

    [Fact]
    public async Task Without_a_book_no_report_is_taken()
    {
        await using var host = await IntakeHost.StartAsync(withBook: false);
        using var browser = host.Open();
        Assert.Contains("not open yet", await browser.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
        await browser.PostAsync("/en/form/1", ("what", "x"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
    }

    [Fact]
    public async Task A_clerk_writes_for_somebody_else_and_reads_nothing_back()
    {
        await using var host = await IntakeHost.StartAsync();
        using var clerk = host.Open();
        await clerk.PostAsync("/en/clerk/3", ("what", Canary));
        Assert.Contains("href=\"#channel\"", clerk.Page, StringComparison.Ordinal);
        await clerk.PostAsync("/en/clerk/3", ("what", Canary), ("channel", "Pages"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, clerk.Status);
        await clerk.PostAsync("/en/clerk/3", ("what", Canary), ("channel", "Telephone"));
        var words = clerk.Words();
        await clerk.PostAsync("/en/code", ("words", $"{words[2]} {words[6]}"));
        Assert.Equal("/en/clerk", clerk.Address.AbsolutePath);
        await clerk.GetAsync("/en/mine");
        Assert.Equal(HttpStatusCode.NotFound, clerk.Status);

        using var source = host.Open();
        await source.PostAsync("/en/back", ("words", string.Join(' ', words)));
        Assert.Equal("/en/mine", source.Address.AbsolutePath);
        Assert.Equal(ReportChannel.Telephone, host.Read((await host.FetchAsync())[0].Deposit!, 0)!.Channel);
    }
}
