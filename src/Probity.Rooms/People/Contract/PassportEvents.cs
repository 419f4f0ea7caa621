using Probity.Shared.Record;

namespace Probity.People.Contract;

// Passports are one stream of the agency: a token stays known after its holder was erased, so that it stays revoked. It names its holder by id alone;
// what only they need to know lies in their own compartment.

/// <summary>Why a passport counts no longer before its time.</summary>
internal enum PassportRevocation { Lost, NotNeeded, Mistake }

/// <summary>Somebody asks for a passport of their own clearance.</summary>
[EventType("people.passport-asked.v1")]
internal sealed record PassportAsked(Guid Request, Guid Person) : IEvent;

/// <summary>It was issued.</summary>
/// <param name="Token">Its number: 16 random bytes in base64url, which tell nothing of anybody.</param>
/// <param name="Request">The request that it answers.</param>
/// <param name="Person">Its holder.</param>
/// <param name="Clearance">The clearance that it speaks of.</param>
/// <param name="Level">The level that it says.</param>
/// <param name="From">From when it holds, UTC, to the second.</param>
/// <param name="Until">Until when.</param>
/// <param name="Holder">What it was bound to: a SHA-256 of name, number of a document and code, in base64url.</param>
/// <param name="Key">The public key that its signature is checked with.</param>
/// <param name="Policy">The pack that says how long it holds.</param>
[EventType("people.passport-issued.v1")]
internal sealed record PassportIssued(
    string Token, Guid Request, Guid Person, Guid Clearance, ClearanceLevel Level, DateTimeOffset From, DateTimeOffset Until, string Holder, string Key, string Policy) : IEvent;

/// <summary>The code with which its holder lets a counterpart compare name and document; in the compartment of the holder.</summary>
[EventType("people.passport-code-kept.v1")]
internal sealed record PassportCodeKept(string Token, string Code) : IEvent;

/// <summary>It was not issued; in the compartment of whoever asked.</summary>
[EventType("people.passport-refused.v1")]
internal sealed record PassportRefused(Guid Request, string Reason) : IEvent;

/// <summary>It counts no longer. What follows from its clearance needs no such entry.</summary>
[EventType("people.passport-revoked.v1")]
internal sealed record PassportRevoked(string Token, PassportRevocation Why) : IEvent;

/// <summary>Somebody checked a counterpart's passport. Without a valid signature nothing of it is known, so nothing of it is kept.</summary>
[EventType("people.passport-checked.v1")]
internal sealed record PassportChecked(string Result, string? Issuer = null, string? Token = null) : IEvent;

/// <summary>Integrity asks that another unit's key be trusted.</summary>
[EventType("people.issuer-proposed.v1")]
internal sealed record IssuerProposed(Guid Issuer, string Key) : IEvent;

/// <summary>An overseer compared its fingerprint with the other unit, and agreed: passports signed with it are believed from now on.</summary>
[EventType("people.issuer-agreed.v1")]
internal sealed record IssuerAgreed(Guid Issuer) : IEvent;

/// <summary>A second person did not agree, or it is trusted no longer.</summary>
[EventType("people.issuer-ended.v1")]
internal sealed record IssuerEnded(Guid Issuer, string Reason) : IEvent;

/// <summary>A list of revoked passports of another unit was brought, as that unit signed it.</summary>
[EventType("people.issuer-list-taken.v1")]
internal sealed record IssuerListTaken(Guid Issuer, string List) : IEvent;
