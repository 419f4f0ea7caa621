using Probity.Shared.Record;

namespace Probity.Protection.Contract;

/// <summary>How great the danger is.</summary>
internal enum DangerLevel { Raised, High, Extreme }

/// <summary>What somebody covered by a plan is to the person it protects.</summary>
internal enum CoveredRelation { Partner, Child, Parent, Sibling, SomebodyElse }

/// <summary>A plan to protect somebody was opened; it is erased with them.</summary>
/// <param name="Person">Whom it protects.</param>
/// <param name="Approach">What it was opened for.</param>
/// <param name="People">Of the staff, who is thought to be behind it: they and their line see nothing of it.</param>
/// <param name="Units">Units that are thought to be behind it.</param>
/// <param name="Level">How great the danger is.</param>
/// <param name="Danger">What it is.</param>
/// <param name="Owner">Who answers for the plan.</param>
/// <param name="ReviewDue">By when it is reviewed.</param>
/// <param name="Policy">The policy pack that said so.</param>
[EventType("protection.plan-opened.v1")]
internal sealed record PlanOpened(
    Guid Person, Guid Approach, IReadOnlyList<Guid> People, IReadOnlyList<Guid> Units, DangerLevel Level, string Danger, Guid Owner, DateTimeOffset ReviewDue, string Policy) : IEvent;

/// <summary>Somebody of the family is covered too.</summary>
[EventType("protection.plan-covers.v1")]
internal sealed record PlanCovers(Guid Covered, CoveredRelation Relation, string FirstName) : IEvent;

/// <summary>Something is to be done by somebody until a day.</summary>
[EventType("protection.measure-planned.v1")]
internal sealed record MeasurePlanned(Guid Measure, string What, Guid Owner, DateTimeOffset Due) : IEvent;

/// <summary>It is done.</summary>
[EventType("protection.measure-done.v1")]
internal sealed record MeasureDone(Guid Measure) : IEvent;

/// <summary>The plan is in force.</summary>
[EventType("protection.plan-activated.v1")]
internal sealed record PlanActivated : IEvent;

/// <summary>The plan was looked at again.</summary>
[EventType("protection.plan-reviewed.v1")]
internal sealed record PlanReviewed(DangerLevel Level, string Danger, DateTimeOffset ReviewDue, string Policy) : IEvent;

/// <summary>Somebody asks that another person answer for the plan.</summary>
[EventType("protection.giving-asked.v1")]
internal sealed record PlanGivingAsked(Guid Owner, string Reason) : IEvent;

/// <summary>A second person said no to that.</summary>
[EventType("protection.giving-returned.v1")]
internal sealed record PlanGivingReturned(string Reason) : IEvent;

/// <summary>The protected person read who answers for the plan, and agrees or refuses them. Who was refused never answers for it again.</summary>
[EventType("protection.owner-answered.v1")]
internal sealed record PlanOwnerAnswered(Guid Owner, bool Agrees, string? Reason) : IEvent;

/// <summary>Somebody else answers for the plan from now on: a second person agreed.</summary>
[EventType("protection.plan-given.v1")]
internal sealed record PlanGiven(Guid Owner, string Reason) : IEvent;

/// <summary>The owner asks to end the plan.</summary>
[EventType("protection.closing-asked.v1")]
internal sealed record PlanClosingAsked(string Reason) : IEvent;

/// <summary>The protected person was heard about that.</summary>
[EventType("protection.closing-heard.v1")]
internal sealed record PlanClosingHeard(bool Agrees, string Words) : IEvent;

/// <summary>A second person ended the plan.</summary>
[EventType("protection.plan-closed.v1")]
internal sealed record PlanClosed(string Reason) : IEvent;

/// <summary>A second person said that it goes on.</summary>
[EventType("protection.closing-returned.v1")]
internal sealed record PlanClosingReturned(string Reason) : IEvent;

/// <summary>Where the protected person stays. It lies in a stream and under a key of its own, and stands in no list and no copy.</summary>
[EventType("protection.place-sealed.v1")]
internal sealed record PlaceSealed(string Place) : IEvent;
