using Probity.Shared.Record;

namespace Probity.People.Contract;

// All about an extension lies in the compartment of the person who is in the post, and is erased with them.

/// <summary>Somebody asks that a person stay longer in a sensitive post than its longest time, by so many months.</summary>
[EventType("people.tenure-extension-asked.v1")]
internal sealed record TenureExtensionAsked(Guid Extension, Guid Person, Guid Post, int Months, string Reason) : IEvent;

/// <summary>Somebody from outside the unit agreed.</summary>
[EventType("people.tenure-extension-agreed.v1")]
internal sealed record TenureExtensionAgreed(Guid Extension, Guid Person, string Policy) : IEvent;

/// <summary>Somebody from outside the unit did not agree.</summary>
[EventType("people.tenure-extension-returned.v1")]
internal sealed record TenureExtensionReturned(Guid Extension, Guid Person, string Reason) : IEvent;
