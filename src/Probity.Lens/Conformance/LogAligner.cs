using Probity.Lens.Procedures;

namespace Probity.Lens.Conformance;

/// <summary>Aligns many traces with one net on several threads.</summary>
internal sealed class LogAligner
{
    /// <summary>Longer traces would overflow a cost; no recorded case comes near.</summary>
    const int MaxTrace = AlignmentCost.Ceiling / AlignmentCost.Move;

    readonly AlignmentProblem _problem;
    readonly IReadOnlyList<string[]> _traces;
    readonly ConformanceOptions _options;

    /// <exception cref="BadInputException">It is proven that the final marking cannot be reached.</exception>
    public LogAligner(PetriNet net, IReadOnlyList<string[]> traces, ConformanceOptions options, CancellationToken cancellation)
    {
        _traces = traces;
        _options = options;
        _problem = new AlignmentProblem(net, traces, options.MaxWholeMarkings, cancellation);
        if (_problem.Costs is { } costs)
        {
            EmptyCost = costs.To(default)[MarkingGraph.Initial];
            return;
        }

        var worker = new Worker(this);
        EmptyCost = worker.Find([], cancellation)?.Cost;
        if (worker.Exhausted) throw AlignmentProblem.Unreachable();
    }

    /// <summary>What aligning no events at all costs: the cheapest complete run; null if a limit stopped the search for it.</summary>
    public int? EmptyCost { get; }

    /// <summary>An optimal alignment for each trace, null where a limit stopped the search. Short of time, it stays null for those not begun.</summary>
    public Alignment?[] AlignAll(IProgress<double>? progress, SearchTime limit)
    {
        var found = new Alignment?[_traces.Count];
        if (EmptyCost is null) return found;
        // Long traces first: a long one begun last would keep one core busy while the others are done.
        var order = Enumerable.Range(0, _traces.Count).OrderByDescending(i => _traces[i].Length).ToArray();
        var (next, done) = (-1, 0);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = limit.Caller };
        Parallel.For(0, Math.Min(_options.Threads, order.Length), parallel, _ =>
        {
            var worker = new Worker(this);
            for (int i; (i = Interlocked.Increment(ref next)) < order.Length && limit.Goes();)
            {
                try
                {
                    found[order[i]] = worker.Find(_traces[order[i]], limit.Token);
                }
                catch (OperationCanceledException) when (!limit.Goes())
                {
                    return;
                }

                progress?.Report((double)Interlocked.Increment(ref done) / order.Length);
            }
        });
        return found;
    }

    /// <summary>One thread's search. Over a net not explored whole it keeps a graph of its own from trace to trace.</summary>
    sealed class Worker(LogAligner aligner)
    {
        AlignmentSearch? _search;

        public bool Exhausted => _search is { Exhausted: true };

        public Alignment? Find(string[] trace, CancellationToken cancellation)
        {
            if (trace.Length > MaxTrace) return null;
            var fresh = _search is null;
            try
            {
                _search ??= Begin();
                return _search.Find(aligner._problem.Encode(trace), cancellation);
            }
            catch (GraphFullException)
            {
                // Earlier traces may have filled the graph; what a trace gets must not depend on them.
                _search = null;
                return fresh ? null : Find(trace, cancellation);
            }
        }

        AlignmentSearch Begin() => new(
            aligner._problem,
            aligner._problem.Graph ?? new MarkingGraph(aligner._problem.Net, aligner._options.MaxMarkings),
            aligner._options);
    }
}
