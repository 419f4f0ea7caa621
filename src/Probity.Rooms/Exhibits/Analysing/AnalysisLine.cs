using System.Globalization;
using Probity.Exhibits.Contract;
using Probity.Shared;
using Probity.Shared.Kit;

namespace Probity.Exhibits.Analysing;

/// <summary>An analysis as pages show it.</summary>
/// <param name="Result">What it is, and how pure.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Tone">In what colour.</param>
/// <param name="Rows">All of it, row by row.</param>
public sealed record AnalysisLine(string Result, string Stage, Tone Tone, IReadOnlyList<SummaryItem> Rows)
{
    internal static AnalysisLine Of(Analysis analysis, ExhibitFacts facts)
    {
        var report = analysis.Report;
        var substance = ExhibitsText.Of(Substances.TextKey(report.Substance));
        var purity = report.Purity is { } percent ? $"{Percent(percent)} ± {Percent(report.PurityUncertainty ?? 0m)}" : null;
        var rows = new List<SummaryItem> { new(ExhibitsText.Of("analysis.substance"), substance) };
        if (purity is not null) rows.Add(new(ExhibitsText.Of("analysis.purity"), purity));
        if (report.Package is { } package) rows.Add(new(ExhibitsText.Of("show.package"), package.ToString(CultureInfo.CurrentCulture)));
        rows.Add(new(ExhibitsText.Of("analysis.methods"), report.Methods));
        if (report.Net is { } net) rows.Add(new(ExhibitsText.Of("analysis.net"), ExhibitWords.Of(net, report.NetUncertainty ?? Grams.Zero)));
        rows.Add(new(ExhibitsText.Of("analysis.consumed"), ExhibitWords.Of(report.Consumed)));
        if (report.Duplicate is { } duplicate) rows.Add(new(ExhibitsText.Of("analysis.duplicate"), ExhibitWords.Of(duplicate)));
        if (report.Profile is { } profile) rows.Add(new(ExhibitsText.Of("analysis.profile"), profile));
        rows.Add(new(ExhibitsText.Of("analysis.analyst"), facts.Register.NameOf(analysis.Analyst)));
        if (analysis.Reviewer is { } reviewer) rows.Add(new(ExhibitsText.Of("analysis.reviewer"), facts.Register.NameOf(reviewer)));
        if (analysis.Reasons is { } reasons) rows.Add(new(ExhibitsText.Of("show.reason"), reasons));
        return new AnalysisLine(
            purity is null ? substance : $"{substance}, {purity}", ExhibitWords.Of(analysis.Stage),
            analysis.Stage switch { AnalysisStage.Reviewed => Tone.Good, AnalysisStage.Reported => Tone.Attention, _ => Tone.Neutral }, rows);
    }

    static string Percent(decimal percent) => percent.ToString(CultureInfo.CurrentCulture) + "\u00A0%";
}
