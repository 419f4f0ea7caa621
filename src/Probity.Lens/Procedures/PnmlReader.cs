using System.Globalization;
using System.Xml.Linq;

namespace Probity.Lens.Procedures;

/// <summary>
/// Reads place/transition nets in PNML (ISO/IEC 15909-2), with the two habits of process mining tools that the standard
/// lacks: silent transitions marked <c>$invisible$</c>, and a list of final markings beside the net.
/// </summary>
internal static class PnmlReader
{
    public static PetriNet Read(XElement root)
    {
        var nets = Named(root.Elements(), "net").ToList();
        if (nets.Count == 0) throw new BadInputException("there is no <net> in the PNML; is the file complete?");
        if (nets.Count > 1) throw new BadInputException($"there are {nets.Count} nets in the PNML; keep one to a file.");
        var net = nets[0];
        if (Named(net.Descendants(), "referencePlace").Concat(Named(net.Descendants(), "referenceTransition")).Any())
            throw new BadInputException("the PNML uses reference nodes, which are not read; draw the net without them.");

        var builder = new NetBuilder("pnml");
        var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
        var finalMarkings = Named(net.Elements(), "finalmarkings").ToList();
        // Nodes may lie on nested pages; those inside <finalmarkings> only refer.
        var elements = net.Descendants().Where(e => !e.Ancestors().Any(a => a.Name.LocalName == "finalmarkings")).ToList();
        foreach (var place in Named(elements, "place"))
            Add(nodes, place, new Node(true, builder.AddPlace(Id(place), Tokens(place, "initialMarking", 0))));
        foreach (var transition in Named(elements, "transition"))
            Add(nodes, transition, new Node(false, builder.AddTransition(Id(transition), Label(transition))));
        if (builder.PlaceCount == 0 || builder.TransitionCount == 0)
            throw new BadInputException("the net has no places or no transitions; there is nothing to check against.");
        foreach (var arc in Named(elements, "arc")) Connect(builder, nodes, arc);

        if (finalMarkings.Count > 0) ReadFinal(builder, nodes, finalMarkings[0]);
        else GuessFinal(builder);
        return builder.Build();
    }

    static void Connect(NetBuilder builder, Dictionary<string, Node> nodes, XElement arc)
    {
        var source = Find(nodes, arc, "source");
        var target = Find(nodes, arc, "target");
        var weight = Tokens(arc, "inscription", 1);
        if (source.IsPlace == target.IsPlace)
            throw new BadInputException($"arc '{Show(arc, "id")}' joins two {(source.IsPlace ? "places" : "transitions")}; arcs go between a place and a transition.");
        if (Named(arc.Elements(), "arctype").Select(Text).FirstOrDefault(t => t is not ("" or "normal")) is { } type)
            throw new BadInputException($"arc '{Show(arc, "id")}' is of type '{SafeXml.Show(type)}'; only normal arcs are read.");
        if (weight == 0) throw new BadInputException($"arc '{Show(arc, "id")}' has weight 0; a weight is 1 or more.");
        if (source.IsPlace) builder.AddInput(target.Number, source.Number, weight);
        else builder.AddOutput(source.Number, target.Number, weight);
    }

    static void ReadFinal(NetBuilder builder, Dictionary<string, Node> nodes, XElement finalMarkings)
    {
        var markings = Named(finalMarkings.Elements(), "marking").ToList();
        if (markings.Count != 1)
            throw new BadInputException($"there are {markings.Count} final markings; exactly one is read.");
        foreach (var place in Named(markings[0].Elements(), "place"))
        {
            var node = Find(nodes, place, "idref");
            if (!node.IsPlace) throw new BadInputException($"the final marking names '{Show(place, "idref")}', which is a transition.");
            builder.SetFinal(node.Number, Number(place, "text", Text(place)));
        }
    }

    static void GuessFinal(NetBuilder builder)
    {
        var sinks = builder.Sinks().ToList();
        if (sinks.Count != 1)
            throw new BadInputException($"no <finalmarkings> are given and {sinks.Count} places have no way out; name the final marking.");
        builder.SetFinal(sinks[0], 1);
    }

    // A transition with no name is silent too: there is nothing that a log could call it.
    static string? Label(XElement transition)
    {
        var silent = Named(transition.Elements(), "toolspecific").Any(e => (string?)e.Attribute("activity") == "$invisible$");
        var name = Named(transition.Elements(), "name").Select(Text).FirstOrDefault() ?? "";
        return silent || name.Length == 0 ? null : name;
    }

    static int Tokens(XElement parent, string name, int otherwise) =>
        Named(parent.Elements(), name).FirstOrDefault() is { } found ? Number(parent, name, Text(found)) : otherwise;

    static int Number(XElement parent, string what, string text)
    {
        // Coloured tools write "Default,1".
        var number = text.AsSpan(text.LastIndexOf(',') + 1).Trim();
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= MaxTokens
            ? value
            : throw new BadInputException(
                $"{parent.Name.LocalName} '{Show(parent, parent.Attribute("id") is null ? "idref" : "id")}': {what} '{SafeXml.Show(text)}' is no whole number from 0 to {MaxTokens:N0}.");
    }

    /// <summary>More tokens or weight than this is a slip of the pen or an attack.</summary>
    const int MaxTokens = 10_000;

    static Node Find(Dictionary<string, Node> nodes, XElement from, string attribute) =>
        from.Attribute(attribute)?.Value is { } id && nodes.TryGetValue(id, out var node)
            ? node
            : throw new BadInputException(
                $"{from.Name.LocalName} '{Show(from, "id")}' has {attribute} '{Show(from, attribute)}', and there is no such place or transition.");

    static void Add(Dictionary<string, Node> nodes, XElement element, Node node)
    {
        if (!nodes.TryAdd(Id(element), node))
            throw new BadInputException($"the id '{Show(element, "id")}' is given twice.");
    }

    static string Id(XElement element) =>
        element.Attribute("id")?.Value ?? throw new BadInputException($"a {element.Name.LocalName} has no id.");

    static string Show(XElement element, string attribute) => SafeXml.Show(element.Attribute(attribute)?.Value);

    static string Text(XElement element) =>
        (Named(element.Elements(), "text").FirstOrDefault() ?? element).Value.Trim();

    static IEnumerable<XElement> Named(IEnumerable<XElement> elements, string name) =>
        elements.Where(e => e.Name.LocalName == name);

    readonly record struct Node(bool IsPlace, int Number);
}
