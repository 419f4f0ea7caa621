using System.Xml;
using System.Xml.Linq;

namespace Probity.Lens.Procedures.Drawings;

/// <summary>Reads the steps of a drawing: what each asks for, in attributes of our own namespace, and what stands before it.</summary>
internal sealed class DrawnSteps
{
    /// <summary>The namespace of what BPMN has no attribute for. Written down in docs/bpmn-mapping.md.</summary>
    public const string Namespace = "urn:probity:sop:1";

    const string Model = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    const int LongestText = 500;
    const int LongestRole = 80;

    // Nobody keeps a limit of a second, and one of more than a year is none.
    static readonly TimeSpan Least = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Most = TimeSpan.FromDays(366);

    readonly Dictionary<string, string> _lanes = new(StringComparer.Ordinal);
    readonly Dictionary<string, XElement> _nodes = new(StringComparer.Ordinal);
    readonly ILookup<string, string> _before;

    DrawnSteps(XElement root)
    {
        var elements = root.Descendants().Where(e => e.Name.NamespaceName == Model).ToList();
        foreach (var element in elements)
            if ((string?)element.Attribute("id") is { } id) _nodes.TryAdd(id, element);
        foreach (var lane in elements.Where(e => e.Name.LocalName == "lane"))
        {
            var keeper = Text(lane, "role", LongestRole) ?? Name(lane);
            if (keeper.Length == 0) continue;
            // The innermost lane names a step last, and says more of it.
            foreach (var node in lane.Elements(XName.Get("flowNodeRef", Model))) _lanes[Local(node.Value)] = keeper;
        }

        _before = elements.Where(e => e.Name.LocalName == "sequenceFlow")
            .ToLookup(e => Local((string?)e.Attribute("targetRef") ?? ""), e => Local((string?)e.Attribute("sourceRef") ?? ""), StringComparer.Ordinal);
    }

    public static IReadOnlyList<DrawnStep> Read(XElement root)
    {
        var steps = new DrawnSteps(root);
        return [.. steps._nodes.Values.Where(BpmnElement.IsTask).Select(steps.Of)];
    }

    DrawnStep Of(XElement task)
    {
        var id = (string)task.Attribute("id")!;
        var duties = new StepDuties(
            Text(task, "role", LongestRole) ?? _lanes.GetValueOrDefault(id), Text(task, "evidence", LongestText), Dual(task), Text(task, "risk", LongestText), Within(task));
        return new DrawnStep(id, BpmnElement.TaskName(task), duties, Before(id));
    }

    // Back along the flows to the nearest steps; a step inside a subprocess that nothing leads to comes after what is before the subprocess.
    List<string> Before(string id)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { id };
        var open = new Stack<string>(_before[id].DefaultIfEmpty(Outside(id)));
        while (open.TryPop(out var at))
        {
            if (at.Length == 0) found.Add("");
            if (!_nodes.TryGetValue(at, out var node)) continue;
            if (BpmnElement.IsTask(node))
            {
                found.Add(BpmnElement.TaskName(node));
                continue;
            }

            if (!seen.Add(at)) continue;
            if (BpmnElement.IsActivity(node))
            {
                foreach (var inner in node.Elements().Where(e => e.Name.NamespaceName == Model && IsLast(e))) open.Push((string?)inner.Attribute("id") ?? "");
                continue;
            }

            if (node.Name.LocalName == "boundaryEvent") open.Push(Local((string?)node.Attribute("attachedToRef") ?? ""));
            else if (_before.Contains(at)) foreach (var earlier in _before[at]) open.Push(earlier);
            else open.Push(Outside(at));
        }

        return [.. found];
    }

    // What a node that no flow leads to waits for: the start, or what is before the subprocess that it is in.
    string Outside(string id)
    {
        var around = _nodes[id].Parent;
        while (around is not null && BpmnElement.IsActivity(around))
        {
            var owner = (string?)around.Attribute("id") ?? "";
            if (_before[owner].FirstOrDefault() is { } earlier) return earlier;
            around = around.Parent;
        }

        return "";
    }

    static bool IsLast(XElement node) => (string?)node.Attribute("id") is { } id && (BpmnElement.IsActivity(node) || node.Name.LocalName == "endEvent")
        && !node.Parent!.Elements(XName.Get("sequenceFlow", Model)).Any(f => Local((string?)f.Attribute("sourceRef") ?? "") == id);

    static string? Text(XElement element, string name, int longest)
    {
        var text = string.Join(' ', (element.Attribute(XName.Get(name, Namespace))?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length > longest) throw new BadInputException($"{BpmnElement.Called(element)}: its {name} is longer than {longest} characters; say it shorter.");
        return text.Length == 0 ? null : text;
    }

    static bool Dual(XElement task) => (string?)task.Attribute(XName.Get("dualControl", Namespace)) switch
    {
        null or "" or "false" or "0" => false,
        "true" or "1" => true,
        var other => throw new BadInputException($"{BpmnElement.Called(task)}: dualControl '{SafeXml.Show(other)}' is neither true nor false."),
    };

    static TimeSpan? Within(XElement task)
    {
        if ((string?)task.Attribute(XName.Get("within", Namespace)) is not { Length: > 0 } text) return null;
        try
        {
            var span = XmlConvert.ToTimeSpan(text);
            if (span >= Least && span <= Most) return span;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // Said below, with the step's name.
        }

        throw new BadInputException($"{BpmnElement.Called(task)}: within '{SafeXml.Show(text)}' is no time from a minute to a year, such as PT72H or P3D.");
    }

    static string Name(XElement element) => string.Join(' ', ((string?)element.Attribute("name") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is var name
        && name.Length <= LongestRole ? name : name[..LongestRole];

    static string Local(string id) => id.Trim() is var text ? text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..] : "";
}
