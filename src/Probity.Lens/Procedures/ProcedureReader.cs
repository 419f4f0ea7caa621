using System.Xml;

namespace Probity.Lens.Procedures;

/// <summary>Reads a written procedure, telling its language by the file's root element.</summary>
public static class ProcedureReader
{
    /// <summary>Reads a PNML net or a BPMN 2.0 process from a file.</summary>
    /// <exception cref="BadInputException">The file is absent, no XML, neither language, or not a usable procedure.</exception>
    public static PetriNet Read(string path)
    {
        try
        {
            using var file = InputFile.Open(path, new FileStreamOptions());
            return Read(file, Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{path}: cannot be read as a procedure: {SafeXml.OneLine(e.Message)}", e);
        }
    }

    /// <summary>Reads a PNML net or a BPMN 2.0 process; <paramref name="name"/> is what messages call it.</summary>
    /// <exception cref="BadInputException">The text is no XML, neither language, or not a usable procedure.</exception>
    public static PetriNet Read(Stream input, string name)
    {
        try
        {
            var root = SafeXml.Load(input);
            return root.Name.LocalName switch
            {
                "pnml" => PnmlReader.Read(root),
                "definitions" => BpmnReader.Read(root),
                var other => throw new BadInputException(
                    $"the root element is <{SafeXml.Show(other)}>; expected <pnml> (a Petri net) or <definitions> (BPMN 2.0)."),
            };
        }
        catch (XmlException e)
        {
            throw new BadInputException($"{name}: not well-formed XML, or not allowed in a procedure: {SafeXml.OneLine(e.Message)}", e);
        }
        catch (BadInputException e)
        {
            throw new BadInputException($"{name}: {e.Message}", e);
        }
    }
}
