namespace Probity.Lens.Procedures;

/// <summary>Turns the nodes and flows of one process or subprocess into a piece of a net.</summary>
internal sealed class BpmnNet
{
    /// <summary>Every part of so many flows is a step of its own; drawings have three or four.</summary>
    const int MaxInclusive = 10;

    readonly BpmnScope _scope;
    readonly NetPiece _piece = new();
    readonly InclusiveBlocks _blocks;
    readonly Dictionary<string, int> _placeOfFlow = new(StringComparer.Ordinal);
    readonly Dictionary<BpmnNode, int> _entries = [];

    BpmnNet(BpmnScope scope)
    {
        _scope = scope;
        _blocks = new InclusiveBlocks(scope.Nodes);
    }

    /// <summary>The net of a process.</summary>
    public static PetriNet Build(BpmnScope process, IReadOnlyList<string> notes)
    {
        if (!process.Nodes.Any(n => n.IsActivity)) throw new BadInputException("the process has no task; there is nothing to check against.");
        var piece = new BpmnNet(process).Make();
        if (piece.Steps.Exists(s => s.Stops)) piece = NetPieceStates.StateMachine(piece, "the process");
        var builder = new NetBuilder("bpmn");
        for (var p = 0; p < piece.Places.Count; p++)
            builder.AddPlace(piece.Places[p], piece.Initial.Count(i => i == p), p == piece.End ? 1 : 0);
        foreach (var step in piece.Steps)
        {
            var t = builder.AddTransition(step.Name, step.Label);
            foreach (var place in step.In) builder.AddInput(t, place);
            foreach (var place in step.Out) builder.AddOutput(t, place);
        }

        // A process is complete when no token is left on the way, however many branches have ended by themselves.
        if (!piece.IsStateMachine && !TokenBound.IsOne(piece, piece.End))
        {
            var t = builder.AddTransition("ends", null);
            builder.AddInput(t, piece.End, 2);
            builder.AddOutput(t, piece.End);
        }

        return builder.Build(notes);
    }

    NetPiece Make()
    {
        var begins = _scope.Nodes.Where(BpmnRules.Begins).ToList();
        foreach (var node in _scope.Nodes) AddPlaces(node);
        AddStart(begins);
        foreach (var node in _scope.Nodes)
        {
            if (node.IsActivity && !IsPlain(node)) AddActivity(node);
            else AddSteps(node);
        }

        return _piece;
    }

    // Merging is exclusive save at a parallel or inclusive join: all flows into a node share one place, whose tokens it takes singly.
    void AddPlaces(BpmnNode node)
    {
        if (node.Kind == BpmnKind.Parallel && node.Incoming.Count > 0 || node.Kind == BpmnKind.Inclusive && node.Incoming.Count > 1)
        {
            foreach (var flow in node.Incoming) _placeOfFlow[flow.Id] = _piece.AddPlace(flow.Id);
            return;
        }

        var entry = _piece.AddPlace(node.Id);
        _entries[node] = entry;
        foreach (var flow in node.Incoming) _placeOfFlow[flow.Id] = entry;
    }

    // Without start events all that nothing leads to begins at once; several start events are alternatives.
    void AddStart(List<BpmnNode> begins)
    {
        if (begins.Count < 2)
        {
            var first = begins.Count == 1 ? begins : _scope.Nodes.Where(n => n.Kind != BpmnKind.Boundary && n.Incoming.Count == 0);
            _piece.Initial.AddRange(first.Select(n => _entries[n]));
            return;
        }

        var source = _piece.AddPlace("start");
        _piece.Initial.Add(source);
        foreach (var start in begins) _piece.AddStep("start " + start.Id, null, source, _entries[start]);
    }

    static bool IsPlain(BpmnNode node) =>
        node is { Kind: BpmnKind.Task, Loop: null, Boundaries.Count: 0 } && !node.Outgoing.Exists(f => f.Conditional);

    void AddSteps(BpmnNode node)
    {
        IReadOnlyList<int> from = _entries.TryGetValue(node, out var entry) ? [entry] : [.. node.Incoming.Select(f => _placeOfFlow[f.Id])];
        if (node.Terminates || (node.Throws is { Kind: not "escalation" } && node.Kind == BpmnKind.End))
        {
            _piece.AddStep(new PieceStep(node.Id, null, from, []) { Stops = true, Outcome = node.Terminates ? null : Passed(node.CaughtBy ?? BpmnNode.Uncaught) });
            return;
        }

        if (node.CaughtBy is { Interrupts: true } boundary)
        {
            _piece.AddStep(new PieceStep(node.Id, null, from, []) { Stops = true, Outcome = boundary });
            return;
        }

        IReadOnlyList<BpmnNode> emits = node.CaughtBy is { } beside ? [beside] : [];
        foreach (var flows in Alternatives(node))
        {
            var name = node.Kind == BpmnKind.Choice ? flows[0].Id : node.Id;
            _piece.AddStep(new PieceStep(name, node.Name, from, Targets(node, flows)) { Emits = emits });
        }
    }

    // What nothing catches ends the process itself.
    BpmnNode? Passed(BpmnNode boundary) => boundary == BpmnNode.Uncaught && _scope.Owner is null ? null : boundary;

    List<int> Targets(BpmnNode node, List<BpmnFlow> taken)
    {
        if (node.Outgoing.Count == 0) return [_piece.End];
        var targets = taken.ConvertAll(f => _placeOfFlow[f.Id]);
        // A join waits for one token from each branch: those not taken give theirs at once.
        foreach (var flow in node.Outgoing.Except(taken))
            if (_blocks.ArrivalOf(flow) is { } arrival) targets.Add(_placeOfFlow[arrival.Id]);
        return targets;
    }

    /// <summary>Each set of flows that may be taken together.</summary>
    static IEnumerable<List<BpmnFlow>> Alternatives(BpmnNode node)
    {
        if (node.Kind == BpmnKind.Choice) return node.Outgoing.Select(f => new List<BpmnFlow> { f });
        return node.SplitsInclusively ? Parts(node) : [node.Outgoing];
    }

    // The default flow is taken where no other condition holds; from an activity, flows without condition always are.
    static IEnumerable<List<BpmnFlow>> Parts(BpmnNode node)
    {
        var open = node.Outgoing.Where(f => f != node.Default && (node.Kind == BpmnKind.Inclusive || f.Conditional)).ToList();
        var always = node.Outgoing.Where(f => f != node.Default && !open.Contains(f)).ToList();
        if (open.Count > MaxInclusive)
            throw new BadInputException($"{node.Called} has {open.Count} flows of which any part may be taken; up to {MaxInclusive} are read.");
        for (var part = 0; part < 1 << open.Count; part++)
        {
            List<BpmnFlow> taken = [.. always, .. open.Where((_, i) => (part & (1 << i)) != 0)];
            if (part == 0 && node.Default is { } otherwise) taken.Add(otherwise);
            if (taken.Count > 0) yield return taken;
        }
    }

    void AddActivity(BpmnNode node)
    {
        var piece = BpmnActivity.Make(node, node.Inside is { } inside ? new BpmnNet(inside).Make() : null);
        int end;
        if (node.Outgoing.Count == 0) end = _piece.End;
        else if (node.Outgoing.Count == 1) end = _placeOfFlow[node.Outgoing[0].Id];
        else
        {
            end = _piece.AddPlace("after " + node.Id);
            foreach (var flows in Alternatives(node)) _piece.AddStep(new PieceStep("after " + node.Id, null, [end], Targets(node, flows)));
        }

        _piece.Insert(piece, _entries[node], end, "", PlaceOf, boundary => boundary.Host == node ? _entries[boundary] : null);

        int PlaceOf(BpmnNode boundary)
        {
            if (boundary.Host == node) return _entries[boundary];
            var place = _piece.AddPlace(node.Id + " to " + boundary.Id);
            _piece.AddStep(new PieceStep(node.Id + " to " + boundary.Id, null, [place], []) { Stops = true, Outcome = Passed(boundary) });
            return place;
        }
    }
}
