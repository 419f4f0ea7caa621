namespace Probity.Lens.Procedures;

/// <summary>A rule that a procedure carries: in BPMN an annotation whose text begins with <c>rule:</c>; in a table what some cells make.</summary>
/// <param name="Id">The annotation's id.</param>
/// <param name="Text">Its text, YAML from <c>rule:</c> on.</param>
/// <param name="First">The names of the tasks from which an arrow leads to it; without arrows, of the one that comes first in the flow, or of all that are tied to it where that is not asked.</param>
/// <param name="Second">The names of the tasks to which an arrow leads from it; without arrows, of the one that comes later.</param>
public sealed record RuleNote(string Id, string Text, IReadOnlyList<string> First, IReadOnlyList<string> Second)
{
    /// <summary>Whether arrows say which is which, rather than the flow.</summary>
    internal bool ByArrow { get; init; }

    /// <summary>Where it stands, for messages, if not in an annotation.</summary>
    internal string? Place { get; init; }

    /// <summary>The step that it was made for, in a table.</summary>
    internal string? About { get; init; }

    /// <summary>Why the drawing does not say which tasks are meant; null where it does.</summary>
    internal string? Unclear { get; init; }
}
