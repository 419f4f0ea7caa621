using System.Xml.Linq;

namespace Probity.Lens.Procedures;

/// <summary>What a reader of the findings should know about how the drawing was read.</summary>
internal sealed class BpmnNotes
{
    /// <summary>More would not be read by anybody.</summary>
    const int MaxNotes = 20;

    /// <summary>What bears on no order, by element, in the order in which it is told.</summary>
    static readonly (string Element, string One, string Many)[] LeftOut =
    [
        ("lane", "lane", "lanes"),
        ("messageFlow", "message flow", "message flows"),
        ("dataObject", "data object", "data objects"),
        ("dataObjectReference", "data reference", "data references"),
        ("dataStoreReference", "data store", "data stores"),
        ("textAnnotation", "annotation", "annotations"),
        ("group", "group", "groups"),
    ];

    readonly List<string> _notes = [];
    int _more;

    public void Add(string note)
    {
        if (_notes.Contains(note)) return;
        if (_notes.Count < MaxNotes) _notes.Add(note);
        else _more++;
    }

    /// <summary>Counts what is left out of the reading.</summary>
    public void AddLeftOut(IEnumerable<XElement> elements)
    {
        var counts = elements.GroupBy(e => e.Name.LocalName).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var found = LeftOut.Where(kind => counts.ContainsKey(kind.Element))
            .Select(kind => $"{counts[kind.Element]} {(counts[kind.Element] == 1 ? kind.One : kind.Many)}").ToList();
        if (found.Count > 0) Add($"Left out, as it bears on no order: {string.Join(", ", found)}.");
    }

    public IReadOnlyList<string> All => _more == 0 ? _notes : [.. _notes, $"And {_more} more of the kind."];
}
