using Probity.Shared.Record;

namespace Probity.People.Contract;

/// <summary>Somebody takes over a post in a month, counted from the plan's first, which is 0.</summary>
internal sealed record PlannedMove(Guid Person, Guid Post, int Month);

/// <summary>Integrity asks that a plan be adopted: who moves where in which month.</summary>
/// <param name="Plan">Its id.</param>
/// <param name="Unit">The unit that it is for, with those below it.</param>
/// <param name="Begin">The first day of its first month, UTC.</param>
/// <param name="Months">How many months it covers.</param>
/// <param name="Input">SHA-256 of what it was worked out from, in lower-case hexadecimal.</param>
/// <param name="Policy">The policy pack by which.</param>
/// <param name="IsProven">Whether no better one exists for that input, or it is the best that was found.</param>
/// <param name="Missing">Months of posts by which it stays under the least strength.</param>
/// <param name="Overlong">Months of posts past the longest time.</param>
/// <param name="Moves">The moves, in the order of months.</param>
[EventType("people.rotation-proposed.v1")]
internal sealed record RotationProposed(
    Guid Plan, Guid Unit, DateOnly Begin, int Months, string Input, string Policy, bool IsProven, int Missing, int Overlong, IReadOnlyList<PlannedMove> Moves) : IEvent;

/// <summary>A second person agreed: the plan is what postings are compared with. Nobody is posted by it.</summary>
[EventType("people.rotation-adopted.v1")]
internal sealed record RotationAdopted(Guid Plan) : IEvent;

/// <summary>A second person did not agree.</summary>
[EventType("people.rotation-returned.v1")]
internal sealed record RotationReturned(Guid Plan, string Reason) : IEvent;
