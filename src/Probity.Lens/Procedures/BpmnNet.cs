namespace Probity.Lens.Procedures;

/// <summary>Turns the nodes and flows of one process into a net.</summary>
internal sealed class BpmnNet
{
    readonly IReadOnlyList<BpmnNode> _nodes;
    readonly NetBuilder _builder = new("bpmn");
    readonly Dictionary<string, int> _placeOfFlow = new(StringComparer.Ordinal);
    readonly Dictionary<BpmnNode, int> _entries = [];
    readonly int _end;

    public BpmnNet(IReadOnlyList<BpmnNode> nodes)
    {
        _nodes = nodes;
        if (!nodes.Any(n => n.Kind == BpmnKind.Task)) throw new BadInputException("the process has no task; there is nothing to check against.");
        _end = _builder.AddPlace("end", final: 1);
    }

    public PetriNet Build()
    {
        var starts = _nodes.Where(n => n.Kind == BpmnKind.Start).ToList();
        foreach (var node in _nodes) Validate(node, starts.Count > 0);
        foreach (var node in _nodes) AddPlaces(node, starts.Count);
        AddStart(starts);
        foreach (var node in _nodes) AddTransitions(node);
        AbsorbEnds();
        return _builder.Build();
    }

    bool Splits => _nodes.Any(n => n.Kind != BpmnKind.Choice && n.Outgoing.Count > 1);

    void Validate(BpmnNode node, bool hasStart)
    {
        var called = SafeXml.Show(node.Name ?? node.Id);
        if (node.Kind == BpmnKind.Start && node.Incoming.Count > 0) throw new BadInputException($"start event '{called}' has an incoming flow.");
        if (node.Kind is BpmnKind.End or BpmnKind.Abort && node.Outgoing.Count > 0) throw new BadInputException($"end event '{called}' has an outgoing flow.");
        if (node.Kind is BpmnKind.Choice or BpmnKind.Parallel or BpmnKind.Start && node.Outgoing.Count == 0)
            throw new BadInputException($"'{called}' has no outgoing flow.");
        if (hasStart && node.Kind != BpmnKind.Start && node.Incoming.Count == 0)
            throw new BadInputException($"no flow leads to '{called}', though the process has a start event.");
        if (node.Kind == BpmnKind.Abort && (Splits || _nodes.Count(n => n.Kind == BpmnKind.Start) != 1))
            throw new BadInputException($"end event '{called}' stops all branches at once, which is not read yet beside parallel branches.");
    }

    // Merging is exclusive save at a parallel gateway: all flows into a node share one place, whose tokens it takes singly.
    void AddPlaces(BpmnNode node, int starts)
    {
        if (node.Kind == BpmnKind.Parallel && node.Incoming.Count > 0)
        {
            foreach (var flow in node.Incoming) _placeOfFlow[flow] = _builder.AddPlace(flow);
            return;
        }

        // Without start events all that nothing leads to begins at once; several start events are alternatives.
        var begins = node.Incoming.Count == 0 && (starts == 0 || (starts == 1 && node.Kind == BpmnKind.Start));
        var entry = _builder.AddPlace(node.Id, initial: begins ? 1 : 0);
        _entries[node] = entry;
        foreach (var flow in node.Incoming) _placeOfFlow[flow] = entry;
    }

    void AddStart(List<BpmnNode> starts)
    {
        if (starts.Count < 2) return;
        var source = _builder.AddPlace("start", initial: 1);
        foreach (var start in starts)
        {
            var t = _builder.AddTransition("start " + start.Id, null);
            _builder.AddInput(t, source);
            _builder.AddOutput(t, _entries[start]);
        }
    }

    void AddTransitions(BpmnNode node)
    {
        if (node.Kind == BpmnKind.Choice)
        {
            foreach (var flow in node.Outgoing) AddTransition(node, flow.Id, [flow]);
            return;
        }

        AddTransition(node, node.Id, node.Outgoing);
    }

    void AddTransition(BpmnNode node, string name, List<BpmnFlow> outgoing)
    {
        var t = _builder.AddTransition(name, node.Name);
        if (_entries.TryGetValue(node, out var entry)) _builder.AddInput(t, entry);
        else foreach (var flow in node.Incoming) _builder.AddInput(t, _placeOfFlow[flow]);
        foreach (var flow in outgoing) _builder.AddOutput(t, _placeOfFlow[flow.Id]);
        if (outgoing.Count == 0) _builder.AddOutput(t, _end);
    }

    // A process is complete when no token is left on the way, however many branches have ended by themselves.
    void AbsorbEnds()
    {
        if (!Splits && _nodes.Count(n => n.Incoming.Count == 0) < 2) return;
        var t = _builder.AddTransition("ends", null);
        _builder.AddInput(t, _end, 2);
        _builder.AddOutput(t, _end);
    }
}
