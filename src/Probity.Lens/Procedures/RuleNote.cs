namespace Probity.Lens.Procedures;

/// <summary>A rule that is drawn in a procedure: an annotation whose text begins with <c>rule:</c>.</summary>
/// <param name="Id">The annotation's id.</param>
/// <param name="Text">Its text, YAML from <c>rule:</c> on.</param>
/// <param name="First">The names of the tasks from which an arrow leads to it; without arrows, of the one that comes first in the flow, or of all that are tied to it where that is not asked.</param>
/// <param name="Second">The names of the tasks to which an arrow leads from it; without arrows, of the one that comes later.</param>
public sealed record RuleNote(string Id, string Text, IReadOnlyList<string> First, IReadOnlyList<string> Second)
{
    /// <summary>Whether arrows say which is which, rather than the flow.</summary>
    internal bool ByArrow { get; init; }

    /// <summary>Why the drawing does not say which tasks are meant; null where it does.</summary>
    internal string? Unclear { get; init; }
}
