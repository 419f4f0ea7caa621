using System.Runtime.InteropServices;
using Probity.Lens.Logs;

namespace Probity.Lens.Discovery;

/// <summary>What is counted of the cases that begin in one period.</summary>
internal sealed class PeriodCounts(long number)
{
    readonly List<long> _durations = [];

    /// <summary>The number of the period since the year 0.</summary>
    public long Number => number;

    public int Cases => _durations.Count;

    public long Events { get; private set; }

    /// <summary>Of each case, rising, in microseconds.</summary>
    public ReadOnlySpan<long> Durations => CollectionsMarshal.AsSpan(_durations);

    public long Median => _durations[(_durations.Count - 1) / 2];

    /// <summary>Cases by the number of their variant.</summary>
    public Dictionary<int, int> Variants { get; } = [];

    /// <summary>Cases in which one activity comes right after the other at least once.</summary>
    public Dictionary<(int From, int To), int> Steps { get; } = [];

    public static List<PeriodCounts> Of(EventLog log, PeriodCalendar calendar, CancellationToken cancellation)
    {
        var counts = new SortedDictionary<long, PeriodCounts>();
        for (var v = 0; v < log.Variants.Count; v++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (log.Variants[v].Activities.Count == 0) continue;
            foreach (var c in log.Variants[v].Cases) Count(log, calendar, counts, v, c);
        }

        foreach (var count in counts.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            count._durations.Sort();
            count.CountSteps(log);
        }

        return [.. counts.Values];
    }

    static void Count(EventLog log, PeriodCalendar calendar, SortedDictionary<long, PeriodCounts> counts, int variant, int c)
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        // XES keeps the order of its file, which may not be that of time.
        foreach (var time in log.TimesOf(c)) (first, last) = (Math.Min(first, time), Math.Max(last, time));
        var number = calendar.NumberOf(first);
        if (!counts.TryGetValue(number, out var own)) counts[number] = own = new PeriodCounts(number);
        own._durations.Add(last - first);
        own.Events += log.Variants[variant].Activities.Count;
        CollectionsMarshal.GetValueRefOrAddDefault(own.Variants, variant, out _)++;
    }

    void CountSteps(EventLog log)
    {
        var seen = new HashSet<(int, int)>();
        foreach (var (variant, cases) in Variants)
        {
            var path = log.Variants[variant].Activities;
            seen.Clear();
            for (var i = 1; i < path.Count; i++)
                if (seen.Add((path[i - 1], path[i]))) CollectionsMarshal.GetValueRefOrAddDefault(Steps, (path[i - 1], path[i]), out _) += cases;
        }
    }
}
