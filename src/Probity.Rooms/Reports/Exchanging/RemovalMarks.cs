using System.Security.Cryptography;
using Probity.Ledger;
using Probity.Ledger.Formats;

namespace Probity.Reports.Exchanging;

/// <summary>
/// What stays of a report that was erased: a keyed hash of its id, and one of the leaf of each of its deposits on the record of the reporter's side. A deposit's row here, its receipt, or the header alone
/// that the reporter's side still has give the same leaf, so that each of them shows whether it went rightfully. Without the key, which lies with the node's other secrets, it tells nothing.
/// </summary>
internal sealed class RemovalMarks(byte[] key)
{
    /// <summary>What the host derives the key for.</summary>
    public const string Purpose = "probity marks of reports that were erased";

    /// <summary>Marks come in so many, or a multiple of it.</summary>
    public const int Step = 8;

    /// <summary>The mark of a leaf entry.</summary>
    public string OfLeaf(ReadOnlySpan<byte> leaf) => Convert.ToBase64String(HMACSHA256.HashData(key, leaf));

    /// <summary>The mark of a report.</summary>
    public string OfReport(Guid report) => Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. "report "u8, .. report.ToByteArray(bigEndian: true)]));

    /// <summary>The mark of a deposit that is kept; null where a fault of the disk has changed it.</summary>
    public string? Of(KeptDeposit kept)
    {
        try
        {
            return OfLeaf(LeafOpening.Decode(TlogProof.Parse(kept.Receipt.Span).Extra).Entry.Span);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The marks of a report and its deposits, filled up with chance and sorted.</summary>
    public IReadOnlyList<string> Of(Guid report, IEnumerable<KeptDeposit> deposits)
    {
        List<string> marks = [OfReport(report), .. deposits.Select(Of).OfType<string>()];
        while (marks.Count % Step != 0) marks.Add(Convert.ToBase64String(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes)));
        marks.Sort(StringComparer.Ordinal);
        return marks;
    }
}
