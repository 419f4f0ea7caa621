using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>The source of a report was told something: what the reporter's side is given to keep for it, sealed for its receipt code.</summary>
/// <param name="Id">The answer.</param>
/// <param name="Report">The report.</param>
/// <param name="Day">The day on which it was given, UTC: the box is bound to it.</param>
/// <param name="Box">The sealed answer, base64.</param>
[EventType("reports.answer-given.v1")]
internal sealed record AnswerGiven(Guid Id, Guid Report, DateOnly Day, string Box) : IEvent;
