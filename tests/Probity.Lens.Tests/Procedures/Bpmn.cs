using System.Globalization;
using System.Text;
using Probity.Lens.Procedures;

namespace Probity.Lens.Tests.Procedures;

/// <summary>Writes BPMN from a short form: nodes "type id" (a task's name is its id in upper case) and flows "a>b".</summary>
internal static class Bpmn
{
    public static string Write(string nodes, string flows, string more = "")
    {
        var xml = new StringBuilder("""<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"><bpmn:process id="p">""");
        foreach (var node in nodes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (type, id) = (node.Split(' ')[0], node.Split(' ')[1]);
            xml.Append(CultureInfo.InvariantCulture, $"""<bpmn:{type} id="{id}" name="{id.ToUpperInvariant()}"/>""");
        }

        var n = 0;
        foreach (var flow in flows.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            xml.Append(CultureInfo.InvariantCulture, $"""<bpmn:sequenceFlow id="f{n++}" sourceRef="{flow.Split('>')[0]}" targetRef="{flow.Split('>')[1]}"/>""");
        return xml.Append(more).Append("</bpmn:process></bpmn:definitions>").ToString();
    }

    public static PetriNet Read(string xml) => ProcedureReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "model");
}
