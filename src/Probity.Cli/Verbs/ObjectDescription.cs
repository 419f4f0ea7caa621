using System.Globalization;
using Probity.Lens.Objects;

namespace Probity.Cli.Verbs;

/// <summary>The figures that <c>describe</c> gives of an object-centric log, in the shape of its JSON; a public interface.</summary>
internal sealed record ObjectDescription(
    int Events,
    int Objects,
    int Relations,
    int ObjectRelations,
    IReadOnlyList<ObjectDescription.EventType> EventTypes,
    IReadOnlyList<ObjectDescription.ObjectType> ObjectTypes,
    DateTime FirstEvent,
    DateTime LastEvent,
    ObjectDescription.Times Seconds)
{
    /// <summary>A type of event and its number of events.</summary>
    internal sealed record EventType(string Name, int Events);

    /// <summary>A type of object: how many, how many events name one, how often, and how many no event names.</summary>
    internal sealed record ObjectType(string Name, int Objects, int Events, int Relations, int Idle);

    /// <summary>How long the work took, as information.</summary>
    internal sealed record Times(double Read);

    public static ObjectDescription Of(ObjectLog log, double read)
    {
        var counts = ObjectCounts.Of(log);
        return new ObjectDescription(
            log.Events.Count, log.Objects.Count, log.RelationCount, log.LinkCount,
            [.. log.EventTypes.Select((t, i) => new EventType(t.Name, counts.EventsOfType[i])).OrderByDescending(t => t.Events).ThenBy(t => t.Name, StringComparer.Ordinal)],
            [.. log.ObjectTypes.Select((t, i) => new ObjectType(t.Name, counts.Objects[i], counts.Events[i], counts.Relations[i], counts.Idle[i])).OrderByDescending(t => t.Objects).ThenBy(t => t.Name, StringComparer.Ordinal)],
            counts.First, counts.Last, new Times(Math.Round(read, 3)));
    }

    /// <summary>Prints the same for people to read, and what to do next.</summary>
    public void Print(TextWriter to, string path)
    {
        var plain = CultureInfo.InvariantCulture;
        to.WriteLine(PlainText.OneLine(path));
        to.WriteLine(string.Create(plain, $"  object-centric: {Said.Count(Events, "event")}, {Said.Count(Objects, "object")}, {Said.Count(Relations, "relation")} between them, {Said.Count(ObjectRelations, "relation")} between objects"));
        to.WriteLine(string.Create(plain, $"  {FirstEvent:yyyy-MM-dd HH:mm} to {LastEvent:yyyy-MM-dd HH:mm} UTC"));
        to.WriteLine();
        to.WriteLine($"{"objects",12} {"events",12} {"relations",12} {"in no event",12}  object type");
        foreach (var t in ObjectTypes) to.WriteLine(string.Create(plain, $"{t.Objects,12:N0} {t.Events,12:N0} {t.Relations,12:N0} {t.Idle,12:N0}  {PlainText.OneLine(t.Name)}"));
        to.WriteLine();
        to.WriteLine($"{"events",12}  event type");
        foreach (var t in EventTypes) to.WriteLine(string.Create(plain, $"{t.Events,12:N0}  {PlainText.OneLine(t.Name)}"));
        if (ObjectTypes.Count == 0) return;
        to.WriteLine();
        to.WriteLine(PlainText.OneLine($"Next: choose which objects are the cases, as in --object '{ObjectTypes[0].Name}'; and who did it, with --person-type, where the log has people."));
    }
}
