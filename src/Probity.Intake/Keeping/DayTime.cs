namespace Probity.Intake.Keeping;

/// <summary>A clock that knows the day and nothing finer, in UTC: what is recorded by it does not tell at what hour somebody reported.</summary>
/// <param name="inner">The clock that the day is taken from.</param>
public sealed class DayTime(TimeProvider inner) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(inner.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>The day that it is, UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(inner.GetUtcNow().UtcDateTime);
}
