using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>How somebody leaves the service.</summary>
internal enum LeavingKind { Resigned, Retired, Dismissed, Seconded, Died }

/// <summary>What words about a leaver were given for.</summary>
internal enum LeavingMove { Asked, Refused, ReturnAsked, ReturnRefused }

/// <summary>Somebody asked that a person leave the service on a day; it holds when a second person agrees.</summary>
/// <param name="Leaving">Its id.</param>
/// <param name="Person">Who leaves.</param>
/// <param name="Day">From when they hold no post and have no access.</param>
[EventType("access.leaving-asked.v1")]
internal sealed record LeavingAsked(Guid Leaving, Guid Person, DateTimeOffset Day) : IEvent;

/// <summary>How somebody leaves, and why something was done about it: it lies in that person's compartment and is erased with it.</summary>
[EventType("access.leaving-reasoned.v1")]
internal sealed record LeavingReasoned(Guid Leaving, LeavingMove Move, LeavingKind? Kind, string Reason) : IEvent;

/// <summary>A second person agreed.</summary>
[EventType("access.leaving-agreed.v1")]
internal sealed record LeavingAgreed(Guid Leaving, Guid Person) : IEvent;

/// <summary>A second person said no, or whoever had asked took it back.</summary>
[EventType("access.leaving-refused.v1")]
internal sealed record LeavingRefused(Guid Leaving, Guid Person) : IEvent;

/// <summary>What the leaver signed in with was removed, and their postings were closed.</summary>
[EventType("access.leaving-carried-out.v1")]
internal sealed record LeavingCarriedOut(Guid Leaving, Guid Person) : IEvent;

/// <summary>Somebody asked that a person who leaves, or has left, be of the service again.</summary>
[EventType("access.return-asked.v1")]
internal sealed record ReturnAsked(Guid Leaving, Guid Person) : IEvent;

/// <summary>A second person agreed: who had not left yet stays; who had is invited and given posts as anybody new.</summary>
[EventType("access.return-agreed.v1")]
internal sealed record ReturnAgreed(Guid Leaving, Guid Person) : IEvent;

/// <summary>A second person said no to that, or whoever had asked took it back.</summary>
[EventType("access.return-refused.v1")]
internal sealed record ReturnRefused(Guid Leaving, Guid Person) : IEvent;
