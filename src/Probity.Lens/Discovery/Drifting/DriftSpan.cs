namespace Probity.Lens.Discovery;

/// <summary>A period and the cases whose first event lies in it.</summary>
/// <param name="Name">What it is called: 2026, 2026 Q1, 2026-01.</param>
/// <param name="Start">When it begins, UTC.</param>
/// <param name="End">When the next one begins, UTC.</param>
/// <param name="Cases">How many cases.</param>
/// <param name="Events">Their events, whenever they were.</param>
/// <param name="MedianDuration">Half of the cases took no longer from first to last event (the lower of the two in the middle).</param>
/// <param name="IsOpen">
/// Whether many of its cases may not have been finished when the log ends, so that it is not compared: less time lies between its end and the last event of the
/// log than nine in ten of the first half of all cases took.
/// </param>
public sealed record DriftSpan(string Name, DateTime Start, DateTime End, int Cases, long Events, TimeSpan MedianDuration, bool IsOpen);
