using System.Xml;

namespace Probity.Lens.Procedures.Drawings;

/// <summary>A step of a drawn procedure, and what it asks of whoever takes it.</summary>
/// <param name="Id">Its id in the file.</param>
/// <param name="Name">The activity that it stands for.</param>
/// <param name="Duties">What it asks for.</param>
/// <param name="After">The steps right before it, by name; the empty name is the start.</param>
public sealed record DrawnStep(string Id, string Name, StepDuties Duties, IReadOnlyList<string> After);

/// <summary>What a step asks of whoever takes it, as the drawing says it; null where it says nothing.</summary>
/// <param name="Role">Whose step it is: its own role, else its lane's, else the lane's name.</param>
/// <param name="Evidence">What has to be kept of it.</param>
/// <param name="DualControl">Whether it takes two people.</param>
/// <param name="Risk">The risk that it answers to.</param>
/// <param name="Within">How long after the step before it, at most.</param>
public sealed record StepDuties(string? Role, string? Evidence, bool DualControl, string? Risk, TimeSpan? Within);

/// <summary>What a shape of the picture stands for.</summary>
public enum DrawnKind
{
    /// <summary>A step.</summary>
    Step,

    /// <summary>A gateway that takes one way.</summary>
    Choice,

    /// <summary>A gateway that takes all ways.</summary>
    Parallel,

    /// <summary>A gateway that takes some of its ways.</summary>
    Inclusive,

    /// <summary>Where it begins.</summary>
    Start,

    /// <summary>Where it ends.</summary>
    End,

    /// <summary>Something that happens on the way.</summary>
    Event,

    /// <summary>A frame around others: a pool, a lane, a subprocess.</summary>
    Frame,

    /// <summary>A note.</summary>
    Note,
}

/// <summary>A shape of the picture; sizes are in the drawing's own units, which are pixels.</summary>
public sealed record DrawnShape(string Id, DrawnKind Kind, string Text, double X, double Y, double Width, double Height);

/// <summary>A line of the picture, from its first point to its last; a flow has an arrowhead.</summary>
public sealed record DrawnLine(string Id, bool IsFlow, string Text, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A procedure as it is drawn in BPMN 2.0: what is checked (the net), what people are asked (the steps), and what they see (shapes and lines).</summary>
public sealed class ProcedureDrawing
{
    ProcedureDrawing(PetriNet net, IReadOnlyList<DrawnStep> steps, IReadOnlyList<DrawnShape> shapes, IReadOnlyList<DrawnLine> lines) =>
        (Net, Steps, Shapes, Lines) = (net, steps, shapes, lines);

    /// <summary>The net that cases are held against.</summary>
    public PetriNet Net { get; }

    /// <summary>The steps, as the picture is read: from left to right, and from above to below.</summary>
    public IReadOnlyList<DrawnStep> Steps { get; }

    /// <summary>The picture's shapes, frames first.</summary>
    public IReadOnlyList<DrawnShape> Shapes { get; }

    /// <summary>The picture's lines.</summary>
    public IReadOnlyList<DrawnLine> Lines { get; }

    /// <summary>Reads a BPMN 2.0 file with its picture.</summary>
    /// <param name="input">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="BadInputException">It is no such file, not a usable procedure, or a step has no place in its picture.</exception>
    public static ProcedureDrawing Read(Stream input, string name)
    {
        try
        {
            var root = SafeXml.Load(input);
            if (root.Name.LocalName != "definitions")
                throw new BadInputException($"the root element is <{SafeXml.Show(root.Name.LocalName)}>; expected <definitions> (BPMN 2.0).");
            var net = BpmnReader.Read(root);
            var (shapes, lines) = DrawnPicture.Read(root);
            return new ProcedureDrawing(net, Order(DrawnSteps.Read(root), shapes), shapes, lines);
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

    static List<DrawnStep> Order(IReadOnlyList<DrawnStep> steps, IReadOnlyList<DrawnShape> shapes)
    {
        var places = new Dictionary<string, DrawnShape>(StringComparer.Ordinal);
        foreach (var shape in shapes) places.TryAdd(shape.Id, shape);
        if (steps.FirstOrDefault(s => !places.ContainsKey(s.Id)) is { } lost)
            throw new BadInputException($"step '{SafeXml.Show(lost.Name)}' has no place in the picture (BPMNDiagram); save the file with a drawing tool, which adds it.");
        return [.. steps.OrderBy(s => places[s.Id].X).ThenBy(s => places[s.Id].Y).ThenBy(s => s.Id, StringComparer.Ordinal)];
    }
}
