using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits;

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

    /// <summary>The packages that were read at its place, with their seals; the first reading counts.</summary>
    public ImmutableArray<SealedPackage> Read { get; init; } = [];

    public DestructionCarriedOut? CarriedOut { get; init; }
    public DateTimeOffset? CarriedOutAt { get; init; }

    /// <summary>Who has signed that they saw it, and when.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Signed { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Whether both witnesses have signed what was carried out.</summary>
    public bool IsDone => CarriedOut is not null && Order.Witnesses.All(Signed.ContainsKey);

    public bool Awaits(Guid witness) => CarriedOut is not null && Order.Witnesses.Contains(witness) && !Signed.ContainsKey(witness);
}

/// <summary>That it was given back: to whom and by what order. Without <paramref name="OrderId"/> the order was typed, and it was gone at once.</summary>
internal sealed record Returned(Guid Act, string To, string? Receipt, string Order, DateOnly Ordered, Guid? OrderId);

/// <summary>How an exhibit ends, or whose it becomes.</summary>
internal sealed partial record Exhibit
{
    public Destruction? Destruction { get; init; }

    /// <summary>To whom it was given back, by what order.</summary>
    public Returned? Return { get; init; }

    /// <summary>Whether it was given back and the second person has not signed that they saw it.</summary>
    public bool IsBeingReturned { get; init; }

    /// <summary>By what order it is the state's.</summary>
    public ExhibitForfeited? Forfeiture { get; init; }

    /// <summary>What became of it for good; null while it is there.</summary>
    public ExhibitStatus? End { get; init; }

    /// <summary>Whether it was forfeited; lists know no more of it than this.</summary>
    public bool IsForfeited { get; init; }

    /// <summary>Whether a count did not find it.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Whether it is there no longer: nothing can be done with it.</summary>
    public bool IsGone => End is not null;

    /// <summary>When that was: with the second witness's signature.</summary>
    public DateTimeOffset? EndedAt => End switch
    {
        ExhibitStatus.Destroyed => Destruction?.Signed.Values.Max(), ExhibitStatus.Returned when Return is { } given => given.OrderId is null ? Acts[given.Act].At : Acts[given.Act].SignedAt, _ => null,
    };

    /// <summary>The order by which it ended, as on the paper; null while it is there.</summary>
    public string? EndOrder => End switch { ExhibitStatus.Destroyed => Destruction?.Order.Order, ExhibitStatus.Returned => Return?.Order, _ => null };

    /// <summary>The packages that nobody has read at its destruction yet.</summary>
    public IEnumerable<SealedPackage> ToRead(DateTimeOffset now) => SealsAt(now).Where(p => Destruction is null || Destruction.Read.All(r => r.Number != p.Number));

    Exhibit Dispose(Recorded recorded) => recorded.Event switch
    {
        DestructionProposed e => this with { Destruction = new Destruction(e, recorded.Actor.Value, recorded.When, Readings.Length, Analyses.Length, Samples.Length) },
        DestructionPackagesRead e when Destruction is { } d && d.Id == e.Destruction => this with
        {
            Destruction = d with { Read = [.. d.Read, .. e.Seals.Where(s => d.Read.All(r => r.Number != s.Number))] },
        },
        DestructionCarriedOut e when Destruction is { } d && d.Id == e.Destruction => this with
        {
            Destruction = d with { CarriedOut = e, CarriedOutAt = recorded.When },
        },
        DestructionWitnessed { Objection: null } e when Destruction is { } d && d.Id == e.Destruction =>
            Ended(d with { Signed = d.Signed.SetItem(recorded.Actor.Value, recorded.When) }),
        ExhibitReturned e => Await(e.Act, e.Witness, e.Alone, recorded) with { Return = new Returned(e.Act, e.To, null, e.Order, e.Ordered, null), End = ExhibitStatus.Returned },
        ExhibitGivenBack e => Await(e.Act, e.Witness, null, recorded) with { Return = new Returned(e.Act, e.To, e.Receipt, e.Order, e.Ordered, e.OrderId), IsBeingReturned = true },
        ExhibitMissed => this with { IsMissing = true },
        ExhibitFound => this with { IsMissing = false },
        ExhibitForfeited e => this with { Forfeiture = e, IsForfeited = true },
        _ => this,
    };

    // Who says that it was not so ends nothing: it is for the integrity officer to look at.
    Exhibit Ended(ActCountersigned signed) => IsBeingReturned && Return?.Act == signed.Act
        ? this with { IsBeingReturned = false, End = signed.Objection is null ? ExhibitStatus.Returned : End } : this;

    Exhibit Ended(Destruction destruction) => this with { Destruction = destruction, End = destruction.IsDone ? ExhibitStatus.Destroyed : End };
}
