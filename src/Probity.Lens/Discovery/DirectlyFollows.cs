using Probity.Lens.Logs;
using Probity.Lens.Procedures;

namespace Probity.Lens.Discovery;

/// <summary>Two activities of which the second came right after the first, and how often it did.</summary>
/// <param name="From">The earlier activity, as a number into <see cref="DirectlyFollows.Activities"/>.</param>
/// <param name="To">The later activity.</param>
/// <param name="Count">How often, over all cases.</param>
public readonly record struct Follows(int From, int To, int Count);

/// <summary>
/// What came right after what, how often, and where cases begin and end: the directly-follows graph of a log
/// (van der Aalst, Process Mining, 2016, section 6.2). Counted over variants, each weighted by its cases.
/// </summary>
public sealed class DirectlyFollows
{
    DirectlyFollows(IReadOnlyList<string> activities, int[] events, int[] starts, int[] ends, IReadOnlyList<Follows> edges)
    {
        Activities = activities;
        Events = events;
        Starts = starts;
        Ends = ends;
        Edges = edges;
    }

    /// <summary>The names of the activities, numbered as in the log.</summary>
    public IReadOnlyList<string> Activities { get; }

    /// <summary>How many events each activity has.</summary>
    public IReadOnlyList<int> Events { get; }

    /// <summary>How many cases begin with each activity.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>How many cases end with each activity.</summary>
    public IReadOnlyList<int> Ends { get; }

    /// <summary>Each pair that occurs, ordinal by the names of its two activities.</summary>
    public IReadOnlyList<Follows> Edges { get; }

    /// <summary>What may come right after what in a procedure, silent steps passed over; each counted once.</summary>
    internal static DirectlyFollows Of(PetriNet net) => new NetFollows(net).Read((names, starts, ends, edges) => new DirectlyFollows(names, [.. names.Select(_ => 1)], starts, ends, edges));

    /// <summary>Counts a log.</summary>
    public static DirectlyFollows Of(EventLog log)
    {
        var size = log.Activities.Count;
        var (events, starts, ends) = (new int[size], new int[size], new int[size]);
        var pairs = new Dictionary<(int From, int To), int>();
        foreach (var variant in log.Variants)
        {
            var path = variant.Activities;
            if (path.Count == 0) continue;
            starts[path[0]] += variant.Count;
            ends[path[^1]] += variant.Count;
            for (var i = 0; i < path.Count; i++)
            {
                events[path[i]] += variant.Count;
                if (i == 0) continue;
                var pair = (path[i - 1], path[i]);
                pairs[pair] = pairs.GetValueOrDefault(pair) + variant.Count;
            }
        }

        var edges = pairs.Select(p => new Follows(p.Key.From, p.Key.To, p.Value))
            .OrderBy(e => log.Activities[e.From], StringComparer.Ordinal)
            .ThenBy(e => log.Activities[e.To], StringComparer.Ordinal)
            .ToList();
        return new DirectlyFollows(log.Activities, events, starts, ends, edges);
    }
}
