using Probity.Shared.Record;

namespace Probity.Exhibits.Transferring;

/// <summary>
/// What a half of a hand-over can say of its time. It may come late, since a device may have had no line, but it cannot be put in front of what is
/// settled: else whoever knows an exhibit could say that they had it on any day.
/// </summary>
internal static class HalfBounds
{
    /// <summary>The code of a time that does not fit. It is one for all of them: who has nothing but the exhibit's code learns no more from it.</summary>
    public const string OutOfTime = "exhibits.half-out-of-time";

    /// <summary>The code of a signature that is recorded already and said something else.</summary>
    public const string OtherContent = "exhibits.half-differs";

    /// <summary>How long a half may have waited on a device.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The refusal of a half whose time does not fit, or null.</summary>
    /// <param name="half">The half as it would be recorded.</param>
    /// <param name="occurred">When it was signed, by the device.</param>
    /// <param name="facts">The exhibit and now.</param>
    public static Refusal? Refuses(SignedHalf half, DateTimeOffset? occurred, ExhibitFacts facts) =>
        DeviceTime.IsAhead(occurred, facts.Now) || half.At < facts.Now - Longest || half.At < SettledBefore(half, facts.Exhibit) - DeviceTime.Allowance
            ? new Refusal(OutOfTime)
            : null;

    // What the other has signed already stands where they put it. Otherwise what comes behind a missing hand is not settled: the missing halves still come.
    static DateTimeOffset SettledBefore(SignedHalf half, Exhibit exhibit) =>
        exhibit.ChainWith(half).Links.Any(l => l.Out.Half == half.Half || l.In.Half == half.Half)
            ? exhibit.SeizedAt
            : exhibit.Chain.Links.TakeWhile(l => l.Gap is null).LastOrDefault()?.Out.At ?? exhibit.SeizedAt;
}
