using Probity.Shared.Record;

namespace Probity.Access.Reviewing;

/// <summary>Somebody opened a review of who has access in a unit: the list is as it was then.</summary>
/// <param name="Review">Its id.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Postings">The postings in force in it, sorted by id.</param>
[EventType("access.review-begun.v1")]
internal sealed record ReviewBegun(Guid Review, Guid Unit, IReadOnlyList<Guid> Postings) : IEvent;

/// <summary>Somebody said of a posting of the list whether its person keeps it. Saying no ends nothing by itself.</summary>
[EventType("access.review-said.v1")]
internal sealed record ReviewSaid(Guid Review, Guid Posting, bool Keep) : IEvent;

/// <summary>Why a person is to lose a posting: it lies in that person's compartment and is erased with it.</summary>
[EventType("access.review-reasoned.v1")]
internal sealed record ReviewReasoned(Guid Review, Guid Posting, string Reason) : IEvent;

/// <summary>A second person confirmed the whole. <paramref name="Due"/>: by when the next has to be, so that no later pack judges it.</summary>
[EventType("access.review-confirmed.v1")]
internal sealed record ReviewConfirmed(Guid Review, DateTimeOffset Due) : IEvent;

/// <summary>A second person sent it back: lines can be said anew.</summary>
[EventType("access.review-returned.v1")]
internal sealed record ReviewReturned(Guid Review, string Reason) : IEvent;
