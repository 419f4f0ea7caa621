namespace Probity.Lens.Conformance;

/// <summary>How a case departs from its procedure.</summary>
public enum DeviationKind
{
    /// <summary>The procedure asks for the step here and the log does not show it.</summary>
    Skipped,

    /// <summary>The procedure has the activity, and not here.</summary>
    Unexpected,

    /// <summary>The procedure does not have the activity at all.</summary>
    Unknown,

    /// <summary>The step was taken at another place than the procedure asks for: a skipped and an unexpected step in one.</summary>
    Moved,
}

/// <summary>One departure of a case from its procedure.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Activity">The activity, as the log or the procedure names it.</param>
/// <param name="Position">The event's index in the case, from 0; for a skipped step the index before which it was expected.</param>
public sealed record Deviation(DeviationKind Kind, string Activity, int Position)
{
    /// <summary>How many moves of the alignment it stands for.</summary>
    public int Moves => Kind == DeviationKind.Moved ? 2 : 1;

    /// <summary>Reads the deviations off an alignment, in the order of their positions.</summary>
    internal static IReadOnlyList<Deviation> Of(Alignment alignment, IReadOnlyList<string> trace, IReadOnlyList<string?> labels)
    {
        var known = labels.ToHashSet();
        var found = new List<Deviation>();
        var position = 0;
        foreach (var step in alignment.Steps)
        {
            if (step.Position >= 0) position = step.Position + 1;
            if (step is { Position: >= 0, Transition: < 0 })
            {
                var activity = trace[step.Position];
                found.Add(new(known.Contains(activity) ? DeviationKind.Unexpected : DeviationKind.Unknown, activity, step.Position));
            }
            else if (step.Position < 0 && labels[step.Transition] is { } skipped)
            {
                found.Add(new(DeviationKind.Skipped, skipped, position));
            }
        }

        return JoinMoved(found);
    }

    // The first unexpected event of an activity is joined with the first skipped step of the same activity, and so on.
    static List<Deviation> JoinMoved(List<Deviation> found)
    {
        var pairs = found.GroupBy(d => d.Activity).ToDictionary(
            g => g.Key,
            g => Math.Min(g.Count(d => d.Kind == DeviationKind.Unexpected), g.Count(d => d.Kind == DeviationKind.Skipped)),
            StringComparer.Ordinal);
        var (events, steps) = (new Dictionary<string, int>(pairs, StringComparer.Ordinal), pairs);
        var joined = new List<Deviation>(found.Count);
        foreach (var deviation in found)
        {
            if (deviation.Kind == DeviationKind.Skipped && steps[deviation.Activity]-- > 0) continue;
            joined.Add(deviation.Kind == DeviationKind.Unexpected && events[deviation.Activity]-- > 0
                ? deviation with { Kind = DeviationKind.Moved }
                : deviation);
        }

        return joined;
    }
}

/// <summary>All cases of a log that depart from the procedure in the same way.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Activity">To which activity.</param>
/// <param name="Cases">In how many cases, at least once.</param>
/// <param name="Examples">A few of them by name, in log order.</param>
public sealed record DeviationGroup(DeviationKind Kind, string Activity, int Cases, IReadOnlyList<string> Examples);
