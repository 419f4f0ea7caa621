using System.Diagnostics;
using Probity.Lens.Logs;
using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>Checks an event log against a procedure: every variant once, by optimal alignment, by exact token replay, and by the replay of other tools.</summary>
public static class ConformanceCheck
{
    /// <summary>Checks the whole log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="net">The procedure.</param>
    /// <param name="options">Limits; null for the usual ones.</param>
    /// <param name="progress">Told the share done, 0 to 1, from any thread.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="BadInputException">No run of the procedure can ever be complete.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ConformanceResult Run(EventLog log, PetriNet net, ConformanceOptions? options = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new ConformanceOptions();
        using var limit = new SearchTime(options.MaxTime, cancellation);
        var traces = log.Variants.Select(v => Names(log, v)).ToList();
        var clock = Stopwatch.StartNew();
        var replay = Replay(log, net, traces, limit);
        var replayTime = clock.Elapsed;
        clock.Restart();
        var (alignments, emptyCost) = Align(net, traces, options, limit, progress);
        var results = log.Variants.Select((variant, i) => Judge(variant, traces[i], alignments[i], emptyCost, net)).ToList();
        var alignmentTime = clock.Elapsed;
        clock.Restart();
        var exact = ReplayExactly(log, net, traces, alignments, options, limit);
        var exactTime = clock.Elapsed;
        return new ConformanceResult(results, Sum(results, emptyCost), replay, exact, replayTime, alignmentTime, exactTime)
        {
            Quality = options.Quality ? Quality.Of(log, net, alignments, options, limit) : null,
        };
    }

    static (Alignment?[] Found, int? EmptyCost) Align(PetriNet net, List<string[]> traces, ConformanceOptions options, SearchTime limit, IProgress<double>? progress)
    {
        try
        {
            var aligner = new LogAligner(net, traces, options, limit.Token);
            return (aligner.AlignAll(progress, limit), aligner.EmptyCost);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            // The time went before the procedure was made ready: nothing is judged.
            return (new Alignment?[traces.Count], null);
        }
    }

    static string[] Names(EventLog log, Variant variant) => [.. variant.Activities.Select(a => log.Activities[a])];

    static VariantResult Judge(Variant variant, string[] trace, Alignment? alignment, int? emptyCost, PetriNet net)
    {
        if (alignment is null || emptyCost is null) return new VariantResult(variant, null, null, []);
        var worst = Worst(emptyCost.Value, trace.Length) / AlignmentCost.Move;
        var moves = alignment.Moves(net.Labels);
        return new VariantResult(variant, alignment.Cost, worst == 0 ? 1 : 1 - (double)moves / worst,
            moves == 0 ? [] : Deviation.Of(alignment, trace, net.Labels)) { Moves = moves, Departing = moves == 0 ? null : alignment };
    }

    static long Worst(int emptyCost, int events) => emptyCost + (long)AlignmentCost.Move * events;

    static AlignmentFigures Sum(List<VariantResult> results, int? emptyCost)
    {
        var (cases, fitting, moves, cost, worst) = (0L, 0L, 0L, 0L, 0L);
        var fitness = 0.0;
        foreach (var result in results)
        {
            if (result.Cost is not { } own) continue;
            long count = result.Variant.Count;
            cases += count;
            fitting += result.Fits ? count : 0;
            fitness += count * result.Fitness!.Value;
            moves += count * result.Moves;
            cost += count * own;
            worst += count * Worst(emptyCost!.Value, result.Variant.Activities.Count);
        }

        return new AlignmentFigures(
            cases == 0 ? 0 : 100.0 * fitting / cases, cases == 0 ? 0 : fitness / cases, worst == 0 ? 1 : 1 - (double)cost / worst,
            moves, cost, results.Count(r => r.Cost is null));
    }

    static ReplayFigures Replay(EventLog log, PetriNet net, List<string[]> traces, SearchTime limit)
    {
        var replay = new TokenReplay(net, limit.Token);
        var counts = new ReplayCounts?[traces.Count];
        try
        {
            for (var i = 0; i < counts.Length && limit.Goes(); i++) counts[i] = replay.Replay(traces[i]);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            // What was not replayed by now is not decided.
        }

        return Sum(log, counts);
    }

    static ReplayFigures ReplayExactly(
        EventLog log, PetriNet net, List<string[]> traces, Alignment?[] alignments, ConformanceOptions options, SearchTime limit)
    {
        var moves = alignments.Select(a => a?.Moves(net.Labels)).ToArray();
        var counts = new ReplayCounts?[traces.Count];
        try
        {
            // Where an alignment has no deviation its steps are the run that the replay would have to find.
            for (var i = 0; i < counts.Length; i++)
                if (moves[i] == 0) counts[i] = ReplayCounts.Of(alignments[i]!, net);
            var open = Enumerable.Range(0, counts.Length).Where(i => counts[i] is null).ToArray();
            var found = new ExactReplay(net, options.MaxReplayMarkings).ReplayAll([.. open.Select(i => traces[i])], limit.Token);
            for (var i = 0; i < open.Length; i++) counts[open[i]] = found[i];
        }
        catch (Exception e) when (e is OverflowException || (e is OperationCanceledException && limit.IsOver))
        {
            // The time is over, or the net breeds tokens; its alignments are judged all the same.
            counts = new ReplayCounts?[traces.Count];
        }

        // Whether a case fits is known from its alignment too, where its tokens were not counted to the end.
        var (known, fitting) = (0L, 0L);
        for (var i = 0; i < counts.Length; i++)
        {
            if ((moves[i] is { } departing ? departing == 0 : counts[i]?.Fits) is not { } fits) continue;
            known += log.Variants[i].Count;
            if (fits) fitting += log.Variants[i].Count;
        }

        return Sum(log, counts) with { PercentFit = known == 0 ? 0 : 100.0 * fitting / known };
    }

    static ReplayFigures Sum(EventLog log, ReplayCounts?[] replays)
    {
        var (all, fitting) = (0L, 0L);
        var (produced, consumed, missing, remaining) = (0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < replays.Length; i++)
        {
            if (replays[i] is not { } counts) continue;
            var cases = log.Variants[i].Count;
            all += cases;
            if (counts.Fits) fitting += cases;
            produced += (double)cases * counts.Produced;
            consumed += (double)cases * counts.Consumed;
            missing += (double)cases * counts.Missing;
            remaining += (double)cases * counts.Remaining;
        }

        return new ReplayFigures(
            all == 0 ? 0 : 100.0 * fitting / all,
            0.5 * (1 - Share(missing, consumed)) + 0.5 * (1 - Share(remaining, produced)),
            replays.Count(r => r is null));
    }

    static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;
}
