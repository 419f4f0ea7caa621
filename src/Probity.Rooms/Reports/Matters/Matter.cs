using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Reports.Contract;
using Probity.Shared.Record;

namespace Probity.Reports.Matters;

/// <summary>How far a matter has come.</summary>
internal enum MatterStage { Open, Found, Concluded }

/// <summary>What is said of somebody of the house, and what became of it. A stream and a compartment of its own; nothing in it tells what it came from.</summary>
internal sealed record Matter : IState<Matter>
{
    public static Matter Initial { get; } = new();

    public Guid Id { get; init; }
    public Guid Opener { get; init; }
    public DateOnly OpenedOn { get; init; }

    /// <summary>Who looks into it; null where another body does.</summary>
    public Guid? Investigator { get; init; }
    public string? Body { get; init; }

    /// <summary>Everybody who ever looked into it: none of them confirms what was found.</summary>
    public ImmutableHashSet<Guid> Investigators { get; init; } = [];

    /// <summary>Who sees it beside them and its opener.</summary>
    public ImmutableList<Guid> People { get; init; } = [];
    public string Commitment { get; init; } = "";

    /// <summary>The number of the entry that holds it.</summary>
    public long CommittedAt { get; init; }

    /// <summary>Why it accuses somebody whom a report protects, sealed; noise in most.</summary>
    public string? Reason { get; init; }
    public ImmutableList<AllegationMade> Allegations { get; init; } = [];

    /// <summary>What was found last, by allegation.</summary>
    public ImmutableDictionary<Guid, StatedFinding> Findings { get; init; } = ImmutableDictionary<Guid, StatedFinding>.Empty;
    public Guid? FoundBy { get; init; }

    /// <summary>Who stated what was found last, as long as they look into it.</summary>
    public Guid? StatedBy { get; init; }
    public Guid? ConfirmedBy { get; init; }
    public DateOnly? ConcludedOn { get; init; }

    /// <summary>Why what was found was returned; null where it was not, or was stated anew since.</summary>
    public string? Returned { get; init; }
    public ImmutableHashSet<Guid> Known { get; init; } = [];
    public long Version { get; init; }

    public bool Exists => Opener != Guid.Empty;
    public StreamId Stream => new(Id);
    public MatterStage Stage => ConcludedOn is not null ? MatterStage.Concluded : FoundBy is not null ? MatterStage.Found : MatterStage.Open;

    /// <summary>The people of whom something is said, and the units.</summary>
    public IEnumerable<Guid> Accused => Allegations.Select(a => a.Person).OfType<Guid>();
    public IEnumerable<Guid> AccusedUnits => Allegations.Select(a => a.Unit).OfType<Guid>();

    /// <summary>What was found and confirmed, for each allegation; none before.</summary>
    public IEnumerable<AllegationFinding> Outcomes => ConcludedOn is null ? [] : Allegations.Where(a => Findings.ContainsKey(a.Id)).Select(a => Findings[a.Id].Finding);

    public Matter Apply(Recorded recorded) => Happen(recorded) with { Id = recorded.Stream.Value, Version = recorded.Version };

    Matter Happen(Recorded recorded) => recorded.Event switch
    {
        MatterOpened e => this with
        {
            Opener = recorded.Actor.Value, OpenedOn = DayOf(recorded), Investigator = e.Investigator, Body = e.Body, People = [.. e.People],
            Investigators = e.Investigator is { } investigator ? [investigator] : [], Known = Known.Add(recorded.Stream.Value),
        },
        OriginCommitted e => this with { Commitment = e.Commitment, CommittedAt = recorded.Index },
        OpeningReasoned e => this with { Reason = e.Box },
        AllegationMade e => this with { Allegations = Allegations.Add(e), Known = Known.Add(e.Id) },
        FindingsStated e => this with { Findings = e.Findings.ToImmutableDictionary(f => f.Allegation), FoundBy = recorded.Actor.Value, StatedBy = recorded.Actor.Value, Returned = null, Known = Known.Add(e.Id) },
        FindingsConfirmed e => this with { ConfirmedBy = recorded.Actor.Value, ConcludedOn = DayOf(recorded), Known = Known.Add(e.Id) },
        FindingsReturned e => this with { FoundBy = null, Returned = e.Reason, Known = Known.Add(e.Id) },
        MatterGiven e => this with
        {
            Investigator = e.Investigator, Body = e.Body, FoundBy = null, StatedBy = null, Investigators = e.Investigator is { } investigator ? Investigators.Add(investigator) : Investigators, Known = Known.Add(e.Id),
        },
        _ => this,
    };

    static DateOnly DayOf(Recorded recorded) => DateOnly.FromDateTime(recorded.At.UtcDateTime);

    /// <summary>What happens to it.</summary>
    public Filing File(IEvent happened) => new(Stream, happened);
}
