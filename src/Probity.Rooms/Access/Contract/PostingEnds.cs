using System.Collections.Immutable;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>That somebody asked for the end of a posting that takes two people: whose it is, who asked and when, and why. The reason is empty where it was erased.</summary>
internal sealed record EndAsked(Guid Person, Guid By, DateTimeOffset At, string Reason);

/// <summary>The ends of postings that wait for a second person, by posting. They go when the posting ends, when they are returned, and with the person.</summary>
internal sealed record PostingEnds(ImmutableDictionary<Guid, EndAsked> All)
{
    public static PostingEnds None { get; } = new(ImmutableDictionary<Guid, EndAsked>.Empty);

    public EndAsked? Of(Guid posting) => All.GetValueOrDefault(posting);

    public PostingEnds Apply(Recorded recorded) => recorded.Event switch
    {
        PostingEndAsked e => new(All.SetItem(e.Posting, new EndAsked(e.Person, recorded.Actor.Value, recorded.When, ""))),
        PostingReasoned { Move: PostingMove.EndAsked } e when Of(e.Posting) is { } asked => new(All.SetItem(e.Posting, asked with { Reason = e.Reason })),
        PostingEndReturned e => Without(e.Posting),
        PostingEnded e => Without(e.Posting),
        PersonErased e when All.Any(a => a.Value.Person == e.Person) => new(All.RemoveRange(All.Where(a => a.Value.Person == e.Person).Select(a => a.Key))),
        _ => this,
    };

    PostingEnds Without(Guid posting) => All.ContainsKey(posting) ? new(All.Remove(posting)) : this;
}
