namespace Probity.Lens.Reports;

/// <summary>
/// Writes what a check found as one HTML page for people to read and print. It holds no script and asks for nothing from
/// elsewhere; what comes from the log is escaped, and lists that have no end are cut and say so.
/// </summary>
public static class CheckReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <exception cref="BadInputException">There are no texts in that language.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Write(TextWriter to, ReportSubject subject, CancellationToken cancellation = default)
    {
        var texts = new ReportTexts(subject.Language);
        var people = subject.People ?? new ShownPeople(subject.Log.Resources, subject.Names);
        var page = new PageWriter(to, texts);
        var title = texts[subject.Procedure is null ? "Title.Rules" : "Title"];
        page.Line($"""<!DOCTYPE html><html lang="{texts.Language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">""");
        page.Line("""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer">""");
        page.Line($"<title>{PageText.Text(title)} – {PageText.Text(subject.LogFile.Name)}</title><style>{PageStyle.Css}</style></head><body><main>");
        page.Line($"<h1>{PageText.Text(title)}</h1>");
        OpeningPart.Write(page, texts, subject);
        Action[] parts =
        [
            () => MapPart.Write(page, texts, subject),
            () => DeparturePart.Write(page, texts, subject),
            () => RulesPart.Write(page, texts, subject, people),
            () => PeoplePart.Write(page, texts, subject, people),
            () => WaitsPart.Write(page, texts, subject.Log),
            () => CasesPart.Write(page, texts, subject, people),
            () => MethodPart.Write(page, texts, subject),
        ];
        foreach (var part in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            part();
        }

        page.Line("</main></body></html>");
    }
}
