namespace Probity.Cases.Walling;

/// <summary>A conflict that the reader declared.</summary>
public sealed record OwnConflict(string Number, string Kind, DateTimeOffset At);
