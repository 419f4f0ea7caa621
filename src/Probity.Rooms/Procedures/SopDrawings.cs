using System.Text;
using Probity.Lens;
using Probity.Lens.Procedures.Drawings;
using Probity.Procedures.Checking;
using Probity.Shared;

namespace Probity.Procedures;

/// <summary>A drawing as somebody gave it, in the record's names; or the code of why it is not taken, and what its reader says.</summary>
internal sealed record ReadDrawing(string Bpmn, ProcedureDrawing? Drawing, string? Code = null, string? Detail = null);

/// <summary>Reads what people draw or upload, within bounds.</summary>
internal static class SopDrawings
{
    /// <summary>Bytes of one drawing in UTF-8: the house's own has 34,000. It has to fit into a form three times over.</summary>
    public const int MaxBytes = 256 << 10;

    /// <summary>Steps that a page can show and people can follow.</summary>
    public const int MaxSteps = 200;

    public const string Missing = "procedures.drawing-missing";
    public const string TooLarge = "procedures.drawing-too-large";
    public const string Unreadable = "procedures.drawing-unreadable";
    public const string Characters = "procedures.drawing-characters";
    public const string TooManySteps = "procedures.drawing-too-many-steps";

    const int LongestName = 120;

    /// <summary>Reads a drawing whose steps may have their names in any language.</summary>
    public static ReadDrawing Take(string bpmn)
    {
        if (string.IsNullOrWhiteSpace(bpmn)) return new ReadDrawing("", null, Missing);
        if (Encoding.UTF8.GetByteCount(bpmn) > MaxBytes) return new ReadDrawing(bpmn, null, TooLarge);
        try
        {
            var recorded = DrawnNames.Rename(bpmn, ActivityNames.OnRecord);
            if (Encoding.UTF8.GetByteCount(recorded) > MaxBytes) return new ReadDrawing(bpmn, null, TooLarge);
            var drawing = Read(recorded);
            return new ReadDrawing(recorded, drawing, Fault(drawing));
        }
        catch (BadInputException e)
        {
            return new ReadDrawing(bpmn, null, Unreadable, FaultText.Detail(e));
        }
    }

    /// <summary>Reads a drawing that is on the record.</summary>
    public static ProcedureDrawing Read(string recorded) => ProcedureDrawing.Read(new MemoryStream(Encoding.UTF8.GetBytes(recorded)), "BPMN");

    /// <summary>A drawing with its steps named in the reader's language, to be drawn at.</summary>
    public static string InWords(string recorded) => DrawnNames.Rename(recorded, ActivityNames.Of);

    static string? Fault(ProcedureDrawing drawing) =>
        drawing.Steps.Count > MaxSteps ? TooManySteps
        : drawing.Steps.SelectMany(Written).All(text => WrittenText.IsPlain(text, lines: false)) && drawing.Steps.All(s => s.Name.Length <= LongestName) ? null
        : Characters;

    static IEnumerable<string> Written(DrawnStep step) =>
        ((string?[])[step.Name, step.Duties.Role, step.Duties.Evidence, step.Duties.Risk]).OfType<string>();
}
