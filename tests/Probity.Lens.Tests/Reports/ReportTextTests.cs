using System.Text.RegularExpressions;
using Probity.Lens.Reports;
using Probity.Lens.Rules;

namespace Probity.Lens.Tests.Reports;

public class ReportTextTests
{
    [Theory]
    [InlineData("es")]
    [InlineData("pt")]
    public void Every_text_is_there_in_each_language_with_the_same_places(string language)
    {
        var keys = ReportTexts.Keys("en");
        Assert.True(keys.Count > 100);
        Assert.Empty(keys.Except(ReportTexts.Keys(language)));
        Assert.Empty(ReportTexts.Keys(language).Except(keys));
        foreach (var key in keys)
        {
            var (english, own) = (ReportTexts.Own(key, "en")!, ReportTexts.Own(key, language)!);
            Assert.False(string.IsNullOrWhiteSpace(own), $"{key} in {language}");
            Assert.True(Places(english).SetEquals(Places(own)), $"{key} in {language}");
        }
    }

    [Fact]
    public void Outside_the_annex_no_text_has_a_word_that_only_we_use()
    {
        foreach (var language in RuleSentences.Languages)
        {
            foreach (var key in ReportTexts.Keys(language).Where(k => !k.StartsWith("Method.", StringComparison.Ordinal)))
                Assert.DoesNotMatch(@"(?i)\b(variant\w*|align\w*|conformance|hash\w*|alineamient\w*|alinhament\w*|conformidad\w*)", ReportTexts.Own(key, language)!);
        }
    }

    [Fact]
    public void A_share_is_never_rounded_to_none_or_all()
    {
        var texts = new ReportTexts("en");
        Assert.Equal(["0.0 %", "< 0.1 %", "50.0 %", "> 99.9 %", "100.0 %"],
            new[] { 0, 1, 5_000, 9_999, 10_000 }.Select(n => texts.Share(n, 10_000).Replace('\u00A0', ' ')));
        Assert.Equal("33,3\u00A0%", new ReportTexts("es").Share(1, 3));
    }

    [Fact]
    public void A_language_without_texts_is_refused() => Assert.Throws<BadInputException>(() => new ReportTexts("fr"));

    static HashSet<string> Places(string text) => [.. Regex.Matches(text, @"\{\w+\}").Select(m => m.Value)];
}
