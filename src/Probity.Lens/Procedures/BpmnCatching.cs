namespace Probity.Lens.Procedures;

/// <summary>Finds for each event that throws an error, an escalation or a cancellation the boundary event that catches it.</summary>
internal static class BpmnCatching
{
    public static void Resolve(BpmnScope process) => Resolve(process, []);

    static void Resolve(BpmnScope scope, Stack<BpmnNode> around)
    {
        foreach (var node in scope.Nodes)
        {
            if (node.Throws is { } cause) node.CaughtBy = Catcher(cause, around);
            if (node.CaughtBy is { } boundary) boundary.IsThrown = true;
            if (node.Inside is null) continue;
            around.Push(node);
            Resolve(node.Inside, around);
            around.Pop();
        }
    }

    // The nearest subprocess catches; of its events the one that names the cause goes before one that catches any.
    static BpmnNode? Catcher(BpmnCause cause, Stack<BpmnNode> around)
    {
        foreach (var subprocess in around)
        {
            var catching = subprocess.Boundaries.Where(b => b.Catches.Any(c => c.Matches(cause))).ToList();
            if (catching.Count > 0) return catching.Find(b => b.Catches.Contains(cause)) ?? catching[0];
        }

        return null;
    }
}
