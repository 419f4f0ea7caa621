using System.Globalization;
using System.Xml;

namespace Probity.Lens.Discovery;

/// <summary>
/// Writes a process tree as BPMN 2.0 with its picture, for a person to read, change and hand on: a choice is a pair of exclusive
/// gateways, a parallel block a pair of parallel ones, a loop a gateway to come back to and one to go back from.
/// </summary>
internal sealed class TreeBpmn
{
    const string Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    const string Diagram = "http://www.omg.org/spec/BPMN/20100524/DI";
    const string Dc = "http://www.omg.org/spec/DD/20100524/DC";
    const string Di = "http://www.omg.org/spec/DD/20100524/DI";
    const int TaskWidth = 130, TaskHeight = 64, GatewaySize = 44, EventSize = 36, Gap = 46, RowGap = 26;

    readonly List<Node> _nodes = [];
    readonly List<(int From, int To)> _flows = [];

    sealed record Node(string Element, string? Name, int X, int Y, int Width, int Height);

    public static void Write(ProcessTree tree, Stream stream)
    {
        var drawing = new TreeBpmn();
        var (_, height) = Size(tree);
        var middle = 40 + (Math.Max(height, EventSize) / 2);
        var start = drawing.Add("startEvent", null, 40, middle, EventSize, EventSize);
        var x = 40 + EventSize + Gap;
        var last = start;
        if (tree.Kind != TreeOperator.Silent)
        {
            var (entry, exit) = drawing.Place(tree, x, middle);
            drawing._flows.Add((start, entry));
            (last, x) = (exit, x + Size(tree).Width + Gap);
        }

        drawing._flows.Add((last, drawing.Add("endEvent", null, x, middle, EventSize, EventSize)));
        drawing.Save(stream);
    }

    static (int Width, int Height) Size(ProcessTree tree)
    {
        var parts = tree.Parts.Select(Size).ToList();
        return tree.Kind switch
        {
            TreeOperator.Activity => (TaskWidth, TaskHeight),
            TreeOperator.Silent => (0, GatewaySize),
            TreeOperator.Sequence => (parts.Sum(p => p.Width) + (Gap * (parts.Count - 1)), parts.Max(p => p.Height)),
            _ => (parts.Max(p => p.Width) + (2 * (GatewaySize + Gap)), parts.Sum(p => p.Height) + (RowGap * (parts.Count - 1))),
        };
    }

    /// <summary>Places a block whose left edge is at <paramref name="x"/> and whose middle is at <paramref name="y"/>; not nothing.</summary>
    (int Entry, int Exit) Place(ProcessTree tree, int x, int y)
    {
        if (tree.Kind == TreeOperator.Activity)
        {
            var task = Add("task", tree.Name, x, y, TaskWidth, TaskHeight);
            return (task, task);
        }

        if (tree.Kind == TreeOperator.Sequence)
        {
            var (entry, exit) = (-1, -1);
            foreach (var part in tree.Parts)
            {
                var (from, to) = Place(part, x, y);
                if (exit >= 0) _flows.Add((exit, from));
                if (entry < 0) entry = from;
                exit = to;
                x += Size(part).Width + Gap;
            }

            return (entry, exit);
        }

        var (width, height) = Size(tree);
        var gateway = tree.Kind == TreeOperator.Parallel ? "parallelGateway" : "exclusiveGateway";
        var before = Add(gateway, null, x, y, GatewaySize, GatewaySize);
        var after = Add(gateway, null, x + width - GatewaySize, y, GatewaySize, GatewaySize);
        var top = y - (height / 2);
        foreach (var (number, part) in tree.Parts.Index())
        {
            // The further parts of a loop lead back.
            var (from, to) = tree.Kind == TreeOperator.Loop && number > 0 ? (after, before) : (before, after);
            var own = Size(part);
            if (part.Kind == TreeOperator.Silent) _flows.Add((from, to));
            else
            {
                var (entry, exit) = Place(part, x + ((width - own.Width) / 2), top + (own.Height / 2));
                _flows.Add((from, entry));
                _flows.Add((exit, to));
            }

            top += own.Height + RowGap;
        }

        return (before, after);
    }

    int Add(string element, string? name, int x, int middle, int width, int height)
    {
        _nodes.Add(new Node(element, name, x, middle - (height / 2), width, height));
        return _nodes.Count - 1;
    }

    void Save(Stream stream)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, CloseOutput = false });
        xml.WriteStartElement("bpmn", "definitions", Model);
        xml.WriteAttributeString("xmlns", "bpmndi", null, Diagram);
        xml.WriteAttributeString("xmlns", "dc", null, Dc);
        xml.WriteAttributeString("xmlns", "di", null, Di);
        xml.WriteAttributeString("targetNamespace", "urn:probity:discovered");
        xml.WriteStartElement("process", Model);
        xml.WriteAttributeString("id", "discovered");
        xml.WriteAttributeString("isExecutable", "false");
        foreach (var (id, node) in _nodes.Index())
        {
            xml.WriteStartElement(node.Element, Model);
            xml.WriteAttributeString("id", $"n{id}");
            if (node.Name is not null) xml.WriteAttributeString("name", Printable(node.Name));
            xml.WriteEndElement();
        }

        foreach (var (id, flow) in _flows.Index())
        {
            xml.WriteStartElement("sequenceFlow", Model);
            xml.WriteAttributeString("id", $"f{id}");
            xml.WriteAttributeString("sourceRef", $"n{flow.From}");
            xml.WriteAttributeString("targetRef", $"n{flow.To}");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("BPMNDiagram", Diagram);
        xml.WriteStartElement("BPMNPlane", Diagram);
        xml.WriteAttributeString("bpmnElement", "discovered");
        foreach (var (id, node) in _nodes.Index())
        {
            xml.WriteStartElement("BPMNShape", Diagram);
            xml.WriteAttributeString("id", $"s{id}");
            xml.WriteAttributeString("bpmnElement", $"n{id}");
            xml.WriteStartElement("Bounds", Dc);
            foreach (var (name, value) in new[] { ("x", node.X), ("y", node.Y), ("width", node.Width), ("height", node.Height) })
                xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        foreach (var (id, flow) in _flows.Index())
        {
            xml.WriteStartElement("BPMNEdge", Diagram);
            xml.WriteAttributeString("id", $"e{id}");
            xml.WriteAttributeString("bpmnElement", $"f{id}");
            foreach (var (x, y) in Line(_nodes[flow.From], _nodes[flow.To]))
            {
                xml.WriteStartElement("waypoint", Di);
                xml.WriteAttributeString("x", x.ToString(CultureInfo.InvariantCulture));
                xml.WriteAttributeString("y", y.ToString(CultureInfo.InvariantCulture));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // From the right side to the left, with a bend beside what stands further out; back from below to below.
    static IEnumerable<(int X, int Y)> Line(Node from, Node to)
    {
        var (y1, y2) = (from.Y + (from.Height / 2), to.Y + (to.Height / 2));
        if (from.X < to.X)
        {
            yield return (from.X + from.Width, y1);
            if (y1 != y2)
            {
                var bend = from.Element.EndsWith("Gateway", StringComparison.Ordinal) ? from.X + from.Width + (Gap / 2) : to.X - (Gap / 2);
                yield return (bend, y1);
                yield return (bend, y2);
            }

            yield return (to.X, y2);
        }
        else
        {
            var below = Math.Max(from.Y + from.Height, to.Y + to.Height) + (RowGap / 2);
            yield return (from.X + (from.Width / 2), from.Y + from.Height);
            yield return (from.X + (from.Width / 2), below);
            yield return (to.X + (to.Width / 2), below);
            yield return (to.X + (to.Width / 2), to.Y + to.Height);
        }
    }

    // What XML cannot hold is written as the sign for an unknown character.
    static string Printable(string name) =>
        string.Concat(name.EnumerateRunes().Select(r => r.IsBmp && !XmlConvert.IsXmlChar((char)r.Value) ? "\uFFFD" : r.ToString()));
}
