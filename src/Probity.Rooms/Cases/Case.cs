using System.Collections.Immutable;
using Probity.Cases.Contract;
using Probity.Ledger;
using Probity.Records.Contract;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>What was asked for a seat and waits for a second person. Without <paramref name="Person"/> it is a redraw.</summary>
internal sealed record SeatProposal(Guid? Person, string Reason, Guid By);

/// <summary>A draw that was asked for.</summary>
internal sealed record DrawRequest(IReadOnlyList<Guid> Eligible, Guid Chain, long Place, string? Seed = null);

/// <summary>A closing that waits for a second person.</summary>
internal sealed record ClosingProposal(CaseOutcome Outcome, string Reasons, Guid By);

/// <summary>A case as it stands.</summary>
internal sealed partial record Case : IState<Case>
{
    public static Case Initial { get; } = new();

    public Guid Id { get; init; }
    public string Number { get; init; } = "";
    public Guid Unit { get; init; }
    public string Offence { get; init; } = "";
    public string Summary { get; init; } = "";
    public ImmutableArray<Party> Parties { get; init; } = [];
    public Guid OpenedBy { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public Stage Stage { get; init; }
    public DateTimeOffset StageSince { get; init; }

    /// <summary>Who sits where.</summary>
    public ImmutableDictionary<Seat, Guid> Seats { get; init; } = ImmutableDictionary<Seat, Guid>.Empty;

    /// <summary>Everybody who ever sat there, for the guard's earlier role.</summary>
    public ImmutableHashSet<Guid> EverSeated { get; init; } = [];

    /// <summary>Everybody who was ever given access to it by name.</summary>
    public ImmutableHashSet<Guid> EverNamed { get; init; } = [];

    /// <summary>Whether somebody ever worked it: opened it, sat in it, or was named to it. Leaving the post undoes none of that.</summary>
    public bool WasWorkedBy(Guid person) => OpenedBy == person || EverSeated.Contains(person) || EverNamed.Contains(person);

    public ImmutableDictionary<Seat, DrawRequest> Draws { get; init; } = ImmutableDictionary<Seat, DrawRequest>.Empty;

    /// <summary>Seats whose draw waited, or waits, for somebody who watches over cases.</summary>
    public ImmutableHashSet<Seat> Held { get; init; } = [];

    public ImmutableDictionary<Seat, SeatProposal> SeatProposals { get; init; } = ImmutableDictionary<Seat, SeatProposal>.Empty;
    public ImmutableHashSet<Guid> Named { get; init; } = [];
    public ImmutableHashSet<Step> Steps { get; init; } = [];
    public ImmutableArray<DecisionKind> Decisions { get; init; } = [];
    public ClosingProposal? Closing { get; init; }
    public CaseOutcome? Outcome { get; init; }

    /// <summary>When the prosecutor laid it to rest, else when it was closed: as recorded, whatever was said of the time.</summary>
    public DateTimeOffset? RestsSince { get; init; }

    /// <summary>Whether it ever came before a court.</summary>
    public bool WasBeforeCourt { get; init; }
    public DateTimeOffset LastActivity { get; init; }

    /// <summary>When the case was erased: of it there is then nothing but that it was there.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
    public long Version { get; init; }

    public StreamId Stream => new(Id);
    public bool Exists => Version > 0;
    public Guid? Handler => Seats.TryGetValue(Seat.Handler, out var p) ? p : null;
    public Guid? Prosecutor => Seats.TryGetValue(Seat.Prosecutor, out var p) ? p : null;

    /// <summary>The staff whom the case is about or who saw it: whoever is barred from them decides nothing in it.</summary>
    public IEnumerable<Guid> StaffParties => Parties.Select(p => p.Person).OfType<Guid>().Where(p => !Freed.Contains(p));

    /// <summary>
    /// The staff under suspicion: they and their chain of command do not see the case, and colleagues do not investigate it. Who
    /// is only named as a witness keeps what their post sees, or naming the watchers would blind them.
    /// </summary>
    public IEnumerable<Guid> StaffSubjects => Parties.Where(p => p.Role == PartyRole.Subject).Select(p => p.Person).OfType<Guid>().Where(p => !Freed.Contains(p));

    public Case Apply(Recorded recorded) => Happen(recorded) with
    {
        Id = recorded.Stream.Value,
        Version = recorded.Version,
        // A step that is entered late happened earlier, and is no reason to call the case older than it is.
        LastActivity = recorded.When > LastActivity ? recorded.When : LastActivity,
    };

    Case Happen(Recorded recorded) => recorded.Event switch
    {
        CaseOpened e => this with
        {
            Number = e.Number, Unit = e.Unit, Offence = e.Offence, Summary = e.Summary, Parties = [.. e.Parties], PartiesAtOpening = e.Parties.Count,
            PartiesNamed = [.. e.Parties.Select(_ => new Naming(recorded.Actor.Value, recorded.When))],
            OpenedBy = recorded.Actor.Value, OpenedAt = recorded.When, StageSince = recorded.When,
        },
        AssignmentRequested e => this with { Draws = Draws.SetItem(e.Seat, new DrawRequest(e.Eligible, e.Chain, e.Place)) },
        DrawHeld e => this with { Held = Held.Add(e.Seat) },
        SeatDrawn e => Sit(e.Seat, e.Person) with { Draws = Draws.SetItem(e.Seat, Draws[e.Seat] with { Seed = e.Seed }) },
        DrawVoided e => this with { Draws = Draws.Remove(e.Seat) },
        RedrawProposed e => this with { SeatProposals = SeatProposals.SetItem(e.Seat, new SeatProposal(null, e.Reason, recorded.Actor.Value)) },
        HandAssignmentProposed e => this with { SeatProposals = SeatProposals.SetItem(e.Seat, new SeatProposal(e.Person, e.Reason, recorded.Actor.Value)) },
        AssignmentApproved e when SeatProposals.TryGetValue(e.Seat, out var p) =>
            (p.Person is { } person ? Sit(e.Seat, person) : this with { Seats = Seats.Remove(e.Seat), Draws = Draws.Remove(e.Seat) })
            with { SeatProposals = SeatProposals.Remove(e.Seat) },
        AssignmentRejected e => this with { SeatProposals = SeatProposals.Remove(e.Seat) },
        AccessGiven e => this with { Named = Named.Add(e.Person), EverNamed = EverNamed.Add(e.Person) },
        StepRecorded e => this with { Steps = Steps.Add(e.Step) },
        StageEntered e => this with { Stage = e.Stage, StageSince = recorded.When, WasBeforeCourt = WasBeforeCourt || e.Stage == Stage.Adjudicate },
        CaseDecided e => this with { Decisions = Decisions.Add(e.Kind), RestsSince = e.Kind is DecisionKind.Decline or DecisionKind.Discontinue ? recorded.At : RestsSince },
        ClosingProposed e => this with { Closing = new ClosingProposal(e.Outcome, e.Reasons, recorded.Actor.Value) },
        ClosingReturned => this with { Closing = null },
        MatterErased => Initial with { ErasedAt = recorded.When, Stage = Stage.Closed, StageSince = recorded.When },
        CaseClosed e => this with { Closing = null, Outcome = e.Outcome, Stage = Stage.Closed, StageSince = recorded.When, RestsSince = RestsSince ?? recorded.At },
        _ => HappenToAccess(recorded),
    };

    Case Sit(Seat seat, Guid person) => this with { Seats = Seats.SetItem(seat, person), EverSeated = EverSeated.Add(person) };
}
