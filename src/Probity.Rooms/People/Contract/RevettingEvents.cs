using Probity.Shared.Record;

namespace Probity.People.Contract;

/// <summary>
/// The node committed to the next chain of seeds for the draws of re-vetting: <paramref name="Length"/> seeds whose first hash, lower-case hexadecimal, is
/// <paramref name="Commitment"/>. Each draw reveals one of them.
/// </summary>
[EventType("people.lot-seeds-committed.v1")]
internal sealed record LotSeedsCommitted(int Chain, string Commitment, int Length) : IEvent;

/// <summary>
/// Who can be drawn in a quarter, sorted by id, and how many are: everybody who held a sensitive post. The draw takes a place in a chain that was committed to before.
/// </summary>
/// <param name="Period">The quarter: <c>2026-Q4</c>.</param>
/// <param name="Pool">Everybody who can be drawn, sorted by id.</param>
/// <param name="Count">How many are drawn.</param>
/// <param name="Chain">The number of the chain, from 1.</param>
/// <param name="Place">The place in the chain, from 1.</param>
/// <param name="Policy">The policy pack that says which share.</param>
[EventType("people.lot-pool-fixed.v1")]
internal sealed record LotPoolFixed(string Period, IReadOnlyList<Guid> Pool, int Count, int Chain, long Place, string Policy) : IEvent;

/// <summary>The seed was revealed, and who was drawn by it.</summary>
/// <param name="Period">The quarter.</param>
/// <param name="Seed">The seed of the place, lower-case hexadecimal.</param>
/// <param name="Drawn">Who was drawn, in the order of the draw.</param>
/// <param name="BeginUntil">By when vetting begins with each of them.</param>
/// <param name="Policy">The policy pack that says how long that is.</param>
[EventType("people.lot-drawn.v1")]
internal sealed record LotDrawn(string Period, string Seed, IReadOnlyList<DrawnByLot> Drawn, DateTimeOffset BeginUntil, string Policy) : IEvent;

/// <summary>Somebody who was drawn, with the level that their posts ask for, and the clearance that was being looked into already, if one was.</summary>
internal sealed record DrawnByLot(Guid Person, ClearanceLevel Level, Guid? InHand = null);
