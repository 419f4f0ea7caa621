namespace Probity.Exhibits;

/// <summary>When an act happened, by the device on which it was signed.</summary>
internal static class DeviceTime
{
    /// <summary>
    /// The time as it is recorded, in UTC to the microsecond; null for just now. A device whose clock runs ahead signed at the latest now: a signature is
    /// never lost to a wrong clock.
    /// </summary>
    public static DateTimeOffset? Of(DateTimeOffset? occurred, ExhibitFacts facts) =>
        occurred is { } time && time < facts.Now ? new DateTimeOffset(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null;
}
