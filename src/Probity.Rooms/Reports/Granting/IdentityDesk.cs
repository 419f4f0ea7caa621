using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Handling;
using Probity.Reports.Keys;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>All that a decision on the identity of a report's source may know, for somebody who can open the report.</summary>
internal sealed record IdentityFacts(ReportFacts Report, IdentityRequests Requests, Recipients Recipients)
{
    /// <summary>The request that is open.</summary>
    public IdentityRequest? Open => Requests.OpenOf(Report.Report.Id);

    /// <summary>Who acts, on a request.</summary>
    public GrantPlace On(IdentityRequest? request) => new(Report.Person, KeyAccess.PartOf(Report.Person, Recipients, Report.Register, Report.Now)) { Report = Report, Request = request };

    /// <summary>Those whom an identity can be for: they can open the report, and a second person has confirmed their key.</summary>
    public IReadOnlyList<Guid> Grantees => [.. Report.Readers(Role.Integrity).Concat(Report.Readers(Role.Overseer)).Distinct().Where(p => Recipients.ConfirmedKeyOf(p) is not null)];
}

/// <summary>The way of every command on an identity, as <see cref="ReportDesk"/> is of those on reports.</summary>
internal sealed class IdentityDesk(ReportDesk desk, ChangeKeys keys, FoldedStream<IdentityRequests> requests, TransparencyLog log, Clerk clerk)
{
    /// <summary>Runs a decision; null where there is no such report, as far as this person may know.</summary>
    public async Task<Outcome?> RunAsync(Guid person, Guid report, OpenedReport? opened, string action, Func<IdentityFacts, Decision> decide, CancellationToken cancel)
    {
        var visible = false;
        var outcome = await clerk.FileAsync(new ActorId(person), Report.StreamOf(report), $"reports.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, report, opened, cancel);
            visible = facts is not null;
            return facts is null ? Decision.Refuse(Bars.Role) : decide(facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    /// <summary>For a page; null where the report does not open.</summary>
    public ValueTask<IdentityFacts?> ReadAsync(Guid person, Guid report, OpenedReport? opened, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, report, opened, cancel);

    async ValueTask<IdentityFacts?> ReadAsync(RecordSession session, Guid person, Guid report, OpenedReport? opened, CancellationToken cancel)
    {
        var known = await requests.ReadAsync(session, cancel);
        var recipients = await keys.ReadAsync(cancel);
        session.Expect(Recipients.Stream, recipients.Version);
        var facts = await desk.ReadAsync(session, person, report, opened, cancel);
        return facts is null || ReportAccess.Refuses(ReportAction.View, facts) is not null ? null : new IdentityFacts(facts, known, recipients);
    }
}
