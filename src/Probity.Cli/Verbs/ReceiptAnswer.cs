using System.Globalization;
using System.Text;
using Probity.Ledger;

namespace Probity.Cli.Verbs;

/// <summary>The JSON of <c>probity verify</c> on a receipt; its names are a public interface.</summary>
/// <param name="Ok">Whether nothing wrong was found.</param>
/// <param name="Proved">Whether, on top of that, the log's signature was checked with a key that was given.</param>
/// <param name="Origin">The log.</param>
/// <param name="Size">How many records the checkpoint counts.</param>
/// <param name="Root">Its root.</param>
/// <param name="Index">The record's number.</param>
/// <param name="KeyTrust"><c>given</c>, or <c>none</c>: a receipt holds no key.</param>
/// <param name="Quorum">Whether the policy's quorum has confirmed; null without a policy.</param>
/// <param name="Witnesses">Who of the policy has confirmed, and when.</param>
/// <param name="Entry">The leaf entry, in base64.</param>
/// <param name="Record">What the header says; null where the receipt has none.</param>
/// <param name="Content">What was recorded, as text; null where it is not in the receipt or is no text.</param>
/// <param name="ContentBytes">The same in base64.</param>
/// <param name="Checks">Every check.</param>
internal sealed record ReceiptAnswer(
    bool Ok, bool Proved, string Origin, long Size, string Root, long Index, string KeyTrust, bool? Quorum, IReadOnlyList<ReceiptWitness> Witnesses,
    string Entry, ReceiptRecord? Record, string? Content, string? ContentBytes, IReadOnlyList<CheckResult> Checks)
{
    public static ReceiptAnswer Of(ReceiptReport report)
    {
        var content = report.Opening.Form == ReceiptForm.Content;
        return new(
            report.Ok, report.Proved, report.Origin, report.Size, report.Root.ToString(), report.Index, report.KeyGiven ? "given" : "none",
            report.Quorum, report.Witnesses, Convert.ToBase64String(report.Opening.Entry.Span), report.Header is { } header ? ReceiptRecord.Of(header) : null,
            content ? TextOf(report.Opening.Payload.Span) : null, content ? Convert.ToBase64String(report.Opening.Payload.Span) : null, report.Checks);
    }

    /// <summary>The bytes as the text that they are, or null.</summary>
    internal static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>A record's header in JSON. Times are RFC 3339, to the microsecond.</summary>
internal sealed record ReceiptRecord(
    long Index, Guid Stream, long Version, string Type, string Recorded, string? Occurred, Guid Actor, Guid Node, Guid Compartment)
{
    public static ReceiptRecord Of(RecordHeader header) => new(
        header.Index, header.Stream.Value, header.Version, header.Type, Time(header.Recorded), header.Occurred is { } at ? Time(at) : null,
        header.Actor.Value, header.Node, header.Compartment.Value);

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
