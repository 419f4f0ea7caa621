using Probity.Ledger;

namespace Probity.Shared.Record;

/// <summary>The ledger's own entry, as whoever reads the whole record meets it (<see cref="KeysDestroyed"/>). Only the ledger writes it.</summary>
[EventType(KeysDestroyed.Type)]
internal sealed record KeysWereDestroyed(IReadOnlyList<Guid> Compartments) : IEvent;
