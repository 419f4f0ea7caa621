using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;

namespace Probity.Reports.Protecting;

/// <summary>Whom a report protects: its source where that is known, witnesses, and whoever could be taken for one of them.</summary>
internal static class ProtectedList
{
    /// <summary>The most people that one report protects: as many as a box of one length holds.</summary>
    public const int Most = 120;

    /// <summary>The most of them whom one reader put on the list: nobody fills it alone so that others find no place in it.</summary>
    public const int MostOfOne = 60;

    /// <summary>The people, those who were named first before the others; none where the box is another's.</summary>
    public static IReadOnlyList<Guid> Of(OpenedReport opened, Report report) => report.Protected is { } last ? In(opened, last) : [];

    /// <summary>For so long somebody who was taken off is still protected: one reader alone does not make the others blind to what is asked for meanwhile.</summary>
    public const int DaysAfter = 30;

    /// <summary>Whom it protects on a day: who is on the list, and who was taken off it in the last 30 days.</summary>
    public static IReadOnlyList<Guid> On(OpenedReport opened, Report report, DateOnly today) => [.. Of(opened, report).Concat(TakenOff(opened, report, today).Select(t => t.Person)).Distinct()];

    /// <summary>Who was taken off in the last 30 days and is not on it again, by whom and when.</summary>
    public static IReadOnlyList<(Guid Person, Guid By, DateOnly Day)> TakenOff(OpenedReport opened, Report report, DateOnly today)
    {
        var (off, before, now) = (new Dictionary<Guid, (Guid By, DateOnly Day)>(), (IReadOnlyList<Guid>)[], Of(opened, report));
        foreach (var act in report.Acts)
        {
            if (act.Event is not PeopleProtected change) continue;
            var after = In(opened, change);
            foreach (var gone in before.Except(after)) off[gone] = (act.By, act.Day);
            before = after;
        }

        return [.. off.Where(o => o.Value.Day.AddDays(DaysAfter) > today && !now.Contains(o.Key)).Select(o => (o.Key, o.Value.By, o.Value.Day))];
    }

    /// <summary>Who put each of those who are on the list there.</summary>
    public static IReadOnlyDictionary<Guid, Guid> PutOnBy(OpenedReport opened, Report report)
    {
        var by = new Dictionary<Guid, Guid>();
        foreach (var act in report.Acts)
        {
            if (act.Event is not PeopleProtected change) continue;
            var after = In(opened, change);
            foreach (var gone in by.Keys.Except(after).ToList()) by.Remove(gone);
            foreach (var person in after) by.TryAdd(person, act.By);
        }

        return by;
    }

    /// <summary>The people of a change, and how it differs from the one before: who came, and who went.</summary>
    public static (IReadOnlyList<Guid> On, IReadOnlyList<Guid> Off) ChangeOf(OpenedReport opened, Report report, PeopleProtected change)
    {
        var before = report.Acts.Select(a => a.Event).OfType<PeopleProtected>().TakeWhile(p => p.Id != change.Id).LastOrDefault();
        var (old, now) = (before is null ? [] : In(opened, before), In(opened, change));
        return ([.. now.Except(old)], [.. old.Except(now)]);
    }

    static IReadOnlyList<Guid> In(OpenedReport opened, PeopleProtected list) => StaffText.Open(opened, list.Id, list.Box) is { } text
        ? [.. text.Split('\n').Select(line => Guid.TryParseExact(line, "N", out var person) ? person : Guid.Empty).Where(person => person != Guid.Empty)] : [];

    /// <summary>The box of a list. Empty lines fill it up, so that no length tells how many there are.</summary>
    public static string Seal(OpenedReport opened, Guid entry, IReadOnlyList<Guid> people) =>
        StaffText.Seal(opened, entry, string.Join('\n', Enumerable.Range(0, Most).Select(at => (at < people.Count ? people[at] : Guid.Empty).ToString("N"))))!;

    /// <summary>The last day on which a report protects them; null as long as it is open. It counts from the closing, or from when the list was changed last, whichever is later.</summary>
    public static DateOnly? Until(Report report, Policy policy) =>
        report is { ClosedOn: { } closed, ProtectedOn: { } named } ? (closed > named ? closed : named).AddMonths(policy.Of(PolicyRules.ReportProtectionMonths)) : null;

    /// <summary>Whether it protects anybody on a day.</summary>
    public static bool IsInForce(ReportFacts facts) => facts.Report.Protected is not null && !(Until(facts.Report, facts.Policy) < facts.Today);
}
