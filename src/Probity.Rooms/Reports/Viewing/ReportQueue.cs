using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Probity.Access.Contract;
using Probity.Ledger;
using Probity.Reports.Handling;
using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;
using Probity.Shared.Views;

namespace Probity.Reports.Viewing;

/// <summary>Closed reports of a list: only those of the page that is shown are opened.</summary>
internal sealed record ClosedEntry(Guid Report, DateOnly Received, DateOnly ClosedOn, CloseReason Reason);

/// <summary>What somebody finds in their list.</summary>
/// <param name="Open">All that is open, or that needs them: what is due first comes first; for an overseer what was missed.</param>
/// <param name="Closed">What is closed, the newest first.</param>
internal sealed record QueueContent(IReadOnlyList<ReportFacts> Open, IReadOnlyList<ClosedEntry> Closed);

/// <summary>
/// The reports that somebody's unlocked key opens, as they concern them. What they stepped aside from is not there. Everything about clocks is worked out here and now: the house does not know who can read what.
/// </summary>
internal sealed class ReportQueue(ReportReader reader, ReportDesk desk, DbContext views, FoldedStream<ReviewDraws> draws)
{
    // So many parameters every database takes.
    const int Chunk = 500;

    /// <summary>Alike contents within an hour from which on a report is set aside as likely part of a flood.</summary>
    public const int Flood = 3;

    /// <summary>Whether a report that nobody has looked at is likely part of a flood.</summary>
    public static bool IsFlood(ReportFacts facts) => facts.Report is { Triage: null, AcknowledgedOn: null } && facts.Opened.Deposits[0].Content.Inflow.Alike >= Flood;

    /// <summary>All of it; nothing where the key is locked.</summary>
    public async Task<QueueContent> ReadAsync(ClaimsPrincipal who, CancellationToken cancel)
    {
        if (SignedInPerson.Of(who) is not { } person || await ReadableAsync(who, person, cancel) is not { Count: > 0 } readable) return new([], []);
        var rows = await RowsAsync(readable.Select(r => Report.StreamOf(r.Report).Value), cancel);
        var integrity = SignedInPerson.Has(who, Role.Integrity);
        var handled = integrity ? [] : await PartsAsync(person, [ReportPart.Handled, ReportPart.Reviewed], cancel);
        var drawn = integrity ? [] : (await draws.ReadAsync(cancel)).All.Values.SelectMany(d => d.Drawn).ToHashSet();
        var (open, closed) = (new List<ReportFacts>(), new List<ClosedEntry>());
        foreach (var known in readable)
        {
            var stream = Report.StreamOf(known.Report).Value;
            // Closed, nothing came since, and it is not looked at again: a row says enough.
            if (rows.GetValueOrDefault(stream) is { ClosedOn: { } on } row && known.LastIndex <= row.LastIndex)
            {
                if (integrity || handled.Contains(stream)) closed.Add(new ClosedEntry(known.Report, known.Received, on, row.Reason!.Value));
                if (!drawn.Contains(stream)) continue;
            }

            var facts = await desk.ReadAsync(person, known.Report, await reader.OpenAsync(who, known.Report, cancel), cancel);
            // What else is closed has a row.
            if (facts is not null && ReportAccess.Lists(facts) && (facts.Report.Closed is null || facts.SourceWrote || ReportAccess.Refuses(ReportAction.Review, facts) is null)) open.Add(facts);
        }

        return new(
            [.. open.OrderByDescending(f => !integrity && f.Clock.IsEscalated).ThenBy(f => f.Clock.Next?.Due ?? DateOnly.MaxValue).ThenBy(f => f.Opened.Received).ThenBy(f => f.Report.Id)],
            [.. closed.OrderByDescending(c => c.ClosedOn).ThenBy(c => c.Report)]);
    }

    /// <summary>Every report that opens for somebody, but those that they stepped aside from.</summary>
    public async Task<IReadOnlyList<ReadableReport>> ReadableAsync(ClaimsPrincipal who, Guid person, CancellationToken cancel)
    {
        var aside = await PartsAsync(person, [ReportPart.Aside], cancel);
        return [.. (await reader.ListAsync(who, cancel)).Where(r => !aside.Contains(Report.StreamOf(r.Report).Value))];
    }

    /// <summary>The closings without action since a day, by month.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Guid>>> ClosingsAsync(DateOnly since, CancellationToken cancel) =>
        (await views.Set<ReportRow>().AsNoTracking().Where(r => r.ClosedOn >= since).ToListAsync(cancel))
            .Where(r => r.Reason is { } reason && Report.TakesTwo(reason)).GroupBy(r => ReviewDraws.MonthOf(r.ClosedOn!.Value))
            .ToDictionary(g => g.Key, g => (IReadOnlyList<Guid>)[.. g.Select(r => r.Stream)]);

    async Task<Dictionary<Guid, ReportRow>> RowsAsync(IEnumerable<Guid> streams, CancellationToken cancel)
    {
        var rows = new Dictionary<Guid, ReportRow>();
        foreach (var chunk in streams.Chunk(Chunk))
            foreach (var row in await views.Set<ReportRow>().AsNoTracking().Where(r => chunk.Contains(r.Stream)).ToListAsync(cancel)) rows[row.Stream] = row;
        return rows;
    }

    async Task<HashSet<Guid>> PartsAsync(Guid person, ReportPart[] parts, CancellationToken cancel) =>
        [.. await views.Set<ReportPartRow>().AsNoTracking().Where(p => p.Person == person && parts.Contains(p.Part)).Select(p => p.Stream).ToListAsync(cancel)];
}

/// <summary>Has the house draw which closings are looked at again, once the list of closings is whole.</summary>
internal sealed class ReviewsDue(ReportQueue queue, DrawReviews draw, ViewPositions positions, TransparencyLog log, TimeProvider time)
{
    const int MonthsBack = 12;

    /// <summary>Draws what is to be drawn; nothing where the list of closings is behind the record, or the record takes nothing.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (log.Stopped is not null || positions.Next(ReportView.ViewName) < log.Size) return;
        await draw.RunAsync(await queue.ClosingsAsync(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddMonths(-MonthsBack), cancel), cancel);
    }
}
