using System.Globalization;
using System.Text.Json.Serialization;
using Probity.Lens.Discovery;
using Probity.Lens.Logs;

namespace Probity.Cli.Verbs;

/// <summary>The figures that <c>describe</c> gives, in the shape of its JSON; a public interface.</summary>
internal sealed record LogDescription(
    int Traces,
    int Events,
    int Variants,
    IReadOnlyList<LogDescription.Activity> Activities,
    IReadOnlyList<LogDescription.Pair> DirectlyFollows,
    DateTime FirstEvent,
    DateTime LastEvent,
    LogDescription.Times Seconds)
{
    const int PairsPrinted = 20;

    /// <summary>How long it took from one activity to the next, by falling total; where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Pause>? Waits { get; init; }

    /// <summary>Who handed work to whom, the most frequent first; where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Pair>? Handovers { get; init; }

    /// <summary>Who worked on the same cases, the most frequent first; where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Couple>? Together { get; init; }

    /// <summary>What changed from period to period; where it was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DriftDescription? Drift { get; init; }

    /// <summary>A wait from one activity to the next, in seconds.</summary>
    internal sealed record Pause(string From, string To, int Count, double MedianSeconds, double NinetiethSeconds, double TotalSeconds);

    /// <summary>Two people and in how many cases both did something.</summary>
    internal sealed record Couple(string One, string Other, int Cases);

    /// <summary>One activity and its number of events.</summary>
    internal sealed record Activity(string Name, int Events);

    /// <summary>How often one activity came right after another.</summary>
    internal sealed record Pair(string From, string To, int Count);

    /// <summary>How long the work took, as information.</summary>
    internal sealed record Times(double Read, double Discover);

    public static LogDescription Of(EventLog log, DirectlyFollows follows, double read, double discover)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        for (var c = 0; c < log.Cases.Count; c++)
        {
            foreach (var time in log.TimesOf(c)) (first, last) = (Math.Min(first, time), Math.Max(last, time));
        }

        return new LogDescription(
            log.Cases.Count,
            log.EventCount,
            log.Variants.Count,
            [.. follows.Activities.Select((name, i) => new Activity(name, follows.Events[i]))
                .OrderByDescending(a => a.Events).ThenBy(a => a.Name, StringComparer.Ordinal)],
            [.. follows.Edges.Select(e => new Pair(follows.Activities[e.From], follows.Activities[e.To], e.Count))],
            Utc(first),
            Utc(last),
            new Times(Math.Round(read, 3), Math.Round(discover, 3)));
    }

    public LogDescription WithWaits(EventLog log, IReadOnlyList<Wait> waits) => this with
    {
        Waits = [.. waits.Select(w => new Pause(
            log.Activities[w.From], log.Activities[w.To], w.Count, w.Median.TotalSeconds, w.Ninetieth.TotalSeconds, w.Total.TotalSeconds))],
    };

    public LogDescription WithPeople(EventLog log) => this with
    {
        Handovers = [.. Lens.Discovery.Handovers.Of(log).Select(h => new Pair(log.Resources[h.From], log.Resources[h.To], h.Count))],
        Together = [.. Lens.Discovery.Handovers.WorkingTogether(log).Select(t => new Couple(log.Resources[t.One], log.Resources[t.Other], t.Cases))],
    };

    /// <summary>Prints the same for people to read.</summary>
    public void Print(TextWriter to, string path)
    {
        var plain = CultureInfo.InvariantCulture;
        to.WriteLine(PlainText.OneLine(path));
        to.WriteLine(string.Create(plain, $"  {Said.Count(Traces, "case")}, {Said.Count(Events, "event")}, {Said.Count(Variants, "variant")}"));
        to.WriteLine(string.Create(plain, $"  {FirstEvent:yyyy-MM-dd HH:mm} to {LastEvent:yyyy-MM-dd HH:mm} UTC"));
        to.WriteLine();
        to.WriteLine($"{"events",12}  activity");
        foreach (var a in Activities) to.WriteLine(string.Create(plain, $"{a.Events,12:N0}  {PlainText.OneLine(a.Name)}"));
        PrintPairs(to, plain);
        PrintWaits(to, plain);
        PrintPeople(to, plain);
        Drift?.Print(to);
    }

    void PrintPairs(TextWriter to, CultureInfo plain)
    {
        if (DirectlyFollows.Count == 0) return;
        to.WriteLine();
        to.WriteLine($"{"times",12}  directly followed");
        foreach (var p in DirectlyFollows.OrderByDescending(p => p.Count).Take(PairsPrinted))
            to.WriteLine(string.Create(plain, $"{p.Count,12:N0}  {PlainText.OneLine(p.From)} -> {PlainText.OneLine(p.To)}"));
        if (DirectlyFollows.Count > PairsPrinted)
            to.WriteLine(string.Create(plain, $"{"",12}  and {Said.Count(DirectlyFollows.Count - PairsPrinted, "rarer pair")}; --json has all, --map draws them"));
    }

    void PrintWaits(TextWriter to, CultureInfo plain)
    {
        if (Waits is not { Count: > 0 }) return;
        var words = new MapWords();
        to.WriteLine();
        to.WriteLine($"{"days in all",12} {"median",10} {"nine in ten",12}  from one to the next");
        foreach (var w in Waits.Take(PairsPrinted))
        {
            to.WriteLine(string.Create(
                plain, $"{w.TotalSeconds / 86_400,12:N1} {words.Span(TimeSpan.FromSeconds(w.MedianSeconds)),10} {words.Span(TimeSpan.FromSeconds(w.NinetiethSeconds)),12}  {PlainText.OneLine(w.From)} -> {PlainText.OneLine(w.To)}"));
        }
    }

    void PrintPeople(TextWriter to, CultureInfo plain)
    {
        if (Handovers is null || Together is null) return;
        to.WriteLine();
        if (Handovers.Count == 0 && Together.Count == 0) to.WriteLine("The log names nobody, or one person a case.");
        else to.WriteLine($"{"times",12}  handed from one to another");
        foreach (var h in Handovers.Take(PairsPrinted)) to.WriteLine(string.Create(plain, $"{h.Count,12:N0}  {PlainText.OneLine(h.From)} -> {PlainText.OneLine(h.To)}"));
        if (Together.Count == 0) return;
        to.WriteLine();
        to.WriteLine($"{"cases",12}  in which both did something");
        foreach (var t in Together.Take(PairsPrinted)) to.WriteLine(string.Create(plain, $"{t.Cases,12:N0}  {PlainText.OneLine(t.One)}, {PlainText.OneLine(t.Other)}"));
    }

    static DateTime Utc(long micros) => DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
