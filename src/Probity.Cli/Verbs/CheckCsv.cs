using System.Globalization;
using System.Text;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Reports;
using Probity.Lens.Rules;

namespace Probity.Cli.Verbs;

/// <summary>
/// The findings of <c>check</c> as CSV (RFC 4180, UTF-8): one line for each deviation and violation. Its columns are a public interface.
/// A cell that a spreadsheet would take for a formula has an apostrophe before it.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="result">What checking against a procedure found; null where none was given.</param>
/// <param name="rules">What judging by rules found and its sentences; null where none were given.</param>
/// <param name="language">The language of the sentences.</param>
internal sealed class CheckCsv(EventLog log, ConformanceResult? result, (RuleCheckResult Found, RuleSentences Sentences)? rules, string language)
{
    static readonly string[] Columns = ["case", "event", "activity", "time", "person", "kind", "rule", "expected", "sentence"];

    public void Write(Stream to, CancellationToken cancel)
    {
        // A mark at the head tells spreadsheets that it is UTF-8; standard output goes to other programs.
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: to is FileStream), 1 << 16, leaveOpen: true);
        Line(writer, Columns);
        if (result is not null) WriteDeviations(writer, result, cancel);
        if (rules is not var (found, sentences)) return;
        foreach (var rule in found.Rules)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var violation in rule.Violations) WriteViolation(writer, rule, violation, sentences);
        }
    }

    void WriteDeviations(StreamWriter writer, ConformanceResult found, CancellationToken cancel)
    {
        var say = new DepartureSentences(language);
        var ofCase = new IReadOnlyList<Deviation>[log.Cases.Count];
        foreach (var variant in found.Variants)
            foreach (var c in variant.Variant.Cases) ofCase[c] = variant.Deviations;
        for (var c = 0; c < ofCase.Length; c++)
        {
            if ((c & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            foreach (var (kind, activity, position) in ofCase[c])
            {
                // A skipped step has no event: the number is that of the event before which it was expected.
                var done = kind != DeviationKind.Skipped;
                Line(writer, log.Cases[c], Number(position), activity, done ? Time(log, c, position) : "", done ? Person(log, c, position) : "", CheckJson.NameOf(kind), "",
                    done ? "" : activity, say.Say(kind, activity));
            }
        }
    }

    static void WriteViolation(StreamWriter writer, RuleResult rule, Violation violation, RuleSentences sentences)
    {
        var (c, at) = (violation.Case, violation.First >= 0 ? violation.First : violation.Second);
        var known = c >= 0 && at >= 0;
        // The rule's own log: in an object-centric one it may be of other objects than the cases.
        var own = rule.Log;
        var people = violation.Reason == Reason.Rate || rule.FindingOf(violation) is not null;
        Line(writer, c < 0 ? "" : own.Cases[c], known ? Number(at) : "", known ? own.Activities[own.ActivitiesOf(c)[at]] : "", known ? Time(own, c, at) : "",
            people ? string.Join("; ", sentences.PeopleOf(rule, violation)) : known ? Person(own, c, at) : "",
            rule.Rule.KindName, rule.Rule.Id, string.Join("; ", rule.Rule.Target), sentences.Explain(rule, violation));
    }

    static string Number(int position) => (position + 1).ToString(CultureInfo.InvariantCulture);

    static string Person(EventLog log, int c, int position) => log.ResourcesOf(c)[position] is >= 0 and var person ? log.Resources[person] : "";

    static string Time(EventLog log, int c, int position)
    {
        var ticks = Math.Clamp((log.TimesOf(c)[position] * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks, 0, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    static void Line(StreamWriter writer, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) writer.Write(',');
            writer.Write(Cell(cells[i]));
        }

        writer.Write("\r\n");
    }

    internal static string Cell(string text)
    {
        var safe = text is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
