using Probity.Lens.Objects;
using Probity.Lens.Objects.Writing;

namespace Probity.Exports.Formats;

/// <summary>
/// What an object-centric log of cases says before any of them: the types of events, and what they share, people, places and balances. It is read in a first
/// pass over the cases, and grows with the staff and not with the log.
/// </summary>
internal sealed class LogHead
{
    readonly SortedSet<string> _activities = new(StringComparer.Ordinal);
    readonly SortedSet<Guid> _officers = [];
    readonly SortedSet<string> _balances = new(StringComparer.Ordinal);
    readonly SortedDictionary<Guid, string> _places = [];

    LogHead() { }

    /// <summary>What is done with exhibits, and what the procedure of cases calls the steps of these.</summary>
    public IReadOnlyList<ObjectLogType> EventTypes =>
        [.. ObjectTypes.Custody, .. _activities.Where(a => ObjectTypes.Custody.All(t => t.Name != a)).Select(a => new ObjectLogType(a, []))];

    public static async Task<LogHead> ReadAsync(CopyOrder order, CancellationToken cancel)
    {
        var head = new LogHead();
        await foreach (var copied in order.Cases().WithCancellation(cancel))
        {
            var objects = new ObjectCopy(copied, order.Names is not null);
            head._activities.UnionWith(copied.Steps.Activities);
            head._officers.UnionWith(objects.Officers);
            head._balances.UnionWith(objects.Balances);
            foreach (var place in objects.Places) head._places[place] = copied.Exhibits.Places.GetValueOrDefault(place, "");
        }

        return head;
    }

    /// <summary>Writes the whole log: a pass for the objects, and one for the events.</summary>
    public async Task WriteAsync(CopyOrder order, IObjectLogWriter writer, CopySink? sink, CancellationToken cancel)
    {
        var names = order.Names;
        foreach (var officer in _officers)
            writer.Add(new WrittenObject(officer.ToString("D"), ObjectTypes.Officer, names is null ? [] : [new("name", names(officer), DateTimeOffset.UnixEpoch)], []));
        foreach (var (place, name) in _places) writer.Add(new WrittenObject(place.ToString("D"), ObjectTypes.Location, [new("name", name, DateTimeOffset.UnixEpoch)], []));
        foreach (var serial in _balances) writer.Add(new WrittenObject(ObjectCopy.BalanceId(serial), ObjectTypes.Balance, [new("serial", serial, DateTimeOffset.UnixEpoch)], []));
        await foreach (var copied in order.Cases().WithCancellation(cancel))
        {
            foreach (var thing in new ObjectCopy(copied, names is not null).Objects()) writer.Add(thing);
            if (sink is not null) await sink.DrainAsync(cancel);
        }

        await foreach (var copied in order.Cases().WithCancellation(cancel))
        {
            foreach (var happened in new ObjectCopy(copied, names is not null).Events()) writer.Add(happened);
            if (sink is not null) await sink.DrainAsync(cancel);
        }

        writer.Complete();
    }
}
