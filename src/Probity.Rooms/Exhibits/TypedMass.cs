using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Shared;

namespace Probity.Exhibits;

/// <summary>A mass in grams as somebody types it; see <see cref="TypedNumber"/>.</summary>
internal static class TypedMass
{
    public const string Ambiguous = "exhibits.number-ambiguous";

    /// <summary>The mass; false also where it is finer than the record keeps, or more than was ever seized.</summary>
    public static bool TryRead(string? text, out Grams grams)
    {
        grams = Grams.Zero;
        return TypedNumber.TryRead(text, out var value) && Grams.TryParse(value.ToString(CultureInfo.InvariantCulture), out grams);
    }
}
