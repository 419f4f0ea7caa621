using System.Globalization;

namespace Probity.People.Revetting;

/// <summary>A quarter of a year, in UTC: the period of one draw.</summary>
/// <param name="Year">The year.</param>
/// <param name="Number">1 to 4.</param>
internal readonly record struct Quarter(int Year, int Number)
{
    /// <summary>The one that a moment lies in.</summary>
    public static Quarter Of(DateTimeOffset at) => new(at.UtcDateTime.Year, (at.UtcDateTime.Month + 2) / 3);

    /// <summary>Its first moment.</summary>
    public DateTimeOffset Start => new(Year, 3 * Number - 2, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The one before.</summary>
    public Quarter Before => Number == 1 ? new(Year - 1, 4) : new(Year, Number - 1);

    /// <summary>As the record and addresses name it: <c>2026-Q4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-Q{Number}");

    /// <summary>Reads that name; null for anything else.</summary>
    public static Quarter? Parse(string? text) =>
        text is { Length: 7 } && text[4] == '-' && text[5] == 'Q' && text[6] is >= '1' and <= '4'
        && int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0 ? new Quarter(year, text[6] - '0') : null;
}
