using System.Xml.Linq;

namespace Probity.Lens.Procedures;

/// <summary>Finds the annotations that carry rules, and the tasks that they are tied to.</summary>
internal sealed class BpmnRuleNotes
{
    const string Start = "rule:";
    const int MostNotes = 1_000;

    readonly Dictionary<string, XElement> _byId = new(StringComparer.Ordinal);
    readonly List<XElement> _associations;

    BpmnRuleNotes(IReadOnlyList<XElement> elements)
    {
        foreach (var element in elements)
            if ((string?)element.Attribute("id") is { } id) _byId.TryAdd(id, element);
        _associations = [.. elements.Where(e => e.Name.LocalName == "association")];
    }

    /// <summary>Whether an element is an annotation that carries a rule.</summary>
    public static bool IsRule(XElement element) =>
        element.Name.LocalName == "textAnnotation" && TextOf(element).StartsWith(Start, StringComparison.Ordinal);

    /// <summary>The rules of a process, in the order of the file.</summary>
    /// <param name="elements">All elements of the process, and of the collaboration that it is drawn in.</param>
    /// <exception cref="BadInputException">More than a procedure has.</exception>
    public static IReadOnlyList<RuleNote> Of(IReadOnlyList<XElement> elements)
    {
        var notes = elements.Where(IsRule).ToList();
        if (notes.Count == 0) return [];
        if (notes.Count > MostNotes) throw new BadInputException($"{notes.Count:N0} annotations carry rules; more than {MostNotes:N0} are not read.");
        var all = new BpmnRuleNotes(elements);
        return [.. notes.Select(all.Read)];
    }

    static string TextOf(XElement note) => (note.Elements().FirstOrDefault(e => e.Name.LocalName == "text")?.Value ?? "").Trim();

    RuleNote Read(XElement note)
    {
        var id = (string?)note.Attribute("id") ?? throw new BadInputException("an annotation that carries a rule has no id.");
        var (before, after, beside) = (new List<XElement>(), new List<XElement>(), new List<XElement>());
        string? unclear = null;
        foreach (var association in _associations)
        {
            var (from, to) = (Reference(association, "sourceRef"), Reference(association, "targetRef"));
            if (from != id && to != id) continue;
            var other = from == id ? to : from;
            if (!_byId.TryGetValue(other, out var element) || Names(element).Count == 0)
            {
                unclear ??= $"it is tied to '{SafeXml.Show(other)}', which is no task and no lane with tasks";
                continue;
            }

            // A line without an arrowhead, as editors draw it, has no direction, whichever end was drawn first.
            var arrow = (string?)association.Attribute("associationDirection") == "One";
            (arrow ? to == id ? before : after : beside).Add(element);
        }

        if (before.Count + after.Count == 0) return Undirected(id, TextOf(note), beside, unclear);
        if (beside.Count > 0) unclear ??= "some of its lines have an arrowhead and some have none; draw all with one, or none";
        return new RuleNote(id, TextOf(note), NamesOf(before), NamesOf(after)) { ByArrow = true, Unclear = unclear };
    }

    RuleNote Undirected(string id, string text, List<XElement> tied, string? unclear)
    {
        if (tied.Count != 2) return new RuleNote(id, text, NamesOf(tied), []) { Unclear = unclear };
        var (there, back) = (Leads(tied[0], tied[1]), Leads(tied[1], tied[0]));
        if (there == back)
            unclear ??= $"the flow does not say which of {BpmnElement.Called(tied[0])} and {BpmnElement.Called(tied[1])} comes first; draw its lines with arrowheads, or write 'activation' and 'target'";
        var (first, second) = back && !there ? (tied[1], tied[0]) : (tied[0], tied[1]);
        return new RuleNote(id, text, Names(first), Names(second)) { Unclear = unclear };
    }

    List<string> NamesOf(IEnumerable<XElement> elements) => [.. elements.SelectMany(Names).Distinct(StringComparer.Ordinal)];

    List<string> Names(XElement element)
    {
        if (BpmnElement.IsTask(element)) return [BpmnElement.TaskName(element)];
        if (element.Name.LocalName != "lane") return [];
        return [.. element.Descendants().Where(e => e.Name.LocalName == "flowNodeRef").Select(e => _byId.GetValueOrDefault(Local(e.Value.Trim())))
            .OfType<XElement>().Where(BpmnElement.IsTask).Select(BpmnElement.TaskName)];
    }

    /// <summary>Whether flows lead from one element to the other, within the process or subprocess that holds them both.</summary>
    static bool Leads(XElement from, XElement to)
    {
        if (!BpmnElement.IsTask(from) || !BpmnElement.IsTask(to)) return false;
        var above = to.AncestorsAndSelf().ToHashSet();
        while (from.Parent is { } parent && !above.Contains(parent)) from = parent;
        var scope = from.Parent;
        while (to.Parent is { } parent && parent != scope) to = parent;
        if (from == to || scope is null) return false;
        var next = scope.Elements().Where(e => e.Name.LocalName == "sequenceFlow").Select(f => (From: Reference(f, "sourceRef"), To: Reference(f, "targetRef")))
            .Concat(scope.Elements().Where(e => e.Name.LocalName == "boundaryEvent").Select(b => (From: Reference(b, "attachedToRef"), To: (string?)b.Attribute("id") ?? "")))
            .ToLookup(f => f.From, f => f.To, StringComparer.Ordinal);
        var (goal, seen, open) = ((string?)to.Attribute("id") ?? "", new HashSet<string>(StringComparer.Ordinal), new Stack<string>([(string?)from.Attribute("id") ?? ""]));
        while (open.TryPop(out var at))
        {
            foreach (var id in next[at])
            {
                if (id == goal) return true;
                if (seen.Add(id)) open.Push(id);
            }
        }

        return false;
    }

    static string Reference(XElement element, string attribute) => Local((string?)element.Attribute(attribute) ?? "");

    static string Local(string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
