using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Policies.Contract;
using Probity.Reports.Handling;
using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Reports.Viewing;

/// <summary>Closed reports of a list: only those of the page that is shown are opened.</summary>
internal sealed record ClosedEntry(Guid Report, DateOnly Received, DateOnly ClosedOn, CloseReason Reason, bool ErasureAsked = false);

/// <summary>What somebody finds in their list.</summary>
/// <param name="Open">All that is open, or that needs them: what is due first comes first; for an overseer what was missed.</param>
/// <param name="Closed">What is closed, the newest first.</param>
internal sealed record QueueContent(IReadOnlyList<ReportFacts> Open, IReadOnlyList<ClosedEntry> Closed)
{
    /// <summary>For an overseer: what else is open and opens for them, and does not need them.</summary>
    public IReadOnlyList<ReportFacts> Others { get; init; } = [];

    /// <summary>What has been closed for as long as the policy says, whoever handled it: it may be erased.</summary>
    public IReadOnlyList<ClosedEntry> Kept { get; init; } = [];

    /// <summary>What cannot be opened, for its records are missing or are not what was fetched.</summary>
    public IReadOnlyList<Guid> Broken { get; init; } = [];
}

/// <summary>
/// The reports that somebody's unlocked key opens, as they concern them. What they stepped aside from is not there. Everything about clocks is worked out here and now: the house does not know who can read what.
/// </summary>
internal sealed class ReportQueue(ReportReader reader, ReportDesk desk, DbContext views, FoldedStream<ReviewDraws> draws, IPolicies policies, TimeProvider time)
{
    /// <summary>Alike contents within an hour from which on a report is set aside as likely part of a flood.</summary>
    public const int Flood = 3;

    /// <summary>Whether a report that nobody has looked at is likely part of a flood.</summary>
    public static bool IsFlood(ReportFacts facts) => facts.Report is { Triage: null, AcknowledgedOn: null } && facts.Opened.Deposits[0].Content.Inflow.Alike >= Flood;

    /// <summary>Whether its source says that somebody is in danger, and no person has answered yet.</summary>
    public static bool IsDanger(ReportFacts facts) => facts.Report is { AcknowledgedOn: null, Closed: null } && !IsFlood(facts) && facts.Opened.Deposits[0].Content.Answers.Any(a => a.Question == "danger" && a.Text.Length > 0);

    /// <summary>All of it; nothing where the key is locked.</summary>
    public async Task<QueueContent> ReadAsync(ClaimsPrincipal who, CancellationToken cancel)
    {
        if (SignedInPerson.Of(who) is not { } person || await reader.ListAsync(who, cancel) is not { Count: > 0 } readable) return new([], []);
        var index = await QueueIndex.OfAsync(readable, views, cancel);
        var aside = await AsideAsync(person, cancel);
        var integrity = SignedInPerson.Has(who, Role.Integrity);
        // What is closed and was drawn is looked at again.
        var drawn = integrity ? [] : (await draws.ReadAsync(cancel)).All.Values.SelectMany(d => d.Drawn).Select(index.ClosedOf).OfType<ReadableReport>();
        var (open, others, broken) = (new List<ReportFacts>(), new List<ReportFacts>(), new List<Guid>());
        foreach (var known in index.Open.Where(o => !aside.Contains(o.Stream)).Select(o => o.Report).Concat(drawn.Where(d => !aside.Contains(Report.StreamOf(d.Report).Value))))
        {
            var opened = await reader.OpenAsync(who, known.Report, cancel);
            if (opened is null && await reader.IsBrokenAsync(who, known.Report, cancel)) broken.Add(known.Report);
            var facts = await desk.ReadAsync(person, known.Report, opened, cancel);
            // What else is closed has a row.
            if (facts is null || !(facts.Report.Closed is null || facts.SourceWrote || ReportAccess.Refuses(ReportAction.Review, facts) is null)) continue;
            if (ReportAccess.Lists(facts)) open.Add(facts);
            else if (ReportAccess.Refuses(ReportAction.View, facts) is null) others.Add(facts);
        }

        IReadOnlyList<ClosedEntry> closed = aside.Count == 0 ? new ClosedOnes(index.Closed) : [.. index.Closed.Where(c => !aside.Contains(c.Stream)).Select(c => c.Entry)];
        return new(Sorted(open), closed) { Others = [.. Sorted(others).OrderBy(IsFlood)], Kept = await KeptAsync(index, aside, cancel), Broken = broken };

        List<ReportFacts> Sorted(List<ReportFacts> all) =>
            [.. all.OrderByDescending(IsDanger).ThenByDescending(f => !integrity && f.Clock.IsEscalated).ThenBy(f => f.Clock.Next?.Due ?? DateOnly.MaxValue).ThenBy(f => f.Opened.Received).ThenBy(f => f.Report.Id)];
    }

    // Sorted by the day of closing, the newest first: those that are old enough are at the end.
    async Task<IReadOnlyList<ClosedEntry>> KeptAsync(QueueIndex index, HashSet<Guid> aside, CancellationToken cancel)
    {
        var (before, kept) = (DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddMonths(-(await policies.ReadAsync(cancel)).Of(PolicyRules.ReportKeptFor)), new List<ClosedEntry>());
        for (var at = index.Closed.Count - 1; at >= 0 && index.Closed[at].Entry.ClosedOn <= before; at--)
            if (!aside.Contains(index.Closed[at].Stream)) kept.Add(index.Closed[at].Entry);
        return kept;
    }

    /// <summary>Every report that opens for somebody, but those that they stepped aside from.</summary>
    public async Task<IReadOnlyList<ReadableReport>> ReadableAsync(ClaimsPrincipal who, Guid person, CancellationToken cancel)
    {
        var aside = await AsideAsync(person, cancel);
        return [.. (await reader.ListAsync(who, cancel)).Where(r => !aside.Contains(Report.StreamOf(r.Report).Value))];
    }

    /// <summary>The closings that are drawn from, of the past months that were not drawn yet, by month.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Guid>>> ClosingsAsync(DateOnly today, int months, CancellationToken cancel)
    {
        var (known, closings) = ((await draws.ReadAsync(cancel)).All, new Dictionary<string, IReadOnlyList<Guid>>());
        for (var from = new DateOnly(today.Year, today.Month, 1).AddMonths(-months); from.AddMonths(1) <= today; from = from.AddMonths(1))
        {
            var (first, next) = (from, from.AddMonths(1));
            if (known.GetValueOrDefault(ReviewDraws.MonthOf(first))?.Seed is not null) continue;
            var rows = await views.Set<ReportRow>().AsNoTracking().Where(r => r.ClosedOn >= first && r.ClosedOn < next).ToListAsync(cancel);
            if (rows.Where(r => r.Reason is { } reason && Report.IsDrawnFrom(reason)).Select(r => r.Stream).ToList() is { Count: > 0 } pool) closings[ReviewDraws.MonthOf(first)] = pool;
        }

        return closings;
    }

    async Task<HashSet<Guid>> AsideAsync(Guid person, CancellationToken cancel) => [.. await views.Set<AsideRow>().AsNoTracking().Where(p => p.Person == person).Select(p => p.Stream).ToListAsync(cancel)];
}

/// <summary>The closed reports of an index, without a copy of them.</summary>
internal sealed class ClosedOnes(IReadOnlyList<(Guid Stream, ClosedEntry Entry)> all) : IReadOnlyList<ClosedEntry>
{
    public int Count => all.Count;

    public ClosedEntry this[int place] => all[place].Entry;

    public IEnumerator<ClosedEntry> GetEnumerator() => all.Select(closed => closed.Entry).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Has the house draw which closings are looked at again, once the list of closings is whole.</summary>
internal sealed class ReviewsDue(ReportQueue queue, DrawReviews draw, ViewPositions positions, TransparencyLog log, TimeProvider time)
{
    const int MonthsBack = 12;

    /// <summary>Draws what is to be drawn; nothing where the list of closings is behind the record, or the record takes nothing.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (log.Stopped is not null || positions.Next(ReportView.ViewName) < log.Size) return;
        await draw.RunAsync(await queue.ClosingsAsync(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), MonthsBack, cancel), cancel);
    }
}
