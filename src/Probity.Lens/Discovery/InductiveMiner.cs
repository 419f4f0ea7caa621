using Probity.Lens.Logs;

namespace Probity.Lens.Discovery;

/// <summary>
/// Finds a procedure that a log follows: the inductive miner (IM; Leemans, Fahland and van der Aalst, 2013) and, with a
/// threshold, its form for logs with infrequent behaviour (IMf; the same, 2014). Without a threshold every case of the log
/// follows what is found.
/// </summary>
public static class InductiveMiner
{
    /// <summary>More different activities than a procedure has; what follows what is a table of their square.</summary>
    const int MaxActivities = 1_000;

    /// <summary>Among more activities than this none is tried alone beside the others: it takes their third power.</summary>
    const int MostSetAside = 150;

    /// <summary>Finds a procedure.</summary>
    /// <param name="log">The log.</param>
    /// <param name="noise">
    /// From 0 to 1. Steps rarer than this share of the most frequent ones beside them are passed over where the log shows no
    /// blocks otherwise; 0 passes over nothing.
    /// </param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not from 0 to 1.</exception>
    /// <exception cref="BadInputException">The log has too many activities.</exception>
    public static ProcessTree Mine(EventLog log, double noise = 0, CancellationToken cancellation = default)
    {
        if (!(noise is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(noise), noise, "The threshold is from 0 to 1.");
        if (log.Activities.Count > MaxActivities)
            throw new BadInputException($"the log has {log.Activities.Count:N0} different activities; a procedure is found for at most {MaxActivities:N0}. Are ids or free texts used as activities?");
        return new Mining(log, noise, cancellation).Find(SubLog.Of(log));
    }

    sealed class Mining(EventLog log, double noise, CancellationToken cancellation)
    {
        public ProcessTree Find(SubLog traces)
        {
            cancellation.ThrowIfCancellationRequested();
            if (traces.Size == 0) return ProcessTree.Silent;
            if (traces.Empty > 0)
            {
                var rest = Find(traces.WithoutEmpty());
                return noise > 0 && traces.Empty <= noise * traces.Cases ? rest : ProcessTree.Block(TreeOperator.Choice, ProcessTree.Silent, rest);
            }

            if (traces.Size == 1 && IsOnce(traces)) return ProcessTree.Activity(log.Activities[traces.Names[0]]);
            if (new FollowsGraph(traces, 0).FindCut() is { } cut) return Split(traces, cut);
            if (noise > 0 && new FollowsGraph(traces, noise).FindCut() is { } filtered) return Split(traces, filtered);
            return FallThrough(traces);
        }

        // With noise a step that is rarely repeated is a step: the paper's test on the mean of a geometric distribution.
        bool IsOnce(SubLog traces) => traces.Events == traces.Cases
            || (noise > 0 && Math.Abs((double)traces.Cases / (traces.Cases + traces.Events) - 0.5) <= noise / 2);

        ProcessTree Split(SubLog traces, Cut cut) => ProcessTree.Block(
            cut.Kind, [.. LogSplit.Of(traces, cut).Select(part => part.Size == 0 ? ProcessTree.Silent : Find(part))]);

        // In the order of Leemans' thesis (Robust process mining with guarantees, 2017, section 6.1.4): the least that is given up, first.
        ProcessTree FallThrough(SubLog traces)
        {
            if (OnceInEach(traces) is { } once) return Beside(traces, once);
            for (var a = 0; a < traces.Size && traces.Size <= MostSetAside; a++)
            {
                if ((new FollowsGraph(traces, 0, without: a).FindCut() ?? (noise > 0 ? new FollowsGraph(traces, noise, without: a).FindCut() : null)) is not null)
                    return Beside(traces, a);
            }

            return Again(traces, (before, next) => traces.Ends[before] > 0 && traces.Starts[next] > 0)
                ?? Again(traces, (_, next) => traces.Starts[next] > 0)
                ?? ProcessTree.Block(
                    TreeOperator.Loop, ProcessTree.Silent,
                    ProcessTree.Block(TreeOperator.Choice, [.. traces.Names.Select(a => ProcessTree.Activity(log.Activities[a]))]));
        }

        static int? OnceInEach(SubLog traces)
        {
            if (traces.Size < 2) return null;
            var (once, seen) = (new bool[traces.Size], new int[traces.Size]);
            Array.Fill(once, true);
            foreach (var (trace, _) in traces.Traces)
            {
                Array.Clear(seen);
                foreach (var a in trace) seen[a]++;
                for (var a = 0; a < seen.Length; a++) once[a] &= seen[a] == 1;
            }

            return Array.IndexOf(once, true) is >= 0 and var found ? found : null;
        }

        ProcessTree Beside(SubLog traces, int alone) => ProcessTree.Block(
            TreeOperator.Parallel, Find(traces.Project(a => a == alone)), Find(traces.Project(a => a != alone)));

        // Whole rounds one after the other: each is a trace of its own.
        ProcessTree? Again(SubLog traces, Func<int, int, bool> begins)
        {
            var rounds = new List<(int[], long)>();
            var cut = false;
            foreach (var (trace, count) in traces.Traces)
            {
                var start = 0;
                for (var i = 1; i <= trace.Length; i++)
                {
                    if (i < trace.Length && !begins(trace[i - 1], trace[i])) continue;
                    rounds.Add((trace[start..i], count));
                    cut |= start > 0;
                    start = i;
                }
            }

            return cut ? ProcessTree.Block(TreeOperator.Loop, Find(traces.With(rounds)), ProcessTree.Silent) : null;
        }
    }
}
