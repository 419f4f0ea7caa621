using System.Globalization;
using Probity.Ledger;

namespace Probity.Cli.Verbs;

/// <summary>Says in plain words what <c>probity verify</c> found, and what it had no means to see.</summary>
internal static class VerifyText
{
    public static void Write(TextWriter output, VerifyReport report, bool hadOld, bool hadPolicy, double seconds)
    {
        output.WriteLine(report.Origin is { } origin
            ? string.Create(CultureInfo.InvariantCulture, $"{PlainText.OneLine(origin)}: {report.Size} records, root {report.Root?.ToString() ?? "unknown"}")
            : "The log could not say what it is.");
        foreach (var check in report.Checks)
        {
            var at = check.Index is { } index ? string.Create(CultureInfo.InvariantCulture, $" [record {index}]") : "";
            output.WriteLine($"  {(check.Ok ? "ok   " : "WRONG")}  {check.Name}{at}: {PlainText.OneLine(check.Message)}");
        }

        if (report.WithoutKeys > 0)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {report.WithoutKeys} payloads could not be read: their keys were destroyed or are not here. Their encrypted bytes were checked."));
        foreach (var not in report.NotSeen) output.WriteLine($"  Not seen: {PlainText.OneLine(not)}");
        if (!report.KeyGiven)
            output.WriteLine("  Not seen: whether this is the right log at all. Its key is the one it showed itself; give yours with --vkey.");
        if (hadPolicy)
            output.WriteLine("  Not seen: a roll-back to what was confirmed at the time above. If that is long ago, ask a witness for the newest it has seen.");
        else if (!hadOld)
            output.WriteLine("  Not seen: a roll-back to an earlier state, or a record written anew by who stole the signing key. Give a checkpoint that you kept with --old, or the log's witnesses with --policy.");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(report.Ok ? "Nothing wrong was found." : "SOMETHING IS WRONG with this log.")} ({seconds:0.0} s)"));
    }
}
