using System.Globalization;
using System.Text;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Rules;

namespace Probity.Lens.Reports;

/// <summary>
/// The findings of a check as CSV (RFC 4180, UTF-8): one line for each deviation and violation. Its columns are a public interface.
/// A cell that a spreadsheet would take for a formula has an apostrophe before it.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="result">What checking against a procedure found; null where none was given.</param>
/// <param name="rules">What judging by rules found; null where none were given.</param>
/// <param name="language">The language of the sentences: one of <see cref="RuleSentences.Languages"/>.</param>
/// <param name="people">What people are called; null for the names that the log has.</param>
public sealed class DepartureTable(EventLog log, ConformanceResult? result, RuleCheckResult? rules, string language, ShownPeople? people = null)
{
    static readonly string[] Columns = ["case", "event", "activity", "time", "person", "kind", "rule", "expected", "sentence"];

    /// <summary>Writes the table; the stream stays open.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="mark">Whether a byte order mark stands at its head: it tells spreadsheets that this is UTF-8, and other programs need none.</param>
    /// <param name="cancel">Stops the writing.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Write(Stream to, bool mark, CancellationToken cancel = default)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: mark), 1 << 16, leaveOpen: true);
        Line(writer, Columns);
        if (result is not null) WriteDeviations(writer, result, cancel);
        if (rules is null) return;
        var sentences = new RuleSentences(rules, language, people is null ? null : people.Of);
        foreach (var rule in rules.Rules)
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
                Line(writer, log.Cases[c], Number(position), activity, done ? Time(log, c, position) : "", done ? Person(log, c, position) : "", NameOf(kind), "",
                    done ? "" : activity, say.Say(kind, activity));
            }
        }
    }

    void WriteViolation(StreamWriter writer, RuleResult rule, Violation violation, RuleSentences sentences)
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

    /// <summary>What a departure's kind is called where programs read it.</summary>
    public static string NameOf(DeviationKind kind) => kind switch
    {
        DeviationKind.Skipped => "skipped",
        DeviationKind.Unexpected => "unexpected",
        DeviationKind.Unknown => "unknown",
        _ => "moved",
    };

    static string Number(int position) => (position + 1).ToString(CultureInfo.InvariantCulture);

    string Person(EventLog own, int c, int position) =>
        own.ResourcesOf(c)[position] is >= 0 and var person ? (people is null ? own.Resources[person] : own == log ? people.Of(person) : "") : "";

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
