using System.Text.RegularExpressions;

namespace Probity.Stripping.Offices;

/// <summary>Formulas of workbooks that fetch something from outside, run a program or lead somewhere, as soon as whoever opens the copy has it worked out anew.</summary>
internal static partial class Formulas
{
    /// <summary>Whether a formula does.</summary>
    public static bool ReachOutside(string formula) => Outside().IsMatch(formula);

    // By Microsoft's list of functions (Microsoft Support, "Excel functions (by category)"): those of the web (WEBSERVICE), of cubes on a server (CUBE…), of prices (STOCKHISTORY), of pictures (IMAGE), of other programs (RTD, CALL,
    // REGISTER.ID, SQL.REQUEST), of services that are given the text (TRANSLATE, DETECTLANGUAGE, COPILOT, PY), of linked data types (FIELDVALUE), and links (HYPERLINK). In files their names are English, with _xlfn. and the
    // like before them. Besides: functions of add-ins, other workbooks ([1]Sheet), DDE (program|topic!item, or a function in OpenDocument), addresses and network paths.
    [GeneratedRegex(
        @"\b(WEBSERVICE|CUBE[A-Z]+|STOCKHISTORY|IMAGE|RTD|CALL|REGISTER(\.ID)?|SQL\.REQUEST|TRANSLATE|DETECTLANGUAGE|COPILOT|PY|FIELDVALUE|HYPERLINK|DDE|LABS\.[A-Z.]+)\s*\(|_xldudf_|\||\[\d+\]|://|file:/|\\\\",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Outside();
}
