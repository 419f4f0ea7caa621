using Probity.Shared.Record;

namespace Probity.Cases.Contract;

/// <summary>The stages of a case, in order.</summary>
internal enum Stage { Detect, Investigate, Prosecute, Adjudicate, Enforce, Closed }

/// <summary>The seats that are drawn.</summary>
internal enum Seat { Handler, Prosecutor }

/// <summary>What somebody is to a case.</summary>
internal enum PartyRole { Subject, Witness, Victim }

/// <summary>Somebody in a case; <paramref name="Person"/> where they are staff whom the register knows.</summary>
internal sealed record Party(PartyRole Role, string Name, Guid? Person);

/// <summary>What was done in a case. The words of the procedure.</summary>
internal enum Step
{
    SeizureRecorded, ExhibitsWeighed, ExhibitsStored, SentToLaboratory, LaboratoryResultReceived,
    InterviewHeld, SearchCarriedOut, ReportFiled, ExhibitsDestroyed,
}

/// <summary>Discretionary decisions.</summary>
internal enum DecisionKind { Charge, Decline, Discontinue, Downgrade, Bail, Adjourn, Acquit, Convict, Sentence }

/// <summary>How a case ends.</summary>
internal enum CaseOutcome { Enforced, Acquitted, Declined, Discontinued, NoFurtherAction }

/// <summary>A case was opened. <paramref name="Number"/> is its public number, <paramref name="Offence"/> a code of the list.</summary>
[EventType("cases.opened.v1")]
internal sealed record CaseOpened(
    string Number, Guid Unit, string Offence, string Summary, IReadOnlyList<Party> Parties) : IEvent;

/// <summary>A case number was taken: the unit's numbers of a year are one stream, and the version is the number.</summary>
[EventType("cases.number-taken.v1")]
internal sealed record NumberTaken(Guid Case) : IEvent;

/// <summary>
/// A draw was asked for. <paramref name="Eligible"/> is sorted; <paramref name="Chain"/> and <paramref name="Place"/>
/// name the seed, which was committed to before and is revealed by the draw.
/// </summary>
[EventType("cases.assignment-requested.v1")]
internal sealed record AssignmentRequested(Seat Seat, IReadOnlyList<Guid> Eligible, Guid Chain, long Place) : IEvent;

/// <summary>Nobody may take the seat: the overseer was told.</summary>
[EventType("cases.nobody-eligible.v1")]
internal sealed record NobodyEligible(Seat Seat) : IEvent;

/// <summary>
/// The draw waits for somebody who watches over cases: the staff named in the case leave only <paramref name="Left"/> of
/// <paramref name="All"/> who could be drawn, and whoever opened it chose whom to name.
/// </summary>
[EventType("cases.draw-held.v1")]
internal sealed record DrawHeld(Seat Seat, int Left, int All) : IEvent;

/// <summary>The seat was drawn. <paramref name="Seed"/> is the revealed seed, in hexadecimal.</summary>
[EventType("cases.drawn.v1")]
internal sealed record SeatDrawn(Seat Seat, Guid Person, string Seed) : IEvent;

/// <summary>
/// The draw seats nobody: <paramref name="Person"/> was drawn and may no longer take the seat; both are null where the
/// secret of the chain is no longer known here. A new draw follows.
/// </summary>
[EventType("cases.draw-voided.v1")]
internal sealed record DrawVoided(Seat Seat, Guid? Person, string? Seed) : IEvent;

/// <summary>Somebody asked for a new draw.</summary>
[EventType("cases.redraw-proposed.v1")]
internal sealed record RedrawProposed(Seat Seat, string Reason) : IEvent;

/// <summary>Somebody asked that a seat be given by hand.</summary>
[EventType("cases.hand-assignment-proposed.v1")]
internal sealed record HandAssignmentProposed(Seat Seat, Guid Person, string Reason) : IEvent;

/// <summary>A second person agreed to the redraw or the assignment by hand; they need not say why.</summary>
[EventType("cases.assignment-approved.v1")]
internal sealed record AssignmentApproved(Seat Seat, string? Reason = null) : IEvent;

/// <summary>A second person did not agree.</summary>
[EventType("cases.assignment-rejected.v1")]
internal sealed record AssignmentRejected(Seat Seat, string Reason) : IEvent;

/// <summary>A person was let into the case by name.</summary>
[EventType("cases.access-given.v1")]
internal sealed record AccessGiven(Guid Person, string Reason) : IEvent;

/// <summary>Something was done.</summary>
[EventType("cases.step-recorded.v1")]
internal sealed record StepRecorded(Step Step, string Note) : IEvent;

/// <summary>The case entered a stage.</summary>
[EventType("cases.stage-entered.v1")]
internal sealed record StageEntered(Stage Stage) : IEvent;

/// <summary>A decision with its reasons.</summary>
[EventType("cases.decided.v1")]
internal sealed record CaseDecided(DecisionKind Kind, string Reasons, string LegalBasis) : IEvent;

/// <summary>The handler or prosecutor asked that the case be closed.</summary>
[EventType("cases.closing-proposed.v1")]
internal sealed record ClosingProposed(CaseOutcome Outcome, string Reasons) : IEvent;

/// <summary>A second person sent the closing back.</summary>
[EventType("cases.closing-returned.v1")]
internal sealed record ClosingReturned(string Reason) : IEvent;

/// <summary>A second person closed the case; they need not say why.</summary>
[EventType("cases.closed.v1")]
internal sealed record CaseClosed(CaseOutcome Outcome, string? Reason = null) : IEvent;

/// <summary>
/// A chain of seeds was committed to: SHA-256 applied <paramref name="Length"/> times to its secret gives
/// <paramref name="Commitment"/>, and each draw reveals the next seed back.
/// </summary>
[EventType("cases.seeds-committed.v1")]
internal sealed record SeedsCommitted(Guid Chain, string Commitment, int Length) : IEvent;

/// <summary>A place in the chain of seeds was taken: the version of this stream is the place.</summary>
[EventType("cases.seed-taken.v1")]
internal sealed record SeedTaken(Guid Case, Seat Seat) : IEvent;
