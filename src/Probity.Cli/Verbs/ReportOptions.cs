using System.CommandLine;
using Probity.Lens;
using Probity.Lens.Reports;

namespace Probity.Cli.Verbs;

/// <summary>The options of <c>check</c> that make a page to print and a table for spreadsheets.</summary>
internal sealed class ReportOptions
{
    readonly Option<string?> _report = new("--report") { Description = "Write the findings as one page to read and print: HTML, without script.", HelpName = "FILE" };
    readonly Option<string?> _csv = new("--csv") { Description = "Write each deviation and violation as a line of CSV to a file, or to standard output for '-'.", HelpName = "FILE|-" };
    readonly Option<bool> _names = new("--names") { Description = "Name people in the page of --report; else each has a number within it." };

    public void AddTo(Command verb)
    {
        verb.Add(_report);
        verb.Add(_csv);
        verb.Add(_names);
    }

    /// <summary>Whether the findings as CSV take standard output.</summary>
    public bool TakesOutput(ParseResult call) => call.GetValue(_csv) == "-";

    /// <summary>Refuses, before any work is done, outputs that cannot be written or that would meet.</summary>
    /// <exception cref="BadInputException">Two outputs would go to one place.</exception>
    public void Check(ParseResult call, string? json, IReadOnlyList<string> inputs)
    {
        var (report, csv) = (call.GetValue(_report), call.GetValue(_csv));
        if (report == "-") throw new BadInputException("--report takes a file; a page is not for standard output.");
        if (call.GetValue(_names) && report is null) throw new BadInputException("--names goes with --report.");
        string[] outputs = [.. ((string?[])[json, report, csv]).OfType<string>()];
        if (outputs.Select(o => o == "-" ? o : Path.GetFullPath(o)).Distinct(StringComparer.Ordinal).Count() < outputs.Length)
            throw new BadInputException("--json, --report and --csv write to places of their own; name different ones.");
        WholeFile.Check(report, inputs);
        WholeFile.Check(csv, inputs);
    }

    /// <summary>Writes the findings as CSV, if asked for.</summary>
    public void WriteCsv(ParseResult call, DepartureTable csv, CancellationToken cancel)
    {
        if (call.GetValue(_csv) is not { } target) return;
        if (target == "-")
        {
            using var output = Console.OpenStandardOutput();
            csv.Write(output, mark: false, cancel);
            return;
        }

        WholeFile.Write(target, stream => csv.Write(stream, mark: true, cancel));
    }

    /// <summary>Writes the page, if asked for; <paramref name="subject"/> says what it is about, from the files and the command.</summary>
    public void WriteReport(ParseResult call, Func<ReportSubject> subject, CancellationToken cancel)
    {
        if (call.GetValue(_report) is not { } target) return;
        var told = subject() with { Names = call.GetValue(_names) };
        WholeFile.Write(target, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            CheckReport.Write(writer, told, cancel);
        });
    }

    /// <summary>The call as a shell takes it.</summary>
    public static string Command(ParseResult call) => "probity " + string.Join(' ', call.Tokens.Select(t => Quote(t.Value)));

    static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "_./:=,+@%-".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
