using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>Somebody asked that a report be erased, now that it has been kept long enough. It goes with the report.</summary>
/// <param name="Id">The act.</param>
/// <param name="Box">Why, sealed for those who can open the report.</param>
[EventType("reports.erasure-asked.v1")]
internal sealed record ReportErasureAsked(Guid Id, string Box) : IEvent;

/// <summary>The second person did not agree.</summary>
[EventType("reports.erasure-returned.v1")]
internal sealed record ReportErasureReturned(Guid Id, string Box) : IEvent;

/// <summary>The law wants the report kept: nothing of it is erased while this stands.</summary>
[EventType("reports.held.v1")]
internal sealed record ReportHeld(Guid Id, string Box) : IEvent;

/// <summary>It need not be kept for this any more.</summary>
[EventType("reports.hold-ended.v1")]
internal sealed record ReportHoldEnded(Guid Id, Guid Hold, string Box) : IEvent;

/// <summary>
/// A second person agreed that a report be erased, and by the same append its keys were destroyed. It lies in a stream that goes with nothing, and says not which report: by the marks whoever has the
/// key of the node knows of a deposit that is missing whether it went rightfully.
/// </summary>
/// <param name="Marks">A mark of it and one for each of its deposits, filled up with chance so that their number tells little: base64, sorted.</param>
/// <param name="Policy">The policy pack that says how long a report is kept.</param>
[EventType("reports.erased.v1")]
internal sealed record ReportErased(IReadOnlyList<string> Marks, string Policy) : IEvent;

/// <summary>Deposits of a report that was erased came in before the reporter's side had heard of it, and were removed. It lies in the same stream.</summary>
/// <param name="Marks">As of the report, filled up likewise.</param>
[EventType("reports.late-deposits-removed.v1")]
internal sealed record LateDepositsRemoved(IReadOnlyList<string> Marks) : IEvent;
