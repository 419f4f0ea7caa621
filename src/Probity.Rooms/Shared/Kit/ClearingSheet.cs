namespace Probity.Shared.Kit;

/// <summary>What a page says where an act to somebody's disadvantage is to be cleared.</summary>
/// <param name="Earliest">From when it can be.</param>
/// <param name="Now">The time.</param>
/// <param name="Says">What the reader's key says of the person: one of the words below, or that there is nothing.</param>
/// <param name="Reports">The reports that protect them.</param>
public sealed record ClearingSheet(DateTimeOffset Earliest, DateTimeOffset Now, string Says, IReadOnlyList<Link> Reports)
{
    /// <summary>The key is locked, there is none, a report may be missing, or one protects the person.</summary>
    public const string Locked = "Locked", NoKey = "NoKey", Unsure = "Unsure", Protected = "Protected", Nothing = "Nothing";

    /// <summary>Until when it can be; after that it is asked for anew.</summary>
    public DateTimeOffset Lapses { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Whether it has taken effect: then nothing waits, and the page says so itself.</summary>
    public bool IsInForce { get; init; }

    /// <summary>Whether it is the time for it, and the reader's key says something.</summary>
    public bool IsOpen => Now >= Earliest && Now < Lapses && Says is not (Locked or NoKey or Unsure);
}
