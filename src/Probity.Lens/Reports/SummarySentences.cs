using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;
using Probity.Lens.Rules;

namespace Probity.Lens.Reports;

/// <summary>What a check found and what it leaves open, in a few plain sentences.</summary>
public sealed class SummarySentences
{
    const int WaysTold = 3;
    const int NamesTold = 10;

    readonly EventLog _log;
    readonly ReportTexts _texts;

    /// <summary>Puts a check into words.</summary>
    /// <param name="log">The log that was checked.</param>
    /// <param name="procedure">The procedure and what was found against it; null where there was none.</param>
    /// <param name="rules">What was found by rules; null where there were none.</param>
    /// <param name="language">One of <see cref="RuleSentences.Languages"/>.</param>
    public SummarySentences(EventLog log, (PetriNet Net, ConformanceResult Result)? procedure, RuleCheckResult? rules, string language)
    {
        _log = log;
        _texts = new ReportTexts(language);
        Found = [Record(rules?.Zone), .. procedure is { } p ? Followed(p.Result, language) : [], .. rules is null ? [] : Kept(rules)];
        Open = [.. Unsaid(procedure, rules)];
    }

    /// <summary>What was found.</summary>
    public IReadOnlyList<string> Found { get; }

    /// <summary>What cannot be said, and why.</summary>
    public IReadOnlyList<string> Open { get; }

    string Record(TimeZoneInfo? zone)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var time in _log.TimeColumn.AsSpan(0, _log.EventCount)) (first, last) = (Math.Min(first, time), Math.Max(last, time));
        var (cases, events) = (_texts.Count("Cases", _log.Cases.Count), _texts.Count("Events", _log.EventCount));
        if (first > last || (first == 0 && last == 0)) return _texts.Fill("Sum.NoTimes", ("cases", cases), ("events", events));
        var calendar = new Calendar(zone);
        return _texts.Fill("Sum.Log", ("cases", cases), ("events", events), ("from", calendar.Write(first)), ("to", calendar.Write(last)));
    }

    IEnumerable<string> Followed(ConformanceResult result, string language)
    {
        var followed = result.Variants.Where(v => v.Fits).Sum(v => v.Variant.Count);
        var departed = result.Variants.Where(v => v is { Fits: false, Cost: not null }).Sum(v => v.Variant.Count);
        yield return _texts.Fill("Sum.Followed", ("followed", _texts.Number(followed)), ("all", _texts.Number(followed + departed)),
            ("share", _texts.Share(followed, followed + departed)), ("departed", _texts.Number(departed)));
        var say = new DepartureSentences(language);
        var ways = result.GroupDeviations(_log, 0).Take(WaysTold).Select(g => $"{say.Say(g.Kind, PageText.Cut(g.Activity))} ({_texts.Count("Cases", g.Cases)})").ToList();
        if (ways.Count > 0) yield return _texts.Fill("Sum.Ways", ("ways", string.Join("; ", ways)));
    }

    IEnumerable<string> Kept(RuleCheckResult rules)
    {
        var broken = rules.Rules.Where(r => r.Violations.Count > 0).ToList();
        var cases = broken.SelectMany(r => r.Violations.Where(v => v.Case >= 0).Select(v => (r.Log, v.Case))).Distinct().Count();
        yield return broken.Count == 0
            ? _texts.Fill("Sum.Kept", ("all", _texts.Number(rules.Rules.Count)))
            : _texts.Fill("Sum.Broken", ("broken", _texts.Number(broken.Count)), ("all", _texts.Number(rules.Rules.Count)), ("cases", _texts.Number(cases)));
    }

    IEnumerable<string> Unsaid((PetriNet Net, ConformanceResult Result)? procedure, RuleCheckResult? rules)
    {
        if (procedure is { } p)
        {
            if (!_log.Activities.Intersect(p.Net.Labels.OfType<string>(), StringComparer.Ordinal).Any()) yield return _texts["Cannot.Common"];
            if (Some("Cannot.Unfinished", p.Result.Variants.Where(v => v.Cost is null).Sum(v => (long)v.Variant.Count)) is { } unfinished) yield return unfinished;
        }

        foreach (var sentence in rules is null ? [] : Undecided(rules.Rules)) yield return sentence;
        var unnamed = _log.ResourceColumn.AsSpan(0, _log.EventCount).Count(EventLog.NoResource);
        if (unnamed > 0) yield return _texts.Fill("Cannot.People", ("n", _texts.Number(unnamed)), ("all", _texts.Number(_log.EventCount)));
        if (Some("Cannot.Alike", AlikeNames.Of(_log).Sum(g => (long)g.Count)) is { } alike) yield return alike;
        if (Some("Cannot.Ties", Tied()) is { } tied) yield return tied;
        if (Some("Cannot.Sorted", _log.OutOfOrder) is { } sorted) yield return sorted;
        if (Some("Cannot.Backwards", _log.Backwards) is { } backwards) yield return backwards;
        if (Some("Cannot.NotCompletions", _log.NotCompletions) is { } starts) yield return starts;
        if (procedure is not null) yield return _texts["Cannot.Open"];
        yield return _texts["Cannot.Always"];
    }

    IEnumerable<string> Undecided(IReadOnlyList<RuleResult> rules)
    {
        if (Some("Cannot.Pending", rules.Sum(r => r.Pending)) is { } pending) yield return pending;
        if (Some("Cannot.Unknown", rules.Sum(r => r.Unknown)) is { } unknown) yield return unknown;
        if (Named("Cannot.Idle", rules.Where(r => r is { Activations: 0, Violations.Count: 0 }).Select(r => r.Rule.Id)) is { } idle) yield return idle;
        if (Named("Cannot.NeverSeen", rules.SelectMany(r => r.NeverSeen).Distinct(StringComparer.Ordinal)) is { } never) yield return never;
    }

    string? Some(string key, long number) => number == 0 ? null : _texts.Fill(key, ("n", _texts.Number(number)));

    string? Named(string key, IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 0 ? null
            : _texts.Fill(key, ("names", string.Join(", ", all.Take(NamesTold).Select(PageText.Cut)) + (all.Count > NamesTold ? $" (+{_texts.Number(all.Count - NamesTold)})" : "")));
    }

    int Tied()
    {
        var tied = 0;
        for (var c = 0; c < _log.Cases.Count; c++)
        {
            var times = _log.TimesOf(c);
            for (var i = 1; i < times.Length; i++)
            {
                if (times[i] != times[i - 1]) continue;
                tied++;
                break;
            }
        }

        return tied;
    }
}
