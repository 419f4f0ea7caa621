using System.Globalization;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;

namespace Probity.Cli.Verbs;

/// <summary>The findings of <c>check</c> for people to read.</summary>
internal sealed class CheckText(EventLog log, PetriNet net, ConformanceResult result)
{
    const int GroupsPrinted = 30;
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public void Print(TextWriter to, string logPath, string procedurePath)
    {
        var figures = result.Alignments;
        var cases = log.Cases.Count;
        var fitting = result.Variants.Where(v => v.Fits).Sum(v => v.Variant.Count);
        to.WriteLine(string.Create(Plain, $"{logPath}: {cases:N0} cases, {log.EventCount:N0} events, {log.Variants.Count:N0} variants"));
        to.WriteLine(string.Create(Plain, $"{procedurePath}: {net.Kind}, {net.Places.Count:N0} places, {net.Labels.Count:N0} transitions"));
        to.WriteLine();
        to.WriteLine(string.Create(Plain, $"{fitting:N0} of {cases:N0} cases follow the procedure ({figures.PercentFit:0.###} %)."));
        to.WriteLine(string.Create(Plain, $"Fitness: mean of the cases {figures.MeanFitness:0.000000}, whole log {figures.LogFitness:0.000000}; {figures.Moves:N0} departing moves."));
        to.WriteLine(string.Create(Plain, $"By token replay, for comparison only: {result.Replay.PercentFit:0.###} % fit, log fitness {result.Replay.LogFitness:0.000000}."));
        if (figures.Unfinished > 0)
            to.WriteLine(string.Create(Plain, $"NOT FINISHED: {figures.Unfinished:N0} variants met a limit of the search and are not judged; the figures leave them out."));
        PrintGroups(to);
    }

    void PrintGroups(TextWriter to)
    {
        var groups = result.GroupDeviations(log);
        if (groups.Count == 0) return;
        to.WriteLine();
        to.WriteLine($"{"cases",9}  what happened");
        foreach (var group in groups.Take(GroupsPrinted))
        {
            to.WriteLine(string.Create(Plain, $"{group.Cases,9:N0}  {Say(group.Kind, OneLine(group.Activity))}"));
            to.WriteLine($"{"",9}  as in {string.Join(", ", group.Examples.Select(OneLine))}");
        }

        if (groups.Count > GroupsPrinted)
            to.WriteLine(string.Create(Plain, $"{"",9}  and {groups.Count - GroupsPrinted:N0} rarer kinds; --json has every case"));
    }

    static string Say(DeviationKind kind, string activity) => kind switch
    {
        DeviationKind.Skipped => $"'{activity}' was skipped",
        DeviationKind.Unexpected => $"'{activity}' was done where the procedure does not have it",
        DeviationKind.Unknown => $"'{activity}' was done, which the procedure does not know",
        _ => $"'{activity}' was done out of its place",
    };

    /// <summary>Names come from the log; they must not move the cursor of the terminal.</summary>
    static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
