using Probity.Shared.Record;

namespace Probity.People.Contract;

// All of a clearance lies in the compartment of its person and is erased with them.

/// <summary>Somebody is asked to fill in the form for a clearance; <paramref name="Number"/> counts the person's clearances from 1.</summary>
[EventType("people.clearance-invited.v1")]
internal sealed record ClearanceInvited(Guid Person, ClearanceLevel Level, int Number) : IEvent;

/// <summary>The person filled it in. <paramref name="InWriting"/>: on paper, and vetting typed it, as long as the person cannot sign in.</summary>
[EventType("people.clearance-submitted.v1")]
internal sealed record ClearanceSubmitted(string Statement, bool InWriting = false) : IEvent;

/// <summary>Checks were carried out, or it was said why one was not. A later one of the same kind takes the place of an earlier.</summary>
[EventType("people.checks-recorded.v1")]
internal sealed record ChecksRecorded(IReadOnlyList<CheckDone> Checks) : IEvent;

/// <summary>What the checks come to, for whoever decides.</summary>
[EventType("people.clearance-assessed.v1")]
internal sealed record ClearanceAssessed(string Assessment) : IEvent;

/// <summary>
/// It holds until a day, and is looked at again from an earlier one. With <paramref name="Restrictions"/> only under these, against which the person can appeal until a moment: those
/// granted before that was so have none.
/// </summary>
[EventType("people.clearance-granted.v1")]
internal sealed record ClearanceGranted(
    DateTimeOffset Until, DateTimeOffset ReviewFrom, IReadOnlyList<VettingGround> Grounds, string Reason, string? Restrictions,
    IReadOnlyList<Redaction> Redactions, string Policy, DateTimeOffset? AppealUntil = null) : IEvent;

/// <summary>It was refused; the person can appeal until a moment.</summary>
[EventType("people.clearance-refused.v1")]
internal sealed record ClearanceRefused(
    IReadOnlyList<VettingGround> Grounds, string Reason, IReadOnlyList<Redaction> Redactions, DateTimeOffset AppealUntil, string Policy) : IEvent;

/// <summary>The person asks for another decision.</summary>
[EventType("people.appeal-lodged.v1")]
internal sealed record VettingAppealLodged(string Reason, bool InWriting = false) : IEvent;

/// <summary>Somebody else decided. Where the appeal is right, <paramref name="Until"/> says how long the clearance holds.</summary>
[EventType("people.appeal-decided.v1")]
internal sealed record VettingAppealDecided(bool Right, string Reason, DateTimeOffset? Until, DateTimeOffset? ReviewFrom, string Policy) : IEvent;

/// <summary>It counts for nothing from now on, until that is lifted or it is withdrawn.</summary>
[EventType("people.clearance-suspended.v1")]
internal sealed record ClearanceSuspended(IReadOnlyList<VettingGround> Grounds, string Reason, string Policy) : IEvent;

/// <summary>Somebody else looked at the suspension and stands for it too.</summary>
[EventType("people.suspension-confirmed.v1")]
internal sealed record SuspensionConfirmed(string Reason) : IEvent;

/// <summary>Vetting asks that a suspension that a second person stands for be lifted.</summary>
[EventType("people.lifting-asked.v1")]
internal sealed record LiftingAsked(string Reason) : IEvent;

/// <summary>An overseer did not agree.</summary>
[EventType("people.lifting-refused.v1")]
internal sealed record LiftingRefused(string Reason) : IEvent;

/// <summary>It counts again.</summary>
[EventType("people.suspension-lifted.v1")]
internal sealed record SuspensionLifted(string Reason) : IEvent;

/// <summary>The person is told why it may be withdrawn, and can answer until a moment.</summary>
[EventType("people.withdrawal-opened.v1")]
internal sealed record WithdrawalOpened(string Notice, DateTimeOffset AnswerUntil, string Policy) : IEvent;

/// <summary>What the person says to it.</summary>
[EventType("people.withdrawal-answered.v1")]
internal sealed record WithdrawalAnswered(string Answer, bool InWriting = false) : IEvent;

/// <summary>The person keeps it.</summary>
[EventType("people.clearance-kept.v1")]
internal sealed record ClearanceKept(string Reason, string Policy) : IEvent;

/// <summary>It is withdrawn. That dismisses nobody.</summary>
[EventType("people.clearance-withdrawn.v1")]
internal sealed record ClearanceWithdrawn(
    IReadOnlyList<VettingGround> Grounds, string Reason, IReadOnlyList<Redaction> Redactions, DateTimeOffset AppealUntil, string Policy) : IEvent;

/// <summary>Vetting asks that the clearance of somebody who was drawn by lot be not decided on.</summary>
[EventType("people.discontinuing-asked.v1")]
internal sealed record DiscontinuingAsked(DiscontinuedBecause Because, string Reason) : IEvent;

/// <summary>An overseer did not agree.</summary>
[EventType("people.discontinuing-refused.v1")]
internal sealed record DiscontinuingRefused(string Reason) : IEvent;

/// <summary>It is not decided on.</summary>
[EventType("people.clearance-discontinued.v1")]
internal sealed record ClearanceDiscontinued(DiscontinuedBecause Because, string Reason) : IEvent;

/// <summary>The person says that something in their life changed.</summary>
[EventType("people.circumstances-reported.v1")]
internal sealed record CircumstancesReported(Guid Report, CircumstanceKind Kind, DateOnly Since, string What) : IEvent;

/// <summary>Vetting looked at it, and says what follows from it.</summary>
[EventType("people.circumstances-reviewed.v1")]
internal sealed record CircumstancesReviewed(Guid Report, string Result) : IEvent;

/// <summary>In the register: the person acts nowhere any more, though they have their posts still.</summary>
[EventType("people.access-ended.v1")]
internal sealed record AccessEnded(Guid Person) : IEvent;

/// <summary>In the register: the person acts in their posts again.</summary>
[EventType("people.access-restored.v1")]
internal sealed record AccessRestored(Guid Person) : IEvent;

/// <summary>Integrity asks that a post ask for a clearance of its holders; for none any more where there is no <paramref name="Level"/>.</summary>
[EventType("people.requirement-proposed.v1")]
internal sealed record RequirementProposed(Guid Post, ClearanceLevel? Level, string Reason) : IEvent;

/// <summary>A second person agreed: it holds from now on.</summary>
[EventType("people.requirement-agreed.v1")]
internal sealed record RequirementAgreed(Guid Post) : IEvent;

/// <summary>A second person did not agree.</summary>
[EventType("people.requirement-returned.v1")]
internal sealed record RequirementReturned(Guid Post, string Reason) : IEvent;
