using Probity.Lens.Conformance;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;

namespace Probity.Lens.Reports;

/// <summary>The process map of a log with the departures from its procedure on it.</summary>
public static class DepartureMap
{
    /// <summary>Draws the map as SVG.</summary>
    /// <param name="log">The log.</param>
    /// <param name="result">What was found against the procedure; null draws the log alone.</param>
    /// <param name="language">One of <see cref="Rules.RuleSentences.Languages"/>.</param>
    public static string Svg(EventLog log, ConformanceResult? result, string language)
    {
        var texts = new ReportTexts(language);
        var found = result is null ? [] : result.GroupDeviations(log, 0);
        return ProcessMap.Svg(DirectlyFollows.Of(log), new MapOptions
        {
            Title = texts["Map.Heading"],
            Words = new MapWords
            {
                Start = texts["Map.Start"], End = texts["Map.End"], Events = texts["Map.Events"], Departs = texts["Map.Departs"],
                Skipped = texts["Map.Skipped"], Inserted = texts["Map.Inserted"],
                Reading = texts["Map.Reading"], Departing = texts["Map.Departing"], LeftOut = texts["Map.LeftOut"],
            },
            DeviatingActivities = found.Where(g => g.Kind == DeviationKind.Unknown).Select(g => g.Activity).ToHashSet(StringComparer.Ordinal),
            Marks = result is null ? new Dictionary<string, MapMark>() : Marks(result),
        });
    }

    /// <summary>In how many cases each activity was skipped, and in how many done where it has no place: out of its place, inserted, or unknown.</summary>
    internal static Dictionary<string, MapMark> Marks(ConformanceResult result)
    {
        var marks = new Dictionary<string, MapMark>(StringComparer.Ordinal);
        foreach (var variant in result.Variants)
        {
            foreach (var (activity, skipped) in variant.Deviations.Select(d => (d.Activity, d.Kind == DeviationKind.Skipped)).Distinct())
            {
                var mark = marks.GetValueOrDefault(activity);
                marks[activity] = skipped ? mark with { Skipped = mark.Skipped + variant.Variant.Count } : mark with { Inserted = mark.Inserted + variant.Variant.Count };
            }
        }

        return marks;
    }
}
