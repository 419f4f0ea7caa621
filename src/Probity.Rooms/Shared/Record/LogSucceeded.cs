using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>The ledger's own entry, as whoever reads the whole record meets it (<see cref="Succeeded"/>). Only the ledger writes it.</summary>
[EventType(Succeeded.Type)]
internal sealed record LogSucceeded(
    string Origin, string Key, long Size, string Root, string Note, string Cause, string Reason, string? By, WitnessedHistory? Witnessed, long? Lost) : IEvent;

/// <summary>A checkpoint of the earlier log that a witness shows and this history does not hold.</summary>
internal sealed record WitnessedHistory(long Size, string Root, string Note);
