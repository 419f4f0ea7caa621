using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>What two people of the house are to each other.</summary>
internal enum TieKind
{
    /// <summary>Related by blood, up to the fourth degree.</summary>
    Blood,

    /// <summary>Related by marriage or living together, up to the second degree.</summary>
    Affinity,

    /// <summary>A close friend, or somebody whom they live with.</summary>
    Associate,

    /// <summary>A common business, a debt, shared property.</summary>
    Business,
}

/// <summary>
/// Somebody declared what they are to another person of the house; who did is the entry's actor. It stands in the register, so that every decision that rests on who is who expects it,
/// and in the compartment of whoever declared it.
/// </summary>
/// <param name="Tie">Its id.</param>
/// <param name="Other">The other person.</param>
/// <param name="Kind">What they are to each other.</param>
/// <param name="Degree">How near kin are; null for who is not kin.</param>
/// <param name="Waits">True where it bars only once an overseer confirmed it, since it would leave a unit too few of those who watch; else left out.</param>
[EventType("access.tie-declared.v1")]
internal sealed record TieDeclared(Guid Tie, Guid Other, TieKind Kind, int? Degree, bool? Waits = null) : IEvent;

/// <summary>An overseer confirmed a tie that did not bar on its declarer's word alone, or said that there is none.</summary>
[EventType("access.tie-confirmed.v1")]
internal sealed record TieConfirmed(Guid Tie, bool Agrees, string Reason) : IEvent;

/// <summary>Whoever declared it says that it ended, and how. It bars as before until somebody else confirms it.</summary>
[EventType("access.tie-end-asked.v1")]
internal sealed record TieEndAsked(Guid Tie, string Reason) : IEvent;

/// <summary>Somebody who watches over it confirmed that it ended.</summary>
[EventType("access.tie-ended.v1")]
internal sealed record TieEnded(Guid Tie, string Reason) : IEvent;

/// <summary>They did not: it bars as before.</summary>
[EventType("access.tie-kept.v1")]
internal sealed record TieKept(Guid Tie, string Reason) : IEvent;
