namespace Probity.Cli.Sample;

/// <summary>The clock of the sample's years: it stands still until it is moved on, and never goes back.</summary>
internal sealed class SampleClock(DateTimeOffset start) : TimeProvider
{
    DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Moves on to a time; one that has passed leaves the clock where it is.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        if (time > _now) _now = time;
    }
}
