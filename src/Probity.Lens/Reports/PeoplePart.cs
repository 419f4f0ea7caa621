using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Lens.Reports;

/// <summary>By person: what they did, what of it departs, and the rules not kept that name them.</summary>
internal static class PeoplePart
{
    const int PeopleShown = 30;

    public static void Write(PageWriter page, ReportTexts texts, ReportSubject subject, ShownPeople people)
    {
        var log = subject.Log;
        page.Heading("People.Heading");
        if (log.Resources.Count == 0)
        {
            page.Note(texts["People.None"]);
            return;
        }

        page.Note(texts["People.Note"]);
        var (events, cases) = Work(log);
        var departing = subject.Procedure is { } procedure ? Departing(log, procedure.Result) : null;
        var named = subject.Rules is { } rules ? Named(log, rules) : null;
        // In an object-centric log there are people who did nothing in these cases.
        var active = Enumerable.Range(0, log.Resources.Count).Where(p => events[p] > 0 || named?[p] > 0).ToList();
        var order = active.OrderByDescending(p => (departing?[p] ?? 0) + (named?[p] ?? 0))
            .ThenByDescending(p => events[p]).Take(PeopleShown);
        page.Table(null,
            [new("Col.Person"), new("Col.Events", true), new("Col.Cases", true), .. departing is null ? (PageColumn[])[] : [new("Col.Departing", true), new("Col.Per100", true)],
                .. named is null ? (PageColumn[])[] : [new("Col.Named", true)]],
            order.Select(p => (string[])
            [
                PageText.Name(people.Of(p)), texts.Number(events[p]), texts.Number(cases[p]),
                .. departing is null ? (string[])[] : [texts.Number(departing[p]), events[p] == 0 ? "–" : texts.Number(100.0 * departing[p] / events[p], "0.0")],
                .. named is null ? (string[])[] : [texts.Number(named[p])],
            ]));
        page.LeftOut(active.Count, PeopleShown, "More.Here");
    }

    static (long[] Events, int[] Cases) Work(EventLog log)
    {
        var (events, cases, last) = (new long[log.Resources.Count], new int[log.Resources.Count], new int[log.Resources.Count]);
        Array.Fill(last, -1);
        for (var c = 0; c < log.Cases.Count; c++)
        {
            foreach (var person in log.ResourcesOf(c))
            {
                if (person < 0) continue;
                events[person]++;
                if (last[person] != c) cases[person]++;
                last[person] = c;
            }
        }

        return (events, cases);
    }

    static long[] Departing(EventLog log, ConformanceResult result)
    {
        var counts = new long[log.Resources.Count];
        foreach (var variant in result.Variants)
        {
            foreach (var deviation in variant.Deviations.Where(d => d.Kind != DeviationKind.Skipped))
            {
                foreach (var c in variant.Variant.Cases)
                {
                    if (log.ResourcesOf(c)[deviation.Position] is >= 0 and var person) counts[person]++;
                }
            }
        }

        return counts;
    }

    static long[] Named(EventLog log, RuleCheckResult rules)
    {
        var counts = new long[log.Resources.Count];
        foreach (var rule in rules.Rules)
        {
            foreach (var violation in rule.Violations)
            {
                foreach (var person in rule.PeopleOf(violation)) counts[person]++;
            }
        }

        return counts;
    }
}
