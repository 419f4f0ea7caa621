using System.Text.Json;
using CsCheck;
using Probity.Exhibits.Contract;

namespace Probity.Tests.Exhibits;

public sealed class GramsTests
{
    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData("12,5", "12.5")]
    [InlineData(" 1 234,5 ", "1234.5")]
    [InlineData("1.234", "1.234")]
    [InlineData("0.00001", "0.00001")]
    [InlineData("1000000000", "1000000000")]
    public void What_a_balance_prints_is_read_as_it_stands(string text, string expected)
    {
        Assert.True(Grams.TryParse(text, out var grams));
        Assert.Equal(expected, grams.ToString());
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("-1"), InlineData("+1"), InlineData("1e3"), InlineData("1.234,5"), InlineData("1,2,3"), InlineData(".5")]
    [InlineData("5."), InlineData("0.000001"), InlineData("1000000000.00001"), InlineData("NaN"), InlineData("１２"), InlineData("12 kg"), InlineData("0x10")]
    public void What_could_be_read_in_two_ways_or_is_no_mass_is_not(string? text) => Assert.False(Grams.TryParse(text, out _));

    [Fact]
    public void On_the_record_it_is_text_with_all_its_decimals()
    {
        Assert.Equal("\"1500.10\"", JsonSerializer.Serialize(new Grams(1500.10m)));
        Assert.Equal(1500.10m, JsonSerializer.Deserialize<Grams>("\"1500.10\"").Value);
        Assert.All((string[])["1500.1", "\"1,5\"", "\"-1\"", "null", "\"\""], json => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Grams>(json)));
    }

    [Fact]
    public void Text_and_mass_say_the_same() => Gen.Decimal[0m, 1_000_000_000m].Sample(value =>
    {
        var grams = new Grams(decimal.Round(value, Grams.Decimals));
        Assert.True(Grams.TryParse(grams.ToString(), out var read));
        Assert.Equal(grams, read);
        Assert.Equal(grams, JsonSerializer.Deserialize<Grams>(JsonSerializer.Serialize(grams)));
    }, iter: 2_000);

    [Fact]
    public void Uncertainties_combine_to_the_root_of_their_squares_and_never_to_less() => Gen.Int[0, 10_000_000].Array[0, 12].Sample(parts =>
    {
        var uncertainties = parts.Select(p => new Grams(p / 100_000m)).ToList();
        var squares = uncertainties.Sum(u => u.Value * u.Value);
        var combined = Grams.Combine(uncertainties).Value;
        Assert.True(combined * combined >= squares);
        var less = Math.Max(0m, combined - 0.00002m);
        Assert.True(less * less <= squares);
    }, iter: 2_000);

    [Fact]
    public void Three_and_four_combine_to_five() => Assert.Equal(5m, Grams.Combine(new Grams(3m), new Grams(4m)).Value);
}
