using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Lens.Procedures;

namespace Probity.Lens.Reports;

/// <summary>The procedure itself as a map, with the steps that cases skipped or did out of place: also those that a log never shows.</summary>
public static class ProcedureMap
{
    const int Arrows = 200;

    /// <summary>Draws the map as SVG.</summary>
    /// <param name="net">The procedure.</param>
    /// <param name="result">What was found against it; null draws the procedure alone.</param>
    /// <param name="language">One of <see cref="Rules.RuleSentences.Languages"/>.</param>
    public static string Svg(PetriNet net, ConformanceResult? result, string language)
    {
        var texts = new ReportTexts(language);
        var steps = net.Labels.OfType<string>().ToHashSet(StringComparer.Ordinal);
        return ProcessMap.Svg(DirectlyFollows.Of(net), new MapOptions
        {
            Title = texts["Map.Procedure"],
            Figures = false,
            MaxSteps = Arrows,
            Words = new MapWords
            {
                Start = texts["Map.Start"], End = texts["Map.End"], Skipped = texts["Map.Skipped"], Inserted = texts["Map.Inserted"],
                Reading = texts["Map.Procedure.Reading"], LeftOut = texts["Map.LeftOut"],
            },
            Marks = result is null ? new Dictionary<string, MapMark>()
                : DepartureMap.Marks(result).Where(m => steps.Contains(m.Key)).ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal),
        });
    }
}
