using System.Xml.Linq;

namespace Probity.Lens.Procedures;

/// <summary>
/// Reads BPMN 2.0 (ISO/IEC 19510) processes into nets, after Dijkman, Dumas and Ouyang (Semantics and analysis of
/// business process models in BPMN, 2008). What is mapped and how: docs/bpmn-mapping.md. What cannot be mapped
/// faithfully is refused by name rather than guessed.
/// </summary>
internal sealed class BpmnReader
{
    const string Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";

    readonly BpmnNotes _notes = new();
    readonly BpmnElement _element;
    readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    BpmnReader(Dictionary<string, string> causes) => _element = new BpmnElement(causes, _notes);

    public static PetriNet Read(XElement root)
    {
        if (root.Name.NamespaceName != Model)
            throw new BadInputException($"<definitions> is of namespace '{SafeXml.Show(root.Name.NamespaceName)}', not of BPMN 2.0.");
        var causes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in root.Elements().Where(e => e.Name.LocalName is "error" or "escalation"))
        {
            if ((string?)element.Attribute("id") is not { } id) continue;
            var code = (string?)element.Attribute(element.Name.LocalName + "Code");
            if (!causes.TryAdd(id, code is { Length: > 0 } ? code : id)) throw Twice(id);
        }

        return new BpmnReader(causes).ReadProcess(root);
    }

    PetriNet ReadProcess(XElement root)
    {
        var processes = root.Elements(XName.Get("process", Model)).ToList();
        var process = Choose(processes, root);
        var events = process.Descendants().Count(e => e.Name.LocalName is "intermediateCatchEvent" or "intermediateThrowEvent");
        if (events > 0) _notes.Add($"{(events == 1 ? "1 intermediate event is" : events + " intermediate events are")} not looked for in the log.");
        var elements = process.Descendants().Concat(root.Elements().Where(e => e.Name.LocalName == "collaboration").Descendants())
            .Where(e => e.Name.NamespaceName == Model).ToList();
        _notes.AddLeftOut(elements.Where(e => !BpmnRuleNotes.IsRule(e)));
        foreach (var other in processes.Where(p => p != process && p.Elements().Any(e => e.Name.LocalName.EndsWith("Event", StringComparison.Ordinal))))
            _notes.Add($"Left out, as it has no task: process '{NameOf(other, root)}'.");
        var scope = ReadScope(process, null);
        BpmnCatching.Resolve(scope);
        return BpmnNet.Build(scope, _notes.All).With(BpmnRuleNotes.Of(elements));
    }

    BpmnScope ReadScope(XElement container, BpmnNode? owner)
    {
        var nodes = new Dictionary<string, BpmnNode>(StringComparer.Ordinal);
        var elements = new List<(XElement Element, BpmnNode Node)>();
        foreach (var element in container.Elements().Where(e => e.Name.NamespaceName == Model))
        {
            if (_element.Read(element) is not { } node) continue;
            if (!_ids.Add(node.Id)) throw Twice(node.Id);
            nodes.Add(node.Id, node);
            elements.Add((element, node));
            if (node.Kind == BpmnKind.Subprocess) node.Inside = ReadScope(element, node);
        }

        if (owner is not null && !nodes.Values.Any(n => n.IsActivity))
            throw new BadInputException($"{owner.Called} has no task in the file; draw what is in it, or make it a call activity.");
        var flows = new Dictionary<string, BpmnFlow>(StringComparer.Ordinal);
        foreach (var element in container.Elements(XName.Get("sequenceFlow", Model))) ReadFlow(element, nodes, flows);
        foreach (var (element, node) in elements)
        {
            CheckFlowRefs(element, node, flows);
            if (node.Kind == BpmnKind.Boundary) Attach(element, node, nodes);
            if ((string?)element.Attribute("default") is { } id) node.Default = DefaultOf(node, id, flows);
        }

        JoinLinks(elements);
        foreach (var (element, node) in elements.Where(e => e.Element.Name.LocalName == "eventBasedGateway")) CheckEventGateway(element, node);
        var scope = new BpmnScope(owner, PartMixed(nodes.Values));
        BpmnRules.Check(scope);
        return scope;
    }

    void ReadFlow(XElement element, Dictionary<string, BpmnNode> nodes, Dictionary<string, BpmnFlow> flows)
    {
        var id = element.Attribute("id")?.Value ?? throw new BadInputException("a sequenceFlow has no id.");
        if (!_ids.Add(id)) throw Twice(id);
        var source = Find(nodes, element, "sourceRef");
        var target = Find(nodes, element, "targetRef");
        var flow = new BpmnFlow(id, source, target, element.Element(XName.Get("conditionExpression", Model)) is not null);
        if (flow.Conditional && !source.IsActivity && source.Kind is not (BpmnKind.Choice or BpmnKind.Inclusive))
            throw new BadInputException($"flow '{SafeXml.Show(id)}' carries a condition and leaves {source.Called}, where none is asked; draw an exclusive or inclusive gateway.");
        flows.Add(id, flow);
        source.Outgoing.Add(flow);
        target.Incoming.Add(flow);
    }

    // Tools write each node's flows twice: on the flow and on the node. Where the two disagree the file is damaged.
    static void CheckFlowRefs(XElement element, BpmnNode node, Dictionary<string, BpmnFlow> flows)
    {
        foreach (var child in element.Elements().Where(e => e.Name.LocalName is "incoming" or "outgoing" && e.Name.NamespaceName == Model))
        {
            var id = child.Value.Trim();
            id = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (!flows.TryGetValue(id, out var flow) || (child.Name.LocalName == "incoming" ? flow.Target : flow.Source) != node)
                throw new BadInputException($"{node.Called} names '{SafeXml.Show(id)}' as {child.Name.LocalName}, and there is no such flow {(child.Name.LocalName == "incoming" ? "to" : "from")} it.");
        }
    }

    void Attach(XElement element, BpmnNode node, Dictionary<string, BpmnNode> nodes)
    {
        var id = (string?)element.Attribute("attachedToRef") ?? "";
        if (!nodes.TryGetValue(id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..], out var host) || !host.IsActivity)
            throw new BadInputException($"{node.Called} has attachedToRef '{SafeXml.Show(id)}', and there is no such task or subprocess beside it.");
        node.Host = host;
        host.Boundaries.Add(node);
        if (!node.Interrupts && node.Catches.Count == 0) _notes.Add($"{node.Called} is taken to come at most once each time that {host.Called} runs.");
        else if (node.Interrupts && host.Kind == BpmnKind.Task) _notes.Add($"{node.Called}: where it interrupts {host.Called}, the log is taken not to show that task.");
    }

    static BpmnFlow DefaultOf(BpmnNode node, string id, Dictionary<string, BpmnFlow> flows)
    {
        if (!flows.TryGetValue(id, out var flow) || flow.Source != node)
            throw new BadInputException($"{node.Called} has the default flow '{SafeXml.Show(id)}', which does not leave it.");
        if (node.IsActivity && !node.Outgoing.Any(f => f.Conditional) && node.Outgoing.Count > 1)
            throw new BadInputException($"{node.Called} has a default flow, and no flow with a condition leaves it; draw an exclusive gateway after it.");
        if (!node.IsActivity && node.Kind is not (BpmnKind.Choice or BpmnKind.Inclusive))
            throw new BadInputException($"{node.Called} has a default flow, and takes no choice.");
        return flow;
    }

    // A link is a flow that is not drawn through.
    static void JoinLinks(List<(XElement Element, BpmnNode Node)> elements)
    {
        var links = elements.Select(e => (e.Element, e.Node, Link: BpmnElement.Link(e.Element))).Where(e => e.Link is not null).ToList();
        var catching = links.Where(l => l.Element.Name.LocalName == "intermediateCatchEvent").ToLookup(l => l.Link!, l => l.Node, StringComparer.Ordinal);
        foreach (var (element, node, link) in links)
        {
            if (element.Name.LocalName == "intermediateCatchEvent") continue;
            if (element.Name.LocalName != "intermediateThrowEvent" || node.Outgoing.Count > 0 || catching[link!].Count() != 1)
                throw new BadInputException($"{node.Called} is a link '{SafeXml.Show(link)}' that does not lead to exactly one catching link; draw the flow itself.");
            var flow = new BpmnFlow("link " + node.Id, node, catching[link!].First(), Conditional: false);
            flow.Source.Outgoing.Add(flow);
            flow.Target.Incoming.Add(flow);
        }
    }

    static void CheckEventGateway(XElement element, BpmnNode node)
    {
        var catching = element.Parent!.Elements().Where(e => e.Name.LocalName is "intermediateCatchEvent" or "receiveTask")
            .Select(e => (string?)e.Attribute("id")).ToHashSet();
        if (node.Outgoing.FirstOrDefault(f => !catching.Contains(f.Target.Id)) is { } flow)
            throw new BadInputException($"{node.Called} leads to {flow.Target.Called}; only catching events and receive tasks may follow it.");
    }

    // A gateway that joins and splits at once is a join followed by a split.
    static List<BpmnNode> PartMixed(IEnumerable<BpmnNode> nodes)
    {
        var parted = new List<BpmnNode>();
        foreach (var node in nodes)
        {
            parted.Add(node);
            if (node.Kind != BpmnKind.Inclusive || node.Incoming.Count < 2 || node.Outgoing.Count < 2) continue;
            var split = new BpmnNode(node.Kind, node.Id + " split", node.Called);
            foreach (var flow in node.Outgoing)
            {
                var moved = flow with { Source = split };
                split.Outgoing.Add(moved);
                flow.Target.Incoming[flow.Target.Incoming.IndexOf(flow)] = moved;
                if (flow == node.Default) split.Default = moved;
            }

            node.Outgoing.Clear();
            node.Default = null;
            var between = new BpmnFlow(node.Id + " on", node, split, Conditional: false);
            node.Outgoing.Add(between);
            split.Incoming.Add(between);
            parted.Add(split);
        }

        return parted;
    }

    static XElement Choose(List<XElement> processes, XElement root)
    {
        if (processes.Count == 0) throw new BadInputException("there is no <process> in the BPMN file.");
        var filled = processes.Where(p => p.Elements().Any(BpmnElement.IsActivity)).ToList();
        return filled.Count switch
        {
            1 => filled[0],
            0 when processes.Count == 1 => processes[0],
            0 => throw new BadInputException("no process of the BPMN file has a task; there is nothing to check against."),
            _ => throw new BadInputException(
                $"{filled.Count} processes of the BPMN file have tasks ({string.Join(", ", filled.Take(3).Select(p => "'" + NameOf(p, root) + "'"))}); keep one to a file."),
        };
    }

    // Drawing tools name the pool and leave the process without a name.
    static string NameOf(XElement process, XElement root)
    {
        var id = (string?)process.Attribute("id");
        var pool = root.Elements().Where(e => e.Name.LocalName == "collaboration").Elements()
            .FirstOrDefault(e => e.Name.LocalName == "participant" && (string?)e.Attribute("processRef") == id);
        return SafeXml.Show((string?)process.Attribute("name") ?? (string?)pool?.Attribute("name") ?? id);
    }

    static BpmnNode Find(Dictionary<string, BpmnNode> nodes, XElement flow, string attribute) =>
        flow.Attribute(attribute)?.Value is { } id && nodes.TryGetValue(id, out var node)
            ? node
            : throw new BadInputException(
                $"flow '{SafeXml.Show(flow.Attribute("id")?.Value)}' has {attribute} '{SafeXml.Show(flow.Attribute(attribute)?.Value)}', and its process or subprocess has no such task, gateway or event.");

    static BadInputException Twice(string id) => new($"the id '{SafeXml.Show(id)}' is given twice.");
}
