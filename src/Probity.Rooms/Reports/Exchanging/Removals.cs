using System.Security.Cryptography;
using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Exchanging;

/// <summary>
/// What was removed of the deposits, by this node's record, which nobody edits unseen as they could edit the list of removals beside the deposits. The entry holds hashes of a report's id and of the
/// leaves of its records: whoever has these can tell that they were removed, and the entry alone tells neither which report nor of which day.
/// </summary>
internal sealed class Removals(FoldedStream<ExchangeState> states, Clerk clerk)
{
    static ReadOnlySpan<byte> ReportPrefix => "probity removed report 1"u8;

    static ReadOnlySpan<byte> RecordPrefix => "probity removed record 1"u8;

    /// <summary>What the record calls a report that was removed.</summary>
    public static string OfReport(Guid report)
    {
        Span<byte> id = stackalloc byte[16];
        report.TryWriteBytes(id, bigEndian: true, out _);
        return HashOf(ReportPrefix, id);
    }

    /// <summary>What it calls a record of the reporter's side, by its leaf.</summary>
    public static string OfRecord(ReadOnlySpan<byte> leaf) => HashOf(RecordPrefix, leaf);

    /// <summary>The exchange by the record, with what was removed.</summary>
    public ValueTask<ExchangeState> ReadAsync(CancellationToken cancel) => states.ReadAsync(cancel);

    /// <summary>Puts it on the record that deposits are removed; nothing where that stands there already.</summary>
    /// <exception cref="InvalidOperationException">It could not be put there.</exception>
    public async Task RecordAsync(Guid report, IReadOnlyList<KeptDeposit> kept, CancellationToken cancel)
    {
        var leaves = kept.Select(KeptReports.LeafOf).OfType<KeptProof>().Select(KeptReports.LeafIn).ToList();
        var outcome = await clerk.FileAsync(clerk.House, ExchangeState.Stream, "reports.deposits-remove", async session =>
        {
            var state = await states.ReadAsync(session, cancel);
            var records = leaves.Where(leaf => !state.KnowsRecord(leaf.Span)).Select(leaf => OfRecord(leaf.Span)).ToList();
            return records.Count == 0 && state.KnowsReport(report) ? Decision.Accept() : Decision.Accept(ExchangeState.Stream, new DepositsRemoved(OfReport(report), records));
        }, cancel: cancel);
        if (outcome is not Outcome.Done) throw new InvalidOperationException("That deposits are removed could not be recorded.");
    }

    static string HashOf(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> of)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(prefix);
        hash.AppendData(of);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
