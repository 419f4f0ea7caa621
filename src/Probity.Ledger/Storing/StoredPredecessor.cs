namespace Probity.Ledger;

/// <summary>A log that this one continues, at rest: a row of the table <c>predecessor</c>, which store format 3 has.</summary>
/// <param name="Place">0 for the first log of all, and so on in the order in which they followed one another.</param>
/// <param name="Origin">Its name.</param>
/// <param name="VerifierKey">The key that its checkpoints verify with, as C2SP signed-note text.</param>
/// <param name="Size">How many of its entries were taken over: from there on checkpoints are signed by whoever followed it.</param>
/// <param name="Note">The newest checkpoint that it signed of them.</param>
public sealed record StoredPredecessor(int Place, string Origin, string VerifierKey, long Size, string Note);
