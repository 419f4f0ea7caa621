using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>A unit joined the tree. <paramref name="Parent"/> is null for an agency.</summary>
[EventType("access.unit-created.v1")]
internal sealed record UnitCreated(Guid Unit, Guid? Parent, string Name, string Code) : IEvent;

/// <summary>A post joined a unit. <paramref name="ReportsTo"/> is the post above it.</summary>
[EventType("access.post-created.v1")]
internal sealed record PostCreated(Guid Post, Guid Unit, string Title, Role Role, Guid? ReportsTo) : IEvent;

/// <summary>A person became known to the house. It lies in the person's own compartment, so that the name can be erased alone.</summary>
[EventType("access.person-registered.v1")]
internal sealed record PersonRegistered(Guid Person, string Name) : IEvent;

/// <summary>Somebody asked that a person be given a post; it takes effect when a second person approves.</summary>
[EventType("access.posting-proposed.v2")]
internal sealed record PostingProposed(Guid Posting, Guid Person, Guid Post) : IEvent;

/// <summary>The same with the reason in it, as it was recorded before reasons had events of their own. It is read for that reason.</summary>
[EventType("access.posting-proposed.v1")]
internal sealed record PostingProposedV1(Guid Posting, Guid Person, Guid Post, string Reason) : IEvent;

/// <summary>What a reason was given for.</summary>
internal enum PostingMove { Proposed, Rejected, Ended, EndAsked, EndReturned }

/// <summary>Why something was done with a posting. Words about a person lie in that person's compartment and are erased with it.</summary>
[EventType("access.posting-reasoned.v1")]
internal sealed record PostingReasoned(Guid Posting, PostingMove Move, string Reason) : IEvent;

/// <summary>The person holds the post from now on.</summary>
[EventType("access.posting-approved.v1")]
internal sealed record PostingApproved(Guid Posting) : IEvent;

/// <summary>The posting was not approved.</summary>
[EventType("access.posting-rejected.v2")]
internal sealed record PostingRejected(Guid Posting) : IEvent;

/// <summary>The same with the reason in it.</summary>
[EventType("access.posting-rejected.v1")]
internal sealed record PostingRejectedV1(Guid Posting, string Reason) : IOldEvent
{
    IEvent IOldEvent.Newer => new PostingRejected(Posting);
}

/// <summary>The person no longer holds the post, at once.</summary>
[EventType("access.posting-ended.v2")]
internal sealed record PostingEnded(Guid Posting) : IEvent;

/// <summary>The same with the reason in it.</summary>
[EventType("access.posting-ended.v1")]
internal sealed record PostingEndedV1(Guid Posting, string Reason) : IOldEvent
{
    IEvent IOldEvent.Newer => new PostingEnded(Posting);
}

/// <summary>Somebody asked that a person no longer hold a post whose end takes two; until a second person agrees the person holds it.</summary>
[EventType("access.posting-end-asked.v1")]
internal sealed record PostingEndAsked(Guid Posting, Guid Person) : IEvent;

/// <summary>A second person did not agree, or whoever asked took it back: the person holds the post as before.</summary>
[EventType("access.posting-end-returned.v1")]
internal sealed record PostingEndReturned(Guid Posting) : IEvent;

/// <summary>Somebody asked that a person who signs in already be invited anew; it takes a second one of those who may ask.</summary>
[EventType("access.renewal-asked.v1")]
internal sealed record RenewalAsked(Guid Person) : IEvent;

/// <summary>A second person agreed, and was shown the invitation.</summary>
[EventType("access.renewal-agreed.v1")]
internal sealed record RenewalAgreed(Guid Person) : IEvent;

/// <summary>Somebody signed in.</summary>
[EventType("access.signed-in.v1")]
internal sealed record SignedIn(string Method) : IEvent;
