using System.Globalization;
using Probity.Lens.Conformance;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;

namespace Probity.Cli.Verbs;

/// <summary>The findings of <c>check</c> for people to read.</summary>
/// <param name="log">The log.</param>
/// <param name="procedure">The procedure and what checking against it found; null where none was given.</param>
internal sealed class CheckText(EventLog log, (PetriNet Net, ConformanceResult Result)? procedure)
{
    const int GroupsPrinted = 30;
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public void Print(TextWriter to, string logPath, string? procedurePath)
    {
        var cases = log.Cases.Count;
        to.WriteLine(string.Create(Plain, $"{PlainText.OneLine(logPath)}: {Said.Count(cases, "case")}, {Said.Count(log.EventCount, "event")}, {Said.Count(log.Variants.Count, "variant")}"));
        if (procedure is var (net, result)) PrintProcedure(to, net, result, procedurePath!);
        else Said.OutOfOrder(to, log.OutOfOrder);
    }

    void PrintProcedure(TextWriter to, PetriNet net, ConformanceResult result, string procedurePath)
    {
        var figures = result.Alignments;
        var judged = result.Variants.Where(v => v.Cost is not null).Sum(v => v.Variant.Count);
        var fitting = result.Variants.Where(v => v.Fits).Sum(v => v.Variant.Count);
        to.WriteLine(string.Create(Plain, $"{PlainText.OneLine(procedurePath)}: {net.Kind}, {Said.Count(net.Places.Count, "place")}, {Said.Count(net.Labels.Count, "transition")}"));
        Said.OutOfOrder(to, log.OutOfOrder);
        if (!log.Activities.Intersect(net.Labels.OfType<string>(), StringComparer.Ordinal).Any())
            to.WriteLine("NOTHING IN COMMON: no activity of the log has a name that the procedure knows. Are they of one process, and named alike?");
        to.WriteLine();
        if (judged < log.Cases.Count) to.WriteLine(string.Create(Plain, $"{judged:N0} of {Said.Count(log.Cases.Count, "case was", "cases were")} judged."));
        if (judged > 0 || log.Cases.Count == 0)
        {
            to.WriteLine(string.Create(Plain, $"{fitting:N0} of {Said.Count(judged, "case follows", "cases follow")} the procedure ({figures.PercentFit:0.###} %)."));
            to.WriteLine(string.Create(Plain, $"Fitness: mean of the cases {figures.MeanFitness:0.000000}, whole log {figures.LogFitness:0.000000}; {Said.Count(figures.Moves, "departing move")}."));
        }

        PrintReplay(to, result.ExactReplay, result.Variants.Count);
        if (result.Quality is { } quality)
        {
            var precision = quality.Precision is { } p ? p.ToString("0.000000", Plain) : "not decided";
            to.WriteLine(string.Create(Plain, $"The procedure as a description of the log: precision {precision}, generalisation {quality.Generalisation:0.000000}, simplicity {quality.Simplicity:0.000000}."));
        }

        if (figures.Unfinished > 0)
            to.WriteLine(string.Create(Plain, $"NOT FINISHED: {Said.Count(figures.Unfinished, "variant")} met a limit of the search and {(figures.Unfinished == 1 ? "is" : "are")} not judged; the figures leave them out."));
        PrintGroups(to, result);
    }

    // The guess of other tools stands in the JSON: in procedures with many silent steps it loses its way, and would be read as if it had not.
    static void PrintReplay(TextWriter to, ReplayFigures exact, int variants)
    {
        if (exact.Unfinished == variants && variants > 0)
        {
            to.WriteLine("By token replay along all silent paths: not decided.");
            return;
        }

        var open = exact.Unfinished == 0 ? "" : string.Create(Plain, $" without the {Said.Count(exact.Unfinished, "variant")} whose tokens were not counted to the end");
        to.WriteLine(string.Create(Plain, $"By token replay along all silent paths: {exact.PercentFit:0.###} % fit, log fitness {exact.LogFitness:0.000000}{open}."));
    }

    void PrintGroups(TextWriter to, ConformanceResult result)
    {
        var groups = result.GroupDeviations(log);
        if (groups.Count == 0) return;
        to.WriteLine();
        to.WriteLine($"{"cases",9}  what happened");
        foreach (var group in groups.Take(GroupsPrinted))
        {
            to.WriteLine(string.Create(Plain, $"{group.Cases,9:N0}  {Say(group.Kind, PlainText.OneLine(group.Activity))}"));
            to.WriteLine($"{"",9}  as in {string.Join(", ", group.Examples.Select(PlainText.OneLine))}");
        }

        if (groups.Count > GroupsPrinted)
            to.WriteLine(string.Create(Plain, $"{"",9}  and {Said.Count(groups.Count - GroupsPrinted, "rarer kind")}; --json has every case"));
    }

    static string Say(DeviationKind kind, string activity) => kind switch
    {
        DeviationKind.Skipped => $"'{activity}' was skipped",
        DeviationKind.Unexpected => $"'{activity}' was done where the procedure does not have it",
        DeviationKind.Unknown => $"'{activity}' was done, which the procedure does not know",
        _ => $"'{activity}' was done out of its place",
    };
}
