using Probity.Lens.Logs;

namespace Probity.Lens.Procedures.Tables;

/// <summary>
/// Puts the rows of a procedure table in their order: which comes after which, which stand in for one another, and which belong to a choice. What
/// comes out is made of blocks and has no cycle, so the net made of it is sound (van der Aalst 1998: acyclic marked graphs in which blocks stand for
/// transitions).
/// </summary>
internal sealed class StepOrder
{
    readonly IReadOnlyList<TableStep> _steps;
    readonly Dictionary<TableStep, StepBranch> _branches = [];
    readonly HashSet<TableStep> _apart = [];

    StepOrder(IReadOnlyList<TableStep> steps) => _steps = steps;

    /// <summary>The level of the whole procedure.</summary>
    public StepLevel Root { get; } = new();

    /// <summary>The branch of each step.</summary>
    public IReadOnlyDictionary<TableStep, StepBranch> Branches => _branches;

    /// <summary>The order of steps whose cells are resolved.</summary>
    /// <exception cref="BadInputException">They go round in a circle, or ask for what cannot be at once.</exception>
    public static StepOrder Of(IReadOnlyList<TableStep> steps)
    {
        StepReferences.Resolve(steps);
        var order = new StepOrder(steps);
        order.FindApart();
        foreach (var head in order.Sorted()) order.Put(head);
        return order;
    }

    /// <summary>
    /// Whether the ways of a choice are told apart: some step comes after one that stands in, without naming the one that it stands in for.
    /// Else what comes after any of them comes after whichever was done.
    /// </summary>
    public bool IsApart(TableStep step) => _apart.Contains(step.Head);

    void FindApart()
    {
        foreach (var step in _steps.Where(s => s.SaysAfter))
            foreach (var stand in step.After.Where(a => a != a.Head && !step.After.Contains(a.Head))) _apart.Add(stand.Head);
    }

    /// <summary>The heads of all choices, each after those that it comes after; otherwise as in the table.</summary>
    List<TableStep> Sorted()
    {
        var sorted = new List<TableStep>();
        var state = new Dictionary<TableStep, bool>();
        foreach (var head in _steps.Where(s => s == s.Head))
        {
            // By hand, as a table may be one long chain.
            var way = new Stack<(TableStep Step, IEnumerator<TableStep> Next)>();
            Open(head);
            while (way.TryPeek(out var top))
            {
                if (top.Next.MoveNext())
                {
                    Open(top.Next.Current);
                }
                else
                {
                    way.Pop();
                    state[top.Step] = true;
                    sorted.Add(top.Step);
                }
            }

            void Open(TableStep step)
            {
                if (state.TryGetValue(step, out var done))
                {
                    if (!done) throw Circle([.. way.Select(w => w.Step)], step);
                    return;
                }

                state[step] = false;
                way.Push((step, step.After.Select(a => a.Head).Distinct().GetEnumerator()));
            }
        }

        return sorted;
    }

    static BadInputException Circle(List<TableStep> way, TableStep again)
    {
        var circle = way[..(way.IndexOf(again) + 1)];
        var told = string.Join(" → ", new[] { again }.Concat(circle).Take(10).Select(s => LogText.Show(s.Name)));
        return again.AfterCell.Fault($"the steps go round in a circle: {told}; none of them can be first. A step that is done again is one row, or draw it in BPMN");
    }

    void Put(TableStep head)
    {
        var (level, inside, before) = Place(head);
        var node = new StepNode { Level = level, Inside = inside };
        node.Before.AddRange(before);
        node.JustBefore.AddRange(Last(before));
        level.Nodes.Add(node);
        foreach (var step in head.Choice)
        {
            var branch = new StepBranch { Step = step, Node = node };
            node.Branches.Add(branch);
            _branches[step] = branch;
        }
    }

    /// <summary>
    /// The level of a step and what it comes after there. Steps of different ways of a choice are, where all its ways are named, the choice as
    /// a whole.
    /// </summary>
    (StepLevel Level, StepBranch? Inside, List<StepNode> Before) Place(TableStep head)
    {
        var open = head.After.Select(a => IsApart(a) ? new Point(null, _branches[a]) : new Point(_branches[a].Node, _branches[a].Node.Inside)).Distinct().ToList();
        while (open.Select(p => p.Inside).Distinct().Count() > 1)
        {
            var deepest = open.Select(p => p.Inside).OfType<StepBranch>().MaxBy(DepthOf)!;
            var choice = deepest.Node;
            var within = open.Where(p => p.Inside?.Node == choice).ToList();
            var named = within.Select(p => p.Inside!).ToHashSet();
            var missing = choice.Branches.FirstOrDefault(b => !named.Contains(b));
            if (missing is not null && !open.Any(p => p.Node == choice)) throw Mixed(head, deepest, missing, named);
            open.RemoveAll(within.Contains);
            open.Add(new Point(choice, choice.Inside));
            open = [.. open.Distinct()];
        }

        if (open.Count == 0) return (Root, null, []);
        var inside = open[0].Inside;
        return (inside?.Then ?? Root, inside, [.. open.Select(p => p.Node).OfType<StepNode>()]);
    }

    /// <summary>The nodes that no other one of them comes after.</summary>
    static IEnumerable<StepNode> Last(List<StepNode> nodes)
    {
        if (nodes.Count < 2) return nodes;
        var (earlier, open) = (new HashSet<StepNode>(), new Stack<StepNode>(nodes));
        while (open.TryPop(out var node))
            foreach (var before in node.JustBefore)
                if (earlier.Add(before)) open.Push(before);
        return nodes.Where(n => !earlier.Contains(n));
    }

    static int DepthOf(StepBranch branch)
    {
        var depth = 0;
        for (var at = branch.Node.Inside; at is not null; at = at.Node.Inside) depth++;
        return depth;
    }

    static BadInputException Mixed(TableStep step, StepBranch only, StepBranch missing, HashSet<StepBranch> named) => step.AfterCell.Fault(named.Count > 1
        ? $"'{LogText.Show(step.Name)}' comes after steps of {named.Count} of the {only.Node.Branches.Count} ways of a choice; name one of each, also '{LogText.Show(missing.Step.Name)}' or what comes after it"
        : $"'{LogText.Show(step.Name)}' comes after a step that is done only where '{LogText.Show(only.Step.Name)}' is, and after one that is done in any case; name also '{LogText.Show(missing.Step.Name)}' or what comes after it");

    /// <summary>Something to come after: a node, or the beginning of a branch.</summary>
    /// <param name="Node">The node; null for the beginning.</param>
    /// <param name="Inside">The branch that it is in.</param>
    readonly record struct Point(StepNode? Node, StepBranch? Inside);
}
