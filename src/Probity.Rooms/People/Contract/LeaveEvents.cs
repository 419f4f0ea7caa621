using Probity.Shared.Record;

namespace Probity.People.Contract;

// All about somebody's leave lies in their compartment, and is erased with them.

/// <summary>The holder of a sensitive post asks for leave, from one day to another, both included, by UTC; somebody stands in for them.</summary>
[EventType("people.leave-entered.v1")]
internal sealed record LeaveEntered(Guid Leave, Guid Person, DateOnly From, DateOnly To, Guid StandIn) : IEvent;

/// <summary>Somebody agreed. Days in a row that were enough on that day are enough for good: a later version of the pack judges no earlier leave.</summary>
/// <param name="Leave">Which.</param>
/// <param name="Person">Whose.</param>
/// <param name="Least">How many days in a row the pack asked for.</param>
/// <param name="Policy">The pack.</param>
[EventType("people.leave-agreed.v1")]
internal sealed record LeaveAgreed(Guid Leave, Guid Person, int Least, string Policy) : IEvent;

/// <summary>Somebody did not agree.</summary>
[EventType("people.leave-returned.v1")]
internal sealed record LeaveReturned(Guid Leave, Guid Person, string Reason) : IEvent;

/// <summary>The holder took it back before it began.</summary>
[EventType("people.leave-taken-back.v1")]
internal sealed record LeaveTakenBack(Guid Leave, Guid Person) : IEvent;

/// <summary>The holder came back before its last day.</summary>
/// <param name="Leave">Which.</param>
/// <param name="Person">Whose.</param>
/// <param name="Last">The last day that they were away; the day before the first where they were not.</param>
[EventType("people.leave-ended.v1")]
internal sealed record LeaveEnded(Guid Leave, Guid Person, DateOnly Last) : IEvent;
