using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Reports.Matters;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Handling;

/// <summary>The way of every command on a report: what was opened comes from the session of whoever acts; then read what was done, guard, decide, file.</summary>
internal sealed class ReportDesk(TransparencyLog log, Clerk clerk, ReadingsFiled readings, FoldedStream<ReviewDraws> draws, IRegister registers, IPolicies policies, TimeProvider time)
{
    /// <summary>Guards a decision and takes it; what was done already under the same id is not done twice.</summary>
    public static Decision Decide(ReportAction action, Guid id, ReportFacts? facts, Func<ReportFacts, Decision> decide) =>
        ReportAccess.Refuses(action, facts) is { } refusal ? refusal : facts!.Report.Known.Contains(id) ? Decision.Accept() : decide(facts);

    /// <summary>Runs a decision; null where there is no such report, as far as this person may know.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="report">The report.</param>
    /// <param name="opened">The report as it opens for them; null where it does not.</param>
    /// <param name="action">What they would do.</param>
    /// <param name="id">The act's own id.</param>
    /// <param name="decide">The decision.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<Outcome?> RunAsync(Guid person, Guid report, OpenedReport? opened, ReportAction action, Guid id, Func<ReportFacts, Decision> decide, CancellationToken cancel)
    {
        var visible = false;
        var outcome = await clerk.FileAsync(new ActorId(person), Report.StreamOf(report), $"reports.{action}", async session =>
        {
            var facts = await ReadAsync(session, person, report, opened, cancel);
            visible = ReportAccess.Refuses(ReportAction.View, facts) is null;
            return Decide(action, id, facts, decide);
        }, cancel: cancel);
        return visible ? outcome : null;
    }

    /// <summary>Opens a report for a page: the reading is recorded once a session, a refusal each time. Null where this person may not know of it.</summary>
    public async Task<ReportFacts?> OpenAsync(Guid person, string sitting, Guid report, OpenedReport? opened, CancellationToken cancel)
    {
        var (facts, stream) = (await ReadAsync(person, report, opened, cancel), Report.StreamOf(report));
        if (ReportAccess.Refuses(ReportAction.View, facts) is { } refusal)
        {
            // Filed for one that is not there too: the answer takes as long either way.
            await clerk.FileAsync(new ActorId(person), stream, "reports.View", _ => ValueTask.FromResult<Decision>(refusal), cancel: cancel);
            return null;
        }

        if (!readings.Has(person, sitting, report))
        {
            await clerk.FileReadAsync(new ActorId(person), stream, "reports.report", cancel: cancel);
            readings.Add(person, sitting, report);
        }

        return facts;
    }

    /// <summary>A report as it stands, without anybody having opened its page; null where it does not open.</summary>
    public ValueTask<ReportFacts?> ReadAsync(Guid person, Guid report, OpenedReport? opened, CancellationToken cancel) => ReadAsync(new RecordSession(log), person, report, opened, cancel);

    /// <summary>The same within a decision, which then rests on what was read.</summary>
    public async ValueTask<ReportFacts?> ReadAsync(RecordSession session, Guid person, Guid report, OpenedReport? opened, CancellationToken cancel)
    {
        // Read before it is known whether it opens: what is not there takes as long.
        var (now, register) = (time.GetUtcNow(), await registers.ReadAsync(session, cancel));
        var known = await session.FoldAsync<Report>(Report.StreamOf(report), cancel) with { Id = report };
        var (drawn, policy) = (await draws.ReadAsync(cancel), await policies.ReadAsync(session, cancel));
        var matters = await MattersAsync(session, report, opened, cancel);
        return opened is null || opened.Report != report ? null
            : new ReportFacts(opened, known, drawn.Names(known), policy, Actor.From(register, person, now), register, now) { Matters = matters };
    }

    // Where they are follows from the key of the report's readers. For whom it does not open as many places are looked at as for one without any.
    static async ValueTask<IReadOnlyList<LinkedMatter>> MattersAsync(RecordSession session, Guid report, OpenedReport? opened, CancellationToken cancel)
    {
        var matters = new List<LinkedMatter>();
        for (var number = 1; number <= MatterLink.Places; number++)
        {
            var id = opened is null ? Streams.Derive(report, "no matter") : MatterLink.IdOf(opened.StaffKey.Span, number);
            var matter = await session.FoldAsync<Matter>(new StreamId(id), cancel);
            if (matter.Version == 0) break;
            if (matter.Exists) matters.Add(new LinkedMatter(number, matter));
        }

        return matters;
    }
}

/// <summary>Which readings are on the record already, so that a report that is opened again in one session is filed once.</summary>
internal sealed class ReadingsFiled
{
    const int Most = 10_000;

    readonly Lock _turn = new();
    readonly HashSet<(Guid Person, string Sitting, Guid Report)> _filed = [];

    /// <summary>Whether somebody has opened a report in this session.</summary>
    public bool Has(Guid person, string sitting, Guid report)
    {
        lock (_turn) return _filed.Contains((person, sitting, report));
    }

    /// <summary>Notes that they have, once it is on the record.</summary>
    public void Add(Guid person, string sitting, Guid report)
    {
        lock (_turn)
        {
            // Rather filed twice than held without end.
            if (_filed.Count >= Most) _filed.Clear();
            _filed.Add((person, sitting, report));
        }
    }
}
