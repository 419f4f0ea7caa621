namespace Probity.Ledger;

/// <summary>
/// That a process leads: of all that serve one log, one runs reactions and schedules. What it appends as the leader is refused once
/// another has taken over, whatever the old one still believes.
/// </summary>
/// <param name="Epoch">Higher than that of any leader before.</param>
public sealed record Leadership(long Epoch);
