using System.Collections.Immutable;
using Probity.Ledger;
using Probity.People.Contract;
using Probity.Shared.Record;

namespace Probity.People.Declaring;

/// <summary>A declaration as it stands.</summary>
internal sealed record Declaration(Guid Id, DeclarationKind Kind, DateOnly AsOf, string Currency, IReadOnlyList<DeclaredLine> Lines, bool IsFlagged, string Policy, DateTimeOffset At)
{
    /// <summary>The declaration that took its place, or null.</summary>
    public Guid? CorrectedBy { get; init; }

    /// <summary>What became of flagged growth, why and by whom; null where nobody has said.</summary>
    public (GrowthOutcome Outcome, string Reasons, Guid By, DateTimeOffset At)? Resolved { get; init; }

    /// <summary>The sum of its lines of a kind.</summary>
    public decimal SumOf(DeclaredKind kind) => Lines.Where(l => l.Kind == kind).Sum(l => l.Amount ?? 0m);

    /// <summary>What there is, without what is owed.</summary>
    public decimal NetWorth => Lines.Where(l => DeclaredLines.IsAsset(l.Kind)).Sum(l => l.Amount ?? 0m) - SumOf(DeclaredKind.Debt);
}

/// <summary>All declarations of one person: a stream of its own, erased with the person.</summary>
internal sealed record Declarations : IState<Declarations>
{
    public static Declarations Initial { get; } = new();

    /// <summary>The stream of a person's declarations.</summary>
    public static StreamId StreamOf(Guid person) => new(Streams.Derive(person, "declarations"));

    /// <summary>Every one that was made, as they were made.</summary>
    public ImmutableList<Declaration> All { get; init; } = [];

    public long Version { get; init; }

    /// <summary>Those that stand, the earliest day first.</summary>
    public IReadOnlyList<Declaration> Standing => [.. All.Where(d => d.CorrectedBy is null).OrderBy(d => d.AsOf).ThenBy(d => d.At)];

    /// <summary>The last one that stands, or null.</summary>
    public Declaration? Last => Standing is [.., var last] ? last : null;

    /// <summary>When the last one was made that corrects none; null where there is none.</summary>
    public DateTimeOffset? LastMadeAt { get; init; }

    /// <summary>The one that stands before a day: what one of that day is compared with.</summary>
    public Declaration? Before(DateOnly day) => Standing.LastOrDefault(d => d.AsOf < day);

    /// <summary>What was declared of a day first, before anything corrected it; null where nothing was.</summary>
    public Declaration? FirstOf(DateOnly day) => All.FirstOrDefault(d => d.AsOf == day);

    public Declaration? Find(Guid id) => All.FirstOrDefault(d => d.Id == id);

    public Declarations Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Declarations Happen(Recorded recorded) => recorded.Event switch
    {
        DeclarationMade e => this with
        {
            LastMadeAt = e.Corrects is null ? recorded.When : LastMadeAt,
            All = (e.Corrects is { } old ? Change(old, d => d with { CorrectedBy = e.Declaration }) : All)
                .Add(new Declaration(e.Declaration, e.Kind, e.AsOf, e.Currency, e.Lines, e.IsFlagged, e.Policy, recorded.When)),
        },
        GrowthResolved e => this with { All = Change(e.Declaration, d => d with { Resolved = (e.Outcome, e.Reasons, recorded.Actor.Value, recorded.When) }) },
        _ => this,
    };

    ImmutableList<Declaration> Change(Guid id, Func<Declaration, Declaration> change) => [.. All.Select(d => d.Id == id ? change(d) : d)];
}
