using Probity.Access.Contract;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Vetting;

/// <summary>All clearances of one person, the oldest first: a handful in a life of service.</summary>
internal sealed record PersonClearances(Guid Person, IReadOnlyList<Clearance> All)
{
    /// <summary>The newest, or null.</summary>
    public Clearance? Newest => All.Count > 0 ? All[^1] : null;

    /// <summary>The one that counts at a moment, the highest and then the longest; else the newest; null where there is none.</summary>
    public Clearance? CurrentAt(DateTimeOffset now) =>
        All.Where(c => c.IsValidAt(now)).OrderBy(c => c.Level).ThenBy(c => c.Until).LastOrDefault() ?? All.LastOrDefault(c => c.IsDecided) ?? Newest;

    /// <summary>Whether the person has a valid clearance of a level. Somebody whose access ended has none, whatever else was granted.</summary>
    public bool Covers(ClearanceLevel level, Register register, DateTimeOffset now) =>
        !register.IsShutOut(Person) && All.Any(c => c.Level >= level && c.IsValidAt(now));

    /// <summary>Reads them from the record; the session will expect that there are no others by then.</summary>
    public static async ValueTask<PersonClearances> ReadAsync(RecordSession session, Guid person, CancellationToken cancel)
    {
        var all = new List<Clearance>();
        for (var number = 1; ; number++)
        {
            var clearance = await session.FoldAsync<Clearance>(Clearance.StreamOf(person, number), cancel);
            if (clearance.Version == 0) return new PersonClearances(person, all);
            if (clearance.Exists) all.Add(clearance);
        }
    }
}
