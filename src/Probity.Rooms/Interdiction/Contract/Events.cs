using Probity.Shared.Record;

namespace Probity.Interdiction.Contract;

/// <summary>What a team looks at.</summary>
internal enum TargetKind { Container, Passenger, Bag, Vessel, Parcel }

/// <summary>Where a risk score comes from.</summary>
internal enum RiskSource { Profile, System, Tip, Manifest }

/// <summary>How something was examined.</summary>
internal enum InspectionKind { Scan, Physical, Canine, Swab }

/// <summary>A decision against the risk, which takes two: red flag 20, a target that is let go.</summary>
internal enum OverrideKind
{
    /// <summary>Its score reached the unit's threshold and it was not selected.</summary>
    NotSelected,

    /// <summary>It was selected and is released without any examination.</summary>
    ReleasedUnexamined,

    /// <summary>Whoever releases it is the only one who examined it.</summary>
    ReleasedAlone,

    /// <summary>Something was found in it, and it is released.</summary>
    ReleasedAfterFind,

    /// <summary>Whoever lets it pass is the one who entered it, with its score.</summary>
    PassedAlone,
}

/// <summary>A target was entered. <paramref name="Staff"/> is a member of staff whom it concerns: who travels, or whose it is.</summary>
/// <param name="Number">Its number: unit, year, running number.</param>
/// <param name="Unit">The team.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Reference">Container number, bag tag, IMO number, parcel number, or flight and booking of a passenger.</param>
/// <param name="Document">The bill of lading or air waybill, where there is one.</param>
/// <param name="Port">UN/LOCODE of a port, or IATA code of an airport.</param>
/// <param name="Arrival">When it arrives or arrived.</param>
/// <param name="Score">The risk score, 0 to 100.</param>
/// <param name="Source">Where the score comes from.</param>
/// <param name="Rules">The rules that hit.</param>
/// <param name="Staff">The member of staff whom it concerns, or null.</param>
[EventType("interdiction.target-registered.v1")]
internal sealed record TargetRegistered(
    string Number, Guid Unit, TargetKind Kind, string Reference, string? Document, string Port, DateTimeOffset Arrival, int Score,
    RiskSource Source, IReadOnlyList<string> Rules, Guid? Staff) : IEvent;

/// <summary>The names of consignor, consignee and whoever else stands on its papers; filed with the target. Who declared one of them decides nothing about it.</summary>
[EventType("interdiction.names-stated.v1")]
internal sealed record TargetNamesStated(IReadOnlyList<string> Names) : IEvent;

/// <summary>A target's number was taken: the unit's numbers of a year are one stream, and the version is the number.</summary>
[EventType("interdiction.number-taken.v1")]
internal sealed record TargetNumberTaken(Guid Target) : IEvent;

/// <summary>It is to be examined. <paramref name="Threshold"/> is the one in force, here and below.</summary>
[EventType("interdiction.selected.v1")]
internal sealed record TargetSelected(int Threshold, string? Reason) : IEvent;

/// <summary>It is not to be examined; its score lies under the threshold.</summary>
[EventType("interdiction.passed.v1")]
internal sealed record TargetPassed(int Threshold, string? Reason) : IEvent;

/// <summary>It was examined. What was found belongs to a case, which <paramref name="CaseNumber"/> names.</summary>
[EventType("interdiction.inspected.v1")]
internal sealed record TargetInspected(InspectionKind Kind, bool Found, string? CaseNumber, string? Note) : IEvent;

/// <summary>It was released after somebody else had examined it too.</summary>
[EventType("interdiction.released.v1")]
internal sealed record TargetReleased(int Threshold) : IEvent;

/// <summary>An officer asked to decide against the risk; it happens when a second person agrees.</summary>
[EventType("interdiction.override-asked.v1")]
internal sealed record OverrideAsked(OverrideKind Kind, int Threshold, string Reason) : IEvent;

/// <summary>A second person agreed: it happens now.</summary>
[EventType("interdiction.override-agreed.v1")]
internal sealed record OverrideAgreed : IEvent;

/// <summary>A second person did not agree: it does not happen.</summary>
[EventType("interdiction.override-refused.v1")]
internal sealed record OverrideRefused(string Reason) : IEvent;

/// <summary>No second person was there: it happened at once, and <paramref name="Countersigner"/> has to sign by <paramref name="Due"/>.</summary>
[EventType("interdiction.override-recorded.v1")]
internal sealed record OverrideRecorded(
    OverrideKind Kind, int Threshold, string Reason, string Absence, Guid Countersigner, DateTimeOffset Due) : IEvent;

/// <summary>Somebody who may stand in for the second person signed what had happened.</summary>
[EventType("interdiction.override-countersigned.v1")]
internal sealed record OverrideCountersigned : IEvent;

/// <summary>They would not have agreed. What happened stays, and so does this.</summary>
[EventType("interdiction.override-objected.v1")]
internal sealed record OverrideObjected(string Reason) : IEvent;

/// <summary>A commander asked that the unit's threshold be another.</summary>
[EventType("interdiction.threshold-proposed.v1")]
internal sealed record ThresholdProposed(Guid Unit, int Score, string Reason) : IEvent;

/// <summary>A second person agreed: decisions from now on are judged by it.</summary>
[EventType("interdiction.threshold-agreed.v1")]
internal sealed record ThresholdAgreed : IEvent;

/// <summary>A second person did not agree.</summary>
[EventType("interdiction.threshold-returned.v1")]
internal sealed record ThresholdReturned(string Reason) : IEvent;
