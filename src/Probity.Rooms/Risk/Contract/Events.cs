using Probity.Shared.Record;

namespace Probity.Risk.Contract;

/// <summary>What a unit does: the library of scenarios has a part for each.</summary>
internal enum UnitFunction { Investigation, Intelligence, Airport, Seaport, Border, Prosecution }

/// <summary>How much whoever scored knows of what they scored.</summary>
internal enum Knowledge { Low, Medium, High }

/// <summary>How likely something is and how bad it would be, each from 1 to 5.</summary>
internal sealed record Rating(int Likelihood, int Impact);

/// <summary>A scenario in the words of whoever wrote it.</summary>
internal sealed record ScenarioWords(string Step, string Scheme, string Actor, string Cause, string Consequence, string Controls);

/// <summary>What a scenario was rated at in the end; with the reason where it is not what the scores say.</summary>
internal sealed record ConsolidatedRating(string Scenario, Rating Inherent, Rating Current, Knowledge Knowledge, string? Reason = null);

/// <summary>An assessment took the next number of its unit and year.</summary>
[EventType("risk.number-taken.v1")]
internal sealed record AssessmentNumberTaken(Guid Assessment) : IEvent;

/// <summary>An assessment of a unit began.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Functions">What the unit does.</param>
/// <param name="Library">The edition of the library.</param>
/// <param name="Scenarios">The scenarios taken from it.</param>
[EventType("risk.assessment-begun.v1")]
internal sealed record AssessmentBegun(string Number, Guid Unit, IReadOnlyList<UnitFunction> Functions, int Library, IReadOnlyList<string> Scenarios) : IEvent;

/// <summary>A scenario of the unit's own joined it.</summary>
[EventType("risk.scenario-added.v1")]
internal sealed record ScenarioAdded(string Scenario, UnitFunction Function, int Discretion, ScenarioWords Words) : IEvent;

/// <summary>A scenario cannot happen in this unit, and why.</summary>
[EventType("risk.scenario-left-out.v1")]
internal sealed record ScenarioLeftOut(string Scenario, string Reason) : IEvent;

/// <summary>Who scores, from now on; with the reason where others were named before.</summary>
/// <param name="Assessors">All of them.</param>
/// <param name="Policy">The policy pack whose figure says how many there have to be.</param>
/// <param name="Reason">Why they are others than before.</param>
[EventType("risk.assessors-named.v1")]
internal sealed record AssessorsNamed(IReadOnlyList<Guid> Assessors, string Policy, string? Reason = null) : IEvent;

/// <summary>An assessor scored a scenario, without knowing what others scored.</summary>
[EventType("risk.scenario-scored.v1")]
internal sealed record ScenarioScored(string Scenario, Rating Inherent, Rating Current, Knowledge Knowledge, string? Note = null) : IEvent;

/// <summary>Every scenario has its rating.</summary>
[EventType("risk.ratings-consolidated.v1")]
internal sealed record RatingsConsolidated(IReadOnlyList<ConsolidatedRating> Ratings) : IEvent;

/// <summary>Somebody from outside the unit agrees with the ratings.</summary>
[EventType("risk.ratings-agreed.v1")]
internal sealed record RatingsAgreed : IEvent;

/// <summary>Somebody from outside the unit says what to look at again.</summary>
[EventType("risk.ratings-questioned.v1")]
internal sealed record RatingsQuestioned(string Reason) : IEvent;

/// <summary>The head approved it: it is in force until it is to be reviewed.</summary>
[EventType("risk.assessment-approved.v1")]
internal sealed record AssessmentApproved(DateTimeOffset ReviewDue, string Policy) : IEvent;

/// <summary>The head sent it back.</summary>
[EventType("risk.assessment-returned.v1")]
internal sealed record AssessmentReturned(string Reason) : IEvent;

/// <summary>A newer assessment of the unit is in force.</summary>
[EventType("risk.assessment-replaced.v1")]
internal sealed record AssessmentReplaced(Guid By) : IEvent;

/// <summary>Somebody answers for a risk.</summary>
[EventType("risk.owner-named.v1")]
internal sealed record RiskOwnerNamed(string Scenario, Guid Owner) : IEvent;

/// <summary>The posts in which the step of a scenario is done, all of them, in place of those named before.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Posts">Posts of the unit or of those below it.</param>
/// <param name="Reason">Why; it is there where a post is taken off.</param>
[EventType("risk.posts-named.v1")]
internal sealed record PostsNamed(string Scenario, IReadOnlyList<Guid> Posts, string? Reason = null) : IEvent;

/// <summary>There is a control against a risk, not tested yet.</summary>
[EventType("risk.control-added.v1")]
internal sealed record ControlAdded(Guid Control, string Scenario, string What, Guid Owner, DateTimeOffset NextTest) : IEvent;

/// <summary>Somebody else than its owner tested a control.</summary>
/// <param name="Control">Which.</param>
/// <param name="Design">Whether it would work, 0 to 3.</param>
/// <param name="Operation">Whether it is done, 0 to 3.</param>
/// <param name="Passed">Whether both were enough.</param>
/// <param name="Found">What was looked at and found.</param>
/// <param name="NextTest">Until when the result holds.</param>
[EventType("risk.control-tested.v1")]
internal sealed record ControlTested(Guid Control, int Design, int Operation, bool Passed, string Found, DateTimeOffset NextTest) : IEvent;

/// <summary>Integrity asks that the risk that remains be set below the current one, on the ground of a control that was tested.</summary>
[EventType("risk.lowering-asked.v1")]
internal sealed record LoweringAsked(string Scenario, Rating Rating, Guid Control, string Reason) : IEvent;

/// <summary>An overseer did not agree.</summary>
[EventType("risk.lowering-refused.v1")]
internal sealed record LoweringRefused(string Scenario, string Reason) : IEvent;

/// <summary>The risk that remains was set below the current one, on the ground of a control that was tested: an overseer agreed to what was asked, or, before that was asked for, integrity alone.</summary>
[EventType("risk.residual-set.v1")]
internal sealed record ResidualSet(string Scenario, Rating Rating, Guid Control, string Reason) : IEvent;

/// <summary>Something is to be done about a risk.</summary>
[EventType("risk.treatment-planned.v1")]
internal sealed record TreatmentPlanned(Guid Treatment, string Scenario, string What, Guid Owner, DateTimeOffset Due) : IEvent;

/// <summary>Its owner says that it is done, and what shows it.</summary>
[EventType("risk.treatment-done.v1")]
internal sealed record TreatmentDone(Guid Treatment, string Evidence) : IEvent;

/// <summary>Somebody else saw that it is done.</summary>
[EventType("risk.treatment-verified.v1")]
internal sealed record TreatmentVerified(Guid Treatment) : IEvent;

/// <summary>Somebody else saw that it is not.</summary>
[EventType("risk.treatment-reopened.v1")]
internal sealed record TreatmentReopened(Guid Treatment, string Reason) : IEvent;

/// <summary>Somebody asked that a high or critical risk be borne for a time, and up to which score of likelihood times impact: above it nobody has accepted it. Those asked for before that was so have none.</summary>
[EventType("risk.acceptance-asked.v1")]
internal sealed record AcceptanceAsked(string Scenario, string Reason, DateTimeOffset Until, string Policy, int? UpTo = null) : IEvent;

/// <summary>An overseer agreed that it be borne until then.</summary>
[EventType("risk.acceptance-given.v1")]
internal sealed record AcceptanceGiven(string Scenario, string Reason, DateTimeOffset Until, string Policy) : IEvent;

/// <summary>An overseer did not agree.</summary>
[EventType("risk.acceptance-refused.v1")]
internal sealed record AcceptanceRefused(string Scenario, string Reason) : IEvent;

/// <summary>An overseer ended an acceptance.</summary>
[EventType("risk.acceptance-revoked.v1")]
internal sealed record AcceptanceRevoked(string Scenario, string Reason) : IEvent;
