using System.Globalization;
using System.Xml.Linq;

namespace Probity.Lens.Procedures;

/// <summary>Reads one element of a process into a node.</summary>
/// <param name="causes">Errors and escalations of the file by id, with the code that they are told apart by.</param>
/// <param name="notes">What is said about the reading.</param>
internal sealed class BpmnElement(IReadOnlyDictionary<string, string> causes, BpmnNotes notes)
{
    /// <summary>A drawing repeats nothing more often; each turn is a copy in the net.</summary>
    const int MaxTurns = 100;

    static readonly HashSet<string> Tasks =
    [
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask", "callActivity",
    ];

    /// <summary>What is refused and what may be drawn in its place.</summary>
    static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["adHocSubProcess"] = "leaves the order of its steps open; draw the order, or tasks side by side",
        ["complexGateway"] = "follows a rule that the drawing does not say; draw exclusive, inclusive or parallel gateways",
        ["implicitThrowEvent"] = "is not for drawn processes; remove it",
    };

    public static bool IsTask(XElement element) => Tasks.Contains(element.Name.LocalName);

    public static bool IsActivity(XElement element) =>
        Tasks.Contains(element.Name.LocalName) || element.Name.LocalName is "subProcess" or "transaction";

    /// <summary>The node that an element stands for, or null where it bears on no order (lanes, data, notes).</summary>
    /// <exception cref="BadInputException">An element whose meaning would be lost.</exception>
    public BpmnNode? Read(XElement element)
    {
        var type = element.Name.LocalName;
        if (Refused.TryGetValue(type, out var why)) throw Refuse(element, why);
        BpmnKind? kind = type switch
        {
            "startEvent" => BpmnKind.Start,
            "endEvent" => BpmnKind.End,
            "intermediateCatchEvent" or "intermediateThrowEvent" => BpmnKind.Event,
            "boundaryEvent" => BpmnKind.Boundary,
            "exclusiveGateway" or "eventBasedGateway" => BpmnKind.Choice,
            "parallelGateway" => BpmnKind.Parallel,
            "inclusiveGateway" => BpmnKind.Inclusive,
            "subProcess" or "transaction" => BpmnKind.Subprocess,
            _ when Tasks.Contains(type) => BpmnKind.Task,
            _ => null,
        };
        if (kind is null) return null;
        var id = element.Attribute("id")?.Value ?? throw new BadInputException($"{Called(element)} has no id.");
        if (IsTrue(element, "triggeredByEvent"))
            throw Refuse(element, "is started by an event and not by a flow; draw a boundary event instead");
        if (type == "eventBasedGateway" && (string?)element.Attribute("eventGatewayType") == "Parallel")
            throw Refuse(element, "waits for all of its events; draw a parallel gateway");
        if (IsTrue(element, "isForCompensation") || Child(element, "compensateEventDefinition") is not null)
            throw Refuse(element, "is for compensation, which is not read; draw what is undone as steps");
        if (type == "callActivity") notes.Add($"{Called(element)} is one step: what it calls is not looked into.");
        var throws = type is "endEvent" or "intermediateThrowEvent" ? Causes(element).FirstOrDefault() : null;
        return new BpmnNode(kind.Value, id, Called(element))
        {
            Name = kind == BpmnKind.Task ? TaskName(element) : null,
            Instantiates = IsTrue(element, "instantiate"),
            Loop = kind is BpmnKind.Task or BpmnKind.Subprocess ? Loop(element) : null,
            // Errors and cancellations always do.
            Interrupts = (string?)element.Attribute("cancelActivity") is not ("false" or "0") || Causes(element).Any(c => c.Kind != "escalation"),
            Catches = kind == BpmnKind.Boundary && AllAreCauses(element) ? [.. Causes(element)] : [],
            Throws = throws,
            Terminates = Child(element, "terminateEventDefinition") is not null,
        };
    }

    /// <summary>The name of a link event's link; null if it is none.</summary>
    public static string? Link(XElement element) =>
        Child(element, "linkEventDefinition") is { } link ? (string?)link.Attribute("name") ?? (string?)element.Attribute("name") ?? "" : null;

    /// <summary>What a message calls an element.</summary>
    public static string Called(XElement element) => element.Name.LocalName + " '" + SafeXml.Show(
        element.Attribute("name")?.Value is { Length: > 0 } name ? name : element.Attribute("id")?.Value) + "'";

    /// <summary>The activity that a task stands for.</summary>
    /// <exception cref="BadInputException">It has no name.</exception>
    public static string TaskName(XElement task)
    {
        // Drawing tools break long names into lines.
        var name = string.Join(' ', (task.Attribute("name")?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return name.Length > 0 ? name : throw new BadInputException($"{Called(task)} has no name; a log could not show it.");
    }

    BpmnLoop? Loop(XElement activity)
    {
        if (Child(activity, "standardLoopCharacteristics") is { } loop)
        {
            var least = IsTrue(loop, "testBefore") ? 0 : 1;
            if ((string?)loop.Attribute("loopMaximum") is { } maximum) return new BpmnLoop(least, Turns(activity, "loopMaximum", maximum), AtOnce: false);
            notes.Add($"{Called(activity)} is a loop: {(least == 0 ? "any number of turns, none too" : "one turn or more")}.");
            return new BpmnLoop(least, null, AtOnce: false);
        }

        if (Child(activity, "multiInstanceLoopCharacteristics") is not { } many) return null;
        var early = Child(many, "completionCondition") is not null;
        if (Child(many, "loopCardinality")?.Value.Trim() is { } number && number.Length > 0 && number.All(char.IsAsciiDigit))
        {
            var turns = Turns(activity, "loopCardinality", number);
            if (early) notes.Add($"{Called(activity)} may be complete early: read as one to {turns} times, one after the other.");
            return new BpmnLoop(early ? 1 : turns, turns, AtOnce: !early && !IsTrue(many, "isSequential"));
        }

        notes.Add(IsTrue(many, "isSequential")
            ? $"{Called(activity)} has several instances, and the file does not say how many: read as once or more."
            : $"{Called(activity)} has several instances at once, and the file does not say how many: read as once or more, one after the other.");
        return new BpmnLoop(1, null, AtOnce: false);
    }

    static int Turns(XElement activity, string what, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var turns) && turns is >= 1 and <= MaxTurns
            ? turns
            : throw new BadInputException($"{Called(activity)}: {what} '{SafeXml.Show(text)}' is no whole number from 1 to {MaxTurns}.");

    IEnumerable<BpmnCause> Causes(XElement element)
    {
        foreach (var definition in element.Elements())
        {
            switch (definition.Name.LocalName)
            {
                case "errorEventDefinition": yield return new BpmnCause("error", Code(element, definition, "errorRef")); break;
                case "escalationEventDefinition": yield return new BpmnCause("escalation", Code(element, definition, "escalationRef")); break;
                case "cancelEventDefinition": yield return new BpmnCause("cancel", null); break;
            }
        }
    }

    string? Code(XElement element, XElement definition, string attribute)
    {
        if ((string?)definition.Attribute(attribute) is not { Length: > 0 } given) return null;
        var id = given[(given.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return causes.TryGetValue(id, out var code) ? code : throw new BadInputException(
            $"{Called(element)} has {attribute} '{SafeXml.Show(given)}', and the file has nothing of that id.");
    }

    // An event that waits for a clock or a message too may come without anything drawn that throws it.
    static bool AllAreCauses(XElement element) =>
        element.Elements().Where(e => e.Name.LocalName.EndsWith("EventDefinition", StringComparison.Ordinal))
            .All(e => e.Name.LocalName is "errorEventDefinition" or "escalationEventDefinition" or "cancelEventDefinition");

    static BadInputException Refuse(XElement element, string why) => new($"{Called(element)} {why}.");

    static bool IsTrue(XElement element, string attribute) => (string?)element.Attribute(attribute) is "true" or "1";

    static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);
}
