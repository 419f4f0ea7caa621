namespace Probity.Lens.Procedures.Tables;

/// <summary>Makes a net of the steps of a procedure table: a place for each pair of steps that follow each other, a choice between two places.</summary>
/// <param name="twice">Whether a step for two people is recorded twice.</param>
internal sealed class TableNet(bool twice)
{
    readonly NetBuilder _net = new("table");

    public static PetriNet Build(StepLevel root, bool twice, IReadOnlyList<string> notes)
    {
        var made = new TableNet(twice);
        made.Level(root, made._net.AddPlace("start", initial: 1), made._net.AddPlace("end", final: 1));
        return made._net.Build(notes);
    }

    void Level(StepLevel level, int from, int to)
    {
        var into = level.Nodes.ToDictionary(n => n, _ => new List<int>());
        var outOf = level.Nodes.ToDictionary(n => n, _ => new List<int>());
        foreach (var node in level.Nodes)
        {
            foreach (var before in node.JustBefore)
            {
                var place = _net.AddPlace($"{before.Branches[0].Step.Name} → {node.Branches[0].Step.Name}");
                outOf[before].Add(place);
                into[node].Add(place);
            }
        }

        Fork("begin", from, [.. level.Nodes.Where(n => n.JustBefore.Count == 0).Select(n => into[n])], isBegin: true);
        Fork("complete", to, [.. level.Nodes.Where(n => outOf[n].Count == 0).Select(n => outOf[n])], isBegin: false);
        foreach (var node in level.Nodes) Node(node, into[node], outOf[node]);
    }

    /// <summary>Ties the place before or after a level to the nodes that are first or last in it.</summary>
    void Fork(string name, int place, List<List<int>> nodes, bool isBegin)
    {
        if (nodes is [var only])
        {
            only.Add(place);
            return;
        }

        var step = Silent($"{name} {_net.TransitionCount}", isBegin ? [place] : [], isBegin ? [] : [place]);
        foreach (var node in nodes)
        {
            var own = _net.AddPlace($"{name} {_net.PlaceCount}");
            if (isBegin) _net.AddOutput(step, own);
            else _net.AddInput(step, own);
            node.Add(own);
        }
    }

    void Node(StepNode node, List<int> into, List<int> outOf)
    {
        var name = node.Branches[0].Step.Name;
        if (node.IsPlain(twice))
        {
            Tie(_net.AddTransition(name, name), into, outOf);
            if (node.Optional) Silent($"without {name}", into, outOf);
            return;
        }

        var (before, after) = (One($"before {name}", into, isBefore: true), One($"after {name}", outOf, isBefore: false));
        foreach (var branch in node.Branches) Branch(branch, before, after);
        if (node.Optional) Silent($"without {name}", [before], [after]);
    }

    /// <summary>The one place where a choice is taken, or where its ways meet.</summary>
    int One(string name, List<int> places, bool isBefore)
    {
        if (places.Count == 1) return places[0];
        var one = _net.AddPlace(name);
        Silent(name, isBefore ? places : [one], isBefore ? [one] : places);
        return one;
    }

    void Branch(StepBranch branch, int from, int to)
    {
        var name = branch.Step.Name;
        var records = twice && branch.Step.TakesTwo ? 2 : 1;
        for (var n = 1; n <= records; n++)
        {
            var isLast = n == records && branch.Then.Nodes.Count == 0;
            var next = isLast ? to : _net.AddPlace($"{name} {n}");
            Tie(_net.AddTransition(n == 1 ? name : $"{name} again", name), [from], [next]);
            from = next;
        }

        if (branch.Then.Nodes.Count > 0) Level(branch.Then, from, to);
    }

    int Silent(string name, List<int> into, List<int> outOf)
    {
        var step = _net.AddTransition(name, null);
        Tie(step, into, outOf);
        return step;
    }

    void Tie(int step, List<int> into, List<int> outOf)
    {
        foreach (var place in into) _net.AddInput(step, place);
        foreach (var place in outOf) _net.AddOutput(step, place);
    }
}
