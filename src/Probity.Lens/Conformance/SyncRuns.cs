using System.Collections.Concurrent;

namespace Probity.Lens.Conformance;

/// <summary>How the procedure can follow an event from a marking: by a run of its own first, and then by the event's step.</summary>
/// <param name="Moves">All ways with at most so many visible steps in the run are there: -1 for none, the greatest number for all.</param>
/// <param name="All">With how many visible steps there are all ways that there are; the greatest number as long as it is not known.</param>
/// <param name="TooMany">From how many visible steps on there is too much to search.</param>
/// <param name="Syncs">The ways, by rising cost.</param>
internal sealed record SyncRuns(int Moves, int All, int TooMany, SyncStep[] Syncs)
{
    public static readonly SyncRuns Unknown = new(-1, int.MaxValue, int.MaxValue, []);
}

/// <summary>An event that the procedure follows after a run of its own.</summary>
/// <param name="Run">The run's steps, silent ones and visible ones that the log does not show.</param>
/// <param name="Cost">What the run costs.</param>
/// <param name="Transition">The step that the event stands for.</param>
/// <param name="Target">The marking after it.</param>
internal readonly record struct SyncStep(int[] Run, int Cost, int Transition, int Target);

/// <summary>
/// What has been found of a graph's runs, for all who search it. Two threads may find the same at once; both find it alike.
/// When it has grown large it is forgotten and found anew, so memory is bounded and answers do not change.
/// </summary>
internal sealed class KnownRuns
{
    /// <summary>Entries that are kept: a few hundred bytes each.</summary>
    const int MaxEntries = 1 << 19;

    readonly ConcurrentDictionary<long, SyncRuns> _known = new();
    int _count;

    public SyncRuns this[int marking, int label]
    {
        get => _known.GetValueOrDefault(Key(marking, label), SyncRuns.Unknown);
        set
        {
            if (Interlocked.Increment(ref _count) > MaxEntries)
            {
                _known.Clear();
                Interlocked.Exchange(ref _count, 1);
            }

            _known[Key(marking, label)] = value;
        }
    }

    static long Key(int marking, int label) => ((long)marking << 32) | (uint)label;
}
