using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>A balance as it stands.</summary>
internal sealed record Balance(Guid Id, Guid Unit, string Serial, Grams Capacity, Grams Uncertainty, DateOnly CalibrationDue, string Certificate)
{
    /// <summary>The smallest uncertainty that it had since two people last agreed to one: many small steps lead no further away from it than one.</summary>
    public Grams Finest { get; init; } = Uncertainty;

    /// <summary>A far coarser calibration, which waits for a second person.</summary>
    public ProposedCalibration? Proposed { get; init; }

    /// <summary>Who took it into use, or made it coarser than it was, and when they last did: what a balance may be off by is what may be missing unseen.</summary>
    public (Guid By, DateTimeOffset At)? Coarser { get; init; }

    /// <summary>With a calibration that counts.</summary>
    public Balance Calibrated(BalanceCalibrated calibration, Recorded recorded) => this with
    {
        Coarser = calibration.Uncertainty > Uncertainty ? (recorded.Actor.Value, recorded.At) : Coarser,
        Uncertainty = calibration.Uncertainty, CalibrationDue = calibration.CalibrationDue, Certificate = calibration.Certificate, Proposed = null,
        Finest = Proposed?.Is(calibration) == true || calibration.Uncertainty < Finest ? calibration.Uncertainty : Finest,
    };
}

/// <summary>A calibration that waits for a second person.</summary>
internal sealed record ProposedCalibration(Grams Uncertainty, DateOnly CalibrationDue, string Certificate, Guid By, DateTimeOffset At)
{
    public bool Is(BalanceCalibrated calibration) => (Uncertainty, CalibrationDue, Certificate) == (calibration.Uncertainty, calibration.CalibrationDue, calibration.Certificate);
}

/// <summary>A place to keep exhibits.</summary>
internal sealed record StorageLocation(
    Guid Id, Guid Unit, string Name, StorageClass Class, Grams? Most, bool DualLock, bool Camera, bool Alarm, ImmutableArray<Guid> Keyholders)
{
    /// <summary>Everybody who ever had one of its keys.</summary>
    public ImmutableHashSet<Guid> EverKeyholders { get; init; } = [];

    /// <summary>Since when these people have its keys.</summary>
    public DateTimeOffset? KeysSince { get; init; }

    /// <summary>The newest count that was recorded here, signed by two or not: when who counted began to look, when they were done, and what they did not find.</summary>
    public (Guid Id, DateTimeOffset Begun, DateTimeOffset At, IReadOnlyList<Guid> Unseen)? LastCount { get; init; }

    /// <summary>When it was last counted, by a count that two have signed.</summary>
    public DateTimeOffset? CountedAt { get; init; }
}

/// <summary>The balances, the places and the roster of deputies of the agency: one stream, like the register.</summary>
internal sealed record Store : IState<Store>
{
    /// <summary>The stream.</summary>
    public static readonly StreamId Stream = new(Streams.Derive(Guid.Empty, "exhibit store"));

    public static Store Initial { get; } = new();

    public ImmutableDictionary<Guid, Balance> Balances { get; init; } = ImmutableDictionary<Guid, Balance>.Empty;
    public ImmutableDictionary<Guid, StorageLocation> Locations { get; init; } = ImmutableDictionary<Guid, StorageLocation>.Empty;
    public ImmutableHashSet<Guid> Deputies { get; init; } = [];

    /// <summary>The counts that their second person has signed.</summary>
    public ImmutableHashSet<Guid> SignedCounts { get; init; } = [];

    public Store Apply(Recorded recorded) => recorded.Event switch
    {
        BalanceRegistered e => this with
        {
            Balances = Balances.SetItem(e.Balance, new Balance(e.Balance, e.Unit, e.Serial, e.Capacity, e.Uncertainty, e.CalibrationDue, e.Certificate) { Coarser = (recorded.Actor.Value, recorded.At) }),
        },
        BalanceCalibrated e when Balances.TryGetValue(e.Balance, out var balance) => this with
        {
            Balances = Balances.SetItem(e.Balance, balance.Calibrated(e, recorded)),
        },
        CalibrationProposed e when Balances.TryGetValue(e.Balance, out var balance) => this with
        {
            Balances = Balances.SetItem(e.Balance, balance with { Proposed = new ProposedCalibration(e.Uncertainty, e.CalibrationDue, e.Certificate, recorded.Actor.Value, recorded.When) }),
        },
        CalibrationDeclined e when Balances.TryGetValue(e.Balance, out var balance) => this with { Balances = Balances.SetItem(e.Balance, balance with { Proposed = null }) },
        LocationOpened e => this with
        {
            Locations = Locations.SetItem(
                e.Location, new StorageLocation(e.Location, e.Unit, e.Name, e.Class, e.Most, e.DualLock, e.Camera, e.Alarm, [])),
        },
        KeyholdersSet e when Locations.TryGetValue(e.Location, out var location) => this with
        {
            Locations = Locations.SetItem(e.Location, location with { Keyholders = [.. e.People], EverKeyholders = location.EverKeyholders.Union(e.People), KeysSince = recorded.When }),
        },
        CountRecorded e when Locations.TryGetValue(e.Location, out var location) => this with
        {
            Locations = Locations.SetItem(e.Location, location with { LastCount = (e.Count, e.Begun, recorded.When, e.Unseen) }),
        },
        CountSigned e when Locations.TryGetValue(e.Location, out var location) => this with
        {
            SignedCounts = SignedCounts.Add(e.Count),
            Locations = Locations.SetItem(e.Location, location with { CountedAt = location.CountedAt > e.CountedAt ? location.CountedAt : e.CountedAt }),
        },
        DeputyNamed e => this with { Deputies = Deputies.Add(e.Person) },
        DeputyEnded e => this with { Deputies = Deputies.Remove(e.Person) },
        _ => this,
    };
}
