using Probity.Shared.Record;

namespace Probity.Records.Contract;

/// <summary>What can be erased.</summary>
internal enum SubjectKind
{
    /// <summary>A matter: a case with all that belongs to it.</summary>
    Matter,

    /// <summary>A person of the register: the name and what was written about them there, their sign-ins and credentials.</summary>
    Person,
}

/// <summary>
/// Somebody asked that a matter or a person be erased. Subject and reasons stay when it is erased: they lie in the erasure's own
/// compartment.
/// </summary>
[EventType("records.erasure-proposed.v1")]
internal sealed record ErasureProposed(SubjectKind Kind, Guid Subject, string LegalBasis, string Reason) : IEvent;

/// <summary>A second person agreed: the house erases as soon as nothing holds it. They need not say why.</summary>
[EventType("records.erasure-approved.v1")]
internal sealed record ErasureApproved(string? Reason = null) : IEvent;

/// <summary>A second person did not agree.</summary>
[EventType("records.erasure-refused.v1")]
internal sealed record ErasureRefused(string Reason) : IEvent;

/// <summary>The law wants it kept: nothing is erased while this stands.</summary>
[EventType("records.hold-placed.v1")]
internal sealed record HoldPlaced(SubjectKind Kind, Guid Subject, Guid Hold, string LegalBasis, string Reason) : IEvent;

/// <summary>It need not be kept for this any more.</summary>
[EventType("records.hold-released.v1")]
internal sealed record HoldReleased(Guid Hold, string Reason) : IEvent;

/// <summary>The house came to erase what was approved and found it held, or no longer to be erased: <paramref name="Code"/> says which.</summary>
[EventType("records.erasure-stopped.v1")]
internal sealed record ErasureStopped(string Code) : IEvent;

/// <summary>The keys were destroyed, by the same append.</summary>
[EventType("records.erasure-performed.v1")]
internal sealed record ErasurePerformed(SubjectKind Kind, Guid Subject) : IEvent;

/// <summary>Nothing of it is left in lists or among the credentials of this node either.</summary>
[EventType("records.erasure-finished.v1")]
internal sealed record ErasureFinished(SubjectKind Kind, Guid Subject) : IEvent;

/// <summary>In the stream of a matter: it was erased. Lists drop its rows.</summary>
[EventType("records.matter-erased.v1")]
internal sealed record MatterErased(Guid Matter) : IEvent;

/// <summary>In the register: a person was erased. Whoever holds the name in memory forgets it.</summary>
[EventType("records.person-erased.v1")]
internal sealed record PersonErased(Guid Person) : IEvent;
