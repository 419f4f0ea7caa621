using System.Collections.Immutable;
using Probity.Access.Contract;
using Probity.Cases.Contract;
using Probity.Shared.Record;

namespace Probity.Cases;

/// <summary>A declared conflict, and who asked that it be lifted, where somebody did.</summary>
internal sealed record Wall(ConflictKind Kind, DateTimeOffset Since, Guid? LiftAskedBy = null, string LiftReason = "");

/// <summary>An opening of the case by somebody who was not assigned to it. Without <paramref name="ReviewedBy"/> it still has to be judged.</summary>
internal sealed record Glass(
    Guid Id, Guid Person, DateTimeOffset At, DateTimeOffset Until, string Reason, Guid? ReviewedBy = null, bool Justified = false, string Reasons = "")
{
    public bool IsReviewed => ReviewedBy is not null;
}

/// <summary>Who named somebody in a case, and when.</summary>
internal sealed record Naming(Guid By, DateTimeOffset At);

/// <summary>Which overseer let somebody back to their post in the case, when and why.</summary>
internal sealed record LetBack(Guid By, DateTimeOffset At, string Reason);

/// <summary>Who is kept out of the case, who came in without being assigned, and who is named in it no longer.</summary>
internal sealed partial record Case
{
    /// <summary>Who declared a conflict with the case: the guard bars them from all of it.</summary>
    public ImmutableDictionary<Guid, Wall> Walls { get; init; } = ImmutableDictionary<Guid, Wall>.Empty;

    /// <summary>Every opening without being assigned, in order.</summary>
    public ImmutableArray<Glass> Glasses { get; init; } = [];

    /// <summary>
    /// The numbers, from 1, of those in <see cref="Parties"/> who turned out to be no part of it. Staff among them stay barred: else whoever
    /// works the case could let a suspect back in by taking the name off.
    /// </summary>
    public ImmutableHashSet<int> PartiesEnded { get; init; } = [];

    /// <summary>How many were named when the case was opened.</summary>
    public int PartiesAtOpening { get; init; }

    /// <summary>Those who are named in it now, each with their number.</summary>
    public IEnumerable<(int Number, Party Party)> CurrentParties =>
        Parties.Select((party, at) => (at + 1, party)).Where(p => !PartiesEnded.Contains(p.Item1));

    /// <summary>Who named each of <see cref="Parties"/>, and when.</summary>
    public ImmutableArray<Naming> PartiesNamed { get; init; } = [];

    /// <summary>Staff whom the overseer let back to their post in it, and whom nobody has named since.</summary>
    public ImmutableHashSet<Guid> Freed { get; init; } = [];

    /// <summary>Everybody whom an overseer ever let back, as they last did: nobody else names these again, or whoever works the case could be rid of them once more.</summary>
    public ImmutableDictionary<Guid, LetBack> LetBack { get; init; } = ImmutableDictionary<Guid, LetBack>.Empty;

    /// <summary>Those who watch over cases and are barred from this one because they were named in it, whether or not the name was taken off since; each with their number.</summary>
    public IEnumerable<(int Number, Party Party)> WatchersNamed(Register register, DateTimeOffset now)
    {
        var watchers = register.Holders(Role.Overseer, now).Concat(register.Holders(Role.Integrity, now)).ToHashSet();
        return Parties.Select((party, at) => (at + 1, party)).Where(p => p.party.Person is { } person && watchers.Contains(person) && !Freed.Contains(person));
    }

    /// <summary>Declared interests that are not who is named in it, though they are called alike: who declared it, its number, and the number of the name.</summary>
    public ImmutableHashSet<(Guid Person, int Interest, int Party)> MatchesSetAside { get; init; } = [];

    /// <summary>The court's part of the case.</summary>
    public CourtFile Court { get; init; } = CourtFile.Initial;

    /// <summary>Whether this person came in without being assigned, and may still look.</summary>
    public bool HasBrokenGlass(Guid person, DateTimeOffset now) => Glasses.Any(g => g.Person == person && now < g.Until);

    Case HappenToAccess(Recorded recorded) => recorded.Event switch
    {
        AccessEnded e => this with { Named = Named.Remove(e.Person) },
        ConflictDeclared e when !Walls.ContainsKey(recorded.Actor.Value) =>
            this with { Walls = Walls.Add(recorded.Actor.Value, new Wall(e.Kind, recorded.When)) },
        SeatVacated e => this with
        {
            Seats = Seats.Remove(e.Seat), Draws = Draws.Remove(e.Seat), SeatProposals = SeatProposals.Remove(e.Seat), Held = Held.Remove(e.Seat),
        },
        WallLiftProposed e => Change(e.Person, w => w with { LiftAskedBy = recorded.Actor.Value, LiftReason = e.Reason }),
        WallKept e => Change(e.Person, w => w with { LiftAskedBy = null, LiftReason = "" }),
        WallLifted e => this with { Walls = Walls.Remove(e.Person) },
        GlassBroken e => this with { Glasses = Glasses.Add(new Glass(e.Glass, recorded.Actor.Value, recorded.When, e.Until, e.Reason)) },
        GlassReviewed e => this with
        {
            Glasses = [.. Glasses.Select(g => g.Id == e.Glass ? g with { ReviewedBy = recorded.Actor.Value, Justified = e.Justified, Reasons = e.Reasons } : g)],
        },
        PartyAdded e => this with
        {
            Parties = Parties.Add(e.Party), PartiesNamed = PartiesNamed.Add(new Naming(recorded.Actor.Value, recorded.When)),
            Freed = e.Party.Person is { } named ? Freed.Remove(named) : Freed,
        },
        PartyBarLifted e => this with { Freed = Freed.Add(e.Person), LetBack = LetBack.SetItem(e.Person, new LetBack(recorded.Actor.Value, recorded.When, e.Reason)) },
        MatchSetAside e => this with { MatchesSetAside = MatchesSetAside.Add((e.Person, e.Interest, e.Party)) },
        PartyEnded e => this with { PartiesEnded = PartiesEnded.Add(e.Number) },
        _ => this with { Court = Court.Apply(recorded) },
    };

    Case Change(Guid person, Func<Wall, Wall> change) =>
        Walls.TryGetValue(person, out var wall) ? this with { Walls = Walls.SetItem(person, change(wall)) } : this;
}
