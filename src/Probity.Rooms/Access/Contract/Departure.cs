using System.Collections.Immutable;
using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>That somebody leaves the service, as it stands. How and why is null and empty where it was erased.</summary>
internal sealed record Departure(Guid Id, Guid Person, DateTimeOffset Day, Guid AskedBy, DateTimeOffset AskedAt)
{
    public LeavingKind? Kind { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>When and by whom it was agreed to.</summary>
    public (DateTimeOffset At, Guid By)? Agreed { get; init; }

    /// <summary>Whether the credentials are gone and the postings closed.</summary>
    public bool IsCarriedOut { get; init; }

    /// <summary>Who asked that the person be of the service again, and why, where that waits for a second person.</summary>
    public (Guid By, string Reason)? Return { get; init; }

    /// <summary>From when they have left: the day, or the moment of the agreement where the day had come before it. Null while nobody has agreed.</summary>
    public DateTimeOffset? From => Agreed is not var (at, _) ? null : at > Day ? at : Day;

    /// <summary>Whether they have left: worked out from the time, so that nothing has to run for it.</summary>
    public bool HasLeftAt(DateTimeOffset now) => From <= now;
}

/// <summary>All who leave or have left, by person, and none who came back.</summary>
internal sealed record Departures
{
    public static Departures None { get; } = new();

    public ImmutableDictionary<Guid, Departure> All { get; init; } = ImmutableDictionary<Guid, Departure>.Empty;

    /// <summary>How often somebody other than who asked sent a person's leaving back, by person, until one is agreed to.</summary>
    public ImmutableDictionary<Guid, int> SentBack { get; init; } = ImmutableDictionary<Guid, int>.Empty;

    /// <summary>The departure of a person, or null.</summary>
    public Departure? Of(Guid person) => All.GetValueOrDefault(person);

    public Departures Apply(Recorded recorded) => recorded.Event switch
    {
        LeavingAsked e => this with { All = All.SetItem(e.Person, new Departure(e.Leaving, e.Person, e.Day, recorded.Actor.Value, recorded.When)) },
        // Words lie in the compartment of the person whom they are about.
        LeavingReasoned { Move: LeavingMove.Asked } e => Change(recorded.Compartment.Value, e.Leaving, d => d with { Kind = e.Kind, Reason = e.Reason }),
        LeavingReasoned { Move: LeavingMove.ReturnAsked } e => Change(recorded.Compartment.Value, e.Leaving, d => d with { Return = d.Return is var (by, _) ? (by, e.Reason) : null }),
        LeavingAgreed e => Change(e.Person, e.Leaving, d => d with { Agreed = (recorded.When, recorded.Actor.Value) }) with { SentBack = SentBack.Remove(e.Person) },
        LeavingRefused e => this with
        {
            All = All.Remove(e.Person),
            SentBack = Of(e.Person) is { } known && known.AskedBy != recorded.Actor.Value ? SentBack.SetItem(e.Person, SentBack.GetValueOrDefault(e.Person) + 1) : SentBack,
        },
        LeavingCarriedOut e => Change(e.Person, e.Leaving, d => d with { IsCarriedOut = true }),
        ReturnAsked e => Change(e.Person, e.Leaving, d => d with { Return = (recorded.Actor.Value, "") }),
        ReturnRefused e => Change(e.Person, e.Leaving, d => d with { Return = null }),
        ReturnAgreed e => this with { All = All.Remove(e.Person) },
        _ => this,
    };

    /// <summary>Without what was said about somebody who was erased. That they left is kept, or they could be invited again.</summary>
    public Departures Forget(Guid person) =>
        Of(person) is { } known ? Change(person, known.Id, d => d with { Kind = null, Reason = "", Return = d.Return is var (by, _) ? (by, "") : null }) : this;

    Departures Change(Guid person, Guid leaving, Func<Departure, Departure> change) =>
        Of(person) is { } known && known.Id == leaving ? this with { All = All.SetItem(person, change(known)) } : this;
}
