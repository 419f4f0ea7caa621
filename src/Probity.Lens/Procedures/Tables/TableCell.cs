using System.Text.RegularExpressions;
using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Lens.Procedures.Tables;

/// <summary>A cell of a procedure table with what is needed to say where it stands.</summary>
/// <param name="Text">What it holds, without blanks around it.</param>
/// <param name="Place">Where: the file, the row and the column.</param>
internal sealed partial record TableCell(string Text, string Place)
{
    const int MostListed = 100;

    static readonly HashSet<string> Yes = new(StringComparer.Ordinal) { "yes", "y", "x", "true", "1", "si", "s", "sim", "verdadero", "verdadeiro", "✓", "✔" };
    static readonly HashSet<string> No = new(StringComparer.Ordinal) { "", "no", "n", "false", "0", "nao", "falso", "-", "–", "—" };

    /// <summary>The units of time, in three languages; months and years have no one length.</summary>
    static readonly Dictionary<string, char> Units = new(StringComparer.Ordinal)
    {
        ["s"] = 's', ["sec"] = 's', ["secs"] = 's', ["second"] = 's', ["seconds"] = 's', ["segundo"] = 's', ["segundos"] = 's', ["seg"] = 's',
        ["m"] = 'm', ["min"] = 'm', ["mins"] = 'm', ["minute"] = 'm', ["minutes"] = 'm', ["minuto"] = 'm', ["minutos"] = 'm',
        ["h"] = 'h', ["hr"] = 'h', ["hrs"] = 'h', ["hour"] = 'h', ["hours"] = 'h', ["hora"] = 'h', ["horas"] = 'h', ["hs"] = 'h',
        ["d"] = 'd', ["day"] = 'd', ["days"] = 'd', ["dia"] = 'd', ["dias"] = 'd',
        ["w"] = 'w', ["week"] = 'w', ["weeks"] = 'w', ["semana"] = 'w', ["semanas"] = 'w', ["sem"] = 'w',
    };

    public bool IsEmpty => Text.Length == 0;

    public BadInputException Fault(string what) => new($"{Place}: {what}.");

    public bool IsYes()
    {
        var plain = Text is "✓" or "✔" or "-" or "–" or "—" ? Text : ColumnWords.Plain(Text);
        if (Yes.Contains(plain)) return true;
        return No.Contains(plain) && (plain.Length > 0 || IsEmpty) ? false : throw Fault($"'{LogText.Show(Text)}' is neither yes nor no");
    }

    /// <summary>A length of time as rule files write it, <c>2d12h</c>; null where the cell is empty.</summary>
    public string? Length()
    {
        if (IsEmpty) return null;
        if (TimeLength.TryParse(Text, out var known) && known.Total > 0) return Text;
        if (!Text.All(c => char.IsLetterOrDigit(c) || char.IsWhiteSpace(c) || c is ',' or '.')) throw NoLength();
        var plain = ColumnWords.Plain(Text);
        var parts = Part().Matches(plain);
        var written = "";
        var at = 0;
        foreach (Match part in parts)
        {
            if (plain[at..part.Index].Trim() is not ("" or "and" or "y" or "e") || !Units.TryGetValue(part.Groups["unit"].Value, out var unit)) throw NoLength();
            written += part.Groups["number"].Value.TrimStart('0').PadLeft(1, '0') + unit;
            at = part.Index + part.Length;
        }

        return parts.Count > 0 && plain.Length == at && TimeLength.TryParse(written, out var length) && length.Total > 0 ? written : throw NoLength();
    }

    /// <summary>The names in a list: apart by line breaks, semicolons, commas or words; a name that is known keeps its own.</summary>
    /// <param name="known">Whether a text is one name.</param>
    /// <param name="words">The words that stand between names, such as <c>or</c>.</param>
    public List<string> List(Func<string, bool> known, params string[] words)
    {
        string[] spaced = [.. words.Select(w => $" {w} ")];
        var names = Split(known, ["\n", ";", ",", .. spaced]);
        // "Weigh, seal and Store" where 'Weigh, seal' is a step.
        if (!names.TrueForAll(n => known(n)) && Split(known, ["\n", ";", .. spaced, ","]) is var other && other.TrueForAll(n => known(n))) names = other;
        if (names.Count > MostListed) throw Fault($"{names.Count} names; up to {MostListed} are read");
        return names;
    }

    List<string> Split(Func<string, bool> known, string[] signs)
    {
        IEnumerable<string> names = [Text];
        foreach (var sign in signs) names = names.SelectMany(text => known(Clean(text)) ? [text] : text.Split(sign)).ToList();
        return [.. names.Select(Clean).Where(text => text.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>A name with runs of blanks as one, as in the tasks of BPMN.</summary>
    public static string Clean(string name) => Blanks().Replace(name, " ").Trim();

    BadInputException NoLength() => Fault($"'{LogText.Show(Text)}' is no length of time; write it as in 2 days, 48 h, 30 min, 1 week (months, and days that are not counted on the calendar, have no one length)");

    [GeneratedRegex(@"(?<number>[0-9]{1,7}) ?(?<unit>[a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
