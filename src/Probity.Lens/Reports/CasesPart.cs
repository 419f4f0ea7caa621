using Probity.Lens.Conformance;
using Probity.Lens.Rules;

namespace Probity.Lens.Reports;

/// <summary>The cases that departed most, each beside the nearest way of the procedure.</summary>
internal static class CasesPart
{
    const int CasesShown = 10;
    const int StepsShown = 60;

    public static void Write(PageWriter page, ReportTexts texts, ReportSubject subject, ShownPeople people)
    {
        if (subject.Procedure is not { } procedure) return;
        var departing = procedure.Result.Variants.Where(v => v.Deviations.Count > 0)
            .OrderByDescending(v => v.Moves).ThenBy(v => v.Variant.Cases[0]).ToList();
        if (departing.Count == 0) return;
        page.Heading("Worst.Heading");
        page.Note(texts["Worst.Note"]);
        foreach (var variant in departing.Take(CasesShown)) WriteCase(page, texts, subject, variant, people);
        page.LeftOut(departing.Count, CasesShown);
    }

    static void WriteCase(PageWriter page, ReportTexts texts, ReportSubject subject, VariantResult variant, ShownPeople people)
    {
        var log = subject.Log;
        var calendar = new Calendar(subject.Rules?.Zone);
        var one = variant.Variant.Cases[0];
        page.Line($"<h3>{RuleSentences.Fill(PageText.Text(texts["Worst.Case"]), _ => PageText.Name(log.Cases[one]))}</h3>");
        var steps = variant.Beside(log, subject.Procedure!.Value.Net).ToList();
        page.Note(texts.Fill("Worst.Departs", ("n", texts.Number(steps.Count(s => s.Asked is null || s.Done is null))), ("cases", texts.Number(variant.Variant.Count))));
        page.Table(null, [new("Col.Nr", true), new("Col.Asked"), new("Col.Done"), new("Col.When"), new("Col.Who")], steps.Take(StepsShown).Select((step, i) =>
        {
            var person = step.Position < 0 ? -1 : log.ResourcesOf(one)[step.Position];
            return (string[])
            [
                texts.Number(i + 1),
                step.Asked is null ? "" : step.Done is null ? $"<span class=\"skip\">▽ {PageText.Name(step.Asked)}</span>" : PageText.Name(step.Asked),
                step.Done is null ? "" : step.Asked is null ? $"<span class=\"add\">◆ {PageText.Name(step.Done)}</span>" : PageText.Name(step.Done),
                step.Position < 0 ? "" : calendar.Write(log.TimesOf(one)[step.Position]),
                person < 0 ? "" : PageText.Name(people.Of(person)),
            ];
        }));
        page.LeftOut(steps.Count, StepsShown, "More.Here");
    }
}
