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
/// <param name="Past">The number of the record that is passed over, where one stands on the other record and is of no use.</param>
[EventType("reports.exchange-resumed.v1")]
internal sealed record ExchangeResumed(string Reason, long? Past = null) : IEvent;
