using Probity.Ledger.Witnessing;

namespace Probity.Oversight.Witnessing;

/// <summary>A log on the witness's page.</summary>
/// <param name="Origin">Its name.</param>
/// <param name="State">What was confirmed of it last, or null.</param>
public sealed record WitnessedLog(string Origin, WitnessState? State);
