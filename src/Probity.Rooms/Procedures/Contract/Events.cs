using Probity.Shared.Record;

namespace Probity.Procedures.Contract;

/// <summary>The kind of matter that a procedure governs.</summary>
internal enum SopKind
{
    /// <summary>The handling of cases: each is judged by the version in force when it began. There is one such procedure, the house's.</summary>
    Cases,

    /// <summary>Anything else that a unit does: people follow it, and nothing on the record is judged by it.</summary>
    Other,
}

/// <summary>A standard operating procedure was begun.</summary>
[EventType("procedures.begun.v1")]
internal sealed record SopBegun(string Title, SopKind Kind) : IEvent;

/// <summary>A version was drafted, whole: <paramref name="Drawing"/> is its BPMN 2.0 file, <paramref name="Note"/> says what it is to change and why.</summary>
[EventType("procedures.version-drafted.v1")]
internal sealed record VersionDrafted(Guid Version, int Number, int? BasedOn, string Drawing, string Note) : IEvent;

/// <summary>A draft was drawn anew.</summary>
[EventType("procedures.draft-changed.v1")]
internal sealed record DraftChanged(Guid Version, string Drawing, string Note) : IEvent;

/// <summary>The author has done with a draft: it waits for the review of its risks.</summary>
[EventType("procedures.draft-submitted.v1")]
internal sealed record DraftSubmitted(Guid Version) : IEvent;

/// <summary>A second person has looked at the risks and says what was found.</summary>
[EventType("procedures.risk-reviewed.v1")]
internal sealed record RiskReviewed(Guid Version, string Findings) : IEvent;

/// <summary>A third person approved it; they need not say why.</summary>
[EventType("procedures.version-approved.v1")]
internal sealed record VersionApproved(Guid Version, string? Reason = null) : IEvent;

/// <summary>It is a draft again, and why: what was reviewed and approved has to be so anew.</summary>
[EventType("procedures.version-returned.v1")]
internal sealed record VersionReturned(Guid Version, string Reasons) : IEvent;

/// <summary>It is in force from a time on, in the place of the version before it.</summary>
[EventType("procedures.put-in-force.v1")]
internal sealed record PutInForce(Guid Version, DateTimeOffset From) : IEvent;

/// <summary>
/// A step of the procedure was left out of a case on purpose. In a stream beside the case and in the case's compartment, so that it is
/// erased with it. <paramref name="Number"/> is the version by which the case is judged.
/// </summary>
[EventType("procedures.deviation-recorded.v1")]
internal sealed record DeviationRecorded(Guid Deviation, Guid Case, int Number, string Activity, string Reason) : IEvent;

/// <summary>Another person stands for it too; they need not say why.</summary>
[EventType("procedures.deviation-countersigned.v1")]
internal sealed record DeviationCountersigned(Guid Deviation, string? Reason = null) : IEvent;

/// <summary>Another person does not stand for it, and says why.</summary>
[EventType("procedures.deviation-rejected.v1")]
internal sealed record DeviationRejected(Guid Deviation, string Reason) : IEvent;

/// <summary>A step was taken that only the unit's own procedure knows: the case itself has no entry of its kind. Beside the case, as a deviation is.</summary>
[EventType("procedures.step-taken.v1")]
internal sealed record StepTaken(Guid Case, int Number, string Activity, string Note) : IEvent;
