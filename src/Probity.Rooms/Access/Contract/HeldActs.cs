using System.Collections.Immutable;
using Probity.Ledger;
using Probity.Shared.Record;

namespace Probity.Access.Contract;

/// <summary>What is done to somebody's disadvantage in their work (Directive (EU) 2019/1937, article 19), as far as the house does it.</summary>
internal enum AdverseAct { PostingEnd, ServiceEnd, ClearanceRefusal, ClearanceRestriction, ClearanceWithdrawal, ClearanceSuspension }

/// <summary>Somebody would do it: it waits until it is cleared.</summary>
/// <param name="Act">Its id: that of the posting or of the leaving; of what is done about a clearance one for each kind, so that none takes another's place.</param>
/// <param name="Person">To whose disadvantage it is.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Reason">Why, for whoever clears it; null where that stands with what was asked.</param>
/// <param name="Clearance">The clearance that it is about; null where it is about none.</param>
[EventType("access.act-held.v1")]
internal sealed record ActHeld(Guid Act, Guid Person, AdverseAct Kind, string? Reason = null, Guid? Clearance = null) : IEvent;

/// <summary>A second person cleared it.</summary>
/// <param name="Act">The act.</param>
/// <param name="Boxes">Base64, of one length: why, sealed for those who read a report in which the person is protected, and noise where there is none. Nobody else can tell which.</param>
[EventType("access.act-cleared.v1")]
internal sealed record ActCleared(Guid Act, string Boxes) : IEvent;

/// <summary>It was not cleared, or whoever asked took it back.</summary>
[EventType("access.act-returned.v1")]
internal sealed record ActReturned(Guid Act, string? Reason = null) : IEvent;

/// <summary>Something else was decided about the same clearance: there is nothing left to clear, and nobody sent it back.</summary>
[EventType("access.act-overtaken.v1")]
internal sealed record ActOvertaken(Guid Act) : IEvent;

/// <summary>That somebody other than who asked sent an act back: who, when and why.</summary>
internal sealed record HeldReturn(Guid By, DateTimeOffset At, string Why);

/// <summary>An act that was held, and what became of it.</summary>
internal sealed record HeldAct(Guid Id, AdverseAct Kind, Guid By, DateTimeOffset At, string Reason)
{
    /// <summary>Who answered, and when; null while it waits.</summary>
    public (Guid By, DateTimeOffset At)? Answered { get; init; }

    /// <summary>Why it was cleared, sealed; null where it was not.</summary>
    public string? Boxes { get; init; }

    /// <summary>Why it was not.</summary>
    public string Why { get; init; } = "";

    public bool Waits => Answered is null;

    /// <summary>Whether it needs no answer any more, since something else was decided.</summary>
    public bool IsOvertaken { get; init; }

    public bool IsCleared => Boxes is not null;

    /// <summary>The clearance that it is about.</summary>
    public Guid? Clearance { get; init; }

    /// <summary>From then on it is not cleared any more: it is asked for anew, and those who would look at it have their days again. A suspension has taken effect, and waits until somebody has looked.</summary>
    public DateTimeOffset Lapses => Kind == AdverseAct.ClearanceSuspension ? DateTimeOffset.MaxValue : At + HeldActs.Lapse;

    /// <summary>Before this it is not cleared.</summary>
    public DateTimeOffset Earliest => At + HeldActs.Hold;
}

/// <summary>
/// The acts to one person's disadvantage, in a stream of their own. All are held alike and each is cleared by a second person, never sooner than after three days: so those who know, from a report,
/// that the person is protected have time to see it, and a hold tells nobody anything.
/// </summary>
internal sealed record HeldActs : IState<HeldActs>
{
    /// <summary>How long an act is held at least.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromDays(3);

    /// <summary>So long after it was asked for an act can be cleared: one that waited for months would have no hold left when a report comes.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromDays(14);

    /// <summary>For how long what was cleared, where it is not done at once, can be done.</summary>
    public static readonly TimeSpan ClearedFor = TimeSpan.FromDays(30);

    /// <summary>The most characters of why a protected person's act was cleared.</summary>
    public const int MostWhy = 500;

    /// <summary>The codes of what clearing asks for: an unlocked key, a key at all, that no report can be missing, time, and a reason where the person is protected.</summary>
    public const string Locked = "act.locked", NoKey = "act.no-key", Unsure = "act.unsure", NotYet = "act.not-yet", Lapsed = "act.lapsed", WhyMissing = "act.why-missing";

    /// <summary>After so many times of being sent back an act is answered by an overseer: nobody of integrity alone keeps somebody in a post for ever.</summary>
    public const int MostSentBack = 2;

    /// <summary>The code of that.</summary>
    public const string SentBackOften = "act.takes-overseer";

    public static HeldActs Initial { get; } = new();

    /// <summary>The newest of each act, by its id.</summary>
    public ImmutableDictionary<Guid, HeldAct> All { get; init; } = ImmutableDictionary<Guid, HeldAct>.Empty;

    /// <summary>Each time that an act was sent back by somebody other than who asked, by what <see cref="KeyOf"/> says, until one is cleared.</summary>
    public ImmutableDictionary<Guid, ImmutableList<HeldReturn>> SentBack { get; init; } = ImmutableDictionary<Guid, ImmutableList<HeldReturn>>.Empty;

    /// <summary>Each time that an act was sent back since one like it was cleared, the oldest first.</summary>
    public IReadOnlyList<HeldReturn> ReturnsOf(AdverseAct kind, Guid act) => SentBack.GetValueOrDefault(KeyOf(kind, act), []);

    // A leaving that is asked for anew has another id, and is the same to those who answer.
    static Guid KeyOf(AdverseAct kind, Guid act) => kind == AdverseAct.ServiceEnd ? Guid.Empty : act;

    /// <summary>The overseers who answer in place of integrity, where an act was sent back so often and they are near neither whom it is about nor who asked; empty where it is not, or none is free.</summary>
    public static IReadOnlyList<Guid> OverseersFor(int sentBack, Guid person, Guid by, Register register, DateTimeOffset now) =>
        sentBack < MostSentBack ? [] : Watch.Free(Role.Overseer, p => Recusal.Between(p, [person, by], register, now) is null, register, now);

    /// <summary>The stream of a person's.</summary>
    public static StreamId StreamOf(Guid person) => new(Streams.Derive(person, "held acts"));

    /// <summary>What happens to one, filed where it goes when the person is erased.</summary>
    public static Filing File(Guid person, IEvent happened) => new(StreamOf(person), happened, Compartment: Compartments.OfPerson(person));

    /// <summary>The refusal to clear an act that somebody may clear, or null. It is never filed: what a key says of a person stands on no record.</summary>
    /// <param name="heldAt">Since when it is held.</param>
    /// <param name="lapses">Until when it can be cleared.</param>
    /// <param name="look">What the key of whoever clears it says of the person; null where nobody looked.</param>
    /// <param name="why">Why it has nothing to do with a report.</param>
    /// <param name="now">The time.</param>
    public static Refusal? RefusesClearing(DateTimeOffset heldAt, DateTimeOffset lapses, ProtectionLook? look, string? why, DateTimeOffset now) =>
        look?.Says switch
        {
            null or ProtectionSays.Locked => new Refusal(Locked),
            ProtectionSays.NoKey => new Refusal(NoKey),
            _ when now < heldAt + Hold => new Refusal(NotYet),
            _ when now >= lapses => new Refusal(Lapsed),
            ProtectionSays.Unsure => new Refusal(Unsure),
            ProtectionSays.Protected => Staffing.PlainText.Refuses(why, MostWhy, WhyMissing),
            _ => null,
        };

    public HeldActs Apply(Recorded recorded) => recorded.Event switch
    {
        ActHeld e => Put(new HeldAct(e.Act, e.Kind, recorded.Actor.Value, recorded.At, e.Reason ?? "") { Clearance = e.Clearance }),
        ActCleared e when All.TryGetValue(e.Act, out var known) => Put(known with { Answered = (recorded.Actor.Value, recorded.At), Boxes = e.Boxes }) with { SentBack = SentBack.Remove(KeyOf(known.Kind, e.Act)) },
        ActReturned e when All.TryGetValue(e.Act, out var known) => Put(known with { Answered = (recorded.Actor.Value, recorded.At), Why = e.Reason ?? "" }) with
        {
            SentBack = known.By == recorded.Actor.Value ? SentBack
                : SentBack.SetItem(KeyOf(known.Kind, e.Act), SentBack.GetValueOrDefault(KeyOf(known.Kind, e.Act), []).Add(new HeldReturn(recorded.Actor.Value, recorded.At, e.Reason ?? ""))),
        },
        ActOvertaken e when All.TryGetValue(e.Act, out var known) => Put(known with { Answered = (recorded.Actor.Value, recorded.At), IsOvertaken = true }),
        _ => this,
    };

    HeldActs Put(HeldAct act) => this with { All = All.SetItem(act.Id, act) };
}
