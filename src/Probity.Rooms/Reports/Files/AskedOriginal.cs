using System.Collections.Immutable;
using Probity.Reports.Contract;
using Probity.Reports.Handling;

namespace Probity.Reports.Files;

/// <summary>A file that somebody asked for as it was sent.</summary>
/// <param name="Id">What is asked.</param>
/// <param name="File">The file.</param>
/// <param name="By">Who asks.</param>
/// <param name="At">Since when.</param>
/// <param name="Box">Why.</param>
internal sealed record AskedOriginal(Guid Id, Guid File, Guid By, DateTimeOffset At, string Box)
{
    /// <summary>How long it can be downloaded once somebody has agreed.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromHours(24);

    public Guid? AgreedBy { get; init; }
    public DateTimeOffset? AgreedAt { get; init; }
    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>Whether a second person has yet to agree.</summary>
    public bool Waits => AgreedAt is null;

    /// <summary>Whether it can be downloaded: once, in time.</summary>
    public bool IsOpen(DateTimeOffset now) => AgreedAt is { } since && GivenAt is null && now - since < Open;

    /// <summary>What was asked after one more act.</summary>
    public static ImmutableList<AskedOriginal> After(ImmutableList<AskedOriginal> asked, Act act) => act.Event switch
    {
        OriginalAsked e => asked.Add(new AskedOriginal(e.Id, e.File, act.By, act.At, e.Box)),
        OriginalAgreed e => Change(asked, e.Asked, a => a with { AgreedBy = act.By, AgreedAt = act.At }),
        OriginalGiven e => Change(asked, e.Asked, a => a with { GivenAt = act.At }),
        _ => asked,
    };

    static ImmutableList<AskedOriginal> Change(ImmutableList<AskedOriginal> asked, Guid id, Func<AskedOriginal, AskedOriginal> change) =>
        asked.FindIndex(a => a.Id == id) is >= 0 and var at ? asked.SetItem(at, change(asked[at])) : asked;
}
