using System.Globalization;
using System.Xml;

namespace Probity.Lens.Procedures;

/// <summary>A BPMN 2.0 process under construction: nodes with their places, flows between them, notes beside them; written with its picture (BPMN DI).</summary>
/// <param name="id">The id of the process.</param>
internal sealed class BpmnDrawing(string id)
{
    public const int TaskWidth = 130, TaskHeight = 64, GatewaySize = 44, EventSize = 36, Gap = 46, RowGap = 26, NoteWidth = TaskWidth + (Gap / 2), NoteHeight = 130;

    const string Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    const string Diagram = "http://www.omg.org/spec/BPMN/20100524/DI";
    const string Dc = "http://www.omg.org/spec/DD/20100524/DC";
    const string Di = "http://www.omg.org/spec/DD/20100524/DI";

    readonly List<Node> _nodes = [];
    readonly List<(int From, int To, int? Past)> _flows = [];
    readonly List<(int Note, int Node)> _ties = [];

    sealed record Node(string Element, string? Text, int X, int Y, int Width, int Height)
    {
        public bool IsNote => Element == "textAnnotation";
    }

    /// <summary>Adds a node whose left edge and middle are given; gives its number.</summary>
    public int Add(string element, string? name, int x, int middle, int width, int height)
    {
        _nodes.Add(new Node(element, name, x, middle - (height / 2), width, height));
        return _nodes.Count - 1;
    }

    public int AddTask(string? name, int x, int middle) => Add("task", name, x, middle, TaskWidth, TaskHeight);

    public int AddGateway(string kind, int x, int middle) => Add(kind, null, x, middle, GatewaySize, GatewaySize);

    public int AddEvent(string element, int x, int middle) => Add(element, null, x, middle, EventSize, EventSize);

    /// <summary>Adds a flow; <paramref name="past"/> is the height on which it passes by what lies between, if it does.</summary>
    public void AddFlow(int from, int to, int? past = null) => _flows.Add((from, to, past));

    /// <summary>Adds an annotation that is tied to a node, at the first free place beneath it from a height on.</summary>
    public void AddNote(string text, int node, int top)
    {
        var x = _nodes[node].X;
        foreach (var (note, _) in _ties)
        {
            // In the order in which they were placed, each column fills downwards: what overlaps in width ends above or pushes this one down.
            var other = _nodes[note];
            if (Math.Abs(other.X - x) < NoteWidth) top = Math.Max(top, other.Y + NoteHeight + RowGap);
        }

        _ties.Add((Add("textAnnotation", text, x, top + (NoteHeight / 2), NoteWidth, NoteHeight), node));
    }

    public void Save(Stream stream)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, CloseOutput = false });
        xml.WriteStartElement("bpmn", "definitions", Model);
        xml.WriteAttributeString("xmlns", "bpmndi", null, Diagram);
        xml.WriteAttributeString("xmlns", "dc", null, Dc);
        xml.WriteAttributeString("xmlns", "di", null, Di);
        xml.WriteAttributeString("targetNamespace", "urn:probity:" + id);
        WriteProcess(xml);
        xml.WriteStartElement("BPMNDiagram", Diagram);
        xml.WriteStartElement("BPMNPlane", Diagram);
        xml.WriteAttributeString("bpmnElement", id);
        foreach (var (number, node) in _nodes.Index())
        {
            xml.WriteStartElement("BPMNShape", Diagram);
            xml.WriteAttributeString("id", $"s{number}");
            xml.WriteAttributeString("bpmnElement", $"n{number}");
            xml.WriteStartElement("Bounds", Dc);
            foreach (var (name, value) in new[] { ("x", node.X), ("y", node.Y), ("width", node.Width), ("height", node.Height) })
                xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        foreach (var (number, flow) in _flows.Index()) WriteEdge(xml, $"e{number}", $"f{number}", Line(_nodes[flow.From], _nodes[flow.To], flow.Past));
        foreach (var (number, tie) in _ties.Index()) WriteEdge(xml, $"b{number}", $"a{number}", Straight(_nodes[tie.Node], _nodes[tie.Note]));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    void WriteProcess(XmlWriter xml)
    {
        xml.WriteStartElement("process", Model);
        xml.WriteAttributeString("id", id);
        xml.WriteAttributeString("isExecutable", "false");
        foreach (var (number, node) in _nodes.Index())
        {
            xml.WriteStartElement(node.Element, Model);
            xml.WriteAttributeString("id", $"n{number}");
            if (node.IsNote) xml.WriteElementString("text", Model, Printable(node.Text!));
            else if (node.Text is not null) xml.WriteAttributeString("name", Printable(node.Text));
            xml.WriteEndElement();
        }

        foreach (var (number, flow) in _flows.Index()) WriteTie(xml, "sequenceFlow", $"f{number}", flow.From, flow.To);
        foreach (var (number, tie) in _ties.Index()) WriteTie(xml, "association", $"a{number}", tie.Node, tie.Note);
        xml.WriteEndElement();
    }

    static void WriteTie(XmlWriter xml, string element, string id, int from, int to)
    {
        xml.WriteStartElement(element, Model);
        xml.WriteAttributeString("id", id);
        xml.WriteAttributeString("sourceRef", $"n{from}");
        xml.WriteAttributeString("targetRef", $"n{to}");
        xml.WriteEndElement();
    }

    static void WriteEdge(XmlWriter xml, string id, string element, IEnumerable<(int X, int Y)> line)
    {
        xml.WriteStartElement("BPMNEdge", Diagram);
        xml.WriteAttributeString("id", id);
        xml.WriteAttributeString("bpmnElement", element);
        foreach (var (x, y) in line)
        {
            xml.WriteStartElement("waypoint", Di);
            xml.WriteAttributeString("x", x.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("y", y.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // From the right side to the left, with a bend beside what stands further out; back from below to below.
    static IEnumerable<(int X, int Y)> Line(Node from, Node to, int? past)
    {
        var (y1, y2) = (from.Y + (from.Height / 2), to.Y + (to.Height / 2));
        if (past is { } height)
        {
            yield return (from.X + (from.Width / 2), from.Y);
            yield return (from.X + (from.Width / 2), height);
            yield return (to.X + (to.Width / 2), height);
            yield return (to.X + (to.Width / 2), to.Y);
        }
        else if (from.X < to.X)
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

    static IEnumerable<(int X, int Y)> Straight(Node node, Node note) =>
        [(node.X + (node.Width / 2), node.Y + node.Height), (note.X + (note.Width / 2), note.Y)];

    // What XML cannot hold is written as the sign for an unknown character.
    static string Printable(string name) =>
        string.Concat(name.EnumerateRunes().Select(r => r.IsBmp && !XmlConvert.IsXmlChar((char)r.Value) ? "\uFFFD" : r.ToString()));
}
