using System.Collections.Immutable;
using Probity.Exhibits.Contract;
using Probity.Shared.Record;

namespace Probity.Exhibits;

/// <summary>Where a sample comes from.</summary>
/// <param name="Root">What was seized: a sample of a sample keeps the first.</param>
/// <param name="Package">The package of that.</param>
/// <param name="Parent">What it was drawn from.</param>
/// <param name="ParentNumber">The number of that.</param>
/// <param name="Seizer">Who seized the root.</param>
/// <param name="SeizedAt">When.</param>
/// <param name="Plan">The sampling plan.</param>
/// <param name="Units">How many units there were.</param>
/// <param name="Tested">How many of them were tested.</param>
internal sealed record SampleOrigin(
    Guid Root, int Package, Guid Parent, string ParentNumber, Guid Seizer, DateTimeOffset SeizedAt, string Plan, int Units, int Tested);

/// <summary>A sample as the exhibit that it was drawn from knows it.</summary>
internal sealed record DrawnSample(Guid Act, Guid Id, string Number, int Package, Grams Mass, Grams Uncertainty, Guid By, DateTimeOffset At)
{
    /// <summary>Why it is more than a sample has to be.</summary>
    public string? Large { get; init; }

    /// <summary>Its place among the exhibit's entries: the package's new seal comes after it.</summary>
    public long Entry { get; init; }
}

/// <summary>Something that was taken from an exhibit and recorded; <paramref name="After"/> is how many weighings came before it.</summary>
internal sealed record Taken(int? Package, Grams Mass, Grams Uncertainty, int After, DateTimeOffset At)
{
    /// <summary>The analysis that used it up; null for a sample.</summary>
    public Guid? Analysis { get; init; }
}

/// <summary>A sample's origin, and the samples of an exhibit.</summary>
internal sealed partial record Exhibit
{
    /// <summary>Where it was drawn from; null for what was seized.</summary>
    public SampleOrigin? Origin { get; init; }

    public ImmutableArray<DrawnSample> Samples { get; init; } = [];
    public ImmutableArray<Taken> Taken { get; init; } = [];

    /// <summary>What was seized: the exhibit itself, or what the sample comes from.</summary>
    public Guid Root => Origin?.Root ?? Id;

    /// <summary>When it was seized, or what it was drawn from.</summary>
    public DateTimeOffset RootSeizedAt => Origin?.SeizedAt ?? SeizedAt;

    /// <summary>Who seized it, or drew it, or seized what it was drawn from: they vouch for none of it as a second person.</summary>
    public bool IsFromTheHandsOf(Guid person) => Seizer == person || Origin?.Seizer == person;

    /// <summary>What was drawn of a package and no reason given for, before one sample of it, or until now where that is null: portions are one amount.</summary>
    public Grams DrawnUnsaid(int package, Guid? before = null) => new(Samples.TakeWhile(s => s.Act != before).Where(s => s.Package == package && s.Large is null).Sum(s => s.Mass.Value));

    /// <summary>The package of what was seized that a package of this comes from.</summary>
    public int? RootPackageOf(int? package) => Origin is null ? package : Origin.Package;

    Exhibit Sample(Recorded recorded) => recorded.Event switch
    {
        SampleDrawn e => this with
        {
            Samples = Samples.Add(new DrawnSample(e.Act, e.Sample, e.Number, e.Package, e.Mass, e.Uncertainty, recorded.Actor.Value, recorded.When) { Large = e.Large, Entry = recorded.Version }),
            Taken = Taken.Add(new Taken(e.Package, e.Mass, e.Uncertainty, Readings.Length, recorded.When)),
        },
        ExhibitSampled e => this with
        {
            Case = e.Case, Seizure = e.Seizure, Unit = e.Unit, Number = e.Number, Kind = ExhibitKind.Sample, Substance = e.Substance, Packages = [.. e.Packages],
            Seizer = recorded.Actor.Value, SeizedAt = recorded.When,
            Origin = new SampleOrigin(e.Root, e.Package, e.Parent, e.ParentNumber, e.Seizer, e.SeizedAt, e.Plan, e.Units, e.Tested),
            // What was drawn is its first net mass, signed where it was drawn from.
            Readings = Readings.Add(new Reading(
                e.Act, e.Packages[0].Number, MassKind.Net, e.Mass, e.Uncertainty, e.BalanceSerial, e.CalibrationDue, Moment.Sampling, recorded.Actor.Value, null, null,
                null, recorded.When) { Entry = recorded.Version }),
        },
        _ => TakeOver(recorded),
    };
}
