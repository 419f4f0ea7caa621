namespace Probity.Lens.Procedures;

/// <summary>
/// Pairs each inclusive join with the split that opens exactly its branches. Between the two nothing comes in or goes
/// out, the branches are apart, and each has one flow into the join. Then the join waits for one token on each flow, and
/// for a branch that is not taken the split puts it there itself: so no join has to know what is still on the way, which
/// no net could tell it.
/// </summary>
internal sealed class InclusiveBlocks
{
    /// <summary>Pairs tried; drawings have a few gateways of the kind.</summary>
    const int MaxPairs = 10_000;

    readonly Dictionary<string, BpmnFlow> _arrivals = new(StringComparer.Ordinal);

    public InclusiveBlocks(IReadOnlyList<BpmnNode> nodes)
    {
        var splits = nodes.Where(n => n.SplitsInclusively).ToList();
        var joins = nodes.Where(n => n.Kind == BpmnKind.Inclusive && n.Incoming.Count > 1).ToList();
        if ((long)splits.Count * joins.Count > MaxPairs)
            throw new BadInputException($"there are {splits.Count} inclusive splits and {joins.Count} joins; is it one procedure?");
        var matched = new HashSet<BpmnNode>();
        foreach (var join in joins)
        {
            if (splits.Find(split => !matched.Contains(split) && TryMatch(split, join)) is not { } found)
                throw new BadInputException($"{join.Called} joins flows that no inclusive split opens alone; lead all branches of one inclusive split into it, apart from each other, each by one flow.");
            matched.Add(found);
        }

        if (splits.Find(s => s.Kind == BpmnKind.Inclusive && !matched.Contains(s)) is { } open)
            throw new BadInputException($"{open.Called} opens branches that no inclusive join gathers; lead all of them, and nothing else, into one, each by one flow.");
    }

    /// <summary>The flow into the join by which a branch arrives; null if the split is not joined inclusively.</summary>
    public BpmnFlow? ArrivalOf(BpmnFlow branch) => _arrivals.GetValueOrDefault(branch.Id);

    bool TryMatch(BpmnNode split, BpmnNode join)
    {
        if (split.Outgoing.Count != join.Incoming.Count) return false;
        var arrivals = new List<(BpmnFlow Branch, BpmnFlow Arrival)>();
        var seen = new HashSet<BpmnNode> { split };
        foreach (var branch in split.Outgoing)
        {
            if (Follow(branch, join, seen) is not { } arrival) return false;
            arrivals.Add((branch, arrival));
        }

        foreach (var (branch, arrival) in arrivals) _arrivals[branch.Id] = arrival;
        return true;
    }

    // The one flow by which a branch enters the join; null where it leaks, ends, or meets another branch.
    static BpmnFlow? Follow(BpmnFlow branch, BpmnNode join, HashSet<BpmnNode> seen)
    {
        if (branch.Target == join) return branch;
        var own = new HashSet<BpmnNode>();
        var ahead = new Stack<BpmnNode>([branch.Target]);
        BpmnFlow? arrival = null;
        while (ahead.TryPop(out var node))
        {
            if (!own.Add(node)) continue;
            if (!seen.Add(node) || node.Outgoing.Count == 0) return null;
            foreach (var boundary in node.Boundaries) ahead.Push(boundary);
            foreach (var flow in node.Outgoing)
            {
                if (flow.Target != join) ahead.Push(flow.Target);
                else if (arrival is null) arrival = flow;
                else return null;
            }
        }

        return own.All(n => n.Incoming.All(f => f == branch || own.Contains(f.Source))) ? arrival : null;
    }
}
