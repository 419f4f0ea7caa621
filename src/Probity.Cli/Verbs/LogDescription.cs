using System.Globalization;
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
        if (DirectlyFollows.Count == 0) return;
        to.WriteLine();
        to.WriteLine($"{"times",12}  directly followed");
        foreach (var p in DirectlyFollows.OrderByDescending(p => p.Count).Take(PairsPrinted))
            to.WriteLine(string.Create(plain, $"{p.Count,12:N0}  {PlainText.OneLine(p.From)} -> {PlainText.OneLine(p.To)}"));
        if (DirectlyFollows.Count > PairsPrinted)
            to.WriteLine(string.Create(plain, $"{"",12}  and {Said.Count(DirectlyFollows.Count - PairsPrinted, "rarer pair")}; --json has all, --map draws them"));
    }

    static DateTime Utc(long micros) => DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
