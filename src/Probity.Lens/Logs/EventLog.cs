using System.Runtime.InteropServices;

namespace Probity.Lens.Logs;

/// <summary>
/// An event log as columns: every event is a row of activity, resource and time; the events of a case stand together,
/// in the order in which they happened. Names are interned in tables, so an event costs 16 bytes.
/// </summary>
public sealed class EventLog
{
    /// <summary>The resource of an event that names none.</summary>
    public const int NoResource = -1;

    static readonly Dictionary<string, AttributeColumn> NoAttributes = [];

    readonly int[] _caseStarts;
    readonly int[] _activity;
    readonly int[] _resource;
    readonly long[] _time;
    IReadOnlyList<Variant>? _variants;

    /// <summary>Takes the columns as they are. <paramref name="caseStarts"/> has one element more than there are cases.</summary>
    internal EventLog(
        IReadOnlyList<string> cases, IReadOnlyList<string> activities, IReadOnlyList<string> resources,
        int[] caseStarts, int[] activity, int[] resource, long[] time)
    {
        Cases = cases;
        Activities = activities;
        Resources = resources;
        _caseStarts = caseStarts;
        _activity = activity;
        _resource = resource;
        _time = time;
    }

    /// <summary>The name of each case, in the order in which the log holds them.</summary>
    public IReadOnlyList<string> Cases { get; }

    /// <summary>The names of the activities, numbered in order of first appearance.</summary>
    public IReadOnlyList<string> Activities { get; }

    /// <summary>The names of the resources (people, posts, systems), numbered in order of first appearance.</summary>
    public IReadOnlyList<string> Resources { get; }

    /// <summary>How many events came before the one above them, and were put into their place by their times.</summary>
    public int OutOfOrder { get; internal init; }

    /// <summary>How many events are earlier than the one above them in their case, where they were left as the file has them.</summary>
    public int Backwards { get; internal init; }

    /// <summary>How many events say that they are not the completion of a step, such as its start; each counts as an event like any other.</summary>
    public int NotCompletions { get; internal init; }

    /// <summary>
    /// The column of a table that by its name may hold who did it, where none was named and none is known to; null where there is none.
    /// Nobody is known to such a log, so rules about people judge nothing.
    /// </summary>
    public string? LikelyResource { get; internal init; }

    /// <summary>The attributes of events that the reader was asked to keep, by name; a row is an event of the log.</summary>
    public IReadOnlyDictionary<string, AttributeColumn> EventAttributes { get; internal init; } = NoAttributes;

    /// <summary>The attributes of cases that the reader was asked to keep, by name; a row is a case.</summary>
    public IReadOnlyDictionary<string, AttributeColumn> CaseAttributes { get; internal init; } = NoAttributes;

    /// <summary>The number of events.</summary>
    public int EventCount => _caseStarts[^1];

    /// <summary>The activities of one case, as numbers into <see cref="Activities"/>.</summary>
    public ReadOnlySpan<int> ActivitiesOf(int caseNumber) => Column(_activity, caseNumber);

    /// <summary>The resources of one case's events, or <see cref="NoResource"/>.</summary>
    public ReadOnlySpan<int> ResourcesOf(int caseNumber) => Column(_resource, caseNumber);

    /// <summary>The times of one case's events, in microseconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<long> TimesOf(int caseNumber) => Column(_time, caseNumber);

    /// <summary>
    /// The distinct paths through the log: by falling number of cases, then ordinal by the names of their activities.
    /// </summary>
    public IReadOnlyList<Variant> Variants => _variants ??= Variant.Group(this);

    /// <summary>The same columns, with the variants still to be found: for measuring how long that takes.</summary>
    internal EventLog WithoutVariants() => new(Cases, Activities, Resources, _caseStarts, _activity, _resource, _time) { OutOfOrder = OutOfOrder };

    /// <summary>A log made from paths alone, for tests and for callers with logs of their own; times are the epoch.</summary>
    public static EventLog FromTraces(IEnumerable<(string Case, IReadOnlyList<string> Activities)> traces)
    {
        var cases = new List<string>();
        var names = new List<string>();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var activity = new List<int>();
        var starts = new List<int> { 0 };
        foreach (var (name, activities) in traces)
        {
            cases.Add(name);
            foreach (var a in activities)
            {
                ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, a, out var known);
                if (!known)
                {
                    id = names.Count;
                    names.Add(a);
                }

                activity.Add(id);
            }

            starts.Add(activity.Count);
        }

        var none = new int[activity.Count];
        Array.Fill(none, NoResource);
        return new EventLog(cases, names, [], [.. starts], [.. activity], none, new long[activity.Count]);
    }

    /// <summary>The activity of each row.</summary>
    internal int[] ActivityColumn => _activity;

    /// <summary>The resource of each row.</summary>
    internal int[] ResourceColumn => _resource;

    /// <summary>The time of each row.</summary>
    internal long[] TimeColumn => _time;

    /// <summary>The row of a case's first event.</summary>
    internal int StartOf(int caseNumber) => _caseStarts[caseNumber];

    ReadOnlySpan<T> Column<T>(T[] column, int caseNumber) =>
        column.AsSpan(_caseStarts[caseNumber], _caseStarts[caseNumber + 1] - _caseStarts[caseNumber]);
}
