using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Probity.Intake.Returning;
using Probity.Intake.Writing;
using Probity.Sealing;

namespace Probity.Intake.Tests.Serving;

/// <summary>A slow line loses the answer to a report, and its source sends the form again.</summary>
public partial class SentTwiceTests
{
    const string Text = "The crane driver was paid";

    [Fact]
    public async Task A_form_that_is_sent_again_comes_to_the_same_report_and_its_words()
    {
        await using var host = await IntakeHost.StartAsync();
        using var lost = host.Open();
        var form = await FormAsync(lost, "/en/form/1", ("what", Text), ("unit", $"{host.Unit}"));
        await lost.PostAsync("/en/form/1", form);
        var words = lost.Words();
        // No answer came, so no cookie did.
        using var again = host.Open();
        await again.PostAsync("/en/form/1", form);
        Assert.Equal("/en/code", again.Address.AbsolutePath);
        Assert.Equal(words, again.Words());
        // And a third time, by who has the cookie.
        await again.PostAsync("/en/form/1", form);
        Assert.Equal(words, again.Words());
        var deposit = Assert.Single(await host.FetchAsync()).Deposit!;
        Assert.Equal(0, host.Read(deposit, 2)!.Inflow.InTheHour);

        await again.PostAsync("/en/code", ("words", $"{words[2]} {words[6]}"));
        Assert.Equal("/en/mine", again.Address.AbsolutePath);
        Assert.Equal("", host.Logged);
    }

    [Fact]
    public async Task Once_its_words_are_with_their_source_a_form_leads_nobody_to_them()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var form = await FormAsync(browser, "/en/form/1", ("what", Text));
        await browser.PostAsync("/en/form/1", form);
        var words = browser.Words();
        await browser.PostAsync("/en/code", ("words", $"{words[2]} {words[6]}"));
        await browser.PostAsync("/en/form/1", form);
        Assert.Equal("/en/mine", browser.Address.AbsolutePath);

        using var other = host.Open();
        await other.PostAsync("/en/form/1", form);
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Contains("received already", other.Page, StringComparison.Ordinal);
        await other.GetAsync("/en/mine");
        Assert.Equal(HttpStatusCode.NotFound, other.Status);
        Assert.Single(await host.FetchAsync());
    }

    [Fact]
    public async Task Nobody_comes_to_it_without_the_number_and_nothing_that_was_changed_is_passed_over()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var form = await FormAsync(browser, "/en/form/1", ("what", Text));
        await browser.PostAsync("/en/form/1", form);
        var words = new List<string> { string.Join(' ', browser.Words()) };
        // Another form with the same words, the same form with other words, another page, no number, and one that is none.
        using var other = host.Open();
        await SendAsync("/en/form/1", await FormAsync(other, "/en/form/1", ("what", Text)));
        await SendAsync("/en/form/1", [.. form.Where(field => field.Field != "what"), ("what", Text + ".")]);
        await SendAsync("/en/form/7", form);
        await SendAsync("/en/form/1", ("what", Text));
        await SendAsync("/en/form/1", ("what", Text), ("once", "1"));
        await SendAsync("/en/form/1", ("what", Text), ("once", "1"));
        Assert.Equal(7, words.Distinct().Count());
        Assert.Equal(7, (await host.FetchAsync()).Count);

        async Task SendAsync(string path, params (string Field, string Value)[] fields)
        {
            await other.PostAsync(path, fields);
            words.Add(string.Join(' ', other.Words()));
        }
    }

    [Fact]
    public async Task It_is_forgotten_after_half_an_hour_and_when_its_source_leaves()
    {
        await using var host = await IntakeHost.StartAsync(options => options with { LeaveTo = "/en/about" });
        using var browser = host.Open();
        var form = await FormAsync(browser, "/en/form/1", ("what", Text));
        await browser.PostAsync("/en/form/1", form);
        var first = browser.Words();
        host.Time.Now = host.Time.Now.AddMinutes(31);
        await browser.PostAsync("/en/form/1", form);
        var second = browser.Words();
        Assert.NotEqual(first, second);
        await browser.GetAsync("/leave");
        await browser.PostAsync("/en/form/1", form);
        Assert.NotEqual(second, browser.Words());
        Assert.Equal(3, (await host.FetchAsync()).Count);
    }

    [Fact]
    public async Task Of_forms_that_are_sent_at_once_one_is_a_report()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var form = await FormAsync(browser, "/en/clerk/2", ("what", Text), ("channel", "Telephone"));
        var browsers = Enumerable.Range(0, 8).Select(_ => host.Open()).ToList();
        await Task.WhenAll(browsers.Select(one => one.PostAsync("/en/clerk/2", form)));
        Assert.Single(browsers.Select(one => string.Join(' ', one.Words())).Distinct());
        Assert.Single(await host.FetchAsync());
        foreach (var one in browsers) one.Dispose();
    }

    [Fact]
    public async Task A_message_that_is_sent_again_lies_there_once()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync(Text);
        var form = await FormAsync(browser, "/en/mine", ("message", "And on Friday"));
        for (var twice = 0; twice < 2; twice++)
        {
            await browser.PostAsync("/en/mine", form);
            Assert.Contains("Sealed and received.", browser.Page, StringComparison.Ordinal);
            Assert.Contains(": 1 message</dd>", browser.Page, StringComparison.Ordinal);
        }

        // The same words once more, in a form of their own, are said once more.
        await browser.PostAsync("/en/mine", await FormAsync(browser, "/en/mine", ("message", "And on Friday")));
        Assert.Contains(": 2 messages</dd>", browser.Page, StringComparison.Ordinal);
        Assert.Equal(3, (await host.FetchAsync()).Count);
    }

    [Fact]
    public async Task A_file_that_is_sent_again_lies_there_once()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync(Text);
        // At the end of a chunk, within one, and over several.
        foreach (var length in (int[])[65_536, 3, 200_000])
        {
            var bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(length);
            for (var twice = 0; twice < 2; twice++)
            {
                await browser.SendFileAsync("/en/file", "gate.jpg", new MemoryStream(bytes));
                Assert.Contains("is sealed and kept", browser.Page, StringComparison.Ordinal);
            }

            // Another name, or one byte more, is another file.
            await browser.SendFileAsync("/en/file", "crane.jpg", new MemoryStream(bytes));
            await browser.SendFileAsync("/en/file", "gate.jpg", new MemoryStream([.. bytes, 1]));
        }

        Assert.Equal(1 + 9, (await host.FetchAsync()).Count);
        Assert.Equal(9, Directory.EnumerateFileSystemEntries(Path.Combine(host.Folder, "files")).Count());
    }

    [Fact]
    public async Task Each_form_that_is_shown_has_a_number_of_its_own_and_none_is_kept()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var numbers = new HashSet<string>();
        for (var i = 0; i < 3; i++) numbers.Add((await FormAsync(browser, "/es/form/1"))[0].Value);
        await browser.PostAsync("/es/form/1", ("what", ""), ("once", numbers.First()));
        numbers.Add(NumberOf(browser));
        Assert.Equal(4, numbers.Count);
        Assert.All(numbers, number => Assert.Matches("^[0-9a-f]{32}$", number));

        var form = await FormAsync(browser, "/es/form/1", ("what", Text));
        await browser.PostAsync("/es/form/1", form);
        string mark = FormMark.Of("/es/form/1", new FormCollection(form.ToDictionary(field => field.Field, field => new StringValues(field.Value))))!;
        Assert.Empty(await IntakeHost.FindAsync(host.Folder, form[0].Value, mark));
    }

    /// <summary>Of as many sessions as there may be none is looked at but the one: to go through them took as long for one form as this may for all.</summary>
    [Fact]
    public void A_form_is_found_by_its_mark()
    {
        const int most = 20_000;
        var sessions = new SourceSessions(TimeProvider.System);
        using var keys = new SourceKeys(new byte[32]);
        var begun = Enumerable.Range(0, most).Select(i => new SourceSession { Keys = keys, Report = Guid.NewGuid(), Form = $"{i:x64}" }).ToList();
        foreach (var session in begun) sessions.Begin(new DefaultHttpContext(), session);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var session in begun) Assert.Same(session, sessions.Again(new DefaultHttpContext(), session.Form!));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    /// <summary>A mark tells fields and values apart, however they are cut.</summary>
    [Fact]
    public void What_is_cut_otherwise_is_another_form()
    {
        var number = FormMark.Draw();
        string?[] marks = [Mark(("what", ["a", "b"])), Mark(("what", ["ab"])), Mark(("whata", ["b"])), Mark(("what", ["a"]), ("who", ["b"])), Mark(("what", ["a"]), ("who", ["b"]), ("name", [""]))];
        Assert.Equal(marks.Length, marks.Distinct().Count());
        Assert.Equal(Mark(("what", ["a"]), ("who", ["b"])), Mark(("who", ["b"]), ("what", ["a"])));

        string? Mark(params (string Field, string[] Values)[] fields) =>
            FormMark.Of("/en/form/1", new FormCollection(fields.Append(("once", [number])).ToDictionary(field => field.Item1, field => new StringValues(field.Item2))));
    }

    static async Task<(string Field, string Value)[]> FormAsync(Browser browser, string path, params (string Field, string Value)[] fields)
    {
        await browser.GetAsync(path);
        return [("once", NumberOf(browser)), .. fields];
    }

    static string NumberOf(Browser browser) => Assert.Single(Hidden().Matches(browser.Page)).Groups[1].Value;

    [GeneratedRegex("<input type=\"hidden\" name=\"once\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
