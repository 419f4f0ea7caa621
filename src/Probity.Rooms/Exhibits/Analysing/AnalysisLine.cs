using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Exhibits.Analysing;

/// <summary>An analysis as pages show it.</summary>
/// <param name="Result">What it is, and how pure.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Tone">In what colour.</param>
/// <param name="Said">What else the report and its review say, by heading.</param>
public sealed record AnalysisLine(string Result, string Stage, Tone Tone, IReadOnlyList<(string Heading, string Text)> Said)
{
    /// <summary>All of it, row by row.</summary>
    public IReadOnlyList<SummaryItem> Rows => [new(ExhibitsText.Of("analysis.result"), Result), .. Said.Select(s => new SummaryItem(s.Heading, s.Text))];

    /// <summary>Everything but the result, in one line.</summary>
    public string Rest => string.Join("; ", Said.Select(s => $"{s.Heading}: {s.Text}"));

    internal static AnalysisLine Of(Analysis analysis, ExhibitFacts facts, When when)
    {
        var substance = ExhibitsText.Of(Substances.TextKey(analysis.Found));
        var said = new List<(string, string)>();
        void Say(string key, string? text)
        {
            if (text is not null) said.Add((ExhibitsText.Of(key), text));
        }

        Say("show.package", analysis.Package?.ToString(CultureInfo.CurrentCulture));
        Say("analysis.methods", analysis.Methods);
        Say("analysis.net", analysis.Net is { } net ? ExhibitWords.Of(net, analysis.NetUncertainty ?? Grams.Zero) : null);
        Say("analysis.consumed", ExhibitWords.Of(analysis.Consumed));
        Say("analysis.used-reason", analysis.UsedReason);
        Say("analysis.use-seen", analysis.UseSeen ? ExhibitsText.Of("review.yes") : null);
        Say("analysis.duplicate", analysis.Duplicate is { } duplicate ? ExhibitWords.Of(duplicate) : null);
        Say("analysis.profile", analysis.Profile);
        Say("nothing.day", analysis.Day is { } day ? when.Day(day) : null);
        Say("nothing.remarks", analysis.Remarks);
        Say("analysis.analyst", facts.Register.NameOf(analysis.Analyst));
        Say("analysis.reviewer", analysis.Reviewer is { } reviewer ? facts.Register.NameOf(reviewer) : null);
        Say("show.reason", analysis.Reasons);
        return new AnalysisLine(
            analysis.Purity is { } purity ? $"{substance}, {ExhibitsText.Of("analysis.purity")} {Percent(purity, analysis.PurityUncertainty ?? 0m)}" : substance,
            ExhibitWords.Of(analysis.Stage),
            analysis.Stage switch { AnalysisStage.Reviewed => Tone.Good, AnalysisStage.Reported => Tone.Attention, _ => Tone.Neutral }, said);
    }

    static string Percent(decimal purity, decimal uncertainty)
    {
        var (said, within) = Figures.Within(purity, uncertainty);
        return $"{said}\u00A0% ± {within}\u00A0%";
    }
}
