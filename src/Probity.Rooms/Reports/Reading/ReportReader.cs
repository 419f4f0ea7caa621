using System.Collections.Concurrent;
using System.Security.Claims;
using Probity.Access.Contract;

namespace Probity.Reports.Reading;

/// <summary>The reports that the key opens which somebody has unlocked in their session.</summary>
internal sealed class ReportReader
{
    readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Guid, OpenedReport>> _unlocked = new();

    /// <summary>Keeps a report as opened for somebody.</summary>
    public void Hold(Guid person, OpenedReport report) => _unlocked.GetOrAdd(person, _ => new()).AddOrUpdate(report.Report, report, (_, _) => report);

    /// <summary>Whether this person's key is unlocked.</summary>
    public bool IsUnlocked(ClaimsPrincipal who) => SignedInPerson.Of(who) is { } person && _unlocked.ContainsKey(person);

    /// <summary>The reports that it opens; none where it is locked.</summary>
    public ValueTask<IReadOnlyList<ReadableReport>> ListAsync(ClaimsPrincipal who, CancellationToken cancel) =>
        ValueTask.FromResult<IReadOnlyList<ReadableReport>>(Of(who) is { } reports ? [.. reports.Values.Select(r => new ReadableReport(r.Report, r.Received, r.Deposits[^1].Index))] : []);

    /// <summary>A report; null where it is locked, not theirs or none.</summary>
    public ValueTask<OpenedReport?> OpenAsync(ClaimsPrincipal who, Guid report, CancellationToken cancel) => ValueTask.FromResult(Of(who)?.GetValueOrDefault(report));

    ConcurrentDictionary<Guid, OpenedReport>? Of(ClaimsPrincipal who) => SignedInPerson.Of(who) is { } person ? _unlocked.GetValueOrDefault(person) : null;
}
