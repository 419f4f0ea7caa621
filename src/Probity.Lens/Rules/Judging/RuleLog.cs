using Probity.Lens.Logs;

namespace Probity.Lens.Rules;

/// <summary>A log made ready for the rules of one file: its attributes by their numbers, and when it ends.</summary>
internal sealed class RuleLog
{
    long _room;

    public RuleLog(EventLog log, RuleFile file, Superiors? superiors, CancellationToken cancellation)
    {
        Cancellation = cancellation;
        Events = log;
        Calendar = new Calendar(file.Zone);
        EventColumns = [.. file.EventAttributes.Select(name => log.EventAttributes.GetValueOrDefault(name))];
        CaseColumns = [.. file.CaseAttributes.Select(name => log.CaseAttributes.GetValueOrDefault(name))];
        Superiors = superiors;
        End = log.EventCount == 0 ? 0 : log.TimeColumn.AsSpan(0, log.EventCount).ToArray().Max();
    }

    public EventLog Events { get; }
    public Calendar Calendar { get; }
    public IReadOnlyList<AttributeColumn?> EventColumns { get; }
    public IReadOnlyList<AttributeColumn?> CaseColumns { get; }
    public Superiors? Superiors { get; }

    /// <summary>Asked for each pair that is looked at: one case can have very many.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>How many violations may still be kept.</summary>
    public required long Room
    {
        get => Interlocked.Read(ref _room);
        init => _room = value;
    }

    /// <summary>Whether all violations so far could be kept.</summary>
    public bool HasRoom => Room >= 0;

    /// <summary>Takes room for violations, from any thread; false where there is none left.</summary>
    public bool Take(int violations) => (violations == 0 ? Room : Interlocked.Add(ref _room, -violations)) >= 0;

    /// <summary>The time of the log's last event: what had to happen later is not judged.</summary>
    public long End { get; }

    /// <summary>For each activity of the log, whether it is one of these.</summary>
    public bool[] Among(IReadOnlyList<string> activities)
    {
        var set = activities.ToHashSet(StringComparer.Ordinal);
        return [.. Events.Activities.Select(set.Contains)];
    }
}
