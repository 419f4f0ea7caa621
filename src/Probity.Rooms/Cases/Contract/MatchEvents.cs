using Probity.Shared.Record;

namespace Probity.Cases.Contract;

/// <summary>
/// Somebody who watches over cases found that what a person declared is not who is named in this one: they may be given it, as far as that goes. It holds for this entry and this name alone.
/// </summary>
/// <param name="Person">Who declared it.</param>
/// <param name="Interest">The number of what they declared.</param>
/// <param name="Party">The number of the name in the case.</param>
/// <param name="Reason">Why.</param>
[EventType("cases.match-set-aside.v1")]
internal sealed record MatchSetAside(Guid Person, int Interest, int Party, string Reason) : IEvent;
