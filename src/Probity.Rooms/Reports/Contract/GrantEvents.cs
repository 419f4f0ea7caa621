using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>The key of one part of a deposit, sealed for whoever it is handed to.</summary>
/// <param name="Deposit">The deposit.</param>
/// <param name="Box">The box of a <see cref="Sealing.Grant"/>, in base64.</param>
internal sealed record HandedKey(Guid Deposit, string Box);

/// <summary>Somebody who handles a report asks who its source is. An <see cref="AnswerGiven"/> in the same append tells the source so.</summary>
/// <param name="Id">The request.</param>
/// <param name="Report">The report.</param>
/// <param name="For">The one person whom it is for.</param>
/// <param name="Box">Why, sealed for those who can open the report.</param>
[EventType("reports.identity-asked.v1")]
internal sealed record IdentityAsked(Guid Id, Guid Report, Guid For, string Box) : IEvent;

/// <summary>A second person who can open the report agreed.</summary>
/// <param name="Id">The request.</param>
/// <param name="Danger">Whether a life is in danger, so that the days of notice were not waited for.</param>
/// <param name="Box">Why; null where nothing was written.</param>
[EventType("reports.identity-agreed.v1")]
internal sealed record IdentityAgreed(Guid Id, bool Danger, string? Box = null) : IEvent;

/// <summary>The second person did not agree.</summary>
[EventType("reports.identity-returned.v1")]
internal sealed record IdentityReturned(Guid Id, string Box) : IEvent;

/// <summary>A custodian of identities handed on what the source left, be it a name or nothing: the record does not tell which.</summary>
/// <param name="Id">The request.</param>
/// <param name="To">The public key that it is sealed for, in base64.</param>
/// <param name="Keys">One for each deposit of the report that the custodian can open.</param>
[EventType("reports.identity-granted.v1")]
internal sealed record IdentityGranted(Guid Id, string To, IReadOnlyList<HandedKey> Keys) : IEvent;

/// <summary>An overseer named the key whose other half was split into shares.</summary>
/// <param name="Key">Its public half, in base64.</param>
/// <param name="Needed">How many shares give the other half.</param>
/// <param name="Shares">How many there are.</param>
/// <param name="Holders">Who holds them, in words.</param>
[EventType("reports.recovery-key-named.v1")]
internal sealed record RecoveryKeyNamed(string Key, int Needed, int Shares, string Holders) : IEvent;

/// <summary>Integrity, or another overseer, agreed: reports are sealed for it too from now on.</summary>
[EventType("reports.recovery-key-confirmed.v1")]
internal sealed record RecoveryKeyConfirmed(string Key) : IEvent;

/// <summary>Somebody asks that reports which nobody can read any more are opened for one person with the shares.</summary>
/// <param name="Id">The request.</param>
/// <param name="For">Who is to read them.</param>
/// <param name="To">Their public key, in base64.</param>
/// <param name="Reports">Which.</param>
/// <param name="Reason">Why.</param>
[EventType("reports.recovery-asked.v1")]
internal sealed record RecoveryAsked(Guid Id, Guid For, string To, IReadOnlyList<Guid> Reports, string Reason) : IEvent;

/// <summary>A second person, of the other part, agreed. Whoever holds a share opens nothing without the receipt of this entry, which says all that was agreed to.</summary>
/// <param name="Id">The request.</param>
/// <param name="To">The public key of whoever is to read, in base64.</param>
/// <param name="For">Who that is.</param>
/// <param name="Asked">Who asked.</param>
/// <param name="Reason">Why.</param>
/// <param name="Reports">Which reports.</param>
[EventType("reports.recovery-agreed.v1")]
internal sealed record RecoveryAgreed(Guid Id, string To, Guid For, Guid Asked, string Reason, IReadOnlyList<Guid> Reports) : IEvent;

/// <summary>The second person did not agree.</summary>
[EventType("reports.recovery-returned.v1")]
internal sealed record RecoveryReturned(Guid Id, string Reason) : IEvent;

/// <summary>What the holders of shares opened of one report was brought back.</summary>
/// <param name="Id">The request.</param>
/// <param name="Report">The report.</param>
/// <param name="For">Who reads it.</param>
/// <param name="To">The public key that the keys are sealed for, in base64.</param>
/// <param name="Keys">One for each deposit that opened.</param>
[EventType("reports.recovered.v1")]
internal sealed record Recovered(Guid Id, Guid Report, Guid For, string To, IReadOnlyList<HandedKey> Keys) : IEvent;
