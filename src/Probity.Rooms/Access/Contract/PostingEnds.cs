using System.Collections.Immutable;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>That somebody asked for the end of a posting that takes two people: whose it is, who asked and when, and why. The reason is empty where it was erased.</summary>
internal sealed record EndAsked(Guid Person, Guid By, DateTimeOffset At, string Reason);

/// <summary>
/// The ends of postings that wait for a second person, by posting, and how often somebody else sent one back, which an overseer looks at. They go when the posting ends, when they are returned, and with
/// the person.
/// </summary>
internal sealed record PostingEnds(ImmutableDictionary<Guid, EndAsked> All)
{
    public static PostingEnds None { get; } = new(ImmutableDictionary<Guid, EndAsked>.Empty);

    /// <summary>How often an end was sent back by somebody other than who asked, by posting.</summary>
    public ImmutableDictionary<Guid, int> SentBack { get; init; } = ImmutableDictionary<Guid, int>.Empty;

    public EndAsked? Of(Guid posting) => All.GetValueOrDefault(posting);

    public PostingEnds Apply(Recorded recorded) => recorded.Event switch
    {
        PostingEndAsked e => this with { All = All.SetItem(e.Posting, new EndAsked(e.Person, recorded.Actor.Value, recorded.When, "")) },
        PostingReasoned { Move: PostingMove.EndAsked } e when Of(e.Posting) is { } asked => this with { All = All.SetItem(e.Posting, asked with { Reason = e.Reason }) },
        PostingEndReturned e => Without(e.Posting) with { SentBack = Of(e.Posting) is { } asked && asked.By != recorded.Actor.Value ? SentBack.SetItem(e.Posting, SentBack.GetValueOrDefault(e.Posting) + 1) : SentBack },
        PostingEnded e => Without(e.Posting) with { SentBack = SentBack.Remove(e.Posting) },
        PersonErased e when All.Any(a => a.Value.Person == e.Person) => this with { All = All.RemoveRange(All.Where(a => a.Value.Person == e.Person).Select(a => a.Key)) },
        _ => this,
    };

    PostingEnds Without(Guid posting) => All.ContainsKey(posting) ? this with { All = All.Remove(posting) } : this;
}
