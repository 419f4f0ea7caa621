using Probity.Shared.Record;

namespace Probity.Protection.Contract;

/// <summary>Integrity or an overseer asks that somebody be on duty for protection. The number is erased with that person.</summary>
[EventType("protection.duty-proposed.v1")]
internal sealed record DutyProposed(Guid Turn, Guid Person, string Telephone, DateTimeOffset From, DateTimeOffset Until) : IEvent;

/// <summary>They ask that a turn end sooner.</summary>
[EventType("protection.duty-end-proposed.v1")]
internal sealed record DutyEndProposed(Guid Change, Guid Turn, string Reason) : IEvent;

/// <summary>They ask for the number that everybody is to telephone in an emergency.</summary>
[EventType("protection.emergency-number-proposed.v1")]
internal sealed record EmergencyNumberProposed(Guid Change, string Number) : IEvent;

/// <summary>The other of the two agreed: it holds from now on.</summary>
[EventType("protection.duty-agreed.v1")]
internal sealed record DutyAgreed(Guid Change) : IEvent;

/// <summary>The other of the two, or whoever had asked, said no.</summary>
[EventType("protection.duty-returned.v1")]
internal sealed record DutyReturned(Guid Change, string Reason) : IEvent;
