using System.Collections.Immutable;
using Probity.Interdiction.Contract;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Interdiction;

/// <summary>How far a target has come.</summary>
internal enum TargetStage { Registered, Selected, Inspected, Found, NotSelected, Released }

/// <summary>An examination.</summary>
internal sealed record Inspection(InspectionKind Kind, bool Found, string? CaseNumber, string? Note, Guid By, DateTimeOffset At);

/// <summary>What an officer asked to do against the risk, and waits for a second person.</summary>
internal sealed record AskedOverride(OverrideKind Kind, string Reason, Guid By, DateTimeOffset At);

/// <summary>What was done against the risk while no second person was there, and has to be signed.</summary>
internal sealed record AwaitedSignature(OverrideKind Kind, string Reason, string Absence, Guid By, Guid Countersigner, DateTimeOffset Due);

/// <summary>A container, passenger, bag, vessel or parcel, and what was decided about it.</summary>
internal sealed record Target : IState<Target>
{
    public static Target Initial { get; } = new();

    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public Guid Unit { get; init; }
    public TargetKind Kind { get; init; }
    public string Reference { get; init; } = "";
    public string? Document { get; init; }
    public string Port { get; init; } = "";
    public DateTimeOffset Arrival { get; init; }
    public int Score { get; init; }
    public RiskSource Source { get; init; }
    public ImmutableArray<string> Rules { get; init; } = [];
    public Guid? Staff { get; init; }

    /// <summary>Who stands on its papers.</summary>
    public ImmutableArray<string> Names { get; init; } = [];
    public Guid RegisteredBy { get; init; }
    public TargetStage Stage { get; init; }
    public ImmutableArray<Inspection> Inspections { get; init; } = [];
    public AskedOverride? Asked { get; init; }
    public AwaitedSignature? Awaited { get; init; }

    /// <summary>Who was ever asked to sign from outside: they keep seeing what they signed.</summary>
    public Guid? Countersigner { get; init; }

    /// <summary>Overrides that happened.</summary>
    public ImmutableArray<OverrideKind> Overrides { get; init; } = [];

    /// <summary>A second person said no, and nobody has examined it since: then nobody goes on without one.</summary>
    public bool Refused { get; init; }

    /// <summary>Whoever was to sign an override from outside would not have agreed to it.</summary>
    public bool Objected { get; init; }
    public long Version { get; init; }

    public StreamId Stream => new(Id);
    public bool Exists => Version > 0 && Number.Length > 0;
    public bool IsOver => Stage is TargetStage.NotSelected or TargetStage.Released;

    /// <summary>Whom it is about: whoever is barred from them has nothing to do with it.</summary>
    public IEnumerable<Guid> People => Staff is { } person ? [person] : [];

    public Target Apply(Recorded recorded) => Happen(recorded) with { Id = recorded.Stream.Value, Version = recorded.Version };

    Target Happen(Recorded recorded) => recorded.Event switch
    {
        TargetRegistered e => this with
        {
            Number = e.Number, Unit = e.Unit, Kind = e.Kind, Reference = e.Reference, Document = e.Document, Port = e.Port, Arrival = e.Arrival,
            Score = e.Score, Source = e.Source, Rules = [.. e.Rules], Staff = e.Staff, RegisteredBy = recorded.Actor.Value,
        },
        TargetNamesStated e => this with { Names = [.. e.Names] },
        TargetSelected => this with { Stage = TargetStage.Selected },
        TargetPassed => this with { Stage = TargetStage.NotSelected },
        TargetInspected e => this with
        {
            Stage = e.Found || Stage == TargetStage.Found ? TargetStage.Found : TargetStage.Inspected, Refused = false,
            Inspections = Inspections.Add(new Inspection(e.Kind, e.Found, e.CaseNumber, e.Note, recorded.Actor.Value, recorded.When)),
        },
        TargetReleased => this with { Stage = TargetStage.Released },
        OverrideAsked e => this with { Asked = new AskedOverride(e.Kind, e.Reason, recorded.Actor.Value, recorded.When) },
        OverrideAgreed when Asked is { } asked => Override(asked.Kind),
        OverrideRefused => this with { Asked = null, Refused = true },
        OverrideRecorded e => Override(e.Kind) with
        {
            Awaited = new AwaitedSignature(e.Kind, e.Reason, e.Absence, recorded.Actor.Value, e.Countersigner, e.Due), Countersigner = e.Countersigner,
        },
        OverrideCountersigned => this with { Awaited = null },
        OverrideObjected => this with { Awaited = null, Objected = true },
        _ => this,
    };

    Target Override(OverrideKind kind) => this with
    {
        Asked = null, Overrides = Overrides.Add(kind), Stage = kind is OverrideKind.NotSelected or OverrideKind.PassedAlone ? TargetStage.NotSelected : TargetStage.Released,
    };
}
