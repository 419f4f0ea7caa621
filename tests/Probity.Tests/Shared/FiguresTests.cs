using System.Globalization;
using Probity.Exhibits;
using Probity.Exhibits.Balancing;
using Probity.Exhibits.Contract;
using Probity.Shared;

namespace Probity.Tests.Shared;

/// <summary>Figures as they are written and read in each language.</summary>
public sealed class FiguresTests
{
    [Theory]
    [InlineData("en", "1012.53217", "0.70711", "1,012.53", "0.71"), InlineData("es", "1012.53217", "0.70711", "1.012,53", "0,71"), InlineData("pt", "1012.53217", "0.70711", "1.012,53", "0,71")]
    // Neither gets a digit that nobody read.
    [InlineData("en", "1012.5", "0.5", "1,012.5", "0.5"), InlineData("en", "1012.50", "0.5", "1,012.50", "0.50"), InlineData("en", "1000", "0.70711", "1,000.00", "0.71")]
    [InlineData("en", "1012.25", "12.3", "1,012", "13"), InlineData("en", "123456", "1234", "123,500", "1,300"), InlineData("en", "5", "0.0996", "5.00", "0.10")]
    [InlineData("en", "-38.24", "0.7072", "\u221238.24", "0.71"), InlineData("en", "0.00002", "0.00001", "0.00002", "0.00001"), InlineData("en", "5.10", "0", "5.10", "0")]
    public void A_figure_is_said_to_the_place_of_two_digits_of_its_uncertainty(string language, string value, string uncertainty, string said, string within) => In(language, () =>
        Assert.Equal((said, within), Figures.Within(decimal.Parse(value, CultureInfo.InvariantCulture), decimal.Parse(uncertainty, CultureInfo.InvariantCulture))));

    [Fact]
    public void An_uncertainty_is_never_said_smaller_than_it_is() => In("en", () =>
    {
        for (var u = 0.00001m; u < 2_000m; u *= 1.37m)
        {
            var exact = Math.Round(u, 5);
            var said = decimal.Parse(Figures.Within(1m, exact).Uncertainty, CultureInfo.CurrentCulture);
            Assert.InRange(said, exact, exact * 1.11m);
        }
    });

    [Theory]
    [InlineData("en", "1,234,567", "1,234.50", "1,234.5"), InlineData("es", "1.234.567", "1.234,50", "1.234,5"), InlineData("pt", "1.234.567", "1.234,50", "1.234,5")]
    public void Counts_and_masses_are_grouped_as_the_language_does(string language, string count, string exact, string plain) => In(language, () =>
    {
        Assert.Equal((count, exact, plain), (Figures.Whole(1_234_567), Figures.Exact(1234.50m), Figures.Short(1234.50m, 4)));
        Assert.Equal(exact + "\u00A0g ± " + (language == "en" ? "0.25" : "0,25") + "\u00A0g", ExhibitWords.Of(new Grams(1234.50m), new Grams(0.25m)));
        // What we wrote into a matter ourselves is figures; what people wrote is left alone.
        Assert.Equal(language == "en" ? "\u221238.20\u00A0g ± 0.71\u00A0g" : "\u221238,20\u00A0g ± 0,71\u00A0g", ExhibitWords.Noted(DiscrepancyKind.Weight, "-38.2 ± 0.70711"));
        Assert.Equal(language == "en" ? "\u22122.2 % (± 1.5, ± 1.5)" : "\u22122,2 % (± 1,5, ± 1,5)", ExhibitWords.Noted(DiscrepancyKind.Substance, "-2.2 % (± 1.5, ± 1.5)"));
        Assert.Equal("Page 1.5 is torn.", ExhibitWords.Noted(DiscrepancyKind.Stated, "Page 1.5 is torn."));
        Assert.Equal(exact + "\u00A0g", ExhibitWords.Said(DiscrepancyKind.Weight, "1234.50"));
    });

    [Theory]
    [InlineData("en", "-10.4", "\u221210.4", "\u221210.4"), InlineData("es", "-10.4", "\u221210,4", "\u221210,4"), InlineData("pt", "-1234.5", "\u22121.234,5", "\u22121.234,5")]
    [InlineData("en", "0.2", "0.2", "+0.2"), InlineData("es", "0.2", "0,2", "+0,2"), InlineData("pt", "0", "0", "0"), InlineData("pt", "-0.0", "0,0", "0,0"), InlineData("en", "0.0", "0.0", "0.0")]
    public void A_difference_has_one_minus_in_every_language_and_nothing_has_no_sign(string language, string value, string exact, string difference) => In(language, () =>
    {
        var figure = decimal.Parse(value, CultureInfo.InvariantCulture);
        Assert.Equal((exact, difference), (Figures.Exact(figure), Figures.Signed(Figures.Exact(figure))));
    });

    [Theory]
    [InlineData("en", "-0.3", "13", "0 g (± 13 g)"), InlineData("es", "0.3", "13", "0 g (± 13 g)"), InlineData("pt", "-10.4", "2.1", "\u221210,4 g (± 2,1 g)"), InlineData("pt", "0.2", "2.1", "+0,2 g (± 2,1 g)")]
    public void A_difference_that_its_uncertainty_rounds_to_nothing_is_said_as_nothing(string language, string difference, string uncertainty, string said) => In(language, () =>
        Assert.Equal(said, GramsWords.Within(decimal.Parse(difference, CultureInfo.InvariantCulture), new Grams(decimal.Parse(uncertainty, CultureInfo.InvariantCulture))).Replace('\u00A0', ' ')));

    [Fact]
    public void A_sum_too_small_to_be_said_has_no_sign() => In("es", () => Assert.Equal(("0\u00A0g", "\u22121,5\u00A0g"), (GramsWords.Signed(-0.0000001m), GramsWords.Signed(-1.5m))));

    [Theory]
    [InlineData("1234.5", "1234.5"), InlineData("1234,5", "1234.5"), InlineData("12,5", "12.5"), InlineData("0,125", "0.125"), InlineData("0.125", "0.125"), InlineData("1.2340", "1.2340")]
    [InlineData("1 234,567", "1234.567"), InlineData("1012.345", "1012.345"), InlineData("1.234,56", "1234.56"), InlineData("1,234.567", "1234.567"), InlineData("1.234.567", "1234567"), InlineData("1234", "1234")]
    [InlineData(" 12\u00A0345,6 ", "12345.6"), InlineData("12.50", "12.50")]
    public void A_number_is_read_with_either_sign_in_any_language(string typed, string read)
    {
        foreach (var language in (string[])["en", "es", "pt"])
        {
            In(language, () =>
            {
                Assert.True(TypedMass.TryRead(typed, out Grams grams));
                Assert.Equal((read, false), (grams.ToString(), TypedNumber.IsAmbiguous(typed)));
            });
        }
    }

    [Theory]
    [InlineData("1,234", true), InlineData("1.234", true), InlineData("12.500", true), InlineData("999,999", true), InlineData("1 ,234", true)]
    [InlineData("", false), InlineData("1,23,4", false), InlineData("1.23.456", false), InlineData("1,2345.6", false), InlineData(",5", false), InlineData("5.", false)]
    [InlineData("-5", false), InlineData("1e3", false), InlineData("12 g", false), InlineData("1.234.56", false), InlineData("0.1234567", false), InlineData("1,234,567,890,123", false)]
    public void What_may_be_two_numbers_or_is_none_is_refused(string typed, bool ambiguous)
    {
        Assert.False(TypedMass.TryRead(typed, out Grams _));
        Assert.Equal(ambiguous, TypedNumber.IsAmbiguous(typed));
    }

    static void In(string language, Action check)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            check();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }
}
