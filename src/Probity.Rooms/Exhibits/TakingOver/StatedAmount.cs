using System.Collections.Frozen;
using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Shared;

namespace Probity.Exhibits.TakingOver;

/// <summary>How a text was read as an amount.</summary>
internal enum AmountReading { Clear, Grouped, Either, Unclear }

/// <summary>
/// Reads amounts and units as registers write them: decimals, never floating point. "1.234" alone may be more than a thousand or little more than one:
/// it is told, not guessed.
/// </summary>
internal static class StatedAmount
{
    const decimal Most = 1_000_000_000_000m;

    static readonly FrozenDictionary<string, decimal> GramsIn = new Dictionary<string, decimal>
    {
        ["g"] = 1m, ["gr"] = 1m, ["grs"] = 1m, ["gram"] = 1m, ["grams"] = 1m, ["gramo"] = 1m, ["gramos"] = 1m, ["grama"] = 1m, ["gramas"] = 1m,
        ["kg"] = 1000m, ["kgs"] = 1000m, ["kilo"] = 1000m, ["kilos"] = 1000m, ["kilogram"] = 1000m, ["kilograms"] = 1000m, ["kilogramo"] = 1000m, ["kilogramos"] = 1000m,
        ["quilo"] = 1000m, ["quilos"] = 1000m, ["quilograma"] = 1000m, ["quilogramas"] = 1000m,
        ["mg"] = 0.001m, ["mgs"] = 0.001m, ["milligram"] = 0.001m, ["milligrams"] = 0.001m, ["miligramo"] = 0.001m, ["miligramos"] = 0.001m, ["miligrama"] = 0.001m, ["miligramas"] = 0.001m,
        ["t"] = 1_000_000m, ["ton"] = 1_000_000m, ["tons"] = 1_000_000m, ["tonne"] = 1_000_000m, ["tonnes"] = 1_000_000m, ["tonelada"] = 1_000_000m, ["toneladas"] = 1_000_000m,
    }.ToFrozenDictionary();

    static readonly FrozenDictionary<string, string> Counted = new Dictionary<string, string[]>
    {
        ["tablets"] = ["tablet", "tablets", "pill", "pills", "tableta", "tabletas", "pastilla", "pastillas", "comprimido", "comprimidos", "pastilha", "pastilhas"],
        ["litres"] = ["l", "lt", "lts", "litre", "litres", "liter", "liters", "litro", "litros"],
        ["plants"] = ["plant", "plants", "planta", "plantas", "pe", "pes"],
        ["units"] = ["unit", "units", "u", "ud", "uds", "un", "pcs", "piece", "pieces", "unidad", "unidades", "unidade", "pieza", "piezas", "peca", "pecas"],
    }.SelectMany(k => k.Value.Select(word => KeyValuePair.Create(word, k.Key))).ToFrozenDictionary();

    /// <summary>How many grams a unit is; null where it is none of mass.</summary>
    public static decimal? InGrams(string unit) => GramsIn.TryGetValue(PlainName.Of(unit), out var grams) ? grams : null;

    /// <summary>What is counted under a unit, as the record has it: tablets, litres, plants, units, or a currency's ISO 4217 code; null where it is unknown.</summary>
    public static string? CountedIn(string unit) => Counted.TryGetValue(PlainName.Of(unit), out var counted) ? counted
        : unit.Trim() is { Length: 3 } code && code.All(char.IsAsciiLetterUpper) ? code : null;

    /// <summary>Takes a number and the unit behind it apart, as in "12,5 kg".</summary>
    public static (string Number, string? Unit) Split(string text)
    {
        var end = text.Length;
        while (end > 0 && !char.IsAsciiDigit(text[end - 1])) end--;
        var unit = text[end..].Trim(' ', '.', '\u00A0', '\u202F');
        return (text[..end].Trim(), unit.Length == 0 ? null : unit);
    }

    /// <summary>A number as written.</summary>
    /// <param name="text">The digits and what parts them.</param>
    /// <param name="isNumber">Whether the file itself says that it is a number, so that a point is one.</param>
    /// <param name="sign">What stands before decimals in this file, where it was said.</param>
    /// <param name="value">The number; where it may be two, the one with decimals.</param>
    /// <param name="other">The other one.</param>
    public static AmountReading Read(string text, bool isNumber, DecimalSign sign, out decimal value, out decimal other)
    {
        (value, other) = (0, 0);
        if (text.Length is 0 or > 30) return AmountReading.Unclear;
        if (isNumber) return Parse(text, out value) ? AmountReading.Clear : AmountReading.Unclear;
        char[] marks = [.. text.Where(c => !char.IsAsciiDigit(c))];
        if (marks.Length == 0) return Parse(text, out value) ? AmountReading.Clear : AmountReading.Unclear;
        var (first, last) = (marks[0], marks[^1]);
        // What parts thousands comes again and again, and what stands before decimals once, at the end.
        if (marks.Any(m => m is not ('.' or ',' or ' ' or '\u00A0' or '\u202F' or '\''))) return AmountReading.Unclear;
        var alone = marks.Length == 1 && first is '.' or ',';
        var isDecimal = last is '.' or ',' && (marks.Length == 1 || (first != last && marks[..^1].All(m => m == first)));
        var isGrouping = marks.All(m => m == first);
        if (sign != DecimalSign.NotSaid)
        {
            var point = sign == DecimalSign.Point ? '.' : ',';
            isDecimal &= last == point;
            isGrouping &= first != point;
        }
        else if (alone && marks.Length == 1 && TypedNumber.LooksGrouped(text, first))
        {
            return Parse(text.Replace(first, '.'), out value) && Parse(Without(text, first), out other) ? AmountReading.Either : AmountReading.Unclear;
        }

        if (isDecimal)
        {
            var point = text.LastIndexOf(last);
            var whole = text[..point];
            if (marks.Length > 1 && !TypedNumber.LooksGrouped(whole, first)) return AmountReading.Unclear;
            return point > 0 && point < text.Length - 1 && Parse($"{Without(whole, first)}.{text[(point + 1)..]}", out value)
                ? marks.Length > 1 ? AmountReading.Grouped : AmountReading.Clear
                : AmountReading.Unclear;
        }

        return isGrouping && TypedNumber.LooksGrouped(text, first) && Parse(Without(text, first), out value) ? AmountReading.Grouped : AmountReading.Unclear;
    }

    /// <summary>A mass in grams; null where it is finer than the record keeps, or more than was ever seized.</summary>
    public static Grams? ToGrams(decimal value, decimal factor)
    {
        if (value > Grams.Most.Value / factor) return null;
        var grams = value * factor;
        var kept = decimal.Round(grams, Grams.Decimals);
        return kept == grams ? new Grams(Scale(grams) > Grams.Decimals ? kept : grams) : null;
    }

    static int Scale(decimal value) => (decimal.GetBits(value)[3] >> 16) & 0xFF;

    static string Without(string text, char mark) => text.Replace(mark.ToString(), "", StringComparison.Ordinal);

    static bool Parse(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && char.IsAsciiDigit(text[0]) && value <= Most;
}
