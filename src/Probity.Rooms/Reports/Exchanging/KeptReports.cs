using System.Text;
using Probity.Ledger;
using Probity.Ledger.Formats;
using Probity.Sealing;

namespace Probity.Reports.Exchanging;

/// <summary>What lies in the receipts that are kept.</summary>
internal static class KeptReports
{
    /// <summary>The deposit of a record; null where a fault of the disk has changed it since it was fetched and verified.</summary>
    public static Deposit? Read(KeptDeposit kept)
    {
        try
        {
            return Deposit.Decode(LeafOpening.Decode(TlogProof.Parse(kept.Receipt.Span).Extra).Payload);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a row is proved to stand where it says, on the record that it was fetched from: somebody can write one there that no source ever sent. True before the first exchange, when no key is known.</summary>
    public static bool IsProved(KeptDeposit kept, ExchangeState state)
    {
        var record = RecordPlace.RecordOf(kept.Index);
        var key = record < state.Earlier.Count ? state.Earlier[record].Key : state.Key;
        return key is null
            ? Read(kept) is { } deposit && (kept.Report, kept.Deposit) == (deposit.Report, deposit.Id)
            : FetchedRecords.Check(kept.Receipt, VerifierKey.Parse(key)) is { Proved: true } report && report.Index == RecordPlace.NumberOf(kept.Index) && ReadAs(kept, report) is not null;
    }

    /// <summary>The deposit of a row whose columns say what its receipt proves; null where it is another's, for two rows may have been swapped by their columns alone.</summary>
    /// <param name="kept">The row.</param>
    /// <param name="report">What its receipt proves.</param>
    public static Deposit? ReadAs(KeptDeposit kept, ReceiptReport report) =>
        report.Header is { Type: FetchedRecords.DepositType } header && report.Opening.Form == ReceiptForm.Content && Read(kept) is { } deposit
        && (kept.Day, kept.Report, kept.Deposit) == (DateOnly.FromDateTime(header.Recorded.UtcDateTime), deposit.Report, deposit.Id) ? deposit : null;

    /// <summary>The same receipt without what the record says: its place, day and type are left.</summary>
    /// <exception cref="FormatException">It is no receipt, or opens to its leaf alone.</exception>
    public static KeptProof HeaderOf(long index, ReadOnlyMemory<byte> receipt) => Opened(index, receipt, LeafOpening.OfHeader);

    /// <summary>The same receipt of a deposit, left with nothing but the leaf, which is public and says nothing; null where a fault of the disk has changed it.</summary>
    public static KeptProof? LeafOf(KeptDeposit kept)
    {
        try
        {
            return Opened(kept.Index, kept.Receipt, header => LeafOpening.OfEntry(LeafOpening.OfHeader(header).Entry));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The leaf of a proof.</summary>
    public static ReadOnlyMemory<byte> LeafIn(KeptProof proof) => LeafOpening.Decode(TlogProof.Parse(proof.Receipt.Span).Extra).Entry;

    static KeptProof Opened(long index, ReadOnlyMemory<byte> receipt, Func<ReadOnlyMemory<byte>, LeafOpening> left)
    {
        var proof = TlogProof.Parse(receipt.Span);
        var opening = LeafOpening.Decode(proof.Extra);
        return new KeptProof(index, Encoding.UTF8.GetBytes((proof with { Extra = left(opening.Header).Encode() }).ToString()));
    }

    /// <summary>Where a sealed file lies.</summary>
    public static string FileOf(string folder, Guid file) => Path.Combine(folder, file.ToString("N"));
}
