using Probity.Exhibits.Contract;
using Probity.Exhibits.TakingOver;

namespace Probity.Tests.Exhibits.TakingOver;

/// <summary>Amounts and days as registers write them: what may be two things is told, never guessed.</summary>
public sealed class StatedTests
{
    [Theory]
    [InlineData("1012.5", "NotSaid", "Clear", "1012.5"), InlineData("1012,50", "NotSaid", "Clear", "1012.50"), InlineData("0.500", "NotSaid", "Clear", "0.500"), InlineData("12", "Comma", "Clear", "12")]
    [InlineData("1.234,56", "NotSaid", "Grouped", "1234.56"), InlineData("1,234.56", "NotSaid", "Grouped", "1234.56"), InlineData("1.234.567", "NotSaid", "Grouped", "1234567"), InlineData("1 234,5", "NotSaid", "Grouped", "1234.5")]
    [InlineData("1.234", "NotSaid", "Either", "1.234"), InlineData("12,345", "NotSaid", "Either", "12.345")]
    [InlineData("1.234", "Point", "Clear", "1.234"), InlineData("1.234", "Comma", "Grouped", "1234"), InlineData("12,345", "Comma", "Clear", "12.345"), InlineData("1.5", "Comma", "Unclear", "0")]
    [InlineData("1.23.4", "NotSaid", "Unclear", "0"), InlineData("1,234,56", "NotSaid", "Unclear", "0"), InlineData("-5", "NotSaid", "Unclear", "0"), InlineData("1e5", "NotSaid", "Unclear", "0"), InlineData("", "NotSaid", "Unclear", "0")]
    [InlineData(".5", "NotSaid", "Unclear", "0"), InlineData("5.", "NotSaid", "Unclear", "0"), InlineData("1.234,567.8", "NotSaid", "Unclear", "0")]
    public void Numbers(string text, string sign, string reading, string value)
    {
        Assert.Equal(Enum.Parse<AmountReading>(reading), StatedAmount.Read(text, false, Enum.Parse<DecimalSign>(sign), out var read, out _));
        if (reading != "Unclear") Assert.Equal(value, read.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_number_of_a_workbook_has_a_point_before_its_decimals_whatever_else_is_said()
    {
        Assert.Equal(AmountReading.Clear, StatedAmount.Read("1.234", true, DecimalSign.Comma, out var value, out _));
        Assert.Equal(1.234m, value);
        Assert.Equal(AmountReading.Unclear, StatedAmount.Read("1E+20", true, DecimalSign.NotSaid, out _, out _));
        Assert.Equal(AmountReading.Either, StatedAmount.Read("1.234", false, DecimalSign.NotSaid, out value, out var other));
        Assert.Equal((1.234m, 1234m), (value, other));
    }

    [Theory]
    [InlineData("12,5 kg", "12,5", "kg"), InlineData("500mg.", "500", "mg"), InlineData("17", "17", null), InlineData("3 tabletas", "3", "tabletas"), InlineData("kg", "", "kg")]
    public void A_number_and_its_unit(string text, string number, string? unit) => Assert.Equal((number, unit), StatedAmount.Split(text));

    [Theory]
    [InlineData("12.50", "kg", "12500.00"), InlineData("500", "mg", "0.500"), InlineData("2", "toneladas", "2000000"), InlineData("0.01", "mg", "0.00001"), InlineData("7", "Gramos", "7"), InlineData("1.2345678", "kg", "1234.56780")]
    public void Masses(string value, string unit, string grams) =>
        Assert.Equal(grams, StatedAmount.ToGrams(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), StatedAmount.InGrams(unit)!.Value)!.Value.ToString());

    [Fact]
    public void What_no_balance_shows_is_no_mass()
    {
        Assert.Null(StatedAmount.ToGrams(0.001m, 0.001m));
        Assert.Null(StatedAmount.ToGrams(1_000_000m, 1_000_000m));
        Assert.Equal(Grams.Most, StatedAmount.ToGrams(1000m, 1_000_000m));
        Assert.Equal(("tablets", "litres", "USD", null), (StatedAmount.CountedIn("comprimidos"), StatedAmount.CountedIn("L"), StatedAmount.CountedIn("USD"), StatedAmount.CountedIn("fardos")));
    }

    [Theory]
    [InlineData("2019-04-30", "NotSaid", "Clear", "2019-04-30"), InlineData("2019-04-03T10:20:00", "MonthFirst", "Clear", "2019-04-03"), InlineData("30/04/2019", "NotSaid", "Clear", "2019-04-30")]
    [InlineData("04/30/2019", "NotSaid", "Clear", "2019-04-30"), InlineData("04/04/2019", "NotSaid", "Clear", "2019-04-04"), InlineData("3.4.2019 08:15", "DayFirst", "Clear", "2019-04-03")]
    [InlineData("03/04/2019", "NotSaid", "Either", "2019-04-03"), InlineData("03/04/2019", "MonthFirst", "Clear", "2019-03-04"), InlineData("04/30/2019", "DayFirst", "Unclear", ""), InlineData("30/04/2019", "MonthFirst", "Unclear", "")]
    [InlineData("30/04/19", "NotSaid", "Unclear", ""), InlineData("31/02/2019", "NotSaid", "Unclear", ""), InlineData("43585", "NotSaid", "Unclear", ""), InlineData("abril", "NotSaid", "Unclear", "")]
    public void Days(string text, string order, string reading, string day)
    {
        Assert.Equal(Enum.Parse<DayReading>(reading), StatedDay.Read(text, Enum.Parse<DayOrder>(order), out var read, out _));
        if (day.Length > 0) Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), read);
    }
}
