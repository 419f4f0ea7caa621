using Probity.Lens.Conformance;

namespace Probity.Lens.Reports;

/// <summary>What happened: by kind, one by one, and by activity.</summary>
internal static class DeparturePart
{
    const int GroupsShown = 40;
    const int ActivitiesShown = 60;
    const int Examples = 5;

    public static void Write(PageWriter page, ReportTexts texts, ReportSubject subject)
    {
        if (subject.Procedure is not { Result: var result }) return;
        page.Heading("What.Heading");
        var groups = result.GroupDeviations(subject.Log, Examples);
        if (groups.Count == 0)
        {
            page.Note(texts["What.None"], "lead");
        }
        else
        {
            WriteKinds(page, texts, result, subject.Log.Cases.Count);
            var say = new DepartureSentences(subject.Language);
            page.Table("What.Each", [new("Col.Kind"), new("Col.Cases", true), new("Col.Share", true), new("Col.Examples")], groups.Take(GroupsShown).Select(g => (string[])
            [
                PageText.Text(say.Say(g.Kind, PageText.Cut(g.Activity))), texts.Number(g.Cases), texts.Share(g.Cases, subject.Log.Cases.Count),
                string.Join(", ", g.Examples.Select(PageText.Name)),
            ]));
            page.LeftOut(groups.Count, GroupsShown);
            WriteActivities(page, texts, subject);
        }

        if (result.Quality is { } quality) WriteQuality(page, texts, quality);
    }

    static void WriteKinds(PageWriter page, ReportTexts texts, ConformanceResult result, int all)
    {
        page.Table("What.Kinds", [new("Col.Kind"), new("Col.Cases", true), new("Col.Share", true), new("Col.Times", true)], Enum.GetValues<DeviationKind>().Select(kind =>
        {
            var cases = result.Variants.Where(v => v.Deviations.Any(d => d.Kind == kind)).Sum(v => v.Variant.Count);
            var times = result.Variants.Sum(v => (long)v.Variant.Count * v.Deviations.Count(d => d.Kind == kind));
            return (string[])[PageText.Text(texts[$"Kind.{kind}"]), texts.Number(cases), texts.Share(cases, all), texts.Number(times)];
        }));
    }

    static void WriteActivities(PageWriter page, ReportTexts texts, ReportSubject subject)
    {
        var log = subject.Log;
        var events = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var variant in log.Variants)
            foreach (var activity in variant.Activities) events[log.Activities[activity]] = events.GetValueOrDefault(log.Activities[activity]) + variant.Count;
        var marks = DepartureMap.Marks(subject.Procedure!.Value.Result);
        var rows = marks.OrderByDescending(m => m.Value.Skipped + m.Value.Inserted).ThenBy(m => m.Key, StringComparer.Ordinal);
        page.Table("What.Activities", [new("Col.Activity"), new("Col.Events", true), new("Col.Skipped", true), new("Col.Inserted", true)], rows.Take(ActivitiesShown).Select(m => (string[])
        [
            PageText.Name(m.Key), texts.Number(events.GetValueOrDefault(m.Key)), texts.Number(m.Value.Skipped), texts.Number(m.Value.Inserted),
        ]));
        page.LeftOut(marks.Count, ActivitiesShown);
        page.Note(texts["What.Activities.Note"]);
    }

    static void WriteQuality(PageWriter page, ReportTexts texts, QualityFigures quality)
    {
        page.Heading("Quality.Heading");
        page.Note(texts["Quality.Note"]);
        page.Listed(
        [
            $"{texts["Quality.Precision"]}: {(quality.Precision is { } precision ? texts.Number(precision, "0.000") : texts["Quality.Open"])}",
            $"{texts["Quality.Generalisation"]}: {texts.Number(quality.Generalisation, "0.000")}",
            $"{texts["Quality.Simplicity"]}: {texts.Number(quality.Simplicity, "0.000")}",
        ]);
    }
}
