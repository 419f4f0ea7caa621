using Probity.Shared.Record;

namespace Probity.Exhibits.Contract;

/// <summary>
/// Somebody who keeps nothing there counted a place of the store: what the record has there, what of it was found, and what was found besides.
/// It counts once <paramref name="Second"/> has signed it. <paramref name="Seals"/> are those that they read, where they read any. What the record has there is
/// what was there when they began to look, at <paramref name="Begun"/>; <paramref name="Moves"/> is what came in or went out on the record meanwhile.
/// </summary>
[EventType("exhibits.counted.v1")]
internal sealed record StoreCounted(
    Guid Location, IReadOnlyList<Guid> Expected, IReadOnlyList<Guid> Found, IReadOnlyList<Guid> Unexpected, Guid Second, string? Note,
    IReadOnlyList<CountedSeal>? Seals = null, DateTimeOffset? Begun = null, IReadOnlyList<CountedMove>? Moves = null) : IEvent;

/// <summary>What came into a place, or went out of it, on the record while the place was counted, and whether who counted saw it there.</summary>
internal sealed record CountedMove(Guid Exhibit, bool CameIn, bool Seen);

/// <summary>
/// A place was counted, and waits for the second signature: what comes back there from now on is held against it. <paramref name="Unseen"/> was to be there when
/// they began, and was not found.
/// </summary>
[EventType("exhibits.count-recorded.v1")]
internal sealed record CountRecorded(Guid Count, Guid Location, DateTimeOffset Begun, IReadOnlyList<Guid> Unseen) : IEvent;

/// <summary>The seal that a count read on a package.</summary>
internal sealed record CountedSeal(Guid Exhibit, int Package, string Seal);

/// <summary>The second person who counted signed it; with it the count of the place is done.</summary>
[EventType("exhibits.count-signed.v1")]
internal sealed record CountSigned(Guid Count, Guid Location, DateTimeOffset CountedAt) : IEvent;

/// <summary>A count of the place where it should be did not find it.</summary>
[EventType("exhibits.missed.v1")]
internal sealed record ExhibitMissed(Guid Count, Guid Location) : IEvent;

/// <summary>What was missing was found by a later count.</summary>
[EventType("exhibits.found.v1")]
internal sealed record ExhibitFound(Guid Count, Guid Location) : IEvent;
