using Probity.Shared.Record;

namespace Probity.Protection.Contract;

/// <summary>What came: something offered, something threatened, or violence done.</summary>
internal enum ApproachKind { Offer, Threat, Violence }

/// <summary>Where it happened, from a short list.</summary>
internal enum ApproachPlace { Airport, Seaport, Border, Road, Office, Home, Street, Elsewhere }

/// <summary>How it came.</summary>
internal enum ApproachWay { InPerson, Telephone, Message, Family, Colleague }

/// <summary>What was wanted.</summary>
internal enum ApproachWish { LetThrough, Information, Evidence, DropCase, LookAway, WorkForThem, SomethingElse }

/// <summary>What the officer answered. None of it is held against them.</summary>
internal enum ApproachAnswer { Refused, NothingSaid, GainedTime, SaidYes }

/// <summary>What integrity did about it.</summary>
internal enum ApproachOutcome { Referred, Protected, Noted }

/// <summary>Whom an alert went to: somebody on duty, the overseers together, or nobody who is free of a conflict.</summary>
internal enum AlertRung { Officer, Overseers, Nobody }

/// <summary>Somebody recorded an offer, a threat or violence against them. Who is the entry's actor; it is erased with them.</summary>
/// <param name="Unit">The unit of whoever recorded it.</param>
/// <param name="Kind">What came.</param>
/// <param name="Violent">Whether violence was done or threatened, so that somebody on duty was alerted.</param>
/// <param name="Happened">When.</param>
/// <param name="Place">Where, from the list.</param>
/// <param name="Spot">Where, in words.</param>
/// <param name="Way">How it came.</param>
/// <param name="Wish">What was wanted.</param>
/// <param name="Amount">How much was offered.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Who">Who it was, in words.</param>
/// <param name="Told">What else there is to say.</param>
/// <param name="People">Of the staff, who is thought to be behind it: they and their line see nothing of it.</param>
/// <param name="Units">Units that are thought to be behind it: who works in them or commands them sees nothing of it.</param>
/// <param name="NeverAGround">That it is no ground for discipline against whoever recorded it.</param>
/// <param name="ReadBy">By when integrity reads it.</param>
/// <param name="Policy">The policy pack that said so.</param>
[EventType("protection.approach-recorded.v1")]
internal sealed record ApproachRecorded(
    Guid Unit, ApproachKind Kind, bool Violent, DateTimeOffset Happened, ApproachPlace? Place, string? Spot, ApproachWay? Way, ApproachWish? Wish, decimal? Amount, string? Currency,
    ApproachAnswer? Answer, string? Who, string? Told, IReadOnlyList<Guid> People, IReadOnlyList<Guid> Units, bool NeverAGround, DateTimeOffset ReadBy, string Policy) : IEvent;

/// <summary>An alert went to somebody, in the same moment as what it is about was recorded, or later because nobody had answered.</summary>
/// <param name="Rung">Whom it went to.</param>
/// <param name="Officer">Who on duty; null where it went to the overseers or to nobody.</param>
/// <param name="Since">Since when it stands with them.</param>
/// <param name="Due">By when it is acknowledged.</param>
/// <param name="Policy">The policy pack that said so.</param>
[EventType("protection.alert-raised.v1")]
internal sealed record AlertRaised(AlertRung Rung, Guid? Officer, DateTimeOffset Since, DateTimeOffset Due, string Policy) : IEvent;

/// <summary>Whoever was alerted has it in hand.</summary>
[EventType("protection.alert-acknowledged.v1")]
internal sealed record AlertAcknowledged(bool Late) : IEvent;

/// <summary>By when they act on it, filed with that they have it in hand.</summary>
/// <param name="Due">By when there is a plan, or written words of what was done.</param>
/// <param name="Policy">The policy pack that said so.</param>
[EventType("protection.alert-to-act.v1")]
internal sealed record AlertToAct(DateTimeOffset Due, string Policy) : IEvent;

/// <summary>A plan was opened for it, or whoever has it in hand wrote what was done.</summary>
[EventType("protection.alert-acted.v1")]
internal sealed record AlertActed(string? Words) : IEvent;

/// <summary>Somebody asks that violence be noted, or only referred, without a plan to protect whoever met it: that takes an overseer.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Outcome">What is to be recorded; null for noted.</param>
[EventType("protection.noting-asked.v1")]
internal sealed record NotingAsked(string Reason, ApproachOutcome? Outcome = null) : IEvent;

/// <summary>An overseer said that more has to be done.</summary>
[EventType("protection.noting-returned.v1")]
internal sealed record NotingReturned(string Reason) : IEvent;

/// <summary>Integrity, or an overseer in its place, has read it.</summary>
[EventType("protection.approach-read.v1")]
internal sealed record ApproachRead : IEvent;

/// <summary>What was done about it, and what whoever recorded it is told.</summary>
[EventType("protection.approach-handled.v1")]
internal sealed record ApproachHandled(ApproachOutcome Outcome, string Reason) : IEvent;
