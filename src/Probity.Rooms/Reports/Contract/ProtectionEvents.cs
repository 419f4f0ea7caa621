using Probity.Shared.Record;

namespace Probity.Reports.Contract;

/// <summary>Whom a report protects from now on: whoever could be made to pay for it. All of them, in place of those before.</summary>
/// <param name="Id">The act.</param>
/// <param name="Box">Who they are, for those who can open the report: of one length, whoever and however many they are.</param>
[EventType("reports.people-protected.v1")]
internal sealed record PeopleProtected(Guid Id, string Box) : IEvent;
