using Probity.Shared.Record;

namespace Probity.Cases.Contract;

/// <summary>What somebody declares to have to do with a case.</summary>
internal enum ConflictKind { Kin, Business, Friendship, Other }

/// <summary>Access by name was ended.</summary>
[EventType("cases.access-ended.v1")]
internal sealed record AccessEnded(Guid Person, string Reason) : IEvent;

/// <summary>
/// Somebody declared a conflict with the case of this number, in the stream of their own declarations. It says nothing of whether
/// there is such a case.
/// </summary>
[EventType("cases.number-declared.v1")]
internal sealed record NumberDeclared(string Number, ConflictKind Kind) : IEvent;

/// <summary>
/// The person who acts has a conflict with this case: from now on they are walled off from it. Where there is no case it stands in a
/// stream of nothing, so that the length of the record tells nobody which numbers there are.
/// </summary>
[EventType("cases.conflict-declared.v1")]
internal sealed record ConflictDeclared(ConflictKind Kind) : IEvent;

/// <summary>Whoever sat there is barred from the case now; the seat is drawn anew.</summary>
[EventType("cases.seat-vacated.v1")]
internal sealed record SeatVacated(Seat Seat, Guid Person) : IEvent;

/// <summary>Somebody who watches over cases asked that a person's wall be lifted.</summary>
[EventType("cases.wall-lift-proposed.v1")]
internal sealed record WallLiftProposed(Guid Person, string Reason) : IEvent;

/// <summary>A second person lifted the wall; they need not say why.</summary>
[EventType("cases.wall-lifted.v1")]
internal sealed record WallLifted(Guid Person, string? Reason = null) : IEvent;

/// <summary>A second person did not agree: the wall stands.</summary>
[EventType("cases.wall-kept.v1")]
internal sealed record WallKept(Guid Person, string Reason) : IEvent;

/// <summary>The person who acts opened the case without being assigned, for a time that ends with <paramref name="Until"/>.</summary>
[EventType("cases.glass-broken.v1")]
internal sealed record GlassBroken(Guid Glass, string Reason, DateTimeOffset Until) : IEvent;

/// <summary>Somebody who watches over cases judged such an opening.</summary>
[EventType("cases.glass-reviewed.v1")]
internal sealed record GlassReviewed(Guid Glass, bool Justified, string Reasons) : IEvent;

/// <summary>Somebody was named in the case after it was opened.</summary>
[EventType("cases.party-added.v1")]
internal sealed record PartyAdded(Party Party, string Reason) : IEvent;

/// <summary>Somebody named in the case is no part of it; <paramref name="Number"/> counts all who were ever named, from 1.</summary>
[EventType("cases.party-ended.v1")]
internal sealed record PartyEnded(int Number, string Reason) : IEvent;

/// <summary>The overseer let somebody who watches over cases back to their post in this one, whatever they were named as.</summary>
[EventType("cases.party-bar-lifted.v1")]
internal sealed record PartyBarLifted(Guid Person, string Reason) : IEvent;
