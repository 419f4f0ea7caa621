using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>A weighing as it stands on the record.</summary>
internal sealed record Reading(
    Guid Act, int? Package, MassKind Kind, Grams Mass, Grams Uncertainty, string Balance, DateOnly CalibrationDue, Moment Moment, Guid Weigher,
    Guid? Witness, string? Alone, Guid? Photo, DateTimeOffset At)
{
    /// <summary>Whether the balance's calibration had run out.</summary>
    public bool IsOutOfCalibration => CalibrationDue < DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>Its place among the exhibit's entries; the last of all while it is not on the record yet.</summary>
    public long Entry { get; init; } = long.MaxValue;
}

/// <summary>An act of one person that another has to sign too.</summary>
/// <param name="Act">The act.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When.</param>
/// <param name="Witness">Who was asked to sign, where somebody was.</param>
/// <param name="Alone">Why nobody else was there; null where the witness was.</param>
internal sealed record WitnessedAct(Guid Act, Guid By, DateTimeOffset At, Guid? Witness, string? Alone)
{
    /// <summary>Within what time somebody has to sign: after it the overseer is told. Of the default policy for small units.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromHours(24);

    /// <summary>Who signed, or null.</summary>
    public Guid? SignedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>Whether they were there.</summary>
    public Witnessing? Manner { get; init; }

    /// <summary>What they say was not so.</summary>
    public string? Objection { get; init; }

    public bool IsOverdue(DateTimeOffset now) => SignedBy is null && now > At + Within;
}

/// <summary>A seal that was replaced.</summary>
internal sealed record Reseal(Guid Act, int Package, string OldSeal, string NewSeal, string Reason, Guid By, DateTimeOffset At)
{
    /// <summary>What somebody who was not there signs it by.</summary>
    public Guid? Photo { get; init; }

    /// <summary>Its place among the exhibit's entries.</summary>
    public long Entry { get; init; }
}

/// <summary>A photograph that was kept.</summary>
internal sealed record Photo(Guid Id, string MediaType, int Bytes, string Sha256, string? About, Guid By, DateTimeOffset At);

/// <summary>An exhibit as it stands: what it is, who has it, what it weighs.</summary>
internal sealed partial record Exhibit : IState<Exhibit>
{
    public static Exhibit Initial { get; } = new();

    public Guid Id { get; init; }
    public Guid Case { get; init; }
    public Guid Seizure { get; init; }
    public Guid Unit { get; init; }
    public string Number { get; init; } = "";
    public ExhibitKind Kind { get; init; }
    public string? Substance { get; init; }
    public string Description { get; init; } = "";
    public Quantity? Quantity { get; init; }

    /// <summary>The packages with the seals that they were seized with.</summary>
    public ImmutableArray<SealedPackage> Packages { get; init; } = [];

    /// <summary>When what was seized without a package was put into one.</summary>
    public DateTimeOffset? PackedAt { get; init; }

    public Guid Seizer { get; init; }
    public DateTimeOffset SeizedAt { get; init; }
    public ImmutableArray<Reading> Readings { get; init; } = [];
    public ImmutableArray<Reseal> Reseals { get; init; } = [];
    public ImmutableDictionary<Guid, WitnessedAct> Acts { get; init; } = ImmutableDictionary<Guid, WitnessedAct>.Empty;
    public ImmutableArray<Release> Releases { get; init; } = [];
    public ImmutableArray<Receipt> Receipts { get; init; } = [];
    public ImmutableHashSet<Guid> Withdrawn { get; init; } = [];
    public ImmutableArray<Photo> Photos { get; init; } = [];
    /// <summary>Where its holder last put it, and when.</summary>
    public (Guid Location, DateTimeOffset At)? Moved { get; init; }

    /// <summary>Every place that its holders ever put it into since they had it.</summary>
    public ImmutableHashSet<Guid> MovedTo { get; init; } = [];

    /// <summary>Every place that it ever was put into, as two have signed or its holder has.</summary>
    public IEnumerable<Guid> Places => MovedTo.Concat(Chain.Links.Select(l => l.In.Location).OfType<Guid>());

    /// <summary>Where it was to be found from when on, as the record knew at the time: null where it was on its way, with nobody's place, or gone.</summary>
    public ImmutableArray<(DateTimeOffset Since, Guid? Place)> Stood { get; init; } = [];

    /// <summary>The entry by which it last changed hands or places, or its holder signed that they gave it away. What others sign alone is none.</summary>
    public long Carried { get; init; }

    /// <summary>When what it was could be read no longer, because its case was erased.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
    public long Version { get; init; }

    public bool Exists => Version > 0 && Case != Guid.Empty;
    public StreamId Stream => new(Id);

    /// <summary>Who had it, from hand to hand.</summary>
    public CustodyChain Chain => ChainWith(null);

    /// <summary>
    /// Everybody who ever had it in hand, or did something with it, by their own signature: what others say of somebody makes nobody its handler. Who watches over it and
    /// countersigned what they did not see is none.
    /// </summary>
    public IEnumerable<Guid> Hands => Releases.Select(r => r.From).Concat(Receipts.Select(r => r.To)).Append(Seizer)
        .Concat(Acts.Values.SelectMany(a => a.SignedBy is { } second && second == a.Witness ? [a.By, second] : new[] { a.By }))
        .Concat(Analyses.Select(a => a.Analyst)).Concat(Destruction is { } burned ? burned.Signed.Keys.Append(burned.By) : []);

    /// <summary>The chain as it becomes with one more half.</summary>
    public CustodyChain ChainWith(SignedHalf? half) => CustodyChain.Of(
        Seizer, half is Release release ? Releases.Add(release) : Releases, half is Receipt receipt ? Receipts.Add(receipt) : Receipts, Withdrawn);

    /// <summary>A signature that is on the record already, or null: a device that hears no answer sends it again.</summary>
    public SignedHalf? HalfOf(Guid half) => Releases.FirstOrDefault(r => r.Half == half) ?? (SignedHalf?)Receipts.FirstOrDefault(r => r.Half == half);

    /// <summary>What was done by a photograph instead of a second person's eyes.</summary>
    public IEnumerable<Guid> ActsBy(Guid photo) =>
        Readings.Where(r => r.Photo == photo).Select(r => r.Act).Concat(Reseals.Where(r => r.Photo == photo).Select(r => r.Act))
            .Concat(Return is { } given && given.Photo == photo ? [given.Act] : []);

    /// <summary>The photograph with this sum, if it stands for no other act than this.</summary>
    public Photo? PhotoFor(Guid act, string sha256) => Photos.FirstOrDefault(p => p.Sha256 == sha256 && ActsBy(p.Id).All(a => a == act));

    /// <summary>The seal that a package has to have at a time.</summary>
    public string? SealOf(int package, DateTimeOffset at) =>
        Reseals.Where(r => r.Package == package && r.At <= at).OrderBy(r => r.At).LastOrDefault()?.NewSeal
        ?? Packages.FirstOrDefault(p => p.Number == package)?.Seal;

    /// <summary>The packages with the seals that they have at a time.</summary>
    public IReadOnlyList<SealedPackage> SealsAt(DateTimeOffset at) => at < PackedAt ? [] : [.. Packages.Select(p => new SealedPackage(p.Number, SealOf(p.Number, at)!))];

    /// <summary>
    /// Where it stands: in transit from when its holder gave it away until somebody signs for it, and else by what the last hand-over was for.
    /// </summary>
    public ExhibitStatus Status
    {
        get
        {
            if (End is { } end) return end;
            if (Destruction is { CarriedOut: not null } burned) return burned.IsContested ? ExhibitStatus.DestructionContested : ExhibitStatus.DestructionUnsigned;
            if (IsMissing) return ExhibitStatus.Missing;
            if (IsBeingReturned) return ExhibitStatus.BeingReturned;
            var chain = Chain;
            if (chain.Given.Any(r => r.From == chain.Holder)) return ExhibitStatus.InTransit;
            return chain.Last?.Out.Purpose switch
            {
                Purpose.Laboratory => ExhibitStatus.AtLab,
                Purpose.Court => ExhibitStatus.InCourt,
                Purpose.Transport => ExhibitStatus.InTransit,
                _ => Kept,
            };
        }
    }

    /// <summary>
    /// Whether it should be found at a place of the store: whatever its last hand-over was said to be for, until its holder gave it away or it is gone.
    /// </summary>
    public bool IsAt(Guid location) => Location == location && IsAtHand;

    /// <summary>Whether its holder has it where they put it: they did not give it away, and it is not gone.</summary>
    public bool IsAtHand => !IsOver && Chain is var chain && chain.Given.All(r => r.From != chain.Holder);

    ExhibitStatus Kept => IsForfeited ? ExhibitStatus.Forfeited : ExhibitStatus.Held;

    /// <summary>Where in a store it is, as its holder signed.</summary>
    public Guid? Location => Chain.Last is { } last ? (Moved is { } moved && moved.At > last.In.At ? moved.Location : last.In.Location) : Moved?.Location ?? FromRegister?.Stated.Location;

    /// <summary>An entry of this exhibit. It is erased with its case.</summary>
    public Filing File(IEvent happened, DateTimeOffset? occurred = null) => FilingOf(Id, Case, happened, occurred);

    /// <summary>An entry of an exhibit that is erased with its case.</summary>
    public static Filing FilingOf(Guid exhibit, Guid @case, IEvent happened, DateTimeOffset? occurred = null) =>
        new(new StreamId(exhibit), happened, occurred, Compartments.OfMatter(new StreamId(@case)));

    /// <summary>The stream that lists a case's exhibits.</summary>
    public static StreamId ListOf(Guid @case) => new(Streams.Derive(@case, "exhibits"));

    public Exhibit Apply(Recorded recorded) => Stand(recorded, Happen(recorded)) with { Id = recorded.Stream.Value, Version = recorded.Version };

    /// <summary>Where it is to be found now; null where it is on its way, with nobody's place, or gone.</summary>
    public Guid? Place => IsAtHand ? Location : null;

    /// <summary>Where it was to be found at a time, as the record knew then.</summary>
    public Guid? StoodAt(DateTimeOffset at) => Stood.LastOrDefault(s => s.Since <= at).Place;

    // As the record learned of it: what was signed on a device without a line came in when that was known.
    static Exhibit Stand(Recorded recorded, Exhibit after)
    {
        if (recorded.Event is not (ExhibitTakenOver or ExhibitSampled or ExhibitHandedOver or ExhibitReceived or ExhibitMoved or HandOverWithdrawn or DestructionCarriedOut or ExhibitReturned or ActCountersigned)) return after;
        var place = after.Place;
        return place == (after.Stood is [.., var last] ? last.Place : null) ? after : after with { Stood = after.Stood.Add((recorded.At, place)) };
    }

    Exhibit Happen(Recorded recorded) => recorded.Event switch
    {
        ExhibitSeized e => this with
        {
            Case = e.Case, Seizure = e.Seizure, Unit = e.Unit, Number = e.Number, Kind = e.Kind, Substance = e.Substance,
            Description = e.Description, Quantity = e.Quantity, Packages = [.. e.Packages], Seizer = recorded.Actor.Value, SeizedAt = recorded.When,
        },
        ExhibitWeighed e => Await(e.Act, e.Witness, e.Alone, recorded) with
        {
            Readings = Readings.Add(new Reading(
                e.Act, e.Package, e.Kind, e.Mass, e.Uncertainty, e.BalanceSerial, e.CalibrationDue, e.Moment, recorded.Actor.Value, e.Witness, e.Alone,
                e.Photo, recorded.When) { Entry = recorded.Version }),
        },
        ExhibitResealed e => Await(e.Act, e.Witness, e.Alone, recorded) with
        {
            Packages = Packages.IsEmpty ? [new SealedPackage(e.Package, e.OldSeal)] : Packages, PackedAt = Packages.IsEmpty ? recorded.When : PackedAt,
            Reseals = Reseals.Add(new Reseal(e.Act, e.Package, e.OldSeal, e.NewSeal, e.Reason, recorded.Actor.Value, recorded.When) { Photo = e.Photo, Entry = recorded.Version }),
        },
        ActCountersigned e when Acts.TryGetValue(e.Act, out var act) => Ended(e) with
        {
            Acts = Acts.SetItem(e.Act, act with { SignedBy = recorded.Actor.Value, SignedAt = recorded.When, Manner = e.Manner, Objection = e.Objection }),
        },
        ExhibitHandedOver e => Carry(recorded, this with
        {
            Releases = Releases.Add(new Release(
                e.Half, e.Transfer, recorded.Actor.Value, e.To, recorded.When, recorded.At, e.Seals, e.KeptOnDevice, e.Purpose, e.Authority, e.Condition)),
        }),
        ExhibitReceived e => Carry(recorded, this with
        {
            Receipts = Receipts.Add(new Receipt(
                e.Half, e.Transfer, e.From, recorded.Actor.Value, recorded.When, recorded.At, e.Seals, e.KeptOnDevice, e.Location, e.Discrepancy)),
        }),
        ExhibitMoved e => this with { Moved = (e.Location, recorded.When), Carried = recorded.Version, MovedTo = MovedTo.Add(e.Location) },
        HandOverWithdrawn e => this with { Withdrawn = Withdrawn.Add(e.Half) },
        PhotoKept e => this with { Photos = Photos.Add(new Photo(e.Photo, e.MediaType, e.Bytes, e.Sha256, e.About, recorded.Actor.Value, recorded.When)) },
        null => this with { ErasedAt = ErasedAt ?? recorded.At },
        _ => Sample(recorded),
    };

    // It was carried where its holder says so, or where a half makes out of two a way on which everybody has signed.
    Exhibit Carry(Recorded recorded, Exhibit after)
    {
        var (was, now) = (Chain, after.Chain);
        var carried = (after.Releases.Length > Releases.Length && recorded.Actor.Value == was.Holder) || now.Links.Count(l => !l.IsClaim) > was.Links.Count(l => !l.IsClaim);
        return carried ? after with { Carried = recorded.Version } : after;
    }

    Exhibit Await(Guid act, Guid? witness, string? alone, Recorded recorded) => this with
    {
        Acts = Acts.SetItem(act, new WitnessedAct(act, recorded.Actor.Value, recorded.When, witness, alone)),
    };
}
