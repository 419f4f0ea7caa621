using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Probity.Exhibits.Contract;

/// <summary>
/// A mass in grams. It is a decimal, never floating point, and keeps the decimals that the balance showed: 12.50 stays 12.50. On the
/// record it is text, so that no reader of JSON rounds it.
/// </summary>
[JsonConverter(typeof(AsText))]
internal readonly record struct Grams(decimal Value) : IComparable<Grams>
{
    /// <summary>The finest that is kept: 0.01 mg, the last digit of an analytical balance.</summary>
    public const int Decimals = 5;

    /// <summary>A thousand tonnes: more than was ever seized at once.</summary>
    public static readonly Grams Most = new(1_000_000_000m);

    public static readonly Grams Zero = new(0m);

    public static Grams operator +(Grams a, Grams b) => new(a.Value + b.Value);

    public static Grams operator -(Grams a, Grams b) => new(a.Value - b.Value);

    public static bool operator >(Grams a, Grams b) => a.Value > b.Value;

    public static bool operator <(Grams a, Grams b) => a.Value < b.Value;

    public int CompareTo(Grams other) => Value.CompareTo(other.Value);

    /// <summary>Without its sign: how far apart two masses are.</summary>
    public Grams Size => new(Math.Abs(Value));

    /// <summary>
    /// Reads what somebody typed or a balance printed: digits, and one comma or point before the decimals. A thousands separator is not
    /// taken, since nobody could tell 1.234 from 1234; spaces between digits are.
    /// </summary>
    public static bool TryParse(string? text, out Grams grams)
    {
        grams = Zero;
        if (text is null || text.Length > 30) return false;
        var plain = text.Trim().Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal).Replace(',', '.');
        if (plain.Length == 0 || !char.IsAsciiDigit(plain[0]) || !char.IsAsciiDigit(plain[^1]) || plain.Any(c => c != '.' && !char.IsAsciiDigit(c))) return false;
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0 && (plain.IndexOf('.', point + 1) >= 0 || plain.Length - point - 1 > Decimals)) return false;
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > Most.Value) return false;
        grams = new Grams(value);
        return true;
    }

    /// <summary>The combined uncertainty of independent readings: the root of the sum of squares, rounded up (JCGM 100:2008, 5.1).</summary>
    public static Grams Combine(params IEnumerable<Grams> uncertainties) => RootOf(uncertainties.Sum(u => u.Value * u.Value));

    /// <summary>The combined uncertainty, where the sum of the squares is known.</summary>
    public static Grams RootOf(decimal squares)
    {
        if (squares == 0m) return Zero;
        // Newton's method on decimals; the first guess is the only floating-point number, and only a guess.
        var root = (decimal)Math.Sqrt((double)squares);
        for (var i = 0; i < 4 && root > 0m; i++) root = (root + squares / root) / 2m;
        var rounded = decimal.Round(root, Decimals, MidpointRounding.ToPositiveInfinity);
        return new Grams(rounded * rounded < squares ? rounded + 0.00001m : rounded);
    }

    /// <summary>As the record writes it: a point before the decimals, whatever the reader's language.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    internal sealed class AsText : JsonConverter<Grams>
    {
        public override Grams Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && !text.Contains(',', StringComparison.Ordinal) && TryParse(text, out var grams)
                ? grams
                : throw new JsonException($"A mass is text: grams with a point and at most {Decimals} decimals, such as \"12.5\".");

        public override void Write(Utf8JsonWriter writer, Grams value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
