using Probity.Lens.Logs;

namespace Probity.Lens.Rules;

/// <summary>Judges an event log by rules, each case in one pass.</summary>
public static class RuleCheck
{
    /// <summary>Violations that are kept at most: some 4 GB.</summary>
    internal const int MostViolations = 100_000_000;

    /// <summary>Judges the whole log. The result is the same on any number of cores.</summary>
    /// <param name="log">The log, read with the attributes that <see cref="RuleFile.EventAttributes"/> and <see cref="RuleFile.CaseAttributes"/> name.</param>
    /// <param name="file">The rules.</param>
    /// <param name="superiors">Who is whose superior; needed where <see cref="RuleFile.NeedsSuperiors"/>.</param>
    /// <param name="threads">How many cores to use.</param>
    /// <param name="progress">Told the share done, 0 to 1, from any thread.</param>
    /// <param name="mostViolations">How many violations are kept at most.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="BadInputException">A rule asks who is whose superior and nobody said, or there are too many violations.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RuleCheckResult Run(
        EventLog log, RuleFile file, Superiors? superiors = null, int? threads = null,
        IProgress<double>? progress = null, int mostViolations = MostViolations, CancellationToken cancellation = default)
    {
        if (file.Rules.FirstOrDefault(r => r.IsOfObjects || r.ObjectType is not null) is { } ofObjects)
            throw new BadInputException($"The rule '{LogText.Show(ofObjects.Id)}' is about objects of type '{LogText.Show(ofObjects.ObjectType!)}', and this log has cases alone; give it an object-centric log (OCEL 2.0).");
        return Judge(log, file, superiors, threads, progress, mostViolations, cancellation);
    }

    /// <summary>The same, whatever objects the cases stand for.</summary>
    internal static RuleCheckResult Judge(EventLog log, RuleFile file, Superiors? superiors, int? threads, IProgress<double>? progress, int mostViolations, CancellationToken cancellation)
    {
        if (superiors is null && file.Rules.FirstOrDefault(r => r.Kind == RuleKind.NotSuperior) is { } asking)
            throw new BadInputException($"The rule '{LogText.Show(asking.Id)}' asks who is whose superior; give a file of people with --people.");
        var ready = new RuleLog(log, file, superiors, cancellation) { Room = mostViolations };
        var pathOf = Paths(log, file, ready);
        var cores = Math.Max(1, threads ?? Environment.ProcessorCount);
        var parts = Parts(log, cores);
        var done = 0;
        Parallel.For(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = cancellation }, i =>
        {
            parts[i].Judge(file, ready, pathOf, cancellation);
            progress?.Report((double)Interlocked.Increment(ref done) / parts.Count);
        });
        if (!ready.HasRoom) throw new BadInputException($"there are more than {mostViolations:N0} violations; judge fewer rules at once, or fewer cases.");
        for (var i = 1; i < parts.Count; i++) parts[0].Join(parts[i]);
        return new RuleCheckResult(log, [.. file.Rules.Select((rule, i) => Sum(rule, file, ready, parts[0], i))], file.Zone);
    }

    /// <summary>The number of each case's path, where a rule can make use of it.</summary>
    static int[]? Paths(EventLog log, RuleFile file, RuleLog ready)
    {
        if (!file.Rules.Any(r => CaseJudge.Create(r, ready, new CaseTrace(log)).OrderOnly)) return null;
        var pathOf = new int[log.Cases.Count];
        for (var v = 0; v < log.Variants.Count; v++)
            foreach (var c in log.Variants[v].Cases) pathOf[c] = v;
        return pathOf;
    }

    /// <summary>Runs of cases with about as many events each, some for every core.</summary>
    static List<CasePart> Parts(EventLog log, int cores)
    {
        var wanted = Math.Clamp(log.Cases.Count / 500, 1, cores * 4);
        var parts = new List<CasePart>();
        var from = 0;
        for (var i = 1; i <= wanted; i++)
        {
            var to = i == wanted ? log.Cases.Count : from;
            while (to < log.Cases.Count && log.StartOf(to) < (long)log.EventCount * i / wanted) to++;
            parts.Add(new CasePart(from, to));
            from = to;
        }

        return parts;
    }

    static RuleResult Sum(Rule rule, RuleFile file, RuleLog ready, CasePart all, int number)
    {
        var (tally, judge) = (all.Tallies[number], all.Judges[number]);
        judge.Finish(tally);
        var log = ready.Events;
        var rates = judge is RateJudge rate ? rate.Rates : [];
        var events = new HashSet<int>();
        foreach (var violation in tally.Violations)
            foreach (var position in violation.Events) events.Add(log.StartOf(violation.Case) + position);
        var people = events.Select(row => log.ResourceColumn[row]).Where(r => r >= 0)
            .Concat(tally.Violations.Where(v => v.Reason == Reason.Rate).Select(v => rates[v.Number].Person).Where(p => p >= 0)).ToHashSet();
        return new RuleResult(
            log, rule, tally.Cases, events.Count, people.Count, tally.Activations, tally.Pending, tally.Unknown, tally.Vacuous,
            tally.Violations, rates, NeverSeen(rule, file, ready));
    }

    static List<string> NeverSeen(Rule rule, RuleFile file, RuleLog ready)
    {
        var known = ready.Events.Activities.ToHashSet(StringComparer.Ordinal);
        var missing = rule.Activation.Concat(rule.Target).Distinct().Where(a => !known.Contains(a)).ToList();
        foreach (var (side, slot) in rule.Attributes)
        {
            var isCase = side == Conditions.Side.Case;
            var column = isCase ? ready.CaseColumns[slot] : ready.EventColumns[slot];
            if (column?.HasAny != true) missing.Add(isCase ? "case." + file.CaseAttributes[slot] : file.EventAttributes[slot]);
        }

        return [.. missing.Distinct()];
    }

    /// <summary>A run of cases, judged by every rule.</summary>
    sealed class CasePart(int from, int to)
    {
        public List<CaseJudge> Judges { get; } = [];
        public List<Tally> Tallies { get; } = [];

        public void Judge(RuleFile file, RuleLog log, int[]? pathOf, CancellationToken cancellation)
        {
            var trace = new CaseTrace(log.Events);
            foreach (var rule in file.Rules)
            {
                Judges.Add(CaseJudge.Create(rule, log, trace));
                Tallies.Add(new Tally());
            }

            var seen = Judges.ConvertAll(j => j.OrderOnly ? new Dictionary<int, (Violation[], long)>() : null);
            for (var c = from; c < to; c++)
            {
                if ((c & 0xFF) == 0) cancellation.ThrowIfCancellationRequested();
                trace.Load(c);
                for (var r = 0; r < Judges.Count; r++)
                {
                    var before = Tallies[r].Violations.Count;
                    JudgeCase(Judges[r], Tallies[r], trace.HasTies ? null : seen[r], pathOf, c);
                    // The caller says that they are too many: an exception from here would come out wrapped.
                    if (!log.Take(Tallies[r].Violations.Count - before)) return;
                }
            }
        }

        public void Join(CasePart later)
        {
            for (var r = 0; r < Judges.Count; r++)
            {
                Judges[r].Join(later.Judges[r]);
                Tallies[r].Add(later.Tallies[r]);
            }
        }

        static void JudgeCase(CaseJudge judge, Tally tally, Dictionary<int, (Violation[], long)>? seen, int[]? pathOf, int c)
        {
            tally.Begin(c);
            if (seen is null)
            {
                judge.Judge(tally);
            }
            else if (seen.TryGetValue(pathOf![c], out var like))
            {
                tally.Repeat(like);
            }
            else
            {
                judge.Judge(tally);
                seen[pathOf[c]] = tally.Last();
            }

            tally.End();
        }
    }
}
