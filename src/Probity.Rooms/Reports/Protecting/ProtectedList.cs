using Probity.Policies.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Reading;

namespace Probity.Reports.Protecting;

/// <summary>Whom a report protects: its source where that is known, witnesses, and whoever could be taken for one of them.</summary>
internal static class ProtectedList
{
    /// <summary>The most people that one report protects.</summary>
    public const int Most = 12;

    /// <summary>The people, those who were named first before the others; none where the box is another's.</summary>
    public static IReadOnlyList<Guid> Of(OpenedReport opened, Report report) => report.Protected is { } last && StaffText.Open(opened, last.Id, last.Box) is { } text
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
