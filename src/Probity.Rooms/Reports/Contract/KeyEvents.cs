using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>Somebody made a key that reports can be sealed for; who did is the entry's actor. It lies in their compartment.</summary>
/// <param name="Key">The public half, in base64.</param>
[EventType("reports.key-made.v1")]
internal sealed record KeyMade(string Key) : IEvent;

/// <summary>A second person was read out the key's fingerprint and found it to be this one: the key goes into the book.</summary>
[EventType("reports.key-confirmed.v1")]
internal sealed record KeyConfirmed(Guid Person, string Key) : IEvent;

/// <summary>Somebody who may confirm it was read out other characters. One such word keeps no key out: another who may confirm it compares too.</summary>
[EventType("reports.key-disputed.v1")]
internal sealed record KeyDisputed(Guid Person, string Key) : IEvent;

/// <summary>The person, or a second one who found that a key which waits is not theirs, took it back: nothing is sealed for it any more.</summary>
[EventType("reports.key-withdrawn.v1")]
internal sealed record KeyWithdrawn(Guid Person, string Key) : IEvent;

/// <summary>Somebody unlocked their keys with their passphrase.</summary>
/// <param name="Key">The newest of those that it opened.</param>
[EventType("reports.key-unlocked.v1")]
internal sealed record KeyUnlocked(string Key) : IEvent;

/// <summary>A passphrase opened none of somebody's keys.</summary>
[EventType("reports.key-not-unlocked.v1")]
internal sealed record KeyNotUnlocked : IEvent;

/// <summary>An overseer named somebody to keep the identities of those who report.</summary>
[EventType("reports.custodian-named.v1")]
internal sealed record CustodianNamed(Guid Person) : IEvent;

/// <summary>Integrity, or another overseer, agreed.</summary>
[EventType("reports.custodian-confirmed.v1")]
internal sealed record CustodianConfirmed(Guid Person) : IEvent;

/// <summary>They keep none any more, or somebody did not agree that they should.</summary>
[EventType("reports.custodian-ended.v1")]
internal sealed record CustodianEnded(Guid Person, string Reason) : IEvent;
