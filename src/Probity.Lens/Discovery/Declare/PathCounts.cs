using Probity.Lens.Logs;

namespace Probity.Lens.Discovery;

/// <summary>What the miner counts of a log: single activities, and the pairs of them that occur together.</summary>
internal sealed class PathCounts
{
    /// <summary>More activities than a procedure has; where pairs stand is a table of their square.</summary>
    const int MostActivities = 2_000;

    /// <summary>A pair costs a hundred bytes.</summary>
    const int MostPairs = 1_000_000;

    readonly int[] _slots;
    PairCounts[] _pairs = new PairCounts[64];
    int _used;

    PathCounts(int cases, List<int> activities, int names)
    {
        Cases = cases;
        Activities = activities;
        _slots = new int[activities.Count * activities.Count];
        Single = new SingleCounts[names];
    }

    public int Cases { get; }

    /// <summary>Cases that have events.</summary>
    public int Begun { get; private set; }

    /// <summary>The activities frequent enough to be looked at.</summary>
    public IReadOnlyList<int> Activities { get; }

    /// <summary>By the number of the activity in the log.</summary>
    public SingleCounts[] Single { get; }

    /// <summary>What is known of a pair, given by places in <see cref="Activities"/>; nothing where they never occur together.</summary>
    public PairCounts Pair(int a, int b) => _slots[(a * Activities.Count) + b] is > 0 and var slot ? _pairs[slot - 1] : default;

    public static PathCounts Of(EventLog log, double support, CancellationToken cancellation)
    {
        var frequent = Frequent(log, support, cancellation);
        if (frequent.Count > MostActivities)
            throw new BadInputException($"{frequent.Count:N0} different activities occur in the share of the cases that is asked for; constraints are found among at most {MostActivities:N0}. Ask for more support. Are ids or free texts used as activities?");
        var counts = new PathCounts(log.Cases.Count, frequent, log.Activities.Count);
        var path = new DeclarePath(log.Activities.Count, frequent);
        foreach (var variant in log.Variants)
        {
            cancellation.ThrowIfCancellationRequested();
            if (variant.Activities.Count == 0) continue;
            path.Load(variant.Activities, cancellation);
            counts.Begun += variant.Count;
            counts.AddSingles(path, variant.Count);
            counts.AddPairs(path, variant.Count);
        }

        return counts;
    }

    static List<int> Frequent(EventLog log, double support, CancellationToken cancellation)
    {
        var cases = new int[log.Activities.Count];
        var seenIn = new int[log.Activities.Count];
        for (var v = 0; v < log.Variants.Count; v++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var activity in log.Variants[v].Activities)
            {
                if (seenIn[activity] == v + 1) continue;
                seenIn[activity] = v + 1;
                cases[activity] += log.Variants[v].Count;
            }
        }

        return [.. Enumerable.Range(0, cases.Length).Where(a => cases[a] > 0 && (double)cases[a] / log.Cases.Count >= support)];
    }

    void AddSingles(DeclarePath path, int weight)
    {
        Single[path.FirstActivity].Inits += weight;
        Single[path.LastActivity].Ends += weight;
        for (var x = 0; x < path.Size; x++)
        {
            ref var single = ref Single[Activities[path.Place(x)]];
            single.Events += (long)path.Count(x) * weight;
            single.Add(path.Count(x), weight);
        }
    }

    void AddPairs(DeclarePath path, int weight)
    {
        for (var x = 0; x < path.Size; x++)
        {
            for (var y = 0; y < path.Size; y++)
                if (x != y) Add(ref Slot(path.Place(x), path.Place(y)), path, x, y, weight);
        }
    }

    static void Add(ref PairCounts pair, DeclarePath path, int x, int y, int weight)
    {
        ref readonly var own = ref path.Of(x, y);
        ref readonly var back = ref path.Of(y, x);
        int one = path.Count(x), other = path.Count(y);
        pair.Cases += weight;
        pair.Events += (long)one * weight;
        pair.Response += (long)own.Before * weight;
        pair.Precedence += (long)own.After * weight;
        pair.AlternateResponse += (long)own.GapsAfter * weight;
        pair.AlternatePrecedence += (long)own.GapsBefore * weight;
        pair.ChainResponse += (long)own.Next * weight;
        pair.ChainPrecedence += (long)back.Next * weight;
        if (own.Before == one) pair.ResponseCases += weight;
        if (own.After == one) pair.PrecedenceCases += weight;
        if (own.GapsAfter == one) pair.AlternateResponseCases += weight;
        if (own.GapsBefore == one) pair.AlternatePrecedenceCases += weight;
        if (own.Next == one) pair.ChainResponseCases += weight;
        if (back.Next == one) pair.ChainPrecedenceCases += weight;
        if (own.Before == one && back.After == other) pair.SuccessionCases += weight;
        if (own.GapsAfter == one && back.GapsBefore == other) pair.AlternateSuccessionCases += weight;
        if (own.Next == one && own.Next == other) pair.ChainSuccessionCases += weight;
        if (own.Before > 0) pair.FollowedCases += weight;
    }

    ref PairCounts Slot(int a, int b)
    {
        ref var slot = ref _slots[(a * Activities.Count) + b];
        if (slot == 0)
        {
            if (_used == MostPairs)
                throw new BadInputException($"more than {MostPairs:N0} pairs of activities occur together; ask for more support, so that rare activities are left out.");
            if (_used == _pairs.Length) Array.Resize(ref _pairs, Math.Min(MostPairs, _used * 2));
            slot = ++_used;
        }

        return ref _pairs[slot - 1];
    }
}
