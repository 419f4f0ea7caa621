using System.Globalization;
using Probity.Ledger;

namespace Probity.Cli.Verbs;

/// <summary>Says in plain words what a receipt proves, what it says of its record, and what it does not prove.</summary>
internal static class ReceiptText
{
    public static void Write(TextWriter output, ReceiptReport report)
    {
        output.WriteLine(Line($"Receipt for record {report.Index} of the log {report.Origin}, which then held {report.Size} records."));
        foreach (var check in report.Checks) output.WriteLine(Line($"  {(check.Ok ? "ok   " : "WRONG")}  {check.Name}: {check.Message}"));
        foreach (var witness in report.Witnesses) output.WriteLine(Line($"  Confirmed by {witness.Name} on {Time(witness.Time)}."));
        if (report.Header is { } header) WriteHeader(output, header);
        if (report.Opening.Form == ReceiptForm.Content) WriteContent(output, report.Opening.Payload.Span);
        else output.WriteLine(report.Header is null
            ? "  The receipt shows the public entry alone: it says nothing of what the record is about."
            : "  What was recorded is not in this receipt.");
        output.WriteLine("  Not proved: that what was recorded is true, or that all was recorded; nor whether records came after these.");
        if (report.Quorum is null)
            output.WriteLine("  Not proved: that nobody was shown another history. For that, give the policy that names the witnesses with --policy.");
        output.WriteLine(!report.Ok ? "SOMETHING IS WRONG with this receipt: it proves nothing."
            : !report.Proved && report.Quorum is not null ? "NOTHING IS PROVED YET: the policy names witnesses and no log. Put the line 'log KEY' into it, or give the log's key with --vkey."
            : !report.Proved ? "NOTHING IS PROVED YET: whoever made this receipt could have made up the log. Give its key with --vkey, or --policy."
            : report.Quorum == true ? "PROVED: this record stands in the log at this number, unchanged, and the witnesses have confirmed it."
            : "PROVED: this record stands in the log at this number, unchanged, by the word of the log's key.");
    }

    static void WriteHeader(TextWriter output, RecordHeader header)
    {
        output.WriteLine(Line($"  Recorded {Time(header.Recorded)} by the clock of node {header.Node}, as {header.Type}."));
        if (header.Occurred is { } occurred) output.WriteLine(Line($"  Said to have happened {Time(occurred)}."));
        output.WriteLine(Line($"  By {header.Actor}, as entry {header.Version} of {header.Stream}; erased together with {header.Compartment}."));
    }

    static void WriteContent(TextWriter output, ReadOnlySpan<byte> payload) => output.WriteLine(
        ReceiptAnswer.TextOf(payload) is { } text ? $"  What was recorded: {PlainText.OneLine(text)}" : Line($"  What was recorded: {payload.Length} bytes that are no text; --json has them in base64."));

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    static string Line(FormattableString text) => PlainText.OneLine(text.ToString(CultureInfo.InvariantCulture));
}
