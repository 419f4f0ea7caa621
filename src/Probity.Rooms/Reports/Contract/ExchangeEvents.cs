using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>Another book is in force: what reports are sealed by from now on. Whoever holds a key sees from it whether somebody put another in its place.</summary>
/// <param name="Version">Its number, from 1.</param>
/// <param name="Hash">Its SHA-256 in hex: what deposits name.</param>
/// <param name="Issued">The day that it bears.</param>
/// <param name="Holders">Whom reports are sealed for, in the order of the slots.</param>
/// <param name="Recovery">The public key whose other half was split.</param>
[EventType("reports.book-issued.v1")]
internal sealed record BookIssued(long Version, string Hash, DateOnly Issued, IReadOnlyList<BookHolder> Holders, string? Recovery = null) : IEvent;

/// <summary>The newest checkpoint that the reporter's side has published: recorded every day, whether or not anything came.</summary>
[EventType("reports.intake-checkpoint.v1")]
internal sealed record IntakeCheckpointKept(string Note) : IEvent;

/// <summary>What the reporter's side handed over does not verify: nothing of it was kept, and nothing is fetched until an overseer says so.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Record">The number of the record, where it is one's.</param>
[EventType("reports.exchange-stopped.v1")]
internal sealed record ExchangeStopped(string Code, long? Record = null) : IEvent;

/// <summary>An overseer said what was found, and that it may go on.</summary>
/// <param name="Reason">What was found.</param>
/// <param name="Past">The number of the record that is passed over, where one stands on the other record and is of no use. Since passing over takes two, it is an entry of its own.</param>
[EventType("reports.exchange-resumed.v1")]
internal sealed record ExchangeResumed(string Reason, long? Past = null) : IEvent;

/// <summary>Records of the reporter's side, from one number to another.</summary>
internal sealed record RecordRange(long From, long To);

/// <summary>This node and the reporter's side were compared: every record below a number is held, is proved to be none of a report, or was removed or passed over as entries say. Recorded with each checkpoint.</summary>
/// <param name="Held">That number.</param>
/// <param name="Answers">The entry of this record below which all answers were sent.</param>
[EventType("reports.exchange-compared.v1")]
internal sealed record ExchangeCompared(long Held, long Answers) : IEvent;

/// <summary>Sealed records were not here, or were others, though this node had held them; they were fetched again from the reporter's side.</summary>
/// <param name="Records">Which.</param>
/// <param name="Removals">How many removals somebody had written down that no entry knows: they were taken out again.</param>
[EventType("reports.records-returned.v1")]
internal sealed record RecordsReturned(IReadOnlyList<RecordRange> Records, int Removals) : IEvent;

/// <summary>An overseer has found out how it came that records were missing.</summary>
[EventType("reports.return-looked-into.v1")]
internal sealed record ReturnLookedInto(string Reason) : IEvent;

/// <summary>Whose record this node fetches from: the key of the reporter's side, as of the first exchange with it.</summary>
[EventType("reports.intake-named.v1")]
internal sealed record IntakeNamed(string Key) : IEvent;

/// <summary>An overseer asks that a record be passed over that is of no use, or cannot be had again.</summary>
[EventType("reports.passing-asked.v1")]
internal sealed record PassingAsked(long Record, string Reason) : IEvent;

/// <summary>A second person agrees: it is passed over for good.</summary>
[EventType("reports.passing-agreed.v1")]
internal sealed record PassingAgreed(long Record) : IEvent;

/// <summary>A second person does not agree.</summary>
[EventType("reports.passing-returned.v1")]
internal sealed record PassingReturned(long Record, string Reason) : IEvent;

/// <summary>An overseer asks that another record be taken up in place of the one that this node fetched from.</summary>
/// <param name="Key">The key of the new one.</param>
/// <param name="Reason">What became of the old one.</param>
[EventType("reports.replacing-asked.v1")]
internal sealed record ReplacingAsked(string Key, string Reason) : IEvent;

/// <summary>A second person agrees: from now on this node fetches from the new one. What was held of the old one stays, and what was last kept of it stands here for ever.</summary>
/// <param name="Key">The key of the new one.</param>
/// <param name="Before">The key of the old one.</param>
/// <param name="Note">The last checkpoint of the old one that was kept.</param>
/// <param name="Held">How many of its records were held.</param>
[EventType("reports.intake-replaced.v1")]
internal sealed record IntakeReplaced(string Key, string? Before, string? Note, long Held) : IEvent;

/// <summary>A second person does not agree.</summary>
[EventType("reports.replacing-returned.v1")]
internal sealed record ReplacingReturned(string Key, string Reason) : IEvent;
