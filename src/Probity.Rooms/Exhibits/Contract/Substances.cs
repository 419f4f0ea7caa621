namespace Probity.Exhibits.Contract;

/// <summary>
/// The substances that an exhibit can be said to be: short codes of our own, each with the words that UNODC's table of individual drug
/// seizures has for it, where its published rows showed one. The text of each in a language is under <see cref="TextKey"/>.
/// </summary>
internal static class Substances
{
    static readonly (string Code, string Ids)[] Known =
    [
        ("cocaine-hcl", "Cocaine hydrochloride (HCl, powder cocaine)"),
        ("cocaine-crack", "Crack cocaine"),
        ("coca-paste", "Coca paste/cocaine base"),
        ("coca-leaf", "Coca leaf"),
        ("cocaine-other", "Non-specified cocaine-type"),
        ("cannabis-herb", "Cannabis herb"),
        ("cannabis-resin", "Cannabis resin"),
        ("heroin", "Heroin"),
        ("opium", "Opium"),
        ("morphine", "Morphine"),
        ("tramadol", "Tramadol"),
        ("fentanyl", "Fentanyl"),
        ("amphetamine", "Amphetamine"),
        ("methamphetamine", "Methamphetamine"),
        ("mdma", "Ecstasy"),
        ("ketamine", "Ketamine"),
        ("khat", "Khat"),
        ("precursor-permanganate", "Potassium permanganate"),
        ("precursor-acetone", "Acetone"),
        ("precursor-ephedrine", "Ephedrine"),
        ("other-substance", "Other"),
    ];

    /// <summary>What stands in the place of a substance where the laboratory found nothing controlled. Nobody chooses it as what something is.</summary>
    public const string Nothing = "nothing-controlled";

    /// <summary>The codes, in the order of the list that people choose from.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Known.Select(k => k.Code)];

    public static bool Knows(string? code) => code is not null && Codes.Contains(code);

    /// <summary>What the table of individual drug seizures calls it.</summary>
    public static string NameInIds(string code) => Known.First(k => k.Code == code).Ids;

    public static string TextKey(string code) => "substance." + code;
}
