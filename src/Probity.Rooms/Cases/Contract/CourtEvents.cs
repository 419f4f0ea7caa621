using Probity.Shared.Record;

namespace Probity.Cases.Contract;

/// <summary>What proves something in court.</summary>
internal enum EvidenceKind { Exhibit, Witness, Document, Expert }

/// <summary>A piece of evidence as the court's part of a case names it: what it is, its id where it lies, and what people call it.</summary>
internal sealed record EvidenceRef(EvidenceKind Kind, Guid Id, string Label);

/// <summary>Who asked the court for something.</summary>
internal enum CourtSide { Prosecution, Defence, Court }

/// <summary>How a case came to its judge, as the registry was told.</summary>
internal enum AssignedHow { Random, Rota, Manual }

/// <summary>What the court decided on bail.</summary>
internal enum BailOutcome { Granted, WithConditions, Refused }

/// <summary>What the court found on a charge.</summary>
internal enum Verdict { Guilty, NotGuilty }

/// <summary>A charge was brought, under an article of a law.</summary>
[EventType("cases.charge-brought.v1")]
internal sealed record ChargeBrought(Guid Charge, string Law, string Article, string Text, string Reasons) : IEvent;

/// <summary>A charge reads otherwise from now on; what it said before stays on the record.</summary>
[EventType("cases.charge-amended.v1")]
internal sealed record ChargeAmended(Guid Charge, string Law, string Article, string Text, string Reasons) : IEvent;

/// <summary>A charge is upheld no more.</summary>
[EventType("cases.charge-withdrawn.v1")]
internal sealed record ChargeWithdrawn(Guid Charge, string Reasons, string LegalBasis) : IEvent;

/// <summary>One of the elements that have to be proved for a charge.</summary>
[EventType("cases.element-stated.v1")]
internal sealed record ElementStated(Guid Charge, Guid Element, string Text) : IEvent;

/// <summary>A piece of evidence proves an element.</summary>
[EventType("cases.evidence-linked.v1")]
internal sealed record EvidenceLinked(Guid Element, EvidenceRef Evidence) : IEvent;

/// <summary>It is not relied on for that element any more.</summary>
[EventType("cases.evidence-unlinked.v1")]
internal sealed record EvidenceUnlinked(Guid Element, Guid Evidence, string Reasons) : IEvent;

/// <summary>An item joined the list of what the defence has to be shown.</summary>
[EventType("cases.disclosure-listed.v1")]
internal sealed record DisclosureListed(EvidenceRef Evidence) : IEvent;

/// <summary>Items of the list were disclosed.</summary>
[EventType("cases.disclosed.v1")]
internal sealed record Disclosed(IReadOnlyList<Guid> Items, string To) : IEvent;

/// <summary>An item of the list is held back, on a ground that the law knows.</summary>
[EventType("cases.disclosure-withheld.v1")]
internal sealed record DisclosureWithheld(Guid Item, string Ground, string LegalBasis) : IEvent;

/// <summary>The court set a hearing.</summary>
[EventType("cases.hearing-scheduled.v1")]
internal sealed record HearingScheduled(Guid Hearing, DateTimeOffset At, string Place, string Subject) : IEvent;

/// <summary>The hearing was held.</summary>
[EventType("cases.hearing-held.v1")]
internal sealed record HearingHeld(Guid Hearing, string Note) : IEvent;

/// <summary>The hearing was put off, at the wish of <paramref name="By"/>.</summary>
[EventType("cases.hearing-adjourned.v1")]
internal sealed record HearingAdjourned(Guid Hearing, CourtSide By, string Reasons, string LegalBasis) : IEvent;

/// <summary>The court decided on bail.</summary>
[EventType("cases.bail-decided.v1")]
internal sealed record BailDecided(BailOutcome Outcome, string Reasons, string LegalBasis) : IEvent;

/// <summary>The court gave judgment on a charge.</summary>
[EventType("cases.judgment-given.v1")]
internal sealed record JudgmentGiven(Guid Charge, Verdict Verdict, string Reasons, string LegalBasis) : IEvent;

/// <summary>The court passed sentence on a charge.</summary>
[EventType("cases.sentence-passed.v1")]
internal sealed record SentencePassed(Guid Charge, string Sentence, string Reasons, string LegalBasis) : IEvent;

/// <summary>An appeal was lodged.</summary>
[EventType("cases.appeal-lodged.v1")]
internal sealed record AppealLodged(CourtSide By, string Grounds) : IEvent;

/// <summary>Who judges the case and how it came to them; <paramref name="Person"/> where the register knows them.</summary>
[EventType("cases.judge-assigned.v1")]
internal sealed record JudgeAssigned(string Name, Guid? Person, AssignedHow How, string? Reasons = null) : IEvent;

/// <summary>What became of an appeal.</summary>
internal enum AppealOutcome { Dismissed, Allowed, GivenUp }

/// <summary>The appeal of a side was decided or given up. What the court above found otherwise is in the reasons.</summary>
[EventType("cases.appeal-decided.v1")]
internal sealed record AppealDecided(CourtSide By, AppealOutcome Outcome, string Reasons, string LegalBasis) : IEvent;

/// <summary>What is ordered about exhibits: that they be destroyed, given back, or become the state's.</summary>
internal enum ExhibitOrderKind { Destroy, Return, Forfeit }

/// <summary>Whose order it is: the court's, or the prosecutor's in a case that no court has.</summary>
internal enum OrderedBy { Court, Prosecution }

/// <summary>
/// It was ordered what becomes of exhibits of the case. <paramref name="Reference"/> is court and number, as on the paper. The court's stands with this
/// entry, the prosecutor's once a second person has signed it. <paramref name="To"/> is whom they are given to;
/// <paramref name="BeforeJudgment"/> that they may be destroyed before the judgment, as long as a sample that was analysed is kept.
/// </summary>
[EventType("cases.exhibits-ordered.v1")]
internal sealed record ExhibitsOrdered(
    Guid Order, OrderedBy By, ExhibitOrderKind Kind, IReadOnlyList<EvidenceRef> Exhibits, string Reference, DateOnly Ordered, string? To, bool BeforeJudgment,
    string Reasons, string LegalBasis) : IEvent;

/// <summary>A second person, from outside the prosecution, signed the prosecutor's order; or refused it, with reasons.</summary>
[EventType("cases.exhibits-order-signed.v1")]
internal sealed record ExhibitsOrderSigned(Guid Order, bool Agrees, string? Reasons) : IEvent;

/// <summary>The judge of the case says that an order which the registry put on the record is the court's.</summary>
[EventType("cases.exhibits-order-confirmed.v1")]
internal sealed record ExhibitsOrderConfirmed(Guid Order) : IEvent;

/// <summary>The overseer or an integrity officer asks that the prosecutor's order be taken back; one of the other post has to say so too.</summary>
[EventType("cases.exhibits-order-lifting-asked.v1")]
internal sealed record ExhibitsOrderLiftingAsked(Guid Order, string Reasons, string LegalBasis) : IEvent;

/// <summary>An order about exhibits was taken back, by the court or by those who watch over the prosecutor's: nothing more is done by it.</summary>
[EventType("cases.exhibits-order-lifted.v1")]
internal sealed record ExhibitsOrderLifted(Guid Order, string Reasons, string LegalBasis) : IEvent;
