using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>When an act happened, by the device on which it was signed.</summary>
internal static class DeviceTime
{
    public const string InThePast = "exhibits.before-newest-act";

    /// <summary>
    /// The time as it is recorded, in UTC to the microsecond; null for just now. A device whose clock runs ahead signed at the latest now: a signature is
    /// never lost to a wrong clock.
    /// </summary>
    public static DateTimeOffset? Of(DateTimeOffset? occurred, ExhibitFacts facts) =>
        occurred is { } time && time < facts.Now ? new DateTimeOffset(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null;

    /// <summary>
    /// The refusal of an opening that is said to have been before the newest act on the exhibit, before its seizure, or before its holder had it: who could put
    /// one there could explain any loss with it. Null where it is in its place.
    /// </summary>
    public static Refusal? RefusesPast(DateTimeOffset? at, ExhibitFacts facts) => at < NewestOf(facts.Exhibit) ? new Refusal(InThePast) : null;

    static DateTimeOffset NewestOf(Exhibit exhibit) => exhibit.Readings.Select(r => r.At).Concat(exhibit.Reseals.Select(r => r.At))
        .Concat(exhibit.Chain.Links.SelectMany(l => (DateTimeOffset[])[l.Out.At, l.In.At])).Concat(exhibit.Analyses.Select(a => a.At))
        .Append(exhibit.Moved?.At ?? exhibit.SeizedAt).Append(exhibit.SeizedAt).Max();
}
