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

    /// <summary>Where a sealed file lies.</summary>
    public static string FileOf(string folder, Guid file) => Path.Combine(folder, file.ToString("N"));
}
