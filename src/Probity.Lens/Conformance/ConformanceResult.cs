using Probity.Lens.Logs;
using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>What checking a log against a procedure found. Figures weight each variant by its cases.</summary>
/// <param name="Variants">One result for each of <see cref="EventLog.Variants"/>, in their order.</param>
/// <param name="Alignments">Figures by optimal alignments: the judgement.</param>
/// <param name="Replay">Figures by the token replay of other tools, which guesses at silent steps: to compare with theirs.</param>
/// <param name="ExactReplay">Figures by token replay along all silent paths: it fits what the alignments fit.</param>
/// <param name="ReplayTime">How long the replay of other tools took.</param>
/// <param name="AlignmentTime">How long the alignments took.</param>
/// <param name="ExactReplayTime">How long the exact replay took.</param>
public sealed record ConformanceResult(
    IReadOnlyList<VariantResult> Variants, AlignmentFigures Alignments, ReplayFigures Replay, ReplayFigures ExactReplay,
    TimeSpan ReplayTime, TimeSpan AlignmentTime, TimeSpan ExactReplayTime)
{
    /// <summary>How well the procedure describes the log; null where it was not asked for.</summary>
    public QualityFigures? Quality { get; init; }

    /// <summary>Groups the deviations by what happened to which activity: most cases first.</summary>
    public IReadOnlyList<DeviationGroup> GroupDeviations(EventLog log, int examples = 3) =>
        [.. Variants
            .SelectMany(v => v.Deviations.Select(d => (d.Kind, d.Activity)).Distinct().Select(key => (key, v.Variant.Cases)))
            .GroupBy(x => x.key, x => x.Cases)
            .Select(g => new DeviationGroup(g.Key.Kind, g.Key.Activity, g.Sum(c => c.Count),
                [.. g.SelectMany(c => c.Take(examples)).Order().Take(examples).Select(c => log.Cases[c])]))
            .OrderByDescending(g => g.Cases).ThenBy(g => g.Kind).ThenBy(g => g.Activity, StringComparer.Ordinal)];
}

/// <summary>One path through the log, checked.</summary>
/// <param name="Variant">The path and its cases.</param>
/// <param name="Cost">
/// The cost of an optimal alignment: 10,000 for each event without a step or visible step without an event, 1 for each
/// silent step; null where the search was stopped by a limit.
/// </param>
/// <param name="Fitness">1 − <see cref="Moves"/> / ⌊worst / 10,000⌋, the worst being all events and all steps of a shortest run unmatched; null with <paramref name="Cost"/>.</param>
/// <param name="Deviations">Where the path departs from the procedure.</param>
public sealed record VariantResult(Variant Variant, int? Cost, double? Fitness, IReadOnlyList<Deviation> Deviations)
{
    /// <summary>Whether the path follows the procedure; an unfinished one is not known to.</summary>
    public bool Fits => Cost is not null && Moves == 0;

    /// <summary>How many events without a step and visible steps without an event there are in it; 0 for an unfinished one.</summary>
    public int Moves { get; init; }

    /// <summary>The alignment of a path that departs; nothing is kept of one that follows.</summary>
    internal Alignment? Departing { get; init; }

    /// <summary>The path beside the run of the procedure that it is nearest to, silent steps left out; empty where it follows or was not finished.</summary>
    /// <param name="log">The log that was checked.</param>
    /// <param name="net">The procedure that it was checked against.</param>
    public IEnumerable<PathStep> Beside(EventLog log, PetriNet net)
    {
        foreach (var (position, transition) in Departing?.Steps ?? [])
        {
            var asked = transition < 0 ? null : net.Labels[transition];
            if (position < 0 && asked is null) continue;
            yield return new PathStep(asked, position < 0 ? null : log.Activities[Variant.Activities[position]], position);
        }
    }
}

/// <summary>A step of a path and of the procedure side by side.</summary>
/// <param name="Asked">What the procedure asks for here; null where it asks for nothing.</param>
/// <param name="Done">What the log shows; null where it shows nothing.</param>
/// <param name="Position">The event's index in the case, from 0; -1 where there is none.</param>
public readonly record struct PathStep(string? Asked, string? Done, int Position);

/// <summary>Figures by alignments, over the finished variants.</summary>
/// <param name="PercentFit">The share of cases that follow the procedure, 0 to 100.</param>
/// <param name="MeanFitness">The mean of the cases' fitness, 0 to 1.</param>
/// <param name="LogFitness">1 − the sum of costs / the sum of worst costs, 0 to 1.</param>
/// <param name="Moves">All cases' moves, silent steps not counted.</param>
/// <param name="Cost">All cases' costs.</param>
/// <param name="Unfinished">How many variants a limit stopped.</param>
public sealed record AlignmentFigures(double PercentFit, double MeanFitness, double LogFitness, long Moves, long Cost, int Unfinished);

/// <summary>
/// Figures by token replay, over the finished variants (Rozinat and van der Aalst, Conformance checking of processes based on
/// monitoring real behavior, 2008). How silent steps are found is the replay's own.
/// </summary>
/// <param name="PercentFit">The share of cases replayed with no token missing or left, 0 to 100; by the exact replay, of all cases of which that is known, be it by their alignment.</param>
/// <param name="LogFitness">½(1 − missing / consumed) + ½(1 − remaining / produced) over all cases, 0 to 1.</param>
/// <param name="Unfinished">How many variants a limit stopped.</param>
public sealed record ReplayFigures(double PercentFit, double LogFitness, int Unfinished);
