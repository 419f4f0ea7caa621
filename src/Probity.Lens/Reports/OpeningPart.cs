using System.Globalization;

namespace Probity.Lens.Reports;

/// <summary>The top of a report: when and from what it was made, what was found in short, and what cannot be said.</summary>
internal static class OpeningPart
{
    public static void Write(PageWriter page, ReportTexts texts, ReportSubject subject)
    {
        page.Note(texts.Fill("Made", ("when", subject.Made.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)), ("version", subject.Version),
            ("zone", subject.Rules?.Zone?.Id ?? "UTC")));
        page.Note(texts[subject.Names ? "People.Shown" : "People.Hidden"], subject.Names ? "warn" : "note");
        if (subject.Objects is var (objects, view))
            page.Note(texts.Fill("Objects.Cases", ("type", view.ObjectType), ("idle", texts.Number(objects.Idle(view.ObjectType)))));
        var summary = new SummarySentences(subject.Log, subject.Procedure, subject.Rules, subject.Language);
        page.Heading("Sum.Heading");
        foreach (var sentence in summary.Found) page.Note(sentence, "lead");
        page.Line($"""<p class="box"><strong>{PageText.Text(texts["Look"])}</strong></p>""");
        page.Heading("Cannot.Heading");
        page.Listed(summary.Open);
        page.Heading("From.Heading");
        page.Table(null, [new("From.File"), new("From.Size", true), new("From.Print")], Files(texts, subject));
    }

    static IEnumerable<string[]> Files(ReportTexts texts, ReportSubject subject)
    {
        yield return Row(texts, "From.Log", subject.LogFile);
        if (subject.ProcedureFile is { } procedure) yield return Row(texts, "From.Procedure", procedure);
        if (subject.RulesFile is { } rules) yield return Row(texts, "From.Rules", rules);
        if (subject.Procedure is { Net.RuleNotes.Count: > 0 }) yield return [PageText.Text(texts["From.Rules"]), "", PageText.Text(texts["From.Drawn"])];
    }

    static string[] Row(ReportTexts texts, string what, SourceFile file) =>
    [
        $"{PageText.Text(texts[what])}: {PageText.Name(file.Name)}",
        file.Bytes is { } bytes ? texts.Number(bytes) : "–",
        file.Sha256 is { } sum ? $"<span class=\"print\">{sum}</span>" : PageText.Text(texts["From.None"]),
    ];
}
