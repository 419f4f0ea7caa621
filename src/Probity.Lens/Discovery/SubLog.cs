using System.Runtime.InteropServices;
using Probity.Lens.Logs;

namespace Probity.Lens.Discovery;

/// <summary>Traces with how often each occurs. Activities are numbered from 0 without a gap.</summary>
internal sealed class SubLog
{
    readonly Dictionary<int[], long> _traces;

    SubLog(Dictionary<int[], long> traces, int[] names)
    {
        _traces = traces;
        Names = names;
        var size = names.Length;
        (Starts, Ends) = (new long[size], new long[size]);
        foreach (var (trace, count) in traces)
        {
            Cases += count;
            Events += count * trace.Length;
            if (trace.Length == 0)
            {
                Empty += count;
                continue;
            }

            Starts[trace[0]] += count;
            Ends[trace[^1]] += count;
        }
    }

    /// <summary>The activities of the whole log that these numbers stand for.</summary>
    public int[] Names { get; }

    public int Size => Names.Length;
    public long Cases { get; }
    public long Events { get; }

    /// <summary>How many cases hold nothing.</summary>
    public long Empty { get; }

    public long[] Starts { get; }
    public long[] Ends { get; }

    public IEnumerable<(int[] Trace, long Count)> Traces => _traces.Select(t => (t.Key, t.Value));

    public static SubLog Of(EventLog log) => Collect(
        log.Variants.Select(v => (v.Activities.ToArray(), (long)v.Count)), [.. Enumerable.Range(0, log.Activities.Count)]);

    /// <summary>The traces without those that hold nothing.</summary>
    public SubLog WithoutEmpty() => Collect(Traces.Where(t => t.Trace.Length > 0), Names);

    /// <summary>Each trace's events of the activities that are kept.</summary>
    public SubLog Project(Func<int, bool> keep) => Collect(Traces.Select(t => (t.Trace.Where(keep).ToArray(), t.Count)), Names);

    /// <summary>These traces, in the numbers of this log.</summary>
    public SubLog With(IEnumerable<(int[] Trace, long Count)> traces) => Collect(traces, Names);

    // Numbers anew, by the order of the old numbers, so that the same traces give the same log whatever their order.
    static SubLog Collect(IEnumerable<(int[] Trace, long Count)> traces, int[] names)
    {
        var list = traces.ToList();
        var used = new bool[names.Length];
        foreach (var (trace, _) in list)
            foreach (var a in trace) used[a] = true;
        var number = new int[names.Length];
        var next = 0;
        for (var a = 0; a < names.Length; a++) number[a] = used[a] ? next++ : -1;
        var merged = new Dictionary<int[], long>(list.Count, PathComparer.Instance);
        foreach (var (trace, count) in list)
        {
            var own = next == names.Length ? trace : Array.ConvertAll(trace, a => number[a]);
            CollectionsMarshal.GetValueRefOrAddDefault(merged, own, out _) += count;
        }

        return new SubLog(merged, [.. Enumerable.Range(0, names.Length).Where(a => used[a]).Select(a => names[a])]);
    }
}
