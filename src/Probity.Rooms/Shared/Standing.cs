using System.Security.Claims;

namespace Probity.Shared;

/// <summary>How a figure stands. What is not measured or not built is never shown as good.</summary>
public enum StandingState
{
    /// <summary>Measured, and as it should be.</summary>
    Good,

    /// <summary>Measured, and somebody should look.</summary>
    Attention,

    /// <summary>There is a room for it, but nothing to count yet.</summary>
    NotMeasured,

    /// <summary>This server does not do it yet.</summary>
    NotBuilt,
}

/// <summary>One row of "Where this unit stands". Made only through its two functions, so a figure always has a date and a source.</summary>
public sealed record StandingRow
{
    StandingRow(string key, StandingState state, double? share, string sentence, DateTimeOffset? asOf, string? href) =>
        (Key, State, Share, Sentence, AsOf, Href) = (key, state, share, sentence, asOf, href);

    /// <summary>Which row; see <see cref="StandingKeys"/>.</summary>
    public string Key { get; }

    /// <summary>How it stands.</summary>
    public StandingState State { get; }

    /// <summary>How much of the bar is filled, 0 to 1.</summary>
    public double? Share { get; }

    /// <summary>One sentence, in the reader's language.</summary>
    public string Sentence { get; }

    /// <summary>When it was counted.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>The page of what it was counted from.</summary>
    public string? Href { get; }

    /// <summary>A figure that was counted.</summary>
    public static StandingRow Measured(string key, bool good, double share, string sentence, DateTimeOffset asOf, string href)
    {
        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");
        ArgumentException.ThrowIfNullOrWhiteSpace(sentence);
        ArgumentException.ThrowIfNullOrWhiteSpace(href);
        return new(key, good ? StandingState.Good : StandingState.Attention, share, sentence, asOf, href);
    }

    /// <summary>A figure that cannot be counted yet, and why.</summary>
    public static StandingRow NotMeasured(string key, string sentence, string? href = null) =>
        new(key, StandingState.NotMeasured, null, sentence, null, href);

    internal static StandingRow NotBuilt(string key, string sentence) => new(key, StandingState.NotBuilt, null, sentence, null, null);
}

/// <summary>The rows of the first screen: the mechanisms as the workshop named them, then the gram and the record.</summary>
public static class StandingKeys
{
    /// <summary>Specific vulnerabilities of the unit to corruption.</summary>
    public const string Vulnerabilities = "Vulnerabilities";

    /// <summary>Staff selected, trained and vetted.</summary>
    public const string Staff = "Staff";

    /// <summary>Cases and procedures.</summary>
    public const string Cases = "Cases";

    /// <summary>Code of conduct.</summary>
    public const string Conduct = "Conduct";

    /// <summary>Reporting.</summary>
    public const string Reporting = "Reporting";

    /// <summary>Oversight.</summary>
    public const string Oversight = "Oversight";

    /// <summary>Disciplinary measures.</summary>
    public const string Discipline = "Discipline";

    /// <summary>Every gram, from seized to destroyed.</summary>
    public const string Grams = "Grams";

    /// <summary>The record is unchanged.</summary>
    public const string Record = "Record";

    internal static readonly IReadOnlyList<string> Mechanisms = [Vulnerabilities, Staff, Cases, Conduct, Reporting, Oversight, Discipline];
    internal static readonly IReadOnlyList<string> Proofs = [Grams, Record];
}

/// <summary>What a room says about where the unit stands. Asked at each request, in the reader's language; it must be quick and show only what is public.</summary>
public interface IStanding
{
    /// <summary>The row it fills; see <see cref="StandingKeys"/>.</summary>
    string Key { get; }

    /// <summary>The row now.</summary>
    Task<StandingRow> Read(CancellationToken cancel);
}

/// <summary>Something for this person to do next, with its reason and one button.</summary>
/// <param name="Title">What is waiting.</param>
/// <param name="Reason">Why it is theirs, and why now.</param>
/// <param name="Action">The words on the button.</param>
/// <param name="Href">The page where it is done.</param>
/// <param name="Due">When it falls due; the earliest come first.</param>
public sealed record NextStep(string Title, string Reason, string Action, string Href, DateTimeOffset? Due = null);

/// <summary>What a room would have a person do next.</summary>
public interface INextSteps
{
    /// <summary>The first steps of this person, no more than so many, in the reader's language.</summary>
    Task<IReadOnlyList<NextStep>> For(ClaimsPrincipal person, int most, CancellationToken cancel);

    /// <summary>How many there are in all and a page that lists them; null where the room has no such list.</summary>
    Task<(int Total, string Href)?> Beyond(ClaimsPrincipal person, CancellationToken cancel) => Task.FromResult<(int, string)?>(null);

    /// <summary>Whether this room has work for a post of this person. Where no room has, the page says so.</summary>
    bool Serves(ClaimsPrincipal person) => true;
}
