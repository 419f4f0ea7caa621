using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access.Reviewing;

/// <summary>What was said of a line, by whom and when.</summary>
internal sealed record LineSaid(bool Keep, Guid By, DateTimeOffset At);

/// <summary>A review of a unit's list, as it stood when it was opened.</summary>
internal sealed record Review(Guid Id, Guid By, DateTimeOffset Begun, ImmutableList<Guid> Postings)
{
    /// <summary>After so many days a list is too old to be confirmed; it is opened anew.</summary>
    public const int DaysOpen = 30;

    /// <summary>The newest word on each line, by the posting.</summary>
    public ImmutableDictionary<Guid, LineSaid> Said { get; init; } = ImmutableDictionary<Guid, LineSaid>.Empty;

    /// <summary>Who opened it or ever said a line of it, also one that was said anew since: none of them confirms.</summary>
    public ImmutableHashSet<Guid> Sayers { get; init; } = [];

    /// <summary>When it was confirmed, by whom, and by when the next has to be.</summary>
    public (DateTimeOffset At, Guid By, DateTimeOffset Due)? Confirmed { get; init; }

    /// <summary>Why it was sent back; null once something was said since.</summary>
    public string? Returned { get; init; }

    /// <summary>Whether its list is too old to go on with.</summary>
    public bool IsStaleAt(DateTimeOffset now) => now >= Begun.AddDays(DaysOpen);
}

/// <summary>All reviews of one unit, from a stream of its own.</summary>
internal sealed record UnitReviews : IState<UnitReviews>
{
    public static UnitReviews Initial { get; } = new();

    /// <summary>The oldest first.</summary>
    public ImmutableList<Review> All { get; init; } = [];

    /// <summary>Why a line is to be removed, by review and posting; of whoever was erased there is nothing.</summary>
    public ImmutableDictionary<(Guid Review, Guid Posting), string> Reasons { get; init; } = ImmutableDictionary<(Guid, Guid), string>.Empty;

    /// <summary>How many entries of the stream this rests on.</summary>
    public long Version { get; init; }

    /// <summary>The stream of a unit.</summary>
    public static StreamId StreamOf(Guid unit) => new(Streams.Derive(unit, "access reviews"));

    /// <summary>The review that is under way, or null.</summary>
    public Review? Open => All is [.., { Confirmed: null } last] ? last : null;

    /// <summary>The newest that was confirmed, or null.</summary>
    public Review? LastConfirmed => All.FindLast(r => r.Confirmed is not null);

    /// <summary>What confirmed reviews say is to be removed and no later one keeps, with since when that waits.</summary>
    public IReadOnlyDictionary<Guid, DateTimeOffset> Removals
    {
        get
        {
            var removals = new Dictionary<Guid, DateTimeOffset>();
            foreach (var review in All)
            {
                if (review.Confirmed is not var (at, _, _)) continue;
                foreach (var (posting, said) in review.Said)
                {
                    if (said.Keep) removals.Remove(posting);
                    else removals.TryAdd(posting, at);
                }
            }

            return removals;
        }
    }

    public UnitReviews Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    UnitReviews Happen(Recorded recorded)
    {
        var by = recorded.Actor.Value;
        return recorded.Event switch
        {
            ReviewBegun e => this with { All = All.Add(new Review(e.Review, by, recorded.When, [.. e.Postings]) { Sayers = [by] }) },
            ReviewSaid e => Change(e.Review, r => r with { Said = r.Said.SetItem(e.Posting, new LineSaid(e.Keep, by, recorded.When)), Sayers = r.Sayers.Add(by), Returned = null }),
            ReviewReasoned e => this with { Reasons = Reasons.SetItem((e.Review, e.Posting), e.Reason) },
            ReviewConfirmed e => Change(e.Review, r => r with { Confirmed = (recorded.When, by, e.Due), Returned = null }),
            ReviewReturned e => Change(e.Review, r => r with { Returned = e.Reason }),
            _ => this,
        };
    }

    UnitReviews Change(Guid review, Func<Review, Review> change) =>
        All.FindIndex(r => r.Id == review) is >= 0 and var at ? this with { All = All.SetItem(at, change(All[at])) } : this;
}
