using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>Something is told to a report's source. The exchange carries it to the reporter's side, which cannot read it.</summary>
/// <param name="Id">The answer.</param>
/// <param name="Report">The report.</param>
/// <param name="Day">The day on which it was given, UTC.</param>
/// <param name="Box">Sealed for the receipt code, in base64.</param>
[EventType("reports.answer-given.v1")]
internal sealed record AnswerGiven(Guid Id, Guid Report, DateOnly Day, string Box) : IEvent;
