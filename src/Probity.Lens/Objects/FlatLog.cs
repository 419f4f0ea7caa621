using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>An object-centric log as one of cases, and where each case and row comes from.</summary>
/// <param name="Log">The log of cases.</param>
/// <param name="Objects">The object of each case.</param>
/// <param name="Events">The event of each row.</param>
internal sealed record FlatLog(EventLog Log, int[] Objects, int[] Events)
{
    /// <summary>
    /// Makes each object of a type a case: the events that name it, by time, those of one time in the order of the file. An event
    /// that names several such objects is in the case of each.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="view">Which objects are the cases.</param>
    /// <param name="people">Who the people are.</param>
    /// <param name="idle">Whether objects that no event names are cases too, without an event.</param>
    /// <exception cref="BadInputException">There are no objects of that type.</exception>
    public static FlatLog Of(ObjectLog log, ObjectView view, ObjectPeople people, bool idle = false)
    {
        var type = log.TypeOf(view.ObjectType, "--object");
        var counts = new int[log.Objects.Count];
        var last = new int[log.Objects.Count];
        Array.Fill(last, -1);
        foreach (var e in log.ByTime)
            foreach (var o in log.Relations.Of(e))
                if (IsNew(e, o)) counts[o]++;
        var objects = Enumerable.Range(0, log.Objects.Count).Where(o => log.ObjectType[o] == type && (counts[o] > 0 || idle)).ToArray();
        var (starts, next) = (new int[objects.Length + 1], new int[log.Objects.Count]);
        for (var c = 0; c < objects.Length; c++)
        {
            next[objects[c]] = starts[c];
            starts[c + 1] = checked(starts[c] + counts[objects[c]]);
        }

        var events = new int[starts[^1]];
        Array.Fill(last, -1);
        foreach (var e in log.ByTime)
            foreach (var o in log.Relations.Of(e))
                if (IsNew(e, o)) events[next[o]++] = e;
        return Rows(log, view, people, objects, starts, events);

        // An event may name an object twice, as two things; it happened once.
        bool IsNew(int e, int o)
        {
            if (log.ObjectType[o] != type || last[o] == e) return false;
            last[o] = e;
            return true;
        }
    }

    /// <summary>Makes each event a case of its own, by time, for questions about single events. A case has no object: -1.</summary>
    public static FlatLog OfEvents(ObjectLog log, ObjectPeople people)
    {
        var none = new int[log.Events.Count];
        Array.Fill(none, -1);
        return Rows(log, new ObjectView { ObjectType = "" }, people, none, [.. Enumerable.Range(0, log.Events.Count + 1)], log.ByTime);
    }

    static FlatLog Rows(ObjectLog log, ObjectView view, ObjectPeople people, int[] objects, int[] starts, int[] events)
    {
        // Only the types that these cases have are activities of this log.
        var number = new int[log.EventTypes.Count];
        foreach (var e in events) number[log.EventType[e]] = 1;
        var activities = new List<string>();
        for (var t = 0; t < number.Length; t++)
        {
            if (number[t] == 0) continue;
            number[t] = activities.Count;
            activities.Add(log.EventTypes[t].Name);
        }

        string[] cases = objects is [-1, ..] ? Array.ConvertAll(events, e => log.Events[e]) : Array.ConvertAll(objects, o => log.Objects[o]);
        var flat = new EventLog(
            cases, activities, people.Names, starts,
            Array.ConvertAll(events, e => number[log.EventType[e]]), Array.ConvertAll(events, people.FirstOf), Array.ConvertAll(events, e => log.EventTime[e]))
        {
            EventAttributes = view.EventAttributes.Distinct().ToDictionary(name => name, name => log.EventValues.Column(name, events), StringComparer.Ordinal),
            CaseAttributes = view.CaseAttributes.Distinct().ToDictionary(name => name, name => log.Values.Column(name, objects), StringComparer.Ordinal),
        };
        return new FlatLog(flat, objects, events);
    }
}
