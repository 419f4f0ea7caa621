using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>When an act happened, by the device on which it was signed.</summary>
internal static class DeviceTime
{
    /// <summary>How far two clocks may be apart that are both taken for right.</summary>
    public static readonly TimeSpan Allowance = TimeSpan.FromMinutes(5);

    public const string InThePast = "exhibits.before-newest-act";

    /// <summary>
    /// The time as it is recorded, in UTC to the microsecond; null for just now. A device whose clock runs ahead signed at the latest now: a signature is
    /// never lost to a wrong clock.
    /// </summary>
    public static DateTimeOffset? Of(DateTimeOffset? occurred, ExhibitFacts facts) =>
        occurred is { } time && time < facts.Now ? Kept(time) : null;

    /// <summary>Whether an act says that it happened later than now, by more than clocks differ.</summary>
    public static bool IsAhead(DateTimeOffset? occurred, DateTimeOffset now) => occurred > now + Allowance;

    /// <summary>Whether this is the time that an act had which is recorded with <paramref name="at"/>; one that was not kept apart came a moment before its entry.</summary>
    public static bool IsSame(DateTimeOffset? occurred, DateTimeOffset at, DateTimeOffset recorded) =>
        occurred is not { } time ? at == recorded : Kept(time) == at || (at == recorded && (time - at).Duration() <= Allowance);

    static DateTimeOffset Kept(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    /// <summary>
    /// The refusal of an opening that is said to have been before the newest act on the exhibit, before its seizure, or before its holder had it: who could put
    /// one there could explain any loss with it. Null where it is in its place.
    /// </summary>
    public static Refusal? RefusesPast(DateTimeOffset? at, ExhibitFacts facts) => at < NewestOf(facts.Exhibit) ? new Refusal(InThePast) : null;

    static DateTimeOffset NewestOf(Exhibit exhibit) => exhibit.Readings.Select(r => r.At).Concat(exhibit.Reseals.Select(r => r.At))
        .Concat(exhibit.Chain.Links.SelectMany(l => (DateTimeOffset[])[l.Out.At, l.In.At])).Concat(exhibit.Analyses.Select(a => a.At))
        .Append(exhibit.Moved?.At ?? exhibit.SeizedAt).Append(exhibit.SeizedAt).Max();
}
