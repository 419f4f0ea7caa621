using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Probity.Ledger;
using Probity.Procedures.Contract;
using Probity.Shared.Record;

namespace Probity.Procedures;

/// <summary>How far a version has come.</summary>
internal enum SopStage { Draft, RiskReviewed, Approved, Effective, Superseded }

/// <summary>One version of a procedure.</summary>
internal sealed record SopVersion(Guid Id, int Number, int? BasedOn, string Drawing, string Note)
{
    /// <summary>Everybody who drew at it, or at what it began as a copy of: none of them reviews or approves it.</summary>
    public ImmutableHashSet<Guid> Authors { get; init; } = [];

    /// <summary>Who drew what it says now word for word, where that was drawn before: it is theirs, whoever filed it again.</summary>
    public ImmutableHashSet<Guid> Copied { get; init; } = [];

    /// <summary>Whether somebody drew it, or the same drawing before.</summary>
    public bool IsDrawnBy(Guid person) => Authors.Contains(person) || Copied.Contains(person);

    public DateTimeOffset Drafted { get; init; }

    /// <summary>When it last moved on.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Whether its author has done with it.</summary>
    public bool Submitted { get; init; }

    public Guid? Reviewer { get; init; }
    public string? Findings { get; init; }
    public Guid? Approver { get; init; }

    /// <summary>From when on it is in force; null while nobody has said so.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Why it last came back to its author.</summary>
    public string? Returned { get; init; }

    /// <summary>Whether it is, or will be, in force.</summary>
    public bool IsSettled => From is not null;
}

/// <summary>A standard operating procedure with its versions, folded from its stream.</summary>
internal sealed record Sop : IState<Sop>
{
    public static Sop Initial { get; } = new();

    public Guid Id { get; init; }
    public string Title { get; init; } = "";
    public SopKind Kind { get; init; }

    /// <summary>In the order of their numbers.</summary>
    public ImmutableList<SopVersion> Versions { get; init; } = [];

    public long Version { get; init; }

    // By the sum of a drawing, who drew it when it was filed for the first time.
    ImmutableDictionary<string, ImmutableHashSet<Guid>> Drawn { get; init; } = ImmutableDictionary<string, ImmutableHashSet<Guid>>.Empty;

    public StreamId Stream => new(Id);

    /// <summary>Whether there is such a procedure: each has a title, but for the house's, which has it in every language.</summary>
    public bool Exists => Title.Length > 0 || Versions.Count > 0;

    public int NextNumber => Versions.Count == 0 ? 1 : Versions[^1].Number + 1;

    public Sop Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Sop Happen(Recorded recorded) => recorded.Event switch
    {
        SopBegun e => this with { Id = recorded.Stream.Value, Title = e.Title, Kind = e.Kind },
        VersionDrafted e => Draw(new SopVersion(e.Version, e.Number, e.BasedOn, e.Drawing, e.Note)
        {
            Authors = [recorded.Actor.Value, .. Handed(e.BasedOn, recorded.When)], Drafted = recorded.When, Since = recorded.When,
        }, Versions.Add),
        DraftChanged e when Versions.Find(v => v.Id == e.Version) is { } draft => Draw(
            draft with { Drawing = e.Drawing, Note = e.Note, Authors = draft.Authors.Add(recorded.Actor.Value), Since = recorded.When }, v => Versions.Replace(draft, v)),
        DraftSubmitted e => Change(e.Version, recorded, v => v with { Submitted = true, Returned = null }),
        RiskReviewed e => Change(e.Version, recorded, v => v with { Reviewer = recorded.Actor.Value, Findings = e.Findings }),
        VersionApproved e => Change(e.Version, recorded, v => v with { Approver = recorded.Actor.Value }),
        VersionReturned e => Change(e.Version, recorded, v => v with { Submitted = false, Reviewer = null, Findings = null, Approver = null, From = null, Returned = e.Reasons }),
        PutInForce e => Change(e.Version, recorded, v => v with { From = e.From }),
        _ => this,
    };

    // What is in force is nobody's any more: three people have answered for it. Whatever else a version begins as a copy of is still its authors'.
    ImmutableHashSet<Guid> Handed(int? number, DateTimeOffset when) =>
        number is { } from && Numbered(from) is { } before && before.Id != InForceAt(when)?.Id ? before.Authors : [];

    Sop Draw(SopVersion version, Func<SopVersion, ImmutableList<SopVersion>> put)
    {
        var sum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.Drawing)));
        return Drawn.TryGetValue(sum, out var before)
            ? this with { Versions = put(version with { Copied = before }) }
            : this with { Versions = put(version with { Copied = [] }), Drawn = Drawn.Add(sum, version.Authors) };
    }

    Sop Change(Guid version, Recorded recorded, Func<SopVersion, SopVersion> change) => this with
    {
        Versions = [.. Versions.Select(v => v.Id == version ? change(v) with { Since = recorded.When } : v)],
    };

    /// <summary>A version by its number.</summary>
    public SopVersion? Numbered(int number) => Versions.Find(v => v.Number == number);

    /// <summary>The version in force at a time: the one whose time came last. Of two of one time the later version.</summary>
    public SopVersion? InForceAt(DateTimeOffset time) => Versions.Where(v => v.From <= time).OrderBy(v => v.From).ThenBy(v => v.Number).LastOrDefault();

    /// <summary>How far a version has come at a time.</summary>
    public SopStage StageOf(SopVersion version, DateTimeOffset time) =>
        version.From <= time ? InForceAt(time)!.Id == version.Id ? SopStage.Effective : SopStage.Superseded
        : version.Approver is not null ? SopStage.Approved
        : version.Reviewer is not null ? SopStage.RiskReviewed
        : SopStage.Draft;
}
