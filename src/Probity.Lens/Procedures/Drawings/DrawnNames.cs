using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Probity.Lens.Procedures.Drawings;

/// <summary>Gives the steps of a BPMN file other names, and leaves all else as it stands: a log has one name for a step, people have one in each language.</summary>
public static class DrawnNames
{
    /// <summary>The file with its steps renamed.</summary>
    /// <param name="bpmn">A file that <see cref="ProcedureDrawing.Read"/> reads.</param>
    /// <param name="rename">The new name of a step; the same where it keeps its own.</param>
    /// <exception cref="BadInputException">It is no XML, or not allowed in a procedure.</exception>
    public static string Rename(string bpmn, Func<string, string> rename)
    {
        try
        {
            // Once with all limits; then as it stands, with its prefixes and remarks.
            SafeXml.Load(new MemoryStream(Encoding.UTF8.GetBytes(bpmn)));
            using var reader = XmlReader.Create(new StringReader(bpmn), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
            foreach (var task in document.Descendants().Where(e => BpmnElement.IsTask(e) && !string.IsNullOrWhiteSpace((string?)e.Attribute("name"))))
            {
                var name = BpmnElement.TaskName(task);
                if (rename(name) is var renamed && renamed != name) task.SetAttributeValue("name", renamed);
            }

            return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document.ToString(SaveOptions.DisableFormatting).TrimStart();
        }
        catch (XmlException e)
        {
            throw new BadInputException($"not well-formed XML, or not allowed in a procedure: {SafeXml.OneLine(e.Message)}", e);
        }
    }
}
