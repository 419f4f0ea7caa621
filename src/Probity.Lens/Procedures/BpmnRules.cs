namespace Probity.Lens.Procedures;

/// <summary>What BPMN asks of the flows of a process or subprocess.</summary>
internal static class BpmnRules
{
    /// <exception cref="BadInputException">A node that hangs in the air.</exception>
    public static void Check(BpmnScope scope)
    {
        var hasStart = scope.Nodes.Any(Begins);
        foreach (var node in scope.Nodes)
        {
            if (node.Kind == BpmnKind.Start && node.Incoming.Count > 0) throw new BadInputException($"{node.Called} has an incoming flow.");
            if (node.Kind == BpmnKind.Boundary && node.Incoming.Count > 0) throw new BadInputException($"{node.Called} has an incoming flow; only its activity leads to it.");
            if (node.Kind == BpmnKind.End && node.Outgoing.Count > 0) throw new BadInputException($"{node.Called} has an outgoing flow.");
            if (!(node.IsActivity || node.Kind is BpmnKind.End or BpmnKind.Event) && node.Outgoing.Count == 0)
                throw new BadInputException($"{node.Called} has no outgoing flow.");
            if (hasStart && !Begins(node) && node.Kind != BpmnKind.Boundary && node.Incoming.Count == 0)
                throw new BadInputException($"no flow leads to {node.Called}, though {scope.Owner?.Called ?? "the process"} has a start event.");
        }

        if (scope.Nodes.Count > 0 && !scope.Nodes.Any(n => n.Kind != BpmnKind.Boundary && n.Incoming.Count == 0))
            throw new BadInputException($"nothing begins {scope.Owner?.Called ?? "the process"}: it has no start event, and a flow leads to each of its nodes.");
    }

    /// <summary>Whether a node is one of the alternatives with which its process or subprocess begins.</summary>
    public static bool Begins(BpmnNode node) => node.Kind == BpmnKind.Start || (node.Instantiates && node.Incoming.Count == 0);
}
