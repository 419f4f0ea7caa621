using Probity.Ledger.Formats;

namespace Probity.Ledger;

/// <summary>How far a log has come: its size, its root, and the signed checkpoint that says so.</summary>
internal sealed record LogHead(long Size, Hash Root, string Note);
