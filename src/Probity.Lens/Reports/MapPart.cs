using Probity.Lens.Conformance;

namespace Probity.Lens.Reports;

/// <summary>The map of the cases' ways, with the departures on it.</summary>
internal static class MapPart
{
    const int NamesTold = 30;

    public static void Write(PageWriter page, ReportTexts texts, ReportSubject subject)
    {
        if (subject.Log.EventCount == 0) return;
        var result = subject.Procedure?.Result;
        page.Heading("Map.Heading");
        page.Note(texts[result is null ? "Map.Plain" : "Map.Lead"]);
        page.Line($"<div class=\"map\">{DepartureMap.Svg(subject.Log, result, subject.Language)}</div>");
        var absent = result is null ? [] : result.Variants.SelectMany(v => v.Deviations).Where(d => d.Kind == DeviationKind.Skipped).Select(d => d.Activity)
            .Distinct(StringComparer.Ordinal).Except(subject.Log.Activities, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (absent.Count > 0)
            page.Note(texts.Fill("Map.Absent", ("names", string.Join(", ", absent.Take(NamesTold).Select(PageText.Cut)) + (absent.Count > NamesTold ? " …" : ""))));
    }
}
