namespace Probity.Lens.Objects;

/// <summary>How many of what an object-centric log holds.</summary>
/// <param name="EventsOfType">The events of each type of event.</param>
/// <param name="Objects">The objects of each type of object.</param>
/// <param name="Events">How many events name an object of each type.</param>
/// <param name="Relations">How often they do.</param>
/// <param name="Idle">The objects of each type that no event names.</param>
/// <param name="First">The time of the first event, in UTC.</param>
/// <param name="Last">The time of the last one.</param>
public sealed record ObjectCounts(
    IReadOnlyList<int> EventsOfType, IReadOnlyList<int> Objects, IReadOnlyList<int> Events, IReadOnlyList<int> Relations, IReadOnlyList<int> Idle, DateTime First, DateTime Last)
{
    /// <summary>Counts a log.</summary>
    public static ObjectCounts Of(ObjectLog log)
    {
        var types = log.ObjectTypes.Count;
        var (eventsOfType, objects, events, relations, idle) = (new int[log.EventTypes.Count], new int[types], new int[types], new int[types], new int[types]);
        var (last, named) = (new int[types], new bool[log.Objects.Count]);
        Array.Fill(last, -1);
        for (var e = 0; e < log.Events.Count; e++)
        {
            eventsOfType[log.EventType[e]]++;
            foreach (var o in log.Relations.Of(e))
            {
                var type = log.ObjectType[o];
                relations[type]++;
                if (last[type] != e) events[type]++;
                (last[type], named[o]) = (e, true);
            }
        }

        for (var o = 0; o < log.Objects.Count; o++)
        {
            objects[log.ObjectType[o]]++;
            if (!named[o]) idle[log.ObjectType[o]]++;
        }

        return new ObjectCounts(eventsOfType, objects, events, relations, idle, Utc(log.EventTime[log.ByTime[0]]), Utc(log.EventTime[log.ByTime[^1]]));
    }

    static DateTime Utc(long micros) => DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
