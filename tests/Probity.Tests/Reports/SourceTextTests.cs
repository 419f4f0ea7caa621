using Probity.Reports.Handling;

namespace Probity.Tests.Reports;

/// <summary>Signs that cannot be seen, in what sources write.</summary>
public sealed class SourceTextTests
{
    [Theory]
    [InlineData("Ana \u202Egpj.exe", "Ana ⟦U+202E⟧gpj.exe")]
    [InlineData("\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u2066\u2067\u2068\u2069", "⟦U+061C⟧⟦U+200E⟧⟦U+200F⟧⟦U+202A⟧⟦U+202B⟧⟦U+202C⟧⟦U+202D⟧⟦U+2066⟧⟦U+2067⟧⟦U+2068⟧⟦U+2069⟧")]
    [InlineData("a\u200Bb\u00ADc\uFEFFd\u2060", "a⟦U+200B⟧b⟦U+00AD⟧c⟦U+FEFF⟧d⟦U+2060⟧")]
    [InlineData("x\u0007y\u0000\u0085", "x⟦U+0007⟧y⟦U+0000⟧⟦U+0085⟧")]
    [InlineData("tag \U000E0041\U000E0042\U000E0042", "tag ⟦U+E0041⟧⟦U+E0042 ×2⟧")]
    [InlineData("A\u3164B\uFE01C\u200DD", "A⟦U+3164⟧B⟦U+FE01⟧C⟦U+200D⟧D")]
    [InlineData("\u200B\u200B\u200B", "⟦U+200B ×3⟧")]
    // Lines, letters of other writings, and pictures as telephones send them are left as they are.
    [InlineData("São\tTomé\r\nالسلام שלום", "São\tTomé\r\nالسلام שלום")]
    [InlineData("\u2764\uFE0F \U0001F468\u200D\U0001F469\u200D\U0001F467 \U0001F469\U0001F3FD\u200D\u2695\uFE0F", "\u2764\uFE0F \U0001F468\u200D\U0001F469\u200D\U0001F467 \U0001F469\U0001F3FD\u200D\u2695\uFE0F")]
    public void What_cannot_be_seen_has_a_mark(string text, string shown)
    {
        Assert.Equal(shown, SourceText.Plain(text));
        Assert.Equal(text != shown, SourceText.HasUnseen(text));
    }

    [Fact]
    public async Task The_page_of_a_report_shows_marks_and_never_the_signs_themselves()
    {
        await using var host = await UnlockedReports.StartAsync();
        using var reports = await UnlockedReports.OfAsync(host);
        reports.Unlock(UnlockedReports.Integrity);
        const string text = "Ask \u202Enaoj\u202C, not <joão>\u200B";
        var report = await reports.SendAsync("one", text, kept: new Sealing.MustNotSee([], [], ["Pat\u2067 <Doe>"]));
        await reports.SendAsync("one", "Later: \u2066x\u2069");
        var reader = await reports.SignedInAsync(UnlockedReports.Integrity);
        var html = await reader.TextAsync($"/reports/{report:D}");
        Assert.Contains("&lt;jo", html, StringComparison.Ordinal);
        var page = System.Net.WebUtility.HtmlDecode(html);
        Assert.Contains("<bdi>Ask <mark title=\"U+202E, a sign that cannot be seen and changes the direction in which letters run\">⟦U+202E⟧</mark>naoj<mark", page, StringComparison.Ordinal);
        Assert.Contains("<mark title=\"U+200B, a sign that cannot be seen\">⟦U+200B⟧</mark></bdi>", page, StringComparison.Ordinal);
        Assert.Contains("⟦U+2066⟧", page, StringComparison.Ordinal);
        Assert.Contains("⟦U+2067⟧", page, StringComparison.Ordinal);
        Assert.Contains("id=\"unseen\"", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("[\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]", page);

        var plain = await reports.SendAsync("two", "Nothing odd.");
        Assert.DoesNotContain("id=\"unseen\"", await reader.TextAsync($"/reports/{plain:D}"), StringComparison.Ordinal);
    }
}
