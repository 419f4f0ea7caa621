namespace Probity.Cases.Contract;

/// <summary>
/// The offences that a case is opened for: codes of the International Classification of Crime for Statistical Purposes,
/// so that countries count alike. The text of each is under <see cref="TextKey"/>.
/// </summary>
internal static class Offences
{
    /// <summary>The codes, in the order of the list that people choose from.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        "060121", // trafficking
        "060122", // manufacture
        "060123", // cultivation
        "060124", // diversion of precursors
        "06011",  // possession for own use
        "07031",  // bribery
        "07041",  // money laundering
        "09051",  // participation in an organised criminal group
    ];

    public static bool Knows(string? code) => code is not null && Codes.Contains(code);

    public static string TextKey(string code) => "offence." + code;
}
