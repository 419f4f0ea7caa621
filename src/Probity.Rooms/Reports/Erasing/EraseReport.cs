using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Reports.Contract;
using Probity.Reports.Exchanging;
using Probity.Reports.Granting;
using Probity.Reports.Handling;
using Probity.Reports.Matters;
using Probity.Reports.Protecting;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Erasing;

/// <summary>
/// A report that has been closed for as long as the policy says is erased: one asks, a second agrees, and by that act its keys are destroyed. Who can read it decides that among themselves: the room of
/// erasures would have to say which report it is. Never one that nobody acknowledged, that is held, that protects somebody, or whose matter is open.
/// </summary>
internal sealed class EraseReport(ReportDesk desk, Clerk clerk, IDeposits deposits, RemovalMarks marks, SweepErased sweep, FoldedStream<IdentityRequests> identities, TransparencyLog log)
{
    public const string NotClosed = "reports.erase-not-closed";
    public const string NotAnswered = "reports.erase-not-answered";
    public const string NotReviewed = "reports.erase-not-reviewed";
    public const string TooEarly = "reports.erase-too-early";

    /// <summary>It is held, or something that rests on it is open: which of the two is not said, for whoever asks may be barred from a matter.</summary>
    public const string IsKept = "reports.erase-kept";

    /// <summary>It protects somebody still: who would learn of an act against them would no longer.</summary>
    public const string Protects = "reports.erase-protects";
    public const string AskedAlready = "reports.erase-asked-already";
    public const string NotAsked = "reports.erase-not-asked";

    internal sealed record Command(Guid Report, Guid Id, string? Words);

    internal sealed record Answer(Guid Report, Guid Id, bool? Agrees, string? Words);

    /// <summary>From which day on a report may be erased; null while it is open.</summary>
    public static DateOnly? From(ReportFacts facts) => facts.Report.ClosedOn?.AddMonths(facts.Policy.Of(PolicyRules.ReportKeptFor));

    /// <summary>The code of what forbids erasing it now, or null.</summary>
    public static string? StandsInTheWay(ReportFacts facts, bool identityWaits)
    {
        var report = facts.Report;
        if (report.Closed is null) return NotClosed;
        if (facts.SourceWrote) return CloseReport.SourceWrote;
        // What says nothing is written to nobody: two looked at it when it was closed.
        if (report.AcknowledgedOn is null && report.Closed.Reason != CloseReason.Junk) return NotAnswered;
        if (facts.Drawn && !report.IsReviewed) return NotReviewed;
        if (!report.Holds.IsEmpty || identityWaits || facts.Matters.Any(m => m.Matter.Stage != MatterStage.Concluded)) return IsKept;
        if (ProtectedList.IsInForce(facts) && ProtectedList.On(facts.Opened, report, facts.Today).Count > 0) return Protects;
        return From(facts) > facts.Today ? TooEarly : null;
    }

    public static Decision Decide(Command command, string? box, bool identityWaits, ReportFacts facts) =>
        facts.Report.ErasureAsked is not null ? Decision.Refuse(AskedAlready)
        : StandsInTheWay(facts, identityWaits) is { } code ? Decision.Refuse(code)
        : StaffText.Refuses(command.Words) is { } unfit ? unfit
        : Decision.Accept(facts.Report.File(new ReportErasureAsked(command.Id, box!)));

    /// <param name="command">The answer.</param>
    /// <param name="box">Why not, sealed.</param>
    /// <param name="identityWaits">Whether somebody waits for the identity of its source.</param>
    /// <param name="marks">The marks of it and of its deposits.</param>
    /// <param name="barred">Whether somebody was refused the report by today's register: that is filed under its own id.</param>
    /// <param name="facts">The report.</param>
    public static Decision Decide(Answer command, string? box, bool identityWaits, IReadOnlyList<string> marks, bool barred, ReportFacts facts)
    {
        var report = facts.Report;
        if (report.ErasureAsked is null) return Decision.Refuse(NotAsked);
        if (command.Agrees is not { } agrees) return Decision.Refuse(CloseReport.AgreesMissing);
        if (!agrees) return StaffText.Refuses(command.Words) is { } unfit ? unfit : Decision.Accept(report.File(new ReportErasureReturned(command.Id, box!)));
        if (StandsInTheWay(facts, identityWaits) is { } code) return Decision.Refuse(code);
        return new Decision.Accepted([new Filing(ErasedReports.Stream, new ReportErased(marks, facts.Policy.Label))])
        {
            Erases = [.. Compartments.ErasedWithMatter(report.Stream), .. barred ? Compartments.ErasedWithMatter(new StreamId(report.Id)) : []],
        };
    }

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) => RunAsync(
        person, command.Report, opened, ReportAction.AskErasure, command.Id, (waits, facts) => new(Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), waits, facts)), cancel);

    public async Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Answer command, CancellationToken cancel)
    {
        var gone = marks.Of(command.Report, await deposits.OfReportAsync(command.Report, cancel));
        var outcome = await RunAsync(person, command.Report, opened, ReportAction.AnswerErasure, command.Id, async (waits, facts) => Decide(
            command, StaffText.Seal(facts.Opened, command.Id, command.Words), waits, gone, await log.VersionAsync(Streams.RefusalsOf(new StreamId(command.Report)), cancel) > 0, facts), cancel);
        if (outcome is not Outcome.Done || command.Agrees != true) return outcome;
        // At once, so that no page finds it; where this does not come to its end, the reaction does.
        await log.FinishErasuresAsync(cancel);
        await sweep.RunAsync(cancel);
        return outcome;
    }

    async Task<Outcome?> RunAsync(Guid person, Guid report, OpenedReport? opened, ReportAction action, Guid id, Func<bool, ReportFacts, ValueTask<Decision>> decide, CancellationToken cancel)
    {
        var visible = false;
        var outcome = await clerk.FileAsync(new ActorId(person), Report.StreamOf(report), $"reports.{action}", async session =>
        {
            var facts = await desk.ReadAsync(session, person, report, opened, cancel);
            var requests = await identities.ReadAsync(session, cancel);
            visible = ReportAccess.Refuses(ReportAction.View, facts) is null;
            if (ReportAccess.Refuses(action, facts) is { } refusal) return refusal;
            return facts!.Report.Known.Contains(id) ? Decision.Accept() : await decide(requests.All.Values.Any(r => r.Report == report && (r.Waits || r.IsToHandOn)), facts);
        }, cancel: cancel);
        return visible ? outcome : null;
    }
}

/// <summary>Whoever can open a report has it kept for the law; an overseer ends that, or where none can open it another of integrity.</summary>
internal sealed class HoldReport(ReportDesk desk)
{
    public const string NoSuchHold = "reports.no-such-hold";
    public const string TooMany = "reports.too-many-holds";

    const int Most = 20;

    internal sealed record Command(Guid Report, Guid Id, string? Words);

    internal sealed record End(Guid Report, Guid Id, Guid? Hold, string? Words);

    public static Decision Decide(Command command, string? box, ReportFacts facts) =>
        StaffText.Refuses(command.Words) is { } unfit ? unfit
        : facts.Report.Holds.Count >= Most ? Decision.Refuse(TooMany)
        : Decision.Accept(facts.Report.File(new ReportHeld(command.Id, box!)));

    public static Decision Decide(End command, string? box, ReportFacts facts) =>
        command.Hold is not { } hold || !facts.Report.Holds.TryGetValue(hold, out var by) ? Decision.Refuse(NoSuchHold)
        : by == facts.Person && !facts.Actor.Has(Role.Overseer) ? Decision.Refuse(Bars.EarlierRole)
        : StaffText.Refuses(command.Words) is { } unfit ? unfit
        : Decision.Accept(facts.Report.File(new ReportHoldEnded(command.Id, hold, box!)));

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, Command command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.PlaceHold, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);

    public Task<Outcome?> HandleAsync(Guid person, OpenedReport? opened, End command, CancellationToken cancel) =>
        desk.RunAsync(person, command.Report, opened, ReportAction.EndHold, command.Id, facts => Decide(command, StaffText.Seal(facts.Opened, command.Id, command.Words), facts), cancel);
}
