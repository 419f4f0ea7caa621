using System.Net;
using System.Text.RegularExpressions;

namespace Probity.Intake.Tests.Serving;

/// <summary>Who changes the language keeps what they typed, without script, and sends nothing by it.</summary>
public partial class TonguesTests
{
    static readonly (string Field, string Value)[] s_again = [("tongue", "")];

    [Fact]
    public async Task A_form_is_shown_in_another_language_with_all_that_was_typed_and_ticked()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.GetAsync("/en/form/2");
        Assert.Equal(["/es/form/2", "/pt/form/2"], Switches().Matches(browser.Page).Select(match => match.Groups[1].Value));
        var names = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"Name {i}"));
        (string Field, string Value)[] typed =
            [("what", "  two lines\n<and> \"signs\""), ("leaked", "the list"), ("who", "them"), ("unit", $"{host.Unit}"), ("post", $"{host.Post}"), ("names", names), ("name", "Ana"), ("contact", "+238 000")];
        await browser.PostAsync("/es/form/2", [.. typed, .. s_again]);
        Assert.Equal((HttpStatusCode.OK, "/es/form/2"), (browser.Status, browser.Address.AbsolutePath));
        var page = WebUtility.HtmlDecode(browser.Page);
        Assert.Contains("<html lang=\"es\">", page, StringComparison.Ordinal);
        foreach (var (field, value) in typed.Where(t => t.Field is not ("unit" or "post"))) Assert.Contains(value, page, StringComparison.Ordinal);
        Assert.Equal(2, Ticked().Count(page));
        // What is wrong with it is said once it is sent, not before.
        Assert.DoesNotContain("class=\"fault\"", page, StringComparison.Ordinal);

        await browser.PostAsync("/pt/clerk/1", [("channel", "InPerson"), ("what", ""), .. s_again]);
        Assert.Contains("value=\"InPerson\" checked", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"fault\"", browser.Page, StringComparison.Ordinal);
        Assert.Empty(await host.FetchAsync());
    }

    /// <summary>Enter in a field takes the first button of the form in the page: that one sends.</summary>
    [Theory]
    [InlineData("/en/form/1"), InlineData("/en/back"), InlineData("/en/mine")]
    public async Task The_first_button_of_a_form_sends_it(string path)
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        if (path == "/en/mine") await browser.ReportAsync("Something");
        await browser.GetAsync(path);
        Assert.Contains("form=\"f\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("formaction", Button().Match(browser.Page).Value, StringComparison.Ordinal);
        Assert.Single(Form().Matches(browser.Page));
    }

    [Fact]
    public async Task A_message_is_kept_and_not_sent()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync("Something");
        await browser.PostAsync("/pt/mine", [("message", "And on Friday"), .. s_again]);
        Assert.Contains(">And on Friday</textarea>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"pt\">", browser.Page, StringComparison.Ordinal);
        Assert.Single(await host.FetchAsync());
    }

    [Fact]
    public async Task A_code_is_printed_nowhere_and_opens_nothing_in_another_language()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var words = await browser.ReportAsync("Something");
        using var other = host.Open();
        await other.PostAsync("/es/back", [("words", string.Join(' ', words)), .. s_again]);
        Assert.Equal((HttpStatusCode.OK, "/es/back"), (other.Status, other.Address.AbsolutePath));
        Assert.DoesNotContain(words[0], other.Page, StringComparison.Ordinal);
        Assert.False(other.Headers.Contains("Set-Cookie"));
        // What is no code stays in the field, as it does when it is sent, and nothing is said against it.
        await other.PostAsync("/es/back", [("words", "talon abacus"), .. s_again]);
        Assert.Contains("value=\"talon abacus\"", other.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("role=\"alert\"", other.Page, StringComparison.Ordinal);
    }

    /// <summary>Nobody is left who could read a message: it stands there as it was written.</summary>
    [Fact]
    public async Task A_message_for_nobody_stays_in_its_field()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync("Something");
        var book = host.MakeBook(2);
        await host.HandOverAsync(book with { Holders = [.. book.Holders.Select(holder => holder with { Id = Guid.NewGuid() })] });
        await browser.PostAsync("/en/mine", ("message", "And on Friday"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("Nobody here may read this", browser.Page, StringComparison.Ordinal);
        Assert.Contains(">And on Friday</textarea>", browser.Page, StringComparison.Ordinal);
        Assert.Single(await host.FetchAsync());
    }

    [GeneratedRegex("<button type=\"submit\" form=\"f\" formaction=\"([^\"]*)\" formnovalidate")]
    private static partial Regex Switches();

    [GeneratedRegex("type=\"checkbox\"[^>]* checked")]
    private static partial Regex Ticked();

    [GeneratedRegex("<button[^>]*>")]
    private static partial Regex Button();

    [GeneratedRegex("<form id=\"f\" ")]
    private static partial Regex Form();
}
