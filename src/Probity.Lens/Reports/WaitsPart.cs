using System.Globalization;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;

namespace Probity.Lens.Reports;

/// <summary>Where time went.</summary>
internal static class WaitsPart
{
    const int Shown = 15;

    public static void Write(PageWriter page, ReportTexts texts, EventLog log)
    {
        var waits = Waiting.Of(log);
        if (waits.All(w => w.Total == TimeSpan.Zero)) return;
        var words = new MapWords { Culture = CultureInfo.GetCultureInfo(texts.Language) };
        page.Heading("Waits.Heading");
        page.Note(texts["Waits.Note"]);
        page.Table(null, [new("Col.From"), new("Col.To"), new("Col.Times", true), new("Col.Median", true), new("Col.Ninetieth", true)], waits.Take(Shown).Select(w => (string[])
        [
            PageText.Name(log.Activities[w.From]), PageText.Name(log.Activities[w.To]), texts.Number(w.Count), words.Span(w.Median), words.Span(w.Ninetieth),
        ]));
        page.LeftOut(waits.Count, Shown, "More.Waits");
    }
}
