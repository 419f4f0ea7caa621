namespace Probity.Shared.Confirming;

/// <summary>A witness, and when it confirmed; null where it is asked to and has not.</summary>
public sealed record WitnessLine(string Name, DateTimeOffset? At);

/// <summary>The newest confirmation of the record from outside.</summary>
/// <param name="At">Since when enough witnesses have confirmed it.</param>
/// <param name="Size">How many records it covers.</param>
/// <param name="Witnesses">Everybody who is asked, who confirmed last first.</param>
/// <param name="IsStale">Whether it is older than it should be.</param>
public sealed record Confirmation(DateTimeOffset At, long Size, IReadOnlyList<WitnessLine> Witnesses, bool IsStale)
{
    /// <summary>Who has confirmed, the last first.</summary>
    public IReadOnlyList<string> Names => [.. Witnesses.Where(witness => witness.At is not null).Select(witness => witness.Name)];
}
