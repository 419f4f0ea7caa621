using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Requiring;

/// <summary>What is asked of a post and waits for a second person; without a level, that nothing be asked any more.</summary>
internal sealed record AskedRequirement(ClearanceLevel? Level, string Reason, Guid By, DateTimeOffset At);

/// <summary>Which posts ask for a clearance of their holders. One stream for the agency.</summary>
internal sealed record Requirements : IStreamState<Requirements>
{
    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000009"));

    public static Requirements Initial { get; } = new();

    /// <summary>The level that a post asks for, by post.</summary>
    public ImmutableDictionary<Guid, ClearanceLevel> Marked { get; init; } = ImmutableDictionary<Guid, ClearanceLevel>.Empty;

    /// <summary>When a post was first marked, by post: also where it was not for a time, so that nobody gains a time of grace by unmarking it and marking it again.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Since { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>What waits, by post.</summary>
    public ImmutableDictionary<Guid, AskedRequirement> Asked { get; init; } = ImmutableDictionary<Guid, AskedRequirement>.Empty;

    public long Version { get; init; }

    /// <summary>Whether what waits would ask less of a post than now, or nothing any more.</summary>
    public bool Lowers(Guid post) => Asked.TryGetValue(post, out var asked) && Marked.TryGetValue(post, out var level) && !(asked.Level >= level);

    public Requirements Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Requirements Happen(Recorded recorded) => recorded.Event switch
    {
        RequirementProposed e => this with { Asked = Asked.SetItem(e.Post, new AskedRequirement(e.Level, e.Reason, recorded.Actor.Value, recorded.When)) },
        RequirementAgreed e when Asked.TryGetValue(e.Post, out var asked) => this with
        {
            Marked = asked.Level is { } level ? Marked.SetItem(e.Post, level) : Marked.Remove(e.Post),
            Since = asked.Level is null || Since.ContainsKey(e.Post) ? Since : Since.Add(e.Post, recorded.At), Asked = Asked.Remove(e.Post),
        },
        RequirementReturned e => this with { Asked = Asked.Remove(e.Post) },
        _ => this,
    };
}
