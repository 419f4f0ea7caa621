using System.Xml.Linq;

namespace Probity.Lens.Procedures;

/// <summary>
/// Reads BPMN 2.0 (ISO/IEC 19510) processes into nets, after Dijkman, Dumas and Ouyang (Semantics and analysis of
/// business process models in BPMN, 2008). What is mapped and how: docs/bpmn-mapping.md. What cannot be mapped
/// faithfully is refused by name rather than guessed.
/// </summary>
internal static class BpmnReader
{
    const string Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";

    public static PetriNet Read(XElement root)
    {
        if (root.Name.NamespaceName != Model)
            throw new BadInputException($"<definitions> is of namespace '{SafeXml.Show(root.Name.NamespaceName)}', not of BPMN 2.0.");
        var process = Choose([.. root.Elements(XName.Get("process", Model))]);
        var nodes = new Dictionary<string, BpmnNode>(StringComparer.Ordinal);
        foreach (var element in process.Elements().Where(e => e.Name.NamespaceName == Model))
        {
            if (BpmnNode.From(element) is not { } node) continue;
            if (!nodes.TryAdd(node.Id, node)) throw new BadInputException($"the id '{SafeXml.Show(node.Id)}' is given twice.");
        }

        var flows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var flow in process.Elements(XName.Get("sequenceFlow", Model)))
        {
            var id = flow.Attribute("id")?.Value ?? throw new BadInputException("a sequenceFlow has no id.");
            if (nodes.ContainsKey(id) || !flows.Add(id)) throw new BadInputException($"the id '{SafeXml.Show(id)}' is given twice.");
            var source = Find(nodes, flow, "sourceRef");
            var target = Find(nodes, flow, "targetRef");
            if (flow.Element(XName.Get("conditionExpression", Model)) is not null && source.Kind != BpmnKind.Choice)
                throw new BadInputException($"flow '{SafeXml.Show(id)}' carries a condition though it does not leave an exclusive gateway; draw the gateway.");
            source.Outgoing.Add(new BpmnFlow(id, target));
            target.Incoming.Add(id);
        }

        return new BpmnNet([.. nodes.Values]).Build();
    }

    static XElement Choose(List<XElement> processes)
    {
        if (processes.Count == 0) throw new BadInputException("there is no <process> in the BPMN file.");
        var filled = processes.Where(p => p.Elements().Any(BpmnNode.IsTask)).ToList();
        return filled.Count switch
        {
            1 => filled[0],
            0 when processes.Count == 1 => processes[0],
            0 => throw new BadInputException("no process of the BPMN file has a task; there is nothing to check against."),
            _ => throw new BadInputException(
                $"{filled.Count} processes of the BPMN file have tasks ({string.Join(", ", filled.Take(3).Select(p => "'" + SafeXml.Show(p.Attribute("name")?.Value ?? p.Attribute("id")?.Value) + "'"))}); keep one to a file."),
        };
    }

    static BpmnNode Find(Dictionary<string, BpmnNode> nodes, XElement flow, string attribute) =>
        flow.Attribute(attribute)?.Value is { } id && nodes.TryGetValue(id, out var node)
            ? node
            : throw new BadInputException(
                $"flow '{SafeXml.Show(flow.Attribute("id")?.Value)}' has {attribute} '{SafeXml.Show(flow.Attribute(attribute)?.Value)}', and the process has no such task, gateway or event.");
}
