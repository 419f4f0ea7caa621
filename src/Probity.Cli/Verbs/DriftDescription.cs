using System.Globalization;
using System.Text.Json.Serialization;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;

namespace Probity.Cli.Verbs;

/// <summary>What changed from period to period, in the shape of the JSON of <c>describe --drift</c>; a public interface.</summary>
internal sealed record DriftDescription(string Period, int Tests, double FalseDiscoveries, IReadOnlyList<DriftDescription.Span> Periods, IReadOnlyList<DriftDescription.Change> Changes)
{
    const int ChangesPrinted = 8;

    /// <summary>A period; open where its cases may not be finished, and it is not compared.</summary>
    internal sealed record Span(string Name, DateTime Start, DateTime End, int Cases, long Events, double MedianSeconds, bool Open);

    /// <summary>A change: of a share of cases, or of the median duration in seconds.</summary>
    internal sealed record Change(
        string Kind, DateTime From, DateTime To, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Activities,
        double Before, double After, double P, double Adjusted);

    public static DriftDescription Of(EventLog log, DriftPeriod period, TimeZoneInfo? zone, CancellationToken cancel)
    {
        var drift = Drift.Of(log, period, zone, cancel);
        return new DriftDescription(
            period switch { DriftPeriod.Month => "month", DriftPeriod.Quarter => "quarter", _ => "year" },
            drift.Tests,
            Drift.FalseDiscoveries,
            [.. drift.Periods.Select(p => new Span(p.Name, p.Start, p.End, p.Cases, p.Events, p.MedianDuration.TotalSeconds, p.IsOpen))],
            [.. drift.Changes.Select(c => new Change(
                c.Kind switch { DriftKind.Step => "step", DriftKind.Path => "path", _ => "duration" }, drift.Periods[c.From].Start, drift.Periods[c.To].Start,
                c.Kind == DriftKind.Duration ? null : [.. c.Activities.Select(a => log.Activities[a])], c.Before, c.After, c.Probability, c.Adjusted))]);
    }

    /// <summary>Prints the same for people to read.</summary>
    public void Print(TextWriter to)
    {
        var words = new MapWords();
        to.WriteLine();
        to.WriteLine($"{Period,10} {"cases",9} {"events",10} {"median",10}  changes from the period before");
        foreach (var span in Periods)
        {
            var changes = Changes.Where(c => c.To == span.Start).ToList();
            to.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{span.Name,10} {span.Cases,9:N0} {span.Events,10:N0} {words.Span(TimeSpan.FromSeconds(span.MedianSeconds)),10}  {(span.Open ? "not compared: its cases may not be finished" : span == Periods[0] ? "-" : changes.Count.ToString("N0", CultureInfo.InvariantCulture))}"));
            foreach (var change in changes.Take(ChangesPrinted)) to.WriteLine("  - " + Say(change, words));
            if (changes.Count > ChangesPrinted) to.WriteLine($"    and {Said.Count(changes.Count - ChangesPrinted, "smaller one")}; --json has all");
        }

        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Said.Count(Tests, "test")}; at most {FalseDiscoveries:P0} of the changes are to be expected by chance. Cases count where they begin."));
    }

    static string Say(Change change, MapWords words) => change.Kind == "duration"
        ? $"half of the cases took up to {words.Span(TimeSpan.FromSeconds(change.After))}, and before up to {words.Span(TimeSpan.FromSeconds(change.Before))}"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * change.After:0.0} % of cases, before {100 * change.Before:0.0} %, {(change.Kind == "step" ? "have" : "are just")} {PlainText.OneLine(string.Join(" -> ", change.Activities!))}");
}
