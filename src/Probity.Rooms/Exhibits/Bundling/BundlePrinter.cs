using System.Globalization;
using Microsoft.Extensions.Localization;
using Probity.Cases.Contract;
using Probity.Exhibits.Telling;
using Probity.Shared;
using Probity.Shared.Confirming;

namespace Probity.Exhibits.Bundling;

/// <summary>An exhibit in a bundle: its story, and the receipts of its entries in the same order as the annex of the story.</summary>
internal sealed record BundledExhibit(StorySheet Story, IReadOnlyList<Ledger.Receipt> Receipts);

/// <summary>All that a bundle says.</summary>
internal sealed record BundleContent(
    string For, string By, DateTimeOffset At, string Checkpoint, CourtPart Court, IReadOnlyList<DecisionLine> Decisions, IReadOnlyList<BundledExhibit> Exhibits);

/// <summary>Prints a bundle: the case first, then each exhibit on pages of its own, then how all of it is checked, and the annex of sums.</summary>
internal sealed class BundlePrinter(When when, IStringLocalizer<GuideText> guide)
{
    /// <summary>The bundle as a file, and how many pages it has. The receipts travel in it.</summary>
    public (byte[] Bytes, int Pages) Print(BundleContent content)
    {
        var title = Say("bundle.title", content.Court.Number);
        using var paper = new Paper(title, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, title, content.At);
        PrintCase(paper, content, title);
        foreach (var exhibit in content.Exhibits) PrintExhibit(paper, exhibit.Story);
        PrintGuide(paper);
        PrintAnnex(paper, content);
        foreach (var receipt in content.Exhibits.SelectMany(e => e.Receipts)) paper.Attach(receipt.FileName, receipt.Text);
        paper.Attach("verify-receipt.sh", RecordPages.Script);
        var pages = paper.Pages;
        return (paper.Finish((page, of) => Say("bundle.page", page, of)), pages);
    }

    void PrintCase(Paper paper, BundleContent content, string title)
    {
        var court = content.Court;
        paper.Title(title);
        paper.Text(Say("bundle.for", content.For));
        paper.Text(Say("bundle.by", content.By, when.Moment(content.At), when.Zone));
        if (court.Accused.Count > 0) paper.Text(Say("bundle.accused", string.Join(", ", court.Accused)));
        paper.Text(court.Judge is null ? T("bundle.no-judge") : $"{Say("bundle.judge", court.Judge)} {court.JudgeHow}");
        paper.Text($"{T("bundle.stage")}: {court.Stage}");
        paper.Heading(T("bundle.open"));
        var open = content.Exhibits.SelectMany(e => e.Story.Gaps.Where(g => !g.Settled).Select(g => (e.Story.Number, Gap: g))).ToList();
        var (unproven, undisclosed) = (court.Charges.Where(c => !c.Withdrawn).Sum(c => c.Gaps), court.Disclosure.Count(i => i.Open));
        if (unproven > 0) paper.Text(Say("bundle.open.elements", unproven));
        if (undisclosed > 0) paper.Text(Say("bundle.open.disclosure", undisclosed));
        if (open.Count == 0 && unproven + undisclosed == 0) paper.Text(T("bundle.none-open"));
        if (open.Count > 0)
        {
            paper.Text($"{T("bundle.open.custody")} {T("bundle.open.lead")}");
            paper.Table(
                [new(T("list.exhibit"), 2), new(T("show.when"), 2), new(T("story.what"), 4), new(T("story.explanation"), 3)],
                open.Select(o => (IReadOnlyList<string>)[o.Number, when.Moment(o.Gap.At), o.Gap.What, o.Gap.Explanation ?? "–"]));
        }

        paper.Heading(T("bundle.charges"));
        if (court.Charges.Count == 0) paper.Text(T("bundle.none"));
        foreach (var charge in court.Charges)
        {
            paper.Subheading(charge.Withdrawn ? $"{charge.Basis} ({T("bundle.withdrawn")})" : charge.Basis);
            paper.Text(charge.Text);
            if (charge.Verdict is not null) paper.Text(charge.Sentence is null ? charge.Verdict : $"{charge.Verdict}. {charge.Sentence}");
            if (charge.Elements.Count > 0)
            {
                paper.Table([new(T("bundle.element"), 1), new(T("bundle.proof"), 1)], charge.Elements.Select(e => (IReadOnlyList<string>)
                    [e.Text, e.Evidence.Count == 0 ? T("bundle.unproven") : string.Join("; ", charge.Evidence.Where(x => e.Evidence.Contains(x.Id)).Select(x => x.Lacks is { } lacks ? $"{x.Kind}: {x.Said} ({lacks})" : $"{x.Kind}: {x.Said}"))]));
            }
        }

        paper.Heading(T("bundle.disclosure"));
        List(paper, court.Disclosure, [new(T("story.what"), 3), new(T("show.when"), 2), new(T("list.status"), 2), new(T("bundle.words"), 3)], i =>
            [$"{i.Label} ({i.Kind})", when.ShortDay(i.Listed), i.At is { } at ? $"{i.State}, {when.ShortDay(at)}" : i.State, i.Basis.Length > 0 ? $"{i.Words} ({i.Basis})" : i.Words]);
        paper.Heading(T("bundle.hearings"));
        List(paper, court.Hearings, [new(T("show.when"), 2), new(T("story.what"), 3), new(T("list.status"), 2), new(T("bundle.words"), 3)], h =>
            [when.Moment(h.At), h.Title, h.State, h.Words]);
        paper.Heading(T("bundle.orders"));
        List(paper, court.Orders, [new(T("show.when"), 2), new(T("story.what"), 3), new(T("destroy.order"), 2), new(T("show.by"), 2), new(T("list.status"), 2), new(T("bundle.words"), 3)], o =>
            [when.Moment(o.At), o.What, o.Order, o.By, string.Join("; ", [o.State, .. o.Done]), o.Words]);
        List(paper, court.Ended, [new(T("list.exhibit"), 2), new(T("list.what"), 2), new(T("bundle.ended"), 5)], e => [e.Number, e.What, e.End], T("bundle.none-ended"));
        paper.Heading(T("bundle.decisions"));
        List(paper, content.Decisions, [new(T("show.when"), 2), new(T("story.what"), 2), new(T("show.by"), 2), new(T("bundle.words"), 5)], d =>
            [when.Moment(d.At), d.What, d.By, d.Words]);
        paper.Heading(T("bundle.exhibits"));
        List(paper, content.Exhibits, [new(T("list.exhibit"), 2), new(T("list.what"), 2), new(T("list.status"), 1), new(T("bundle.description"), 4)], e =>
            [e.Story.Number, e.Story.What, e.Story.Status, e.Story.Description]);
    }

    void PrintExhibit(Paper paper, StorySheet story)
    {
        paper.Title(story.Number);
        paper.Text($"{story.What}. {story.Description}");
        paper.Text(story.Status);
        paper.Heading(T("story.held"));
        paper.Table([new(T("show.holder"), 2), new(T("bundle.from"), 2), new(T("bundle.until"), 2), new(T("bundle.how"), 5)], story.Chain.Select(c => (IReadOnlyList<string>)
            [c.Holder, when.Moment(c.From), c.Until is { } until ? when.Moment(until) : c.NotFound is { } missed ? Say("chain.until-not-found", when.ShortDay(missed)) : c.IsClaim ? "–" : T("chain.now"), string.Join(". ", [c.How, .. c.Place is null ? [] : (string[])[c.Place], .. c.NotFound is { } at ? [Say("chain.not-found", when.Day(at), c.Holder)] : (string[])[], .. c.Notes.Select(n => n.Text)])]));
        paper.Heading(T("story.weights"));
        List(paper, story.Readings,
            [new(T("show.when"), 4), new(T("weigh.moment"), 3), new(T("weigh.package"), 2), new(T("bundle.mass"), 5), new(T("weigh.balance"), 3), new(T("bundle.weigher"), 4), new(T("show.difference"), 3)],
            r => [when.Moment(r.At), r.Moment, r.Package, $"{r.Kind}: {r.Mass} ± {r.Uncertainty}", r.Balance, string.Join(", ", r.Witness is null ? [r.Weigher] : (string[])[r.Weigher, r.Witness]), r.Difference ?? "–"],
            T("show.not-weighed"));
        foreach (var line in story.Masses) paper.Text(line);
        paper.Heading(T("analysis.all"));
        List(paper, story.Analyses, [new(T("show.when"), 3), new(T("list.exhibit"), 2), new(T("analysis.result"), 3), new(T("list.status"), 2), new(T("story.analysis"), 6)],
            a => [when.Moment(a.At), a.Of, a.Line.Result, a.Line.Stage, a.Line.Rest], T("story.not-analysed"));

        if (story.End.Count > 0)
        {
            paper.Heading(T("story.end"));
            paper.Table([new(T("bundle.end.what"), 2), new(T("bundle.words"), 6)], story.End.Select(i => (IReadOnlyList<string>)[i.What, i.Text]));
        }

        paper.Heading(T("story.gaps"));
        List(paper, story.Gaps, [new(T("show.when"), 2), new(T("story.what"), 4), new(T("story.explanation"), 4)],
            g => [when.Moment(g.At), g.What, string.Join(" ", g.Settled ? [g.Explanation ?? ""] : (string[])[$"{T("story.open")}.", g.Explanation ?? ""])], string.Join(" ", [T("story.no-gaps"), .. story.NotAgain is { } unseen ? [unseen] : (string[])[]]));
    }

    void PrintGuide(Paper paper)
    {
        paper.Title(guide["Title"]);
        paper.Text(T("bundle.guide"));
        paper.Text(guide["Hold"]);
        paper.Text(guide["Hold.Secret"]);
        paper.Heading(guide["Proves.Title"]);
        for (var i = 1; i <= 5; i++) paper.Text($"– {guide[$"Proves.{i}"]}");
        paper.Heading(guide["Steps.Title"]);
        for (var i = 1; i <= 2; i++) paper.Text($"{i}. {guide[$"Step.{i}"]} {guide[$"Step.{i}.How"]}");
        paper.Text($"3. {guide["Step.3"]}\n    probity verify record-12.tlog-proof --policy policy.txt\n{guide["Step.3.Key"]}\n    probity verify record-12.tlog-proof --vkey key.txt");
        paper.Table([new(guide["Answers.Says"], 2), new(guide["Answers.Means"], 3)], GuideAnswers.All.Select(a => (IReadOnlyList<string>)[a.Line, guide[$"Answer.{a.Key}"]]));
        paper.Heading(guide["Wrong.Title"]);
        paper.Text(guide["Wrong"]);
        paper.Heading(guide["Annex.Title"]);
        paper.Text(guide["Annex"]);
        paper.Text($"{guide["Annex.Run"]} bash verify-receipt.sh record-12.tlog-proof LOG-KEY WITNESS-KEY");
    }

    void PrintAnnex(Paper paper, BundleContent content)
    {
        paper.Title(T("story.annex"));
        paper.Text(T("bundle.annex"));
        foreach (var (story, receipts) in content.Exhibits)
        {
            paper.Subheading(story.Number);
            paper.Table([new(T("story.what"), 3), new(T("show.when"), 3), new(T("show.by"), 3), new(T("bundle.file"), 4), new(T("story.sum"), 6)], story.Annex.Zip(receipts, (a, r) =>
                (IReadOnlyList<string>)[a.What, when.Moment(a.Recorded), a.By, r.FileName, a.Sum]));
        }

        paper.Subheading(T("story.checkpoint"));
        paper.Text(content.Checkpoint);
    }

    static void List<T>(Paper paper, IReadOnlyList<T> rows, IReadOnlyList<PaperColumn> columns, Func<T, IReadOnlyList<string>> cells, string? none = null)
    {
        if (rows.Count == 0) paper.Text(none ?? ExhibitsText.Of("bundle.none"));
        else paper.Table(columns, rows.Select(cells));
    }

    static string T(string key) => ExhibitsText.Of(key);

    static string Say(string key, params ReadOnlySpan<object?> words) => ExhibitWords.Say(key, words);
}
