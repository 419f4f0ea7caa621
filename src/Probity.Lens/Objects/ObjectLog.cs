using Probity.Lens.Logs;

namespace Probity.Lens.Objects;

/// <summary>
/// An object-centric event log (OCEL 2.0) as columns: events and objects have types, events name objects, objects name each
/// other, and attributes of objects change over time. A relation costs eight bytes, a value 25.
/// </summary>
/// <remarks>Berti, Koren, Adams, Park, Knopp, Graves, Rafiei, Liß, Tacke genannt Unterberg, Zhang, Schwanen, Pegoraro and van der Aalst, OCEL 2.0 Specification, 2023, www.ocel-standard.org.</remarks>
public sealed class ObjectLog
{
    internal ObjectLog(ObjectRelations relations, ObjectRelations links, ObjectValues eventValues, ObjectValues values) =>
        (Relations, Links, EventValues, Values) = (relations, links, eventValues, values);

    /// <summary>The types of events, in the order in which the log declares them.</summary>
    public IReadOnlyList<ObjectLogType> EventTypes { get; internal init; } = [];

    /// <summary>The types of objects, in the order in which the log declares them.</summary>
    public IReadOnlyList<ObjectLogType> ObjectTypes { get; internal init; } = [];

    /// <summary>The id of each event, in the order of the file.</summary>
    public IReadOnlyList<string> Events { get; internal init; } = [];

    /// <summary>The id of each object, in the order of the file.</summary>
    public IReadOnlyList<string> Objects { get; internal init; } = [];

    /// <summary>How many times an event names an object.</summary>
    public int RelationCount => Relations.Count;

    /// <summary>How many times an object names another.</summary>
    public int LinkCount => Links.Count;

    /// <summary>The type of each event, as a number into <see cref="EventTypes"/>.</summary>
    internal int[] EventType { get; init; } = [];

    /// <summary>The time of each event, in microseconds since 1970-01-01 UTC.</summary>
    internal long[] EventTime { get; init; } = [];

    /// <summary>The events by time; those of one time in the order of the file.</summary>
    internal int[] ByTime { get; init; } = [];

    /// <summary>The type of each object, as a number into <see cref="ObjectTypes"/>.</summary>
    internal int[] ObjectType { get; init; } = [];

    /// <summary>The objects that each event names.</summary>
    internal ObjectRelations Relations { get; }

    /// <summary>The objects that each object names.</summary>
    internal ObjectRelations Links { get; }

    /// <summary>The attributes of events.</summary>
    internal ObjectValues EventValues { get; }

    /// <summary>The attributes of objects: each in the order of time.</summary>
    internal ObjectValues Values { get; }

    /// <summary>
    /// The log of cases that <paramref name="view"/> asks for, which everything that works on cases takes. Objects that no event
    /// names are left out; <see cref="Idle"/> counts them.
    /// </summary>
    /// <exception cref="BadInputException">There are no objects of a type that it names, nobody is named as it says, or no event names any of the objects.</exception>
    public EventLog Flatten(ObjectView view)
    {
        var flat = FlatLog.Of(this, view, new ObjectPeople(this, view.PersonType, view.PersonAs)).Log;
        return flat.EventCount > 0 ? flat : throw new BadInputException($"--object: no event names an object of type '{LogText.Show(view.ObjectType)}'; there is nothing to look at.");
    }

    /// <summary>How many objects of a type no event names.</summary>
    /// <exception cref="BadInputException">There are no objects of that type.</exception>
    public int Idle(string type) => ObjectCounts.Of(this).Idle[TypeOf(type, "--object")];

    /// <summary>The number of a type of object.</summary>
    /// <exception cref="BadInputException">There is none of that name; the message names those that there are.</exception>
    internal int TypeOf(string name, string asked)
    {
        for (var i = 0; i < ObjectTypes.Count; i++)
            if (ObjectTypes[i].Name == name) return i;
        throw new BadInputException($"{asked}: the log has no objects of type '{LogText.Show(name)}'; there are {TypeNames()}.");
    }

    /// <summary>The names of the types of objects, for messages.</summary>
    internal string TypeNames()
    {
        const int most = 30;
        return ObjectTypes.Count == 0 ? "none" : string.Join(", ", ObjectTypes.Take(most).Select(t => LogText.Show(t.Name))) + (ObjectTypes.Count > most ? ", …" : "");
    }
}
