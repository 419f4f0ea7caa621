using System.Net;
using Probity.Sealing.Receipts;

namespace Probity.Intake.Tests.Serving;

/// <summary>What whoever comes back with words that are no code is told, and what with a code that finds nothing.</summary>
public class ComingBackTests
{
    [Theory]
    [InlineData("/en/back", "", "Type your eight words.")]
    [InlineData("/en/back", "7 - 8.", "Type your eight words.")]
    [InlineData("/en/back", "talon", "This is one word; eight are needed.")]
    [InlineData("/en/back", "talon abacus idealism zoom clone palpitate sacred", "These are 7 words; eight are needed.")]
    [InlineData("/pt/back", "talon abacus idealism zoom clone palpitate sacred encircle talon", "São 9 palavras; são precisas oito.")]
    [InlineData("/en/back", "talon abacus qqqqqqqq zoom clone palpitate sacred encircle", "Word 3 is not a word of the list: look at its spelling.")]
    [InlineData("/es/back", "talon abacus qqqqqqqq zoom clone palpitate wwwwwwww encircle", "La palabra 7 no está en la lista: revise cómo se escribe.")]
    public async Task What_is_no_code_is_told_what_it_lacks_and_stays_in_the_field(string path, string typed, string said)
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var page = WebUtility.HtmlDecode(await browser.PostAsync(path, ("words", typed)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.DoesNotContain("find nothing", page, StringComparison.Ordinal);
        // More than eight may hold the eight.
        Assert.Equal(typed.Split(' ').Length <= 8, page.Contains($"value=\"{typed}\"", StringComparison.Ordinal));
        Assert.Equal("no-store", browser.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task What_is_too_long_is_told_so_and_a_page_stays_small()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.PostAsync("/en/back", ("words", "talon abacus idealism zoom clone palpitate sacred" + new string(' ', 400) + "encircle"));
        Assert.Contains("this is too long", browser.Page, StringComparison.Ordinal);
        var before = browser.Received;
        await browser.PostAsync("/en/back", ("words", string.Concat(Enumerable.Repeat("talon ", 5_000))));
        Assert.Contains("These are 5000 words", browser.Page, StringComparison.Ordinal);
        Assert.InRange(browser.Received - before, 1, 10_000);
    }

    [Fact]
    public async Task A_code_that_finds_nothing_gets_one_answer_whatever_it_is()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var pages = new HashSet<string>();
        foreach (var code in (string[])["talon abacus idealism zoom clone palpitate sacred encircle", "TALON abacus idealism zoom clone palpitate sacred talon", "talonabacus idealism zoom clone palpitate sacred talon"])
            pages.Add(await browser.PostAsync("/en/back", ("words", code)));
        var page = Assert.Single(pages);
        Assert.Contains("These words find nothing.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("talon", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("value=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_was_written_too_long_is_not_taken_for_sent_and_stays_on_the_page()
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var words = await browser.ReportAsync("On Tuesday at gate four");
        host.Time.Now += TimeSpan.FromMinutes(31);
        await browser.PostAsync("/pt/mine", ("message", "Voltou a <fazê-lo>."));
        Assert.Equal(HttpStatusCode.NotFound, browser.Status);
        Assert.Contains("não foi recebida", WebUtility.HtmlDecode(browser.Page), StringComparison.Ordinal);
        Assert.Contains("Voltou a &lt;fazê-lo&gt;.</textarea>", browser.Page.Replace("&#xEA;", "ê", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Single(await host.FetchAsync());
        await browser.PostAsync("/pt/mine", ("message", "  "));
        Assert.DoesNotContain("<textarea", browser.Page, StringComparison.Ordinal);

        // In again with the words, the same page sends it.
        await browser.PostAsync("/pt/back", ("words", string.Join(' ', words)));
        await browser.PostAsync("/pt/mine", ("message", "Voltou a <fazê-lo>."));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Equal("Voltou a <fazê-lo>.", Assert.Single(host.Read((await host.FetchAsync())[1].Deposit!, 0)!.Answers).Text);
    }

    [Theory]
    [InlineData("my words: {0}"), InlineData("{0} thanks"), InlineData("eight {1}")]
    public async Task Words_of_a_code_that_stand_among_others_are_not_shown_again(string written)
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        var words = await browser.ReportAsync("On Tuesday at gate four");
        var typed = string.Format(System.Globalization.CultureInfo.InvariantCulture, written, string.Join(' ', words), string.Concat(words));
        await browser.PostAsync("/en/back", ("words", typed));
        Assert.DoesNotContain(words[3], browser.Page, StringComparison.Ordinal);
        await browser.PostAsync("/es/back", ("words", typed), ("tongue", ""));
        Assert.DoesNotContain(words[3], browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("voice.amr", true), InlineData("photo.HEIC", true), InlineData("no name", true), InlineData("photo.JPG", false), InlineData("voice.m4a", false)]
    public async Task Whoever_sends_a_file_of_which_no_copy_can_be_made_is_told_so(string name, bool told)
    {
        await using var host = await IntakeHost.StartAsync();
        using var browser = host.Open();
        await browser.ReportAsync("On Tuesday at gate four");
        await browser.SendFileAsync("/en/file", name, new MemoryStream([1, 2, 3]));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Equal(told, browser.Page.Contains("no copy can be made that hides where it comes from", StringComparison.Ordinal));
        Assert.Contains("a voice can be recognised", browser.Page, StringComparison.Ordinal);
    }

    /// <summary>A slip that is repaired is never called unknown.</summary>
    [Theory]
    [InlineData("talon abacus idealism zoom clone palpitate sacred encircle")]
    [InlineData("talonabacus ideallism zoom clone palpitate sacred encircle")]
    [InlineData("talon abacus idealism zoom clone palpi tate sacred encircle")]
    public void What_can_be_read_has_eight_words_of_the_list(string typed)
    {
        Assert.NotEmpty(ReceiptCode.Read(typed));
        var doubt = ReceiptDoubt.Of(typed);
        Assert.Equal(8, doubt.Count);
        Assert.Empty(doubt.Unknown);
    }

    [Fact]
    public void Whatever_cannot_be_read_lacks_something_that_can_be_said()
    {
        var random = new Random(4711);
        foreach (var list in WordList.All)
        {
            for (var i = 0; i < 300; i++)
            {
                var words = Enumerable.Range(0, random.Next(1, 15)).Select(_ => random.Next(6) == 0 ? new string((char)random.Next('a', 'z'), random.Next(1, 12)) : list.Words[random.Next(list.Words.Count)]);
                var typed = string.Join(random.Next(9) == 0 ? "" : " ", words);
                var doubt = ReceiptDoubt.Of(typed);
                if (ReceiptCode.Read(typed).Count == 0) Assert.True(doubt.Count != 8 || doubt.Unknown.Count > 0 || typed.Length > 400, typed);
            }
        }
    }
}
