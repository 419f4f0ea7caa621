using System.Xml.Linq;

namespace Probity.Lens.Procedures;

/// <summary>How a node of a process treats tokens.</summary>
internal enum BpmnKind { Start, End, Abort, Task, Event, Choice, Parallel }

/// <summary>A sequence flow and where it leads.</summary>
internal sealed record BpmnFlow(string Id, BpmnNode Target);

/// <summary>A task, gateway or event of a process.</summary>
internal sealed class BpmnNode(BpmnKind kind, string id, string? name)
{
    static readonly HashSet<string> Tasks =
    [
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask",
    ];

    /// <summary>Where tokens may go through these cannot be said by the mapping.</summary>
    static readonly HashSet<string> Refused =
    [
        "subProcess", "adHocSubProcess", "transaction", "callActivity", "inclusiveGateway", "complexGateway", "boundaryEvent",
        "implicitThrowEvent",
    ];

    public BpmnKind Kind => kind;

    public string Id => id;

    /// <summary>The activity of a task.</summary>
    public string? Name => name;

    public List<BpmnFlow> Outgoing { get; } = [];

    /// <summary>The ids of the flows that lead here.</summary>
    public List<string> Incoming { get; } = [];

    public static bool IsTask(XElement element) => Tasks.Contains(element.Name.LocalName);

    /// <summary>The node that an element of a process stands for, or null where it bears on no order (lanes, data, notes).</summary>
    /// <exception cref="BadInputException">An element whose meaning would be lost.</exception>
    public static BpmnNode? From(XElement element)
    {
        var type = element.Name.LocalName;
        if (Refused.Contains(type))
            throw new BadInputException($"{type} '{Called(element)}' is not read yet; draw it with tasks, exclusive and parallel gateways.");
        BpmnKind? kind = type switch
        {
            "startEvent" => BpmnKind.Start,
            "endEvent" => Has(element, "terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition") ? BpmnKind.Abort : BpmnKind.End,
            "intermediateCatchEvent" or "intermediateThrowEvent" => BpmnKind.Event,
            "exclusiveGateway" or "eventBasedGateway" => BpmnKind.Choice,
            "parallelGateway" => BpmnKind.Parallel,
            _ when IsTask(element) => BpmnKind.Task,
            _ => null,
        };
        if (kind is null) return null;
        var id = element.Attribute("id")?.Value ?? throw new BadInputException($"{type} '{Called(element)}' has no id.");
        if (Has(element, "linkEventDefinition"))
            throw new BadInputException($"{type} '{Called(element)}' is a link; draw the flow itself.");
        return new BpmnNode(kind.Value, id, kind == BpmnKind.Task ? TaskName(element) : null);
    }

    static string TaskName(XElement task)
    {
        if (Has(task, "standardLoopCharacteristics", "multiInstanceLoopCharacteristics"))
            throw new BadInputException($"task '{Called(task)}' is marked as repeated; draw the loop with exclusive gateways.");
        if (task.Attribute("isForCompensation")?.Value is "true" or "1")
            throw new BadInputException($"task '{Called(task)}' is for compensation, which is not read yet.");
        if (task.Attribute("default") is not null)
            throw new BadInputException($"task '{Called(task)}' has a default flow; draw an exclusive gateway after it.");
        // Drawing tools break long names into lines.
        var name = string.Join(' ', (task.Attribute("name")?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return name.Length > 0 ? name : throw new BadInputException($"task '{Called(task)}' has no name; a log could not show it.");
    }

    static bool Has(XElement element, params string[] children) => element.Elements().Any(c => children.Contains(c.Name.LocalName));

    static string Called(XElement element) => SafeXml.Show(
        element.Attribute("name")?.Value is { Length: > 0 } name ? name : element.Attribute("id")?.Value);
}
