namespace Probity.Lens.Procedures.Drawings;

/// <summary>What became of a step from one drawing to the next.</summary>
public enum StepChange
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It is there in both, and not the same.</summary>
    Changed,
}

/// <summary>What of a step may differ between two drawings.</summary>
public enum StepPart
{
    /// <summary>What it is called.</summary>
    Name,

    /// <summary>What comes right before it.</summary>
    Order,

    /// <summary>Whose it is.</summary>
    Role,

    /// <summary>What has to be kept of it.</summary>
    Evidence,

    /// <summary>Whether it takes two.</summary>
    DualControl,

    /// <summary>The risk that it answers to.</summary>
    Risk,

    /// <summary>How long it may take.</summary>
    Within,
}

/// <summary>A step that differs: without <paramref name="Before"/> it is new, without <paramref name="After"/> it is gone.</summary>
public sealed record ChangedStep(StepChange Change, DrawnStep? Before, DrawnStep? After, IReadOnlyList<StepPart> Parts);

/// <summary>What differs between two drawings of one procedure, step by step.</summary>
public static class DrawingComparison
{
    /// <summary>
    /// The steps that differ, in the order of the later drawing, then those that are gone. A step is the same where its id is; where a tool
    /// gave new ids, where its name is and stands only once in what is left of both.
    /// </summary>
    public static IReadOnlyList<ChangedStep> Of(ProcedureDrawing before, ProcedureDrawing after)
    {
        var earlier = before.Steps.ToDictionary(s => s.Id, StringComparer.Ordinal);
        var pairs = new Dictionary<string, DrawnStep>(StringComparer.Ordinal);
        foreach (var step in after.Steps)
            if (earlier.Remove(step.Id, out var same)) pairs.Add(step.Id, same);
        var left = after.Steps.Where(s => !pairs.ContainsKey(s.Id)).GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var gone in earlier.Values.GroupBy(s => s.Name, StringComparer.Ordinal).Where(g => g.Count() == 1).Select(g => g.First()).ToList())
        {
            if (!left.TryGetValue(gone.Name, out var step)) continue;
            pairs.Add(step.Id, gone);
            earlier.Remove(gone.Id);
        }

        var changed = new List<ChangedStep>();
        foreach (var step in after.Steps)
        {
            if (!pairs.TryGetValue(step.Id, out var was)) changed.Add(new ChangedStep(StepChange.Added, null, step, []));
            else if (Parts(was, step) is { Count: > 0 } parts) changed.Add(new ChangedStep(StepChange.Changed, was, step, parts));
        }

        changed.AddRange(before.Steps.Where(s => earlier.ContainsKey(s.Id)).Select(s => new ChangedStep(StepChange.Removed, s, null, [])));
        return changed;
    }

    static List<StepPart> Parts(DrawnStep before, DrawnStep after)
    {
        var parts = new List<StepPart>();
        Note(StepPart.Name, before.Name == after.Name);
        Note(StepPart.Order, before.After.SequenceEqual(after.After, StringComparer.Ordinal));
        var (was, now) = (before.Duties, after.Duties);
        Note(StepPart.Role, was.Role == now.Role);
        Note(StepPart.Evidence, was.Evidence == now.Evidence);
        Note(StepPart.DualControl, was.DualControl == now.DualControl);
        Note(StepPart.Risk, was.Risk == now.Risk);
        Note(StepPart.Within, was.Within == now.Within);
        return parts;

        void Note(StepPart part, bool same)
        {
            if (!same) parts.Add(part);
        }
    }
}
