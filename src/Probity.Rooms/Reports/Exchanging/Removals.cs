using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>What was removed of the deposits, by this node's record and the key of its marks.</summary>
internal sealed record KnownRemovals(ErasedReports Erased, RemovalMarks Marks)
{
    /// <summary>Whether a report was erased.</summary>
    public bool KnowsReport(Guid report) => Erased.Marks.Contains(Marks.OfReport(report));

    /// <summary>Whether a record of the reporter's side was a deposit of one, by its leaf.</summary>
    public bool KnowsRecord(ReadOnlySpan<byte> leaf) => Erased.Marks.Contains(Marks.OfLeaf(leaf));
}

/// <summary>
/// What was removed rightfully, as entries say: nobody edits them unseen as they could edit the list of removals beside the deposits. Two people erased the report; what its source added before the
/// reporter's side had heard of it is put on the record by the house.
/// </summary>
internal sealed class Removals(FoldedStream<ErasedReports> erased, RemovalMarks marks, Clerk clerk)
{
    /// <summary>What was removed.</summary>
    public async ValueTask<KnownRemovals> ReadAsync(CancellationToken cancel) => new(await erased.ReadAsync(cancel), marks);

    /// <summary>Puts it on the record that deposits of a report go, which were not known when it was erased; nothing where there are none.</summary>
    /// <exception cref="InvalidOperationException">No entry says that the report was erased, or it could not be put there.</exception>
    public async Task RecordAsync(Guid report, IReadOnlyList<KeptDeposit> kept, CancellationToken cancel)
    {
        var outcome = await clerk.FileAsync(clerk.House, ErasedReports.Stream, "reports.deposits-remove", async session =>
        {
            var known = new KnownRemovals(await erased.ReadAsync(session, cancel), marks);
            if (!known.KnowsReport(report)) throw new InvalidOperationException("Deposits of a report that was not erased are not removed.");
            var late = kept.Where(k => marks.Of(k) is { } mark && !known.Erased.Marks.Contains(mark)).ToList();
            return late.Count == 0 ? Decision.Accept() : Decision.Accept(ErasedReports.Stream, new LateDepositsRemoved(marks.Of(report, late)));
        }, cancel: cancel);
        if (outcome is not Outcome.Done) throw new InvalidOperationException("That deposits are removed could not be recorded.");
    }
}
