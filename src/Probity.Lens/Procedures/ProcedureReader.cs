using System.Xml;
using Probity.Lens.Logs;
using Probity.Lens.Procedures.Tables;

namespace Probity.Lens.Procedures;

/// <summary>Reads a written procedure, telling its language by the content: BPMN 2.0 and PNML are XML, all else is a table.</summary>
public static class ProcedureReader
{
    const int Head = 512;

    /// <summary>Reads a PNML net, a BPMN 2.0 process, or a procedure table (CSV, XLSX) from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">How a table is read; may say nothing where the file is none.</param>
    /// <exception cref="BadInputException">The file is absent, of no such form, or not a usable procedure.</exception>
    public static PetriNet Read(string path, ProcedureTableOptions? table = null)
    {
        try
        {
            using var file = InputFile.Open(path, new FileStreamOptions());
            return Read(file, Path.GetFileName(path), table);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new BadInputException($"{path}: cannot be read as a procedure: {SafeXml.OneLine(e.Message)}", e);
        }
    }

    /// <summary>Reads a PNML net, a BPMN 2.0 process, or a procedure table (CSV, XLSX).</summary>
    /// <param name="input">The procedure; a workbook needs a stream that can seek.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="table">How a table is read; may say nothing where the procedure is none.</param>
    /// <exception cref="BadInputException">It is of no such form, or not a usable procedure.</exception>
    public static PetriNet Read(Stream input, string name, ProcedureTableOptions? table = null)
    {
        var head = new byte[Head];
        var got = input.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var whole = input;
        if (input.CanSeek) input.Seek(-got, SeekOrigin.Current);
        else whole = new JoinedStream(new MemoryStream(head, 0, got), input);
        if (!IsXml(head.AsSpan(0, got))) return ProcedureTable.Read(whole, name, table).Net;
        if (table is { IsStated: true }) throw new BadInputException($"{name}: no procedure table; the columns of roles and of second persons, and a sheet, are for one.");
        return ReadXml(whole, name);
    }

    /// <summary>Whether a file is a drawing, which says itself what it is about; else it is read as a table.</summary>
    public static bool IsDrawn(ReadOnlySpan<byte> file) => IsXml(file[..Math.Min(Head, file.Length)]);

    /// <summary>Whether it begins as XML does, or with nothing: also in UTF-16, and behind blanks.</summary>
    static bool IsXml(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) head = head[3..];
        return head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, ..] || head.TrimStart(" \t\r\n"u8) is [] or [(byte)'<', ..];
    }

    static PetriNet ReadXml(Stream input, string name)
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
