using System.Collections.Immutable;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Conduct;

/// <summary>A version that waits for an overseer.</summary>
internal sealed record AskedCode(IReadOnlyList<CodeArticle> Articles, IReadOnlyList<CodeQuestion> Questions, string Reason, Guid By, DateTimeOffset At);

/// <summary>A version that was published, and within how many days it is acknowledged.</summary>
internal sealed record CodeVersion(
    int Number, IReadOnlyList<CodeArticle> Articles, IReadOnlyList<CodeQuestion> Questions, string Reason, Guid AskedBy, Guid AgreedBy, DateTimeOffset At, int Within);

/// <summary>Every version of the code, and the one that is asked for. One stream for the agency.</summary>
internal sealed record CodeOfConduct : IStreamState<CodeOfConduct>
{
    /// <summary>The stream.</summary>
    public static StreamId Stream { get; } = new(new Guid("d1ec7084-0000-8000-8000-000000000008"));

    public static CodeOfConduct Initial { get; } = new();

    /// <summary>The versions, the oldest first.</summary>
    public ImmutableList<CodeVersion> Versions { get; init; } = [];

    public AskedCode? Asked { get; init; }

    /// <summary>How many entries of the stream this rests on.</summary>
    public long Version { get; init; }

    /// <summary>The version that holds, or null where none was published.</summary>
    public CodeVersion? InForce => Versions.IsEmpty ? null : Versions[^1];

    public CodeOfConduct Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    CodeOfConduct Happen(Recorded recorded) => recorded.Event switch
    {
        CodeProposed e => this with { Asked = new AskedCode(e.Articles, e.Questions, e.Reason, recorded.Actor.Value, recorded.When) },
        CodePublished e when Asked is { } asked => this with
        {
            Versions = Versions.Add(new CodeVersion(e.Version, asked.Articles, asked.Questions, asked.Reason, asked.By, recorded.Actor.Value, recorded.When, e.Within)), Asked = null,
        },
        CodeReturned => this with { Asked = null },
        _ => this,
    };

    /// <summary>By when somebody has to acknowledge the code next; null where nothing is asked of them.</summary>
    /// <param name="own">What they have acknowledged.</param>
    /// <param name="since">Since when they have had a post that the code binds.</param>
    public DateTimeOffset? DueOf(Acknowledgements own, DateTimeOffset? since)
    {
        if (since is null) return null;
        DateTimeOffset? due = null;
        var next = 0;
        // A later version never puts off what was due already.
        foreach (var version in Versions)
        {
            while (next < own.All.Count && own.All[next].Version < version.Number) due = own.All[next++].Until;
            due = Earlier(due, DueOf(version.At, version.Within, since.Value));
        }

        return next < own.All.Count ? own.All[^1].Until : due;
    }

    /// <summary>By when a version is acknowledged by somebody who has not acknowledged any.</summary>
    public static DateTimeOffset DueOf(DateTimeOffset published, int within, DateTimeOffset since) => (published > since ? published : since).AddDays(within);

    /// <summary>The earlier of two times, of which one may not be.</summary>
    public static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one is { } known && known < other ? known : other;
}
