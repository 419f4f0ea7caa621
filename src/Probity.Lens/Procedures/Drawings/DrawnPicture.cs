using System.Globalization;
using System.Xml.Linq;

namespace Probity.Lens.Procedures.Drawings;

/// <summary>Reads the picture of a drawing (BPMN DI): where its shapes stand and its lines go.</summary>
internal static class DrawnPicture
{
    const string Diagram = "http://www.omg.org/spec/BPMN/20100524/DI";
    const string Dc = "http://www.omg.org/spec/DD/20100524/DC";
    const string Di = "http://www.omg.org/spec/DD/20100524/DI";

    /// <summary>Shapes and lines of one picture; nobody reads one with more.</summary>
    const int MostParts = 4_000;

    /// <summary>Points of one line.</summary>
    const int MostPoints = 100;

    /// <summary>How far from the middle, and how large, a part may be, in pixels.</summary>
    const double Furthest = 100_000;

    public static (IReadOnlyList<DrawnShape> Shapes, IReadOnlyList<DrawnLine> Lines) Read(XElement root)
    {
        var parts = root.Descendants().Where(e => e.Name.NamespaceName == Diagram && e.Name.LocalName is "BPMNShape" or "BPMNEdge").Take(MostParts + 1).ToList();
        if (parts.Count > MostParts) throw new BadInputException($"the picture has more than {MostParts:N0} shapes and lines.");
        var elements = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var element in root.Descendants().Where(e => e.Name.NamespaceName == root.Name.NamespaceName))
            if ((string?)element.Attribute("id") is { } id) elements.TryAdd(id, element);
        var (shapes, lines) = (new List<DrawnShape>(), new List<DrawnLine>());
        foreach (var part in parts)
        {
            var id = (string?)part.Attribute("bpmnElement") ?? "";
            id = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
            if (!elements.TryGetValue(id, out var element)) continue;
            if (part.Name.LocalName == "BPMNEdge") lines.Add(Line(part, id, element));
            else if (KindOf(element) is { } kind) shapes.Add(Shape(part, id, element, kind));
        }

        return ([.. shapes.OrderBy(s => s.Kind != DrawnKind.Frame).ThenByDescending(s => s.Kind == DrawnKind.Frame ? s.Width * s.Height : 0)], lines);
    }

    static DrawnKind? KindOf(XElement element) => element.Name.LocalName switch
    {
        "startEvent" => DrawnKind.Start,
        "endEvent" => DrawnKind.End,
        "intermediateCatchEvent" or "intermediateThrowEvent" or "boundaryEvent" => DrawnKind.Event,
        "exclusiveGateway" or "eventBasedGateway" => DrawnKind.Choice,
        "parallelGateway" => DrawnKind.Parallel,
        "inclusiveGateway" => DrawnKind.Inclusive,
        "participant" or "lane" or "subProcess" or "transaction" => DrawnKind.Frame,
        "textAnnotation" => DrawnKind.Note,
        _ when BpmnElement.IsTask(element) => DrawnKind.Step,
        _ => null,
    };

    static DrawnShape Shape(XElement part, string id, XElement element, DrawnKind kind)
    {
        var bounds = part.Element(XName.Get("Bounds", Dc)) ?? throw new BadInputException($"{BpmnElement.Called(element)} has a shape without bounds.");
        var text = kind switch
        {
            DrawnKind.Note => element.Elements().FirstOrDefault(e => e.Name.LocalName == "text")?.Value ?? "",
            DrawnKind.Step => BpmnElement.TaskName(element),
            _ => (string?)element.Attribute("name") ?? "",
        };
        var (width, height) = (Number(bounds, "width", element), Number(bounds, "height", element));
        if (width <= 0 || height <= 0) throw new BadInputException($"{BpmnElement.Called(element)} has a shape without size.");
        return new DrawnShape(id, kind, text, Number(bounds, "x", element), Number(bounds, "y", element), width, height);
    }

    static DrawnLine Line(XElement part, string id, XElement element)
    {
        var points = part.Elements(XName.Get("waypoint", Di)).Take(MostPoints + 1).Select(p => (Number(p, "x", element), Number(p, "y", element))).ToList();
        if (points.Count is < 2 or > MostPoints) throw new BadInputException($"{BpmnElement.Called(element)} has a line of {points.Count} points; 2 to {MostPoints} are read.");
        return new DrawnLine(id, element.Name.LocalName == "sequenceFlow", (string?)element.Attribute("name") ?? "", points);
    }

    static double Number(XElement part, string name, XElement element) =>
        double.TryParse((string?)part.Attribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Furthest
            ? number
            : throw new BadInputException($"{BpmnElement.Called(element)}: {name} '{SafeXml.Show((string?)part.Attribute(name))}' of its place in the picture is no number up to {Furthest:N0}.");
}
