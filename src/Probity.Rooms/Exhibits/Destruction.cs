using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>A package as it was read at the place of its destruction.</summary>
/// <param name="Number">The package.</param>
/// <param name="Seal">Its seal, as it was read.</param>
/// <param name="Entry">The reading's place among the exhibit's entries.</param>
internal sealed record ReadPackage(int Number, string Seal, long Entry);

/// <summary>A destruction as it stands, from the order to the last signature.</summary>
/// <param name="Order">The order as it was written down.</param>
/// <param name="By">By whom.</param>
/// <param name="At">When.</param>
/// <param name="Weighings">How many weighings the exhibit had before it.</param>
/// <param name="Analyses">How many analyses.</param>
/// <param name="Samples">How many samples.</param>
internal sealed record Destruction(DestructionProposed Order, Guid By, DateTimeOffset At, int Weighings = 0, int Analyses = 0, int Samples = 0)
{
    public Guid Id => Order.Destruction;

    /// <summary>The packages that were read at its place, with their seals; the first reading counts until something is done with the package.</summary>
    public ImmutableArray<ReadPackage> Read { get; init; } = [];

    public DestructionCarriedOut? CarriedOut { get; init; }
    public DateTimeOffset? CarriedOutAt { get; init; }

    /// <summary>Who has signed that they saw it, and when.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Signed { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>The matter that each witness's objection opened.</summary>
    public ImmutableDictionary<Guid, Guid> Objections { get; init; } = ImmutableDictionary<Guid, Guid>.Empty;

    /// <summary>The witnesses whose objection two from outside have answered: the destruction stands against it. And when.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Upheld { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Whether no witness is left to sign what was carried out.</summary>
    public bool IsDone => CarriedOut is not null && Order.Witnesses.All(IsAnswered);

    /// <summary>Whether a witness says that it was not so, and nobody has answered them.</summary>
    public bool IsContested => Objections.Keys.Any(w => !IsAnswered(w));

    public bool Awaits(Guid witness) => CarriedOut is not null && Order.Witnesses.Contains(witness) && !IsAnswered(witness);

    bool IsAnswered(Guid witness) => Signed.ContainsKey(witness) || Upheld.ContainsKey(witness);
}

/// <summary>That it was given back: to whom and by what order. Without <paramref name="OrderId"/> the order was typed, and it was gone at once.</summary>
internal sealed record Returned(Guid Act, string To, string? Receipt, string Order, DateOnly Ordered, Guid? OrderId)
{
    /// <summary>The photograph of one who was alone, as returns of earlier days had it.</summary>
    public Guid? Photo { get; init; }

    /// <summary>Why somebody else signed for it than the order names.</summary>
    public string? Other { get; init; }
}

/// <summary>How an exhibit ends, or whose it becomes.</summary>
internal sealed partial record Exhibit
{
    public Destruction? Destruction { get; init; }

    /// <summary>The ids of all destructions that were ever ordered: none stands for two.</summary>
    public ImmutableHashSet<Guid> Ordered { get; init; } = [];

    /// <summary>To whom it was given back, by what order.</summary>
    public Returned? Return { get; init; }

    /// <summary>Whether it was given back and the second person has not signed that they saw it.</summary>
    public bool IsBeingReturned { get; init; }

    /// <summary>By what order it is the state's.</summary>
    public ExhibitForfeited? Forfeiture { get; init; }

    /// <summary>Since when, as recorded.</summary>
    public DateTimeOffset? ForfeitedAt { get; init; }

    /// <summary>What became of it for good; null while it is there.</summary>
    public ExhibitStatus? End { get; init; }

    /// <summary>Whether it was forfeited; lists know no more of it than this.</summary>
    public bool IsForfeited { get; init; }

    /// <summary>Since when it is found again, and by whom; null where it was never missing, or is.</summary>
    public (DateTimeOffset At, Guid By)? FoundAgain { get; init; }

    /// <summary>Whether a count did not find it.</summary>
    public bool IsMissing { get; init; }

    /// <summary>When the count that did not find it was signed; null where it is not missing.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>Whether it is there no longer: nothing can be done with it.</summary>
    public bool IsGone => End is not null;

    /// <summary>Whether nobody has it in hand any more: it is gone, or was burned and waits for its witnesses.</summary>
    public bool IsOver => IsGone || Destruction?.CarriedOut is not null;

    /// <summary>Whether it was so already at a time: what was signed without a line after that was signed of nothing.</summary>
    public bool IsOverSince(DateTimeOffset at) => at > (Destruction?.CarriedOutAt ?? EndedAt ?? (IsBeingReturned && Return is { } given ? Acts[given.Act].At : null));

    /// <summary>When that was: with the second witness's signature, or when it was given back.</summary>
    public DateTimeOffset? EndedAt => End switch
    {
        ExhibitStatus.Destroyed => Destruction?.Signed.Values.Concat(Destruction.Upheld.Values).Max(), ExhibitStatus.Returned when Return is { } given => given.OrderId is null ? Acts[given.Act].At : Acts[given.Act].SignedAt, _ => null,
    };

    /// <summary>The order by which it ended, as on the paper; null while it is there.</summary>
    public string? EndOrder => End switch { ExhibitStatus.Destroyed => Destruction?.Order.Order, ExhibitStatus.Returned => Return?.Order, _ => null };

    /// <summary>The packages that nobody has read at its destruction yet, or that were opened, handed over or moved since.</summary>
    public IEnumerable<SealedPackage> ToRead(DateTimeOffset now) => SealsAt(now).Where(p => Destruction is null || Destruction.Read.All(r => r.Number != p.Number || r.Entry < TouchedAt(p.Number)));

    /// <summary>The entry by which a package, or any of them, was last opened: by a new seal or a sample.</summary>
    public long OpenedAt(int? package) => Reseals.Where(r => package is null || r.Package == package).Select(r => r.Entry).DefaultIfEmpty().Max();

    /// <summary>The entry that undoes what was checked of a package before it: it was opened, handed over or put elsewhere.</summary>
    public long TouchedAt(int? package) => Math.Max(Carried, OpenedAt(package));

    Exhibit Dispose(Recorded recorded) => recorded.Event switch
    {
        DestructionProposed e => this with { Ordered = Ordered.Add(e.Destruction), Destruction = new Destruction(e, recorded.Actor.Value, recorded.When, Readings.Length, Analyses.Length, Samples.Length) },
        DestructionPackagesRead e when Destruction is { } d && d.Id == e.Destruction => this with
        {
            Destruction = d with
            {
                Read = [.. d.Read.Where(r => r.Entry >= TouchedAt(r.Number) || e.Seals.All(s => s.Number != r.Number)),
                    .. e.Seals.Where(s => d.Read.All(r => r.Number != s.Number || r.Entry < TouchedAt(s.Number))).Select(s => new ReadPackage(s.Number, s.Seal, recorded.Version))],
            },
        },
        DestructionCarriedOut e when Destruction is { } d && d.Id == e.Destruction => this with
        {
            Destruction = d with { CarriedOut = e, CarriedOutAt = recorded.When },
        },
        DestructionWitnessed { Objection: null } e when Destruction is { } d && d.Id == e.Destruction =>
            Ended(d with { Signed = d.Signed.SetItem(recorded.Actor.Value, recorded.When) }),
        DestructionWitnessed e when Destruction is { } d && d.Id == e.Destruction => this with
        {
            Destruction = d with { Objections = d.Objections.SetItem(recorded.Actor.Value, Discrepancies.ObjectionOf(Id, d.Id, recorded.Actor.Value, recorded.Version - 1)) },
        },
        DestructionUpheld e when Destruction is { } d && d.Id == e.Destruction => Ended(d with { Upheld = d.Upheld.SetItem(e.Witness, recorded.When) }),
        ExhibitReturned e => Await(e.Act, e.Witness, e.Alone, recorded) with { Return = new Returned(e.Act, e.To, null, e.Order, e.Ordered, null) { Photo = e.Photo }, End = ExhibitStatus.Returned },
        ExhibitGivenBack e => Await(e.Act, e.Witness, null, recorded) with { Return = new Returned(e.Act, e.To, e.Receipt, e.Order, e.Ordered, e.OrderId) { Other = e.Other }, IsBeingReturned = true },
        ExhibitMissed => this with { IsMissing = true, MissedAt = recorded.When, FoundAgain = null },
        ExhibitFound => this with { IsMissing = false, MissedAt = null, FoundAgain = (recorded.When, recorded.Actor.Value) },
        ExhibitForfeited e => this with { Forfeiture = e, ForfeitedAt = recorded.When, IsForfeited = true },
        _ => this,
    };

    // Who says that it was not so ends nothing: it is for the integrity officer to look at.
    Exhibit Ended(ActCountersigned signed) => IsBeingReturned && Return?.Act == signed.Act
        ? this with { IsBeingReturned = false, End = signed.Objection is null ? ExhibitStatus.Returned : End } : this;

    Exhibit Ended(Destruction destruction) => this with { Destruction = destruction, End = destruction.IsDone ? ExhibitStatus.Destroyed : End };
}
