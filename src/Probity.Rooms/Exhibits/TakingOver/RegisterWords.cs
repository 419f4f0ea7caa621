using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Exhibits.Viewing;
using Probity.Shared;

namespace Probity.Exhibits.TakingOver;

/// <summary>What is said of the lines of a register, in the reader's language.</summary>
internal static class RegisterWords
{
    /// <summary>What is wrong or to be known, where, and what to do.</summary>
    public static string Of(LineNote note)
    {
        var sentence = string.Format(CultureInfo.CurrentCulture, ExhibitsText.Of("takeover.note." + note.Code), [.. note.Words]);
        return note.Column is { } column ? $"{RegisterTemplate.NameOf(column)}: {sentence}" : sentence;
    }

    public static string Of(RegisterStage stage) => ExhibitsText.Of($"takeover.stage.{char.ToLowerInvariant(stage.ToString()[0])}{stage.ToString()[1..]}");

    public static Tone ToneOf(RegisterStage stage) => stage switch { RegisterStage.TakenOver => Tone.Good, RegisterStage.SentBack => Tone.Neutral, _ => Tone.Attention };

    /// <summary>The list of all that is said, as a table for a spreadsheet program.</summary>
    public static byte[] List(IEnumerable<(StatedLine Line, IReadOnlyList<LineNote> Notes)> lines) => SpreadsheetText.Csv([
        [ExhibitsText.Of("takeover.line"), RegisterTemplate.NameOf(RegisterColumn.Number), ExhibitsText.Of("takeover.weight"), ExhibitsText.Of("takeover.said")],
        .. lines.SelectMany(line => line.Notes.Select(note => (string[])[
            line.Line.Line.ToString(CultureInfo.InvariantCulture), line.Line.Number, ExhibitsText.Of(note.IsWrong ? "takeover.wrong" : "takeover.warned"), Of(note)]))]);

    /// <summary>How much of what there is in all, by what it is: counted, and with the sum of the masses that are stated.</summary>
    public static IReadOnlyList<RegisterSum> Sums(IEnumerable<(ExhibitKind Kind, string? Substance, Grams? Mass)> lines)
    {
        var sums = lines.GroupBy(l => (l.Kind, l.Substance)).Select(g => (
            What: ExhibitWords.What(g.Key.Kind, g.Key.Substance), Count: g.Count(), Weighed: g.Count(l => l.Mass is not null),
            Mass: g.Select(l => l.Mass ?? Grams.Zero).Aggregate(Grams.Zero, (a, b) => a + b))).OrderByDescending(s => s.Mass.Value).ThenByDescending(s => s.Count).ThenBy(s => s.What, StringComparer.CurrentCulture).ToList();
        var most = sums.Count == 0 ? 0m : sums.Max(s => s.Mass.Value);
        return [.. sums.Select(s => new RegisterSum(s.What, s.Count, s.Weighed == 0 ? "–" : ExhibitWords.Of(s.Mass), most == 0 ? 0 : (double)(s.Mass.Value / most)))];
    }

    /// <summary>A line in a table.</summary>
    public static RegisterLine LineOf(StatedExhibit stated, string? @case, string place) => new(
        stated.Line, stated.Number, ExhibitWords.What(stated.Kind, stated.Substance), StatedLines.AmountOf(stated), stated.SeizedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "–",
        @case ?? "–", place, []);
}
