using Probity.Shared.Record;

namespace Probity.People.Contract;

// All about an entry of the barred list lies in the compartment of its person and is erased with them.

/// <summary>Why somebody is on the barred list.</summary>
internal enum BarReason
{
    /// <summary>Their clearance was withdrawn, for good.</summary>
    ClearanceWithdrawn,

    /// <summary>They left while their clearance was suspended or its withdrawal under way.</summary>
    LeftDuringProceedings,

    /// <summary>They left while they were under investigation: an advice, and no bar.</summary>
    LeftUnderInvestigation,
}

/// <summary>Somebody asks that a person be put on the barred list; <paramref name="Notified"/> is the day on which the person was told.</summary>
[EventType("people.bar-proposed.v1")]
internal sealed record BarProposed(Guid Bar, Guid Person, BarReason Reason, DateOnly Notified) : IEvent;

/// <summary>A second person agreed: the person is on the list from now on, and it is looked at again from a moment.</summary>
[EventType("people.bar-agreed.v1")]
internal sealed record BarAgreed(Guid Bar, DateTimeOffset ReviewFrom, string Policy) : IEvent;

/// <summary>A second person did not agree.</summary>
[EventType("people.bar-returned.v1")]
internal sealed record BarReturned(Guid Bar, string Reason) : IEvent;

/// <summary>Somebody looked at an entry again, and asks that it be kept or taken off.</summary>
[EventType("people.bar-review-asked.v1")]
internal sealed record BarReviewAsked(Guid Bar, bool Keep, string Reason) : IEvent;

/// <summary>A second person agreed: it is kept until it is looked at again, or without <paramref name="ReviewFrom"/> taken off.</summary>
[EventType("people.bar-review-agreed.v1")]
internal sealed record BarReviewAgreed(Guid Bar, DateTimeOffset? ReviewFrom, string Policy) : IEvent;

/// <summary>A second person did not agree: it stays as it was.</summary>
[EventType("people.bar-review-returned.v1")]
internal sealed record BarReviewReturned(Guid Bar, string Reason) : IEvent;

/// <summary>Somebody of the same name is, or is not, who is on the list.</summary>
[EventType("people.bar-match-answered.v1")]
internal sealed record BarMatchAnswered(Guid Bar, Guid Person, bool Same) : IEvent;
