using Probity.Sealing;
using Probity.Shared.Record;

namespace Probity.Reports.Contract;

// What people write stands here in boxes, base64, which only those open who can open the report: on the record are ids, codes, days and boxes.

/// <summary>A person read the report and said so to its source. What the reporter's side answers by itself is none.</summary>
/// <param name="Id">The act.</param>
/// <param name="Received">The day of the first deposit, UTC.</param>
/// <param name="Due">The day by which it had to be.</param>
/// <param name="Policy">The policy pack that says so.</param>
[EventType("reports.acknowledged.v1")]
internal sealed record ReportAcknowledged(Guid Id, DateOnly Received, DateOnly Due, string Policy) : IEvent;

/// <summary>It was said what the report is, how urgent, and how likely it is that somebody gets back at its source.</summary>
/// <param name="Id">The act.</param>
/// <param name="Verdict">What it is.</param>
/// <param name="Urgency">How soon something has to be done.</param>
/// <param name="Risk">How likely retaliation is.</param>
/// <param name="Retaliated">Whether the source says that it has come already.</param>
/// <param name="Box">Why, and for a referral to whom.</param>
/// <param name="Protection">What is done about retaliation; null where nothing was written.</param>
[EventType("reports.triaged.v1")]
internal sealed record ReportTriaged(Guid Id, TriageVerdict Verdict, ReportUrgency Urgency, RetaliationRisk Risk, bool Retaliated, string Box, string? Protection = null) : IEvent;

/// <summary>Somebody took it in hand.</summary>
/// <param name="Id">The act.</param>
/// <param name="Leads">Whether they answer for it from now on; else they work with whoever does.</param>
[EventType("reports.taken.v1")]
internal sealed record ReportTaken(Guid Id, bool Leads) : IEvent;

/// <summary>What the source was told, as those who handle the report read it again: an <see cref="AnswerGiven"/> beside it holds the same for the source.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Stage">Where the report stands from now on, as the source is told; null where that has not changed.</param>
/// <param name="Until">The day by which they are told more.</param>
/// <param name="LastIndex">The number of the newest deposit that there was to read.</param>
/// <param name="Box">The words; null where there were none.</param>
[EventType("reports.source-told.v1")]
internal sealed record SourceTold(Guid Answer, SourceStage? Stage, DateOnly? Until, long LastIndex, string? Box) : IEvent;

/// <summary>A note for the others who can open the report.</summary>
[EventType("reports.note-written.v1")]
internal sealed record NoteWritten(Guid Id, string Box) : IEvent;

/// <summary>What was found, and on what it rests.</summary>
[EventType("reports.finding-recorded.v1")]
internal sealed record FindingRecorded(Guid Id, Finding Finding, string Box) : IEvent;

/// <summary>The source was told what was found or is done: feedback in the sense of the law.</summary>
[EventType("reports.feedback-given.v1")]
internal sealed record FeedbackGiven(Guid Id) : IEvent;

/// <summary>Somebody would close it, which takes a second person.</summary>
/// <param name="Id">The act.</param>
/// <param name="Reason">Why, as a code.</param>
/// <param name="LastIndex">The number of the newest deposit that there was to read.</param>
/// <param name="Box">Why, in words.</param>
/// <param name="Message">What the source is told once a second person agrees; null where nothing.</param>
[EventType("reports.closing-asked.v1")]
internal sealed record ClosingAsked(Guid Id, CloseReason Reason, long LastIndex, string Box, string? Message = null) : IEvent;

/// <summary>The second person did not agree.</summary>
[EventType("reports.closing-returned.v1")]
internal sealed record ClosingReturned(Guid Id, string Box) : IEvent;

/// <summary>It is closed.</summary>
/// <param name="Id">The act.</param>
/// <param name="Reason">Why, as a code.</param>
/// <param name="Received">The day of the first deposit, UTC.</param>
/// <param name="LastIndex">The number of the newest deposit that there was to read.</param>
/// <param name="Box">Why, in words; null where that stands in what was asked before.</param>
[EventType("reports.closed.v1")]
internal sealed record ReportClosed(Guid Id, CloseReason Reason, DateOnly Received, long LastIndex, string? Box = null) : IEvent;

/// <summary>It is open again: its source wrote, something became known, or a review did not agree to the closing.</summary>
[EventType("reports.reopened.v1")]
internal sealed record ReportReopened(Guid Id, string? Box = null) : IEvent;

/// <summary>Somebody who could open it has no more to do with it: their own act, for good.</summary>
[EventType("reports.stepped-aside.v1")]
internal sealed record SteppedAside(Guid Id, string? Box = null) : IEvent;

/// <summary>An overseer looked again at a closing that was drawn.</summary>
[EventType("reports.closing-reviewed.v1")]
internal sealed record ClosingReviewed(Guid Id, bool Agrees, string Box) : IEvent;
