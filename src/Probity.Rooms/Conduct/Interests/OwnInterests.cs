using System.Collections.Immutable;
using Probity.Access.Contract;
using Probity.Conduct.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Conduct.Interests;

/// <summary>How far an entry has come.</summary>
internal enum InterestStage { Declared, Assessed, Managed, Prohibited, Closed }

/// <summary>Something that somebody declared: an interest, or work outside.</summary>
internal sealed record Interest(int Number, InterestDeclared? Of, OutsideWorkDeclared? Work, DateTimeOffset DeclaredAt)
{
    public InterestStage Stage { get; init; }
    public string? Advice { get; init; }
    public Guid? AdvisedBy { get; init; }

    /// <summary>What the last decision says is to be done; empty before it, and where it is prohibited.</summary>
    public ImmutableArray<InterestMeasure> Measures { get; init; } = [];
    public string? Reason { get; init; }
    public Guid? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Everybody who ever decided it: none of them closes it.</summary>
    public ImmutableHashSet<Guid> Deciders { get; init; } = [];

    /// <summary>By when the decision is looked at again.</summary>
    public DateTimeOffset? ReviewBy { get; init; }

    public Guid Key => Of?.Key ?? Work!.Key;
    public InterestKind Kind => Of?.Kind ?? InterestKind.OutsideWork;
    public Guid Unit => Of?.Unit ?? Work!.Unit;
    public string Subject => Of?.Subject ?? Work!.Employer;
    public string What => Of?.What ?? Work!.What;
    public bool ToOverseer => Of?.ToOverseer ?? Work!.ToOverseer;
    public DateTimeOffset Due => Of?.Due ?? Work!.Due;

    /// <summary>Whether a decision was ever taken: only then can it be closed.</summary>
    public bool IsDecided => Stage is InterestStage.Managed or InterestStage.Prohibited;
}

/// <summary>What somebody declared to have outside. One stream for each person, in their compartment and erased with them, so that a decision reads all of it without a list.</summary>
internal sealed record OwnInterests : IState<OwnInterests>
{
    public static OwnInterests Initial { get; } = new();

    public Guid Person { get; init; }

    /// <summary>All entries, each at its number less one.</summary>
    public ImmutableArray<Interest> All { get; init; } = [];
    public ImmutableHashSet<Guid> Keys { get; init; } = [];
    public long Version { get; init; }

    /// <summary>What is looked for in cases and targets: all that is not closed, and what was, for as long as a posting counts. One word must not take a name out of the conflict check.</summary>
    public IEnumerable<Interest> MatchedAt(DateTimeOffset now) => All.Where(i => i.Stage != InterestStage.Closed || now < i.DecidedAt?.AddMonths(Recusal.MonthsAfterPosting));

    public Interest? Find(int number) => number >= 1 && number <= All.Length ? All[number - 1] : null;

    /// <summary>The stream of a person's interests.</summary>
    public static StreamId StreamOf(Guid person) => new(Streams.Derive(person, "interests"));

    public OwnInterests Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    OwnInterests Happen(Recorded recorded) => recorded.Event switch
    {
        InterestDeclared e => Add(new Interest(All.Length + 1, e, null, recorded.When), e.Key, recorded),
        OutsideWorkDeclared e => Add(new Interest(All.Length + 1, null, e, recorded.When), e.Key, recorded),
        InterestAdvised e => Change(e.Number, i => i with { Stage = i.Stage == InterestStage.Declared ? InterestStage.Assessed : i.Stage, Advice = e.Advice, AdvisedBy = recorded.Actor.Value }),
        InterestManaged e => Change(e.Number, i => Decided(i, InterestStage.Managed, e.Reason, recorded) with { Measures = [.. e.Measures], ReviewBy = e.ReviewBy }),
        InterestProhibited e => Change(e.Number, i => Decided(i, InterestStage.Prohibited, e.Reason, recorded) with { Measures = [], ReviewBy = e.ReviewBy }),
        InterestClosed e => Change(e.Number, i => Decided(i, InterestStage.Closed, e.Reason, recorded) with { ReviewBy = null }),
        _ => this,
    };

    static Interest Decided(Interest interest, InterestStage stage, string reason, Recorded recorded) =>
        interest with { Stage = stage, Reason = reason, DecidedBy = recorded.Actor.Value, DecidedAt = recorded.When, Deciders = interest.Deciders.Add(recorded.Actor.Value) };

    OwnInterests Add(Interest interest, Guid key, Recorded recorded) => this with { Person = recorded.Actor.Value, All = All.Add(interest), Keys = Keys.Add(key) };

    OwnInterests Change(int number, Func<Interest, Interest> change) => Find(number) is { } known ? this with { All = All.SetItem(number - 1, change(known)) } : this;
}
