namespace Probity.Lens.Reports;

/// <summary>The annex: how it was judged, what limits that has, and how to do it again.</summary>
internal static class MethodPart
{
    const int NotesShown = 50;

    public static void Write(PageWriter page, ReportTexts texts, ReportSubject subject)
    {
        page.Heading("Method.Heading");
        page.Listed(Sentences(texts, subject));
        if (subject.Procedure is { Net.Notes: { Count: > 0 } notes })
        {
            page.Note(texts["Method.Notes"]);
            page.Listed(notes.Take(NotesShown));
            page.LeftOut(notes.Count, NotesShown, "More.Here");
        }

        if (subject.Command is null) return;
        page.Heading("Method.Again");
        page.Line($"<pre>{PageText.Text(subject.Command)}</pre>");
    }

    static IEnumerable<string> Sentences(ReportTexts texts, ReportSubject subject)
    {
        if (subject.Procedure is { Result: var result })
        {
            yield return texts["Method.Alignment"];
            yield return texts.Fill("Method.Figures", ("moves", texts.Number(result.Alignments.Moves)), ("mean", texts.Number(result.Alignments.MeanFitness, "0.000000")),
                ("log", texts.Number(result.Alignments.LogFitness, "0.000000")), ("paths", texts.Number(result.Variants.Count)));
            yield return texts["Method.Unknown"];
            yield return texts.Fill("Method.Limits", ("states", texts.Number(subject.Limits.MaxStates)), ("whole", texts.Number(subject.Limits.MaxWholeMarkings)));
            if (subject.Limits.MaxTime is { } time) yield return texts.Fill("Method.Time", ("seconds", texts.Number(time.TotalSeconds, "0")));
        }

        if (subject.Rules is not null) yield return texts["Method.Rules"];
        yield return texts.Fill("Method.Texts", ("n", texts.Number(PageText.LongestName)));
    }
}
