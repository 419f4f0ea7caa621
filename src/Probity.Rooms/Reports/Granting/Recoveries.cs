using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Reports.Reading;
using Probity.Shared.Record;

namespace Probity.Reports.Granting;

/// <summary>Somebody asked that reports are opened with the shares.</summary>
/// <param name="Asked">What was asked.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
internal sealed record Recovery(RecoveryAsked Asked, Guid AskedBy, DateTimeOffset AskedAt)
{
    public Guid Id => Asked.Id;

    public Guid? AgreedBy { get; init; }
    public DateTimeOffset? AgreedAt { get; init; }

    /// <summary>The entry by which it was agreed: its receipt goes with the request.</summary>
    public long? AgreedIndex { get; init; }
    public Guid? ReturnedBy { get; init; }
    public string? ReturnedWhy { get; init; }

    /// <summary>The reports whose keys were brought back.</summary>
    public ImmutableHashSet<Guid> Back { get; init; } = [];

    /// <summary>What was brought back: the same file once more brings nothing, and one that opened nothing does not keep another out.</summary>
    public ImmutableHashSet<string> Boxes { get; init; } = [];

    /// <summary>Whether a second person has not said anything yet.</summary>
    public bool Waits => AgreedBy is null && ReturnedBy is null;
}

/// <summary>All that was asked of the holders of shares. One stream in a compartment of its own: it goes with no report and no person.</summary>
internal sealed record Recoveries : IStreamState<Recoveries>
{
    public static StreamId Stream => RecoveredKeys.Stream;

    public static Recoveries Initial { get; } = new();

    public long Version { get; init; }

    /// <summary>By id.</summary>
    public ImmutableDictionary<Guid, Recovery> All { get; init; } = ImmutableDictionary<Guid, Recovery>.Empty;

    /// <summary>The newest first.</summary>
    public IEnumerable<Recovery> Newest => All.Values.OrderByDescending(r => r.AskedAt).ThenBy(r => r.Id);

    public Recoveries Apply(Recorded recorded) => Happen(recorded) with { Version = recorded.Version };

    Recoveries Happen(Recorded recorded) => recorded.Event switch
    {
        RecoveryAsked e => this with { All = All.SetItem(e.Id, new Recovery(e, recorded.Actor.Value, recorded.At)) },
        RecoveryAgreed e => Change(e.Id, r => r with { AgreedBy = recorded.Actor.Value, AgreedAt = recorded.At, AgreedIndex = recorded.Index }),
        RecoveryReturned e => Change(e.Id, r => r with { ReturnedBy = recorded.Actor.Value, ReturnedWhy = e.Reason }),
        Recovered e => Change(e.Id, r => r with { Back = r.Back.Add(e.Report), Boxes = r.Boxes.Union(e.Keys.Select(k => k.Box)) }),
        _ => this,
    };

    Recoveries Change(Guid id, Func<Recovery, Recovery> change) => All.TryGetValue(id, out var known) ? this with { All = All.SetItem(id, change(known)) } : this;
}
